"""The key that signs the record's checkpoints: who signs from when on is itself on record, signed by both keys."""

import re
from collections.abc import Iterable
from typing import ClassVar, cast

from domain.audiences import PUBLIC
from domain.deciding import Command, Context
from domain.mandate import Decide
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, MalformedInput

STREAM = "record/keys"
_KEY = re.compile(r"[^+\s]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}")
"""A verifier key of Ed25519, as signed notes have it."""


class ChangeKey(Command, frozen=True, kw_only=True, tag="change-key"):
    """Say that another key signs the record's checkpoints from now on; the note says so under both signatures."""

    from_key: str
    to_key: str
    note: str


class KeyChanged(Event, frozen=True, kw_only=True):
    """From this position on `to_key` signs, and `from_key` no more; `note` is the statement, signed by both."""

    TYPE: ClassVar[str] = "record.key-changed"
    from_key: str
    to_key: str
    note: str


EVENTS: tuple[type[Event], ...] = (KeyChanged,)


def statement(origin: str, from_key: str, to_key: str) -> str:
    """Return the text that both keys sign."""
    return f"ledger1540/key-changed/v1\n{origin}\n{from_key}\n{to_key}\n"


def change(command: ChangeKey, context: Context) -> Decided:
    """Pass from the key in use to one that never was; whether both have signed, `verify` and every reader can check."""
    if context.importing:
        raise Conflict("a key is changed here and now", remedy="record it live")
    for where, key in (("from_key", command.from_key), ("to_key", command.to_key)):
        if _KEY.fullmatch(key) is None:
            raise MalformedInput(f"{key!r} is no verifier key", where=where)
    if command.from_key == command.to_key:
        raise Conflict("the key would be changed to itself", where="to_key")
    changes = key_changes(context.standing(STREAM))
    if changes and changes[-1][1].to_key != command.from_key:
        raise Conflict(f"the key in use is {changes[-1][1].to_key}", where="from_key")
    if any(command.to_key in (each.from_key, each.to_key) for _, each in changes):
        raise Conflict("this key was in use before", where="to_key", remedy="make a new one")
    event = KeyChanged(from_key=command.from_key, to_key=command.to_key, note=command.note)
    return Decided((Draft(stream=STREAM, event=event, audience=PUBLIC),))


def key_changes(events: Iterable[Recorded]) -> list[tuple[int, KeyChanged]]:
    """Return the changes of the key with their positions, in order."""
    return sorted(
        ((each.position, each.body) for each in events if isinstance(each.body, KeyChanged)), key=lambda one: one[0]
    )


DECISIONS: dict[type[Command], Decide] = {ChangeKey: cast("Decide", change)}
