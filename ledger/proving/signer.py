"""The signer: it signs what it has hashed itself, if that begins with what it signed last, and nothing else.

Its key and its memory lie outside the database, so that whoever changes the one does not change the other.
"""

import hashlib
import secrets
from pathlib import Path

from domain.header import leaf_hash
from domain.log_keys import statement
from ledger import merkle
from ledger.archive import SIMULATION, Archive
from ledger.database import Snapshot
from ledger.proving.checkpoint import Checkpoint, checkpoint
from ledger.proving.heads import size_of
from ledger.proving.held_keys import HeldKey, changes_in, keys_in
from ledger.proving.keys import SignerKey, VerifierKey
from ledger.proving.log_tree import LogTree
from ledger.proving.note import Note
from ledger.proving.refusals import KeyPassedOn, RecordForked, RecordRolledBack, SignerUnfit
from ledger.proving.signer_files import SignerFiles
from ledger.refusals import EventDamaged

_SEED_BYTES = 32
_HEADERS = "SELECT position, header FROM events WHERE position > ? AND position <= ? ORDER BY position"


class Signer:
    """Signs the checkpoints of one log."""

    def __init__(self, folder: Path, origin: str, *, simulation: bool = False) -> None:
        """Use `signer_of`, or `SimulatedSigner` for what is made up.

        Raises:
            SignerUnfit: a log that is made up would be signed as if it were not.
        """
        if simulation != origin.endswith(SIMULATION):
            raise SignerUnfit(f"{origin} is not signed with this key", remedy="a simulation has a key of its own")
        self.origin = origin
        self.files = SignerFiles(folder, simulation=simulation)

    def make(self) -> None:
        """Make the key, or take the one that was put into its file, and begin with nothing signed.

        Raises:
            SignerExists: it has signed already.
            SignerUnfit: the key that was put there is that of another log.
        """
        if self.files.there:
            self._key()
        self.files.make(self._new_key(), Checkpoint(self.origin, 0, merkle.EMPTY))

    def _new_key(self) -> SignerKey:
        return SignerKey.new(self.origin, secrets.token_bytes(_SEED_BYTES))

    @property
    def verifier(self) -> VerifierKey:
        """The key that others verify with."""
        return self._key().verifier

    def _key(self) -> SignerKey:
        found = self.files.key()
        if found.verifier.name != self.origin:
            raise SignerUnfit(
                f"the key in {self.files.key_file} is that of {found.verifier.name}, and not of {self.origin}",
                remedy="each log has a key of its own; LEDGER1540_SIGNER names its folder",
            )
        return found

    def keys(self, snapshot: Snapshot) -> list[HeldKey]:
        """Return the keys of the log, in turn."""
        return keys_in(snapshot, self.verifier)

    def last(self) -> Checkpoint:
        """Return the last checkpoint that was signed; its size is 0 where none was."""
        return checkpoint(self.files.remembered())

    def check(self, snapshot: Snapshot) -> None:
        """Refuse what does not begin with what was signed last.

        Raises:
            LogClosed: the record goes on under another name.
            RecordRolledBack: the record is shorter than what was signed.
            RecordForked: it does not begin with what was signed.
        """
        self.files.check_open()
        check_grown(self.last(), size_of(snapshot), LogTree(snapshot))

    def sign(self, snapshot: Snapshot) -> Note:
        """Return the checkpoint of what is committed, signed; the caller holds `files.alone` since before it opened it.

        Raises:
            RecordRolledBack: the record is shorter than what was signed.
            RecordForked: it does not begin with what was signed.
            EventDamaged: its tree is not that of its headers.
            KeyPassedOn: another key signs by now.
            LogClosed: the record goes on under another name.
            SignerForgot: what it remembers was signed by no key of the log.
        """
        self.files.check_open()
        remembered = self.files.remembered()
        before, size, tree = checkpoint(remembered), size_of(snapshot), LogTree(snapshot)
        check_grown(before, size, tree)
        key = self._key()
        self.files.check_signed(remembered, [key.verifier, *(each.key for each in self.keys(snapshot))])
        self._check_in_use(key.verifier, snapshot)
        now = Checkpoint(self.origin, size, self._hashed(snapshot, tree, before.size, size))
        if now.root != tree.root(size):
            raise EventDamaged(f"the tree of {now} is not that of its headers", where=f"after position {before.size}")
        if now == before and key.verifier in remembered.signed_by([key.verifier]):
            return remembered
        signed = Note(now.text()).signed(key)
        self.files.remember(signed)
        return signed

    @staticmethod
    def _hashed(snapshot: Snapshot, tree: LogTree, since: int, size: int) -> bytes:
        """Return the root of what was signed and of all headers since, hashed here."""
        growth = tree.growth(since)
        for position, header in snapshot.rows(_HEADERS, (since, size)):
            if position != growth.size + 1:
                raise EventDamaged("no event is stored here", where=f"position {growth.size + 1}")
            growth.append(leaf_hash(header))
        return growth.root()

    def _check_in_use(self, key: VerifierKey, snapshot: Snapshot) -> None:
        changes = changes_in(snapshot)
        if changes and changes[-1][1].to_key != str(key):
            raise KeyPassedOn(
                f"by position {changes[-1][0]} the key of {self.origin} is {changes[-1][1].to_key}, and not {key}",
                remedy="sign with the key on record; `ledger1540 change-key` ends a change that was cut short",
            )

    def handing_over(self) -> tuple[str, str, str]:
        """Return the key in use, the next one, made where there is none yet, and the statement signed by both."""
        key, following = self._key(), self.files.next_key()
        if following is None:
            following = self._new_key()
            self.files.put_next(following)
        keys = str(key.verifier), str(following.verifier)
        return *keys, bytes(Note(statement(self.origin, *keys)).signed(key).signed(following)).decode()

    def hand_over(self) -> None:
        """Let the next key take over; the record has said so."""
        self.files.hand_over()


class SimulatedSigner(Signer):
    """Signs a log that is made up, with a key that its seed makes and that therefore shows nothing."""

    def __init__(self, folder: Path, origin: str, seed: int) -> None:
        super().__init__(folder, origin, simulation=True)
        self._seed = seed

    def _new_key(self) -> SignerKey:
        before = str(self.verifier) if self.files.there else "none"
        text = f"ledger1540 simulation {self.origin} {self._seed} key after {before}"
        return SignerKey.new(self.origin, hashlib.sha256(text.encode()).digest())


def signer_of(folder: Path, archive: Archive) -> Signer:
    """Return the signer of a log that has its files in a folder."""
    if archive.seed is None:
        return Signer(folder, archive.origin)
    return SimulatedSigner(folder, archive.origin, archive.seed)


def check_grown(before: Checkpoint, size: int, tree: LogTree) -> None:
    """Refuse a record that does not begin with what was signed, naming both heads.

    Raises:
        RecordRolledBack: it is shorter.
        RecordForked: it is another history.
    """
    remedy = "nothing is signed; restore the record that was signed, or keep both and say which is which"
    if size < before.size:
        now = Checkpoint(before.origin, size, tree.root(size))
        raise RecordRolledBack(f"what was signed is {before}; the record is {now}", remedy=remedy)
    now = Checkpoint(before.origin, before.size, tree.root(before.size))
    if now != before:
        raise RecordForked(f"what was signed is {before}; the record is {now}", remedy=remedy)
