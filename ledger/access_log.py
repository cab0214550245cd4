"""The access log: who read which restricted document, apart from the record, a file of JSON lines for each day.

A line is written, durably, before what was asked for is given out. It holds ids of actors and no names.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from domain.canonical import encode
from domain.refusals import IntegrityFailure, Refusal
from ledger.documents import sync_folder
from ledger.merkle import Growth, leaf_hash
from ledger.vault.private_files import write_over

FOLDER = "access"
_LINES = ".jsonl"


class Access(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody was given a restricted document, or was refused it: who, in which roles, what, as of when, what for."""

    at: str
    actor: str
    roles: str
    document: str
    as_of: str | None
    purpose: str
    through: str
    given: bool


class NotLogged(Refusal):
    """What cannot be logged is not given out."""


class LogDamaged(IntegrityFailure):
    """A line of the access log is none."""


class AccessLog:
    """The access log of a home."""

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER

    def write(self, access: Access) -> None:
        """Put a line at the end of its day, durably.

        Raises:
            NotLogged: it could not be written.
        """
        path = self._path(access.at[:10])
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, encode(access) + b"\n")
                os.fsync(handle)
            finally:
                os.close(handle)
            sync_folder(self.folder)
        except OSError as error:
            raise NotLogged(
                f"the access log cannot be written: {error.strerror or error}",
                where=str(path),
                remedy="restricted documents are given only where their reading is logged",
            ) from None

    def days(self) -> list[str]:
        """Return the days of which there is a log, in order."""
        if not self.folder.is_dir():
            return []
        return sorted(path.stem for path in self.folder.iterdir() if path.suffix == _LINES)

    def entries(self) -> Iterator[Access]:
        """Yield all that is logged, in order.

        Raises:
            LogDamaged: a line is none.
        """
        for day in self.days():
            for number, line in enumerate(self._read(day), 1):
                try:
                    yield msgspec.json.decode(line, type=Access)
                except msgspec.DecodeError:
                    raise LogDamaged(
                        f"line {number} of {day} is no entry", where=str(self._path(day)), remedy="`ledger1540 verify`"
                    ) from None

    def root(self, day: str) -> tuple[int, str] | None:
        """Return how many entries a day has and their root, or None where there is no log of it."""
        if not self._path(day).exists():
            return None
        tree = Growth(0, ())
        for line in self._read(day):
            tree.append(leaf_hash(line))
        return tree.size, tree.root().hex()

    def prune(self, through: str) -> int:
        """Delete the log through a day, and return how many days that were."""
        given_up = [day for day in self.days() if day <= through]
        for day in given_up:
            self._path(day).unlink()
        if given_up:
            sync_folder(self.folder)
        return len(given_up)

    def copy_to(self, other: "AccessLog") -> None:
        """Copy the days that there are, each for its owner alone."""
        for day in self.days():
            other.folder.mkdir(mode=0o700, exist_ok=True)
            write_over(other._path(day), self._path(day).read_bytes())

    def _read(self, day: str) -> list[bytes]:
        *lines, rest = self._path(day).read_bytes().split(b"\n")
        return [*lines, rest] if rest else lines

    def _path(self, day: str) -> Path:
        return self.folder / f"{day}{_LINES}"
