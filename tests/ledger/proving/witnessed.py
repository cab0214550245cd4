"""A log in memory, a witness at hand that is asked as over the network, and the policy of who trusts it."""

from pathlib import Path

from ledger import merkle
from ledger.proving.add_checkpoint import AddCheckpoint
from ledger.proving.checkpoint import Checkpoint
from ledger.proving.keys import SignerKey, VerifierKey
from ledger.proving.note import Note
from ledger.proving.policy import Policy, policy
from ledger.proving.posting import Replied
from ledger.proving.witness import Witness
from ledger.proving.witnessing import Witnesses
from tests.ledger.places import ORIGIN

SEEN_AT = 1_800_000_000
KEY = SignerKey.new(ORIGIN, bytes(32))
OTHER = SignerKey.new(ORIGIN, bytes([1] * 32))


class Tree:
    """A log in memory."""

    def __init__(self, *texts: str) -> None:
        self._leaves = [merkle.leaf_hash(each.encode()) for each in texts]

    def _node(self, level: int, index: int) -> bytes:
        below = self._leaves[index << level : (index + 1) << level]
        while len(below) > 1:
            below = [merkle.node_hash(*below[at : at + 2]) for at in range(0, len(below), 2)]
        return below[0]

    def signed(self, size: int, key: SignerKey = KEY) -> Note:
        return Note(Checkpoint(key.verifier.name, size, merkle.root(size, self._node)).text()).signed(key)

    def asks(self, old: int, size: int) -> bytes:
        proof = merkle.consistency_proof(old, size, self._node) if 0 < old < size else ()
        return bytes(AddCheckpoint(old, tuple(proof), self.signed(size)))


TREE = Tree(*map(str, range(40)))
FORKED = Tree(*map(str, range(9)), *map(str, range(100, 140)))


def witness(folder: Path, name: str = "witness.example.org", *, of: VerifierKey | None = None) -> Witness:
    made = Witness(folder, clock=lambda: SEEN_AT)
    made.make(name, name.encode().ljust(32, b"-")[:32])
    if of is not None:
        made.add_log(of)
    return made


def trusting(log: VerifierKey, *witnesses: Witness, quorum: str = "all", url: str = "http://{}") -> Policy:
    names = [f"w{number}" for number in range(len(witnesses))]
    lines = [f"witness {n} {w.verifier} {url.format(n)}" for n, w in zip(names, witnesses, strict=True)]
    group = [f"group enough {quorum} {' '.join(names)}", "quorum enough"] if names else ["quorum none"]
    return policy("\n".join([f"log {log}", *lines, *group]))


def asking(policy: Policy, *witnesses: Witness) -> Witnesses:
    at = {f"http://w{number}/add-checkpoint": each for number, each in enumerate(witnesses)}

    def asked(url: str, data: bytes, kind: str, seconds: float) -> Replied:
        reply = at[url].add_checkpoint(data)
        return Replied(reply.status, reply.kind, reply.body)

    return Witnesses(policy, asked)
