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
        """Ask each that has not cosigned it here yet, and wait for none longer than for another.

        One that cosigned it in another process may have seen more since: it is asked, and what it gave is kept.
        """
        size, already = checkpoint(signed).size, self.policy.cosigners(signed)
        found: dict[str, Asked] = {}

        def ask(asking: Asking) -> None:
            usual = size if asking.name in already else 0
            found[asking.name] = asking.cosigned(signed, consistency, self._sizes.get(asking.name, usual))

        threads = {
            name: Thread(target=ask, args=(Asking(name, each, self._post, self._seconds),), name=name, daemon=True)
            for name, each in self.policy.witnesses.items()
            if each.url is not None and not (name in already and self._sizes.get(name) == size)
        }
        for thread in threads.values():
            thread.start()
        end = monotonic() + self._seconds * TURNS
        for thread in threads.values():
            thread.join(max(0.0, end - monotonic()))
        given = found.copy()
        self._sizes.update({name: each.size for name, each in given.items()})
        extended = signed
        for name, each in given.items():
            if each.signature is not None and name not in already:
                extended = extended.with_signature(each.signature)
        answers = tuple(_answer(name, already, given, asked=name in threads) for name in self.policy.witnesses)
        return Witnessed(extended, answers, self.policy.met_by(self.policy.cosigners(extended)))


def _answer(name: str, already: dict[str, int], given: dict[str, Asked], *, asked: bool) -> Answer:
    if name in given:
        answer = given[name].answer
    elif asked:
        answer = Answer(witness=name, said="it did not answer in time")
    elif name in already:
        answer = Answer(witness=name)
    else:
        answer = Answer(witness=name, said="the policy does not say where it is")
    return msgspec.structs.replace(answer, seconds=already.get(name, answer.seconds))
