"""A witness (C2SP tlog-witness): it cosigns a checkpoint that continues the last one it cosigned of the same log.

What it has seen is on disk before the cosignature is given out.
"""

from collections.abc import Callable
from pathlib import Path
from time import time
from typing import NamedTuple

from domain.refusals import Conflict, Refusal
from ledger import merkle
from ledger.proving.add_checkpoint import SIZE_TYPE, AddCheckpoint, add_checkpoint
from ledger.proving.checkpoint import Checkpoint, checkpoint
from ledger.proving.cosignature import cosigned
from ledger.proving.keys import COSIGNATURE, SignerKey, VerifierKey
from ledger.proving.note import SignatureWrong
from ledger.proving.signer_files import read_key
from ledger.proving.witness_book import Turn, WitnessBook
from ledger.vault.private_files import make_folder, write_new

KEY, MEMORY = "key", "seen.sqlite"
PLAIN = "text/plain; charset=utf-8"


class WitnessExists(Conflict):
    """There is a witness already."""


class Reply(NamedTuple):
    """What a witness answers, in the words of HTTP."""

    status: int
    body: bytes
    kind: str = PLAIN


class Witness:
    """A witness with its files in a folder of its own."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time) -> None:
        self.folder = folder
        self.book = WitnessBook(folder / MEMORY)
        self._clock = clock

    def make(self, name: str, seed: bytes) -> None:
        """Make its key, and its memory of nothing.

        Raises:
            WitnessExists: there is one.
            KeyUnfit: no signature could bear the name.
        """
        key = SignerKey.new(name, seed, COSIGNATURE)
        if not self.folder.exists():
            make_folder(self.folder)
        if (self.folder / KEY).exists():
            raise WitnessExists(f"there is a witness in {self.folder} already")
        self.book.make()
        write_new(self.folder / KEY, f"{key.written()}\n".encode())

    @property
    def verifier(self) -> VerifierKey:
        """The key that others verify its cosignatures with."""
        return self._key().verifier

    def _key(self) -> SignerKey:
        return read_key(self.folder / KEY, remedy="`ledger1540 witness init NAME` makes one")

    def add_log(self, key: VerifierKey) -> None:
        """Cosign the checkpoints that a key signs, from now on; a log may have several keys in turn."""
        with self.book.turn() as turn:
            turn.knows(key)

    def add_checkpoint(self, data: bytes) -> Reply:
        """Answer whoever asks for a cosignature.

        Raises:
            Refusal: the witness itself is not in order.
        """
        try:
            asked = add_checkpoint(data)
            now = checkpoint(asked.checkpoint)
        except Refusal as refusal:
            return _no(400, refusal.what)
        key = self._key()
        with self.book.turn() as turn:
            refused = _wrong_with(asked, now, turn)
            if refused is None:
                turn.saw(now.origin, bytes(asked.checkpoint))
        return refused or Reply(200, cosigned(asked.checkpoint, key, int(self._clock())).line().encode())


def _wrong_with(asked: AddCheckpoint, now: Checkpoint, turn: Turn) -> Reply | None:
    """Return why a checkpoint is not cosigned, in the order of the specification, or None where it is."""
    keys = turn.keys(now.origin)
    if not keys:
        return _no(404, f"the log {now.origin} is not known here")
    try:
        signed = asked.checkpoint.signed_by(keys)
    except SignatureWrong as wrong:
        return _no(403, wrong.what)
    if not signed:
        return _no(403, f"no key of {now.origin} that is known here signed it")
    if asked.old > now.size:
        return _no(400, f"the old size {asked.old} is larger than {now.size}")
    last = turn.last(now.origin) or Checkpoint(now.origin, 0, merkle.EMPTY)
    if asked.old != last.size or (now.size == last.size and now.root != last.root):
        return Reply(409, f"{last.size}\n".encode(), SIZE_TYPE)
    if last.size == 0:
        proven = not asked.proof  # every history continues the one without events
    else:
        proven = merkle.consistent(last.size, now.size, last.root, now.root, asked.proof)
    return None if proven else _no(422, f"nothing shows that {now} continues what was seen, {last}")


def _no(status: int, what: str) -> Reply:
    return Reply(status, f"{what}\n".encode())
