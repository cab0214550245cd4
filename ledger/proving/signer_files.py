"""The signer's own files, outside the database: its key, and its memory of the last checkpoint that it signed."""

import fcntl
import os
import stat
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from domain.refusals import Refusal
from ledger.documents import sync_folder
from ledger.proving.checkpoint import Checkpoint, checkpoint
from ledger.proving.keys import SignerKey, VerifierKey, signer_key
from ledger.proving.note import Note, SignatureWrong, note, opened
from ledger.proving.refusals import LogClosed, SignerAbsent, SignerExists, SignerForgot, SignerUnfit
from ledger.vault.private_files import make_folder, write_new, write_over

FOLDER = "signer"
KEY = "key"
SIMULATED_KEY = "simulated-key"
NEXT = ".next"
"""Behind the name of a key's file: the key that is about to take over."""
MEMORY = "memory"
CLOSED = "closed"
"""Where its log was closed: the name of the log that goes on."""
_LOCK = "lock"


class SignerFiles:
    """A folder that only its owner enters; one process at a time signs from it."""

    def __init__(self, folder: Path, *, simulation: bool = False) -> None:
        self.folder = folder
        self.key_file = folder / (SIMULATED_KEY if simulation else KEY)
        self.next_file = self.key_file.with_name(self.key_file.name + NEXT)
        self.memory_file = folder / MEMORY
        self.closed_file = folder / CLOSED

    @property
    def there(self) -> bool:
        """True where there is a key."""
        return self.key_file.exists()

    def make(self, key: SignerKey, nothing: Checkpoint) -> None:
        """Write a new key, or keep the one that was put there, and the memory of having signed nothing yet.

        Raises:
            SignerExists: it has signed already.
        """
        if not self.folder.exists():
            make_folder(self.folder)
        if self.memory_file.exists():
            raise SignerExists(f"there is a signer in {self.folder} already")
        if not self.there:
            write_new(self.key_file, f"{key.written()}\n".encode())
        write_new(self.memory_file, bytes(Note(nothing.text()).signed(self.key())))

    def key(self) -> SignerKey:
        """Return the key.

        Raises:
            SignerAbsent: there is none.
            SignerUnfit: others may read it.
            KeyUnfit: what is there is no key.
        """
        return read_key(self.key_file)

    def next_key(self) -> SignerKey | None:
        """Return the key that is about to take over, if there is one."""
        return read_key(self.next_file) if self.next_file.exists() else None

    def put_next(self, key: SignerKey) -> None:
        """Write the key that is about to take over."""
        write_new(self.next_file, f"{key.written()}\n".encode())

    def hand_over(self) -> None:
        """Let the next key take the place of the one that signed so far, which is destroyed."""
        with self.key_file.open("r+b") as old:
            self.next_file.replace(self.key_file)
            old.write(bytes(os.fstat(old.fileno()).st_size))
            old.flush()
            os.fsync(old.fileno())
        sync_folder(self.folder)

    def remembered(self) -> Note:
        """Return the last checkpoint that was signed.

        Raises:
            SignerForgot: it is not known.
        """
        remedy = self._remembering
        try:
            found = note(self.memory_file.read_bytes())
            checkpoint(found)
        except FileNotFoundError:
            raise SignerForgot("the signer's memory is gone", where=str(self.memory_file), remedy=remedy) from None
        except Refusal as refusal:
            raise SignerForgot(
                f"the signer's memory cannot be read: {refusal.what}", where=str(self.memory_file), remedy=remedy
            ) from None
        return found

    @property
    def _remembering(self) -> str:
        return f"put the last checkpoint that was published into {self.memory_file}"

    def check_signed(self, remembered: Note, keys: Sequence[VerifierKey]) -> None:
        """Refuse a memory that no key of the log has signed: somebody else wrote it.

        Raises:
            SignerForgot: none has.
        """
        try:
            opened(bytes(remembered), keys)
        except SignatureWrong as wrong:
            raise SignerForgot(
                f"the signer's memory was not signed here: {wrong.what}",
                where=str(self.memory_file),
                remedy=self._remembering,
            ) from None

    def remember(self, signed: Note) -> None:
        """Keep a checkpoint, durably, before it is given out."""
        write_over(self.memory_file, bytes(signed))

    def close(self, following: str) -> None:
        """Sign no more, since another log goes on; the key stays, so that what it signed can be told."""
        write_over(self.closed_file, f"{following}\n".encode())

    def check_open(self) -> None:
        """Refuse to sign for a log that was closed.

        Raises:
            LogClosed: it was.
        """
        if self.closed_file.exists():
            following = self.closed_file.read_text(encoding="utf-8", errors="replace").strip()
            raise LogClosed(
                f"the log that is signed from here is closed; the record goes on as {following}",
                where=str(self.folder),
                remedy="LEDGER1540_SIGNER names the folder of the other signer",
            )

    @contextmanager
    def alone(self) -> Generator[None]:
        """Keep other processes from signing meanwhile.

        Raises:
            SignerAbsent: there is no key, and nothing to sign with.
        """
        if not self.there:
            read_key(self.key_file)
        handle = os.open(self.folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def read_key(file: Path, remedy: str = "`ledger1540 make-signer` makes one; or set LEDGER1540_SIGNER") -> SignerKey:
    """Return the key in a file that only its owner reads.

    Raises:
        SignerAbsent: there is none.
        SignerUnfit: others may read it.
        KeyUnfit: what is there is no key.
    """
    try:
        mode, text = stat.S_IMODE(file.stat().st_mode), file.read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        raise SignerAbsent(f"there is no key in {file}", remedy=remedy) from None
    if mode & 0o077:
        raise SignerUnfit(f"{file} is open to others", remedy="take their rights away: chmod 600")
    return signer_key(text.removesuffix("\n"))
