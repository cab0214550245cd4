"""Which key signs the checkpoints of which log and sizes: the changes of key on record, checked with both keys."""

from collections.abc import Iterable

import msgspec

from domain.header import decode_body
from domain.log_keys import STREAM, KeyChanged, LogOpened, statement
from domain.refusals import Refusal
from ledger.database import Snapshot
from ledger.proving.keys import VerifierKey, verifier_key
from ledger.proving.note import note

_KINDS: dict[str, type[KeyChanged | LogOpened]] = {each.topic(): each for each in (KeyChanged, LogOpened)}
_CHANGES = """SELECT e.position, e.topic, b.body FROM events AS e JOIN bodies AS b USING (position)
WHERE e.stream = ? ORDER BY e.position"""


class HeldKey(msgspec.Struct, frozen=True):
    """A key, and the sizes of the checkpoints that it signs, from the first to the last, if it has one."""

    key: VerifierKey
    first: int = 0
    last: int | None = None

    def signs(self, size: int) -> bool:
        """Return whether a checkpoint of a size is this key's to sign."""
        return self.first <= size and (self.last is None or size <= self.last)


def changes_in(snapshot: Snapshot) -> list[tuple[int, KeyChanged | LogOpened]]:
    """Return the changes of key on record with their positions, in order."""
    rows = snapshot.rows(_CHANGES, (STREAM,))
    return [
        (position, decode_body(body, _KINDS[topic], where=f"position {position}")) for position, topic, body in rows
    ]


def held(first: VerifierKey, changes: Iterable[tuple[int, KeyChanged | LogOpened]]) -> list[HeldKey]:
    """Return the keys of a log and of those before it, in turn; without a change, the first alone."""
    keys = [HeldKey(first)]
    for position, body in changes:
        last = position - 1
        if isinstance(body, LogOpened):
            if str(keys[-1].key) != body.from_key:  # the change to it is among what is lost
                keys[-1] = HeldKey(keys[-1].key, keys[-1].first, last)
                keys.append(HeldKey(verifier_key(body.from_key), position))
            last = body.last
        keys[-1] = HeldKey(keys[-1].key, keys[-1].first, last)
        keys.append(HeldKey(verifier_key(body.to_key), position))
    return keys


def first_key(own: VerifierKey, changes: list[tuple[int, KeyChanged | LogOpened]]) -> VerifierKey:
    """Return the key that a log began with: its own where it was never changed."""
    return verifier_key(changes[0][1].from_key) if changes else own


def keys_in(snapshot: Snapshot, own: VerifierKey) -> list[HeldKey]:
    """Return the keys of a log in turn, as they are on record; `own` is that of a log whose key was never changed."""
    changes = changes_in(snapshot)
    return held(first_key(own, changes), changes)


def wrong_with(body: KeyChanged, origin: str) -> str | None:
    """Return what is wrong with the statement of a change of key, if anything."""
    try:
        keys = [verifier_key(body.from_key), verifier_key(body.to_key)]
        signed = note(body.note.encode())
        by = signed.signed_by(keys)
    except Refusal as refusal:
        return f"the change of key cannot be believed: {refusal.what}"
    if signed.text != statement(origin, body.from_key, body.to_key):
        return "the statement that the keys signed is not of this change of key"
    return None if len(by) == len(keys) else "the change of key is not signed by both keys"
