"""Asking the witnesses of a policy for cosignatures of a fresh checkpoint, all at once."""

from threading import Thread
from time import monotonic

import msgspec

from domain.refusals import IntegrityFailure
from ledger.proving.checkpoint import checkpoint
from ledger.proving.note import Note
from ledger.proving.policy import Policy
from ledger.proving.posting import SECONDS, post
from ledger.proving.witness_asked import TURNS, Answer, Asked, Asking, Consistency, Post


class SeenOtherwise(IntegrityFailure):
    """A witness has seen another history of this log, or more of it than there is."""


class Witnessed(msgspec.Struct, frozen=True):
    """A checkpoint with the cosignatures that it has, what each witness said, and whether they are enough."""

    note: Note
    answers: tuple[Answer, ...] = ()
    enough: bool = True

    @property
    def size(self) -> int:
        """The size of the checkpoint."""
        return checkpoint(self.note).size

    def check(self, signed_since: int) -> None:
        """Refuse a checkpoint that a witness knows otherwise; it may have seen what was signed since.

        Raises:
            SeenOtherwise: one does.
        """
        for each in self.answers:
            if each.otherwise is not None and not self.size < each.otherwise <= signed_since:
                remedy = "find out which is the record before more of it is signed, published or proven"
                raise SeenOtherwise(each.said, where=f"witness {each.witness}", remedy=remedy)


class Witnesses:
    """The witnesses of a policy; where each of them stands is remembered from one checkpoint to the next."""

    def __init__(self, policy: Policy, asked: Post = post, seconds: float = SECONDS) -> None:
        """Take a policy, and how long to wait for a reply."""
        self.policy = policy
        self._post = asked
        self._seconds = seconds
        self._sizes: dict[str, int] = {}

    def cosign(self, signed: Note, consistency: Consistency) -> Witnessed:
        """Ask each for the cosignature that it has not given yet, and wait for none longer than for another."""
        already = self.policy.cosigners(signed)
        found: dict[str, Asked] = {}

        def ask(asking: Asking) -> None:
            found[asking.name] = asking.cosigned(signed, consistency, self._sizes.get(asking.name, 0))

        threads = [
            Thread(target=ask, args=(Asking(name, each, self._post, self._seconds),), name=name, daemon=True)
            for name, each in self.policy.witnesses.items()
            if each.url is not None and name not in already
        ]
        for thread in threads:
            thread.start()
        end = monotonic() + self._seconds * TURNS
        for thread in threads:
            thread.join(max(0.0, end - monotonic()))
        given = found.copy()
        self._sizes.update({name: each.size for name, each in given.items()})
        extended = signed
        for each in given.values():
            if each.signature is not None:
                extended = extended.with_signature(each.signature)
        answers = tuple(self._answer(name, already, given) for name in self.policy.witnesses)
        return Witnessed(extended, answers, self.policy.met_by(self.policy.cosigners(extended)))

    def _answer(self, name: str, already: dict[str, int], given: dict[str, Asked]) -> Answer:
        if name in already:
            return Answer(witness=name, seconds=already[name])
        if name in given:
            return given[name].answer
        asked = self.policy.witnesses[name].url is not None
        return Answer(
            witness=name, said="it did not answer in time" if asked else "the policy does not say where it is"
        )
