"""Asking one witness for its cosignature of a checkpoint (C2SP tlog-witness), and what it says."""

from collections.abc import Callable

import msgspec

from domain.refusals import Refusal
from ledger.proving.add_checkpoint import PATH, AddCheckpoint, size_in
from ledger.proving.checkpoint import Checkpoint, checkpoint
from ledger.proving.cosignature import cosigned_at
from ledger.proving.note import Note, Signature, note
from ledger.proving.policy import Witness
from ledger.proving.posting import Replied, Unanswered

Consistency = Callable[[int, int], list[bytes]]
"""Returns the proof that the log at one size is the beginning of that at another."""
Post = Callable[[str, bytes, str, float], Replied]
TURNS = 3
"""How often a witness is asked while others move it on."""
_KIND = "text/plain; charset=utf-8"
_REASONS = {
    400: "it cannot read what it was asked",
    403: "it does not know the key that signed",
    404: "it does not know this log",
    409: "it stands elsewhere, and does not say where",
}


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a witness said: when it saw the checkpoint, and why it did not cosign, also where it is asked again."""

    witness: str
    seconds: int | None = None
    said: str = ""
    otherwise: int | None = None
    """The size at which it has seen another history, or more of it than there is."""


class Asked(msgspec.Struct, frozen=True):
    """An answer, the cosignature if one was given, and the size at which the witness stands as far as is known."""

    answer: Answer
    signature: Signature | None = None
    size: int = 0


class Asking:
    """One witness of a policy."""

    def __init__(self, name: str, witness: Witness, post: Post, seconds: float) -> None:
        self.name = name
        self._witness = witness
        self._post = post
        self._seconds = seconds

    def cosigned(self, signed: Note, consistency: Consistency, old: int) -> Asked:
        """Ask until it cosigns or says why it does not; `old` is where it is thought to stand."""
        now = checkpoint(signed)
        old = old if old <= now.size else 0
        try:
            for _ in range(TURNS):
                proof = tuple(consistency(old, now.size)) if 0 < old < now.size else ()
                reply = self._asked(AddCheckpoint(old, proof, signed))
                if reply.status == 200:
                    signature, seconds = self._given(signed, reply.body)
                    return Asked(Answer(witness=self.name, seconds=seconds), signature, now.size)
                seen = size_in(reply.body) if reply.status == 409 else None
                if seen is None or seen > now.size or seen == old:
                    return Asked(self._refused(reply.status, now, old, seen))
                old = seen
        except Refusal as refusal:
            return Asked(Answer(witness=self.name, said=refusal.what))
        return Asked(Answer(witness=self.name, said="it moves on whenever it is asked"))

    def _asked(self, request: AddCheckpoint) -> Replied:
        prefix = (self._witness.url or "").rstrip("/")
        return self._post(f"{prefix}/{PATH}", bytes(request), _KIND, self._seconds)

    def _given(self, signed: Note, lines: bytes) -> tuple[Signature, int]:
        """Return the cosignature among some lines, and its time; lines of other keys are passed over."""
        for each in note(signed.text.encode() + b"\n" + lines).signatures:
            seconds = cosigned_at(Note(signed.text, (each,)), self._witness.key)
            if seconds is not None:
                return each, seconds
        raise Unanswered("it answers without a cosignature by its key")

    def _refused(self, status: int, now: Checkpoint, old: int, seen: int | None) -> Answer:
        if seen is not None and seen > now.size:
            said = f"it has seen {seen} events; this is {now}"
            return Answer(witness=self.name, said=said, otherwise=seen)
        if status == 422 or seen == now.size:
            said = f"it has seen another history up to {old}; this is {now}"
            return Answer(witness=self.name, said=said, otherwise=old)
        return Answer(witness=self.name, said=_REASONS.get(status, f"it answers {status}"))
