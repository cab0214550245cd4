"""A witness's own memory: the logs that it knows by their keys, and the last checkpoint that it cosigned of each.

It is a database of its own. Who asks about a log waits until whoever asked before has been answered, in any process.
"""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from domain.refusals import IntegrityFailure, NotFound
from ledger.proving.checkpoint import Checkpoint, checkpoint
from ledger.proving.keys import VerifierKey, verifier_key
from ledger.proving.note import note
from ledger.vault.private_files import write_new

_TABLES = """
PRAGMA journal_mode = WAL;
BEGIN;
CREATE TABLE log (key TEXT PRIMARY KEY, origin TEXT NOT NULL) STRICT;
CREATE TABLE seen (origin TEXT PRIMARY KEY, note BLOB NOT NULL) STRICT;
PRAGMA user_version = 1540;
COMMIT;
"""
_MARK = 1540
_WAIT_SECONDS = 30


class WitnessForgot(IntegrityFailure):
    """The witness does not know what it has seen, and so cosigns nothing."""


class Turn:
    """One request at a time: what is looked up and what is put down belong together."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def keys(self, origin: str) -> list[VerifierKey]:
        """Return the keys of a log; none where it is not known."""
        rows = self._database.execute("SELECT key FROM log WHERE origin = ? ORDER BY rowid", (origin,))
        return [verifier_key(key) for (key,) in rows]

    def last(self, origin: str) -> Checkpoint | None:
        """Return the last checkpoint of a log that was cosigned, if any."""
        row = self._database.execute("SELECT note FROM seen WHERE origin = ?", (origin,)).fetchone()
        return None if row is None else checkpoint(note(row[0]))

    def saw(self, origin: str, signed: bytes) -> None:
        """Put down the checkpoint that is about to be cosigned."""
        self._database.execute("INSERT OR REPLACE INTO seen (origin, note) VALUES (?, ?)", (origin, signed))

    def knows(self, key: VerifierKey) -> None:
        """Put down a key of a log, beside those that it has."""
        self._database.execute("INSERT OR IGNORE INTO log (key, origin) VALUES (?, ?)", (str(key), key.name))

    def logs(self) -> list[tuple[str, str]]:
        """Return origin and key of every log."""
        return list(self._database.execute("SELECT origin, key FROM log ORDER BY rowid"))


class WitnessBook:
    """The database of a witness."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def make(self) -> None:
        """Make it, with nothing seen; one that is there is kept, and what was cut short is ended."""
        if not self.path.exists():
            write_new(self.path, b"")
        with self._opened() as database:
            if _mark(database) == 0:
                database.executescript(_TABLES)

    @contextmanager
    def turn(self) -> Generator[Turn]:
        """Let nobody else look or write until this is on disk.

        Raises:
            NotFound: there is none.
            WitnessForgot: what is there is not the memory of a witness, or is damaged.
        """
        with self._opened() as database:
            if _mark(database) != _MARK:
                raise WitnessForgot("this is not the memory of a witness", where=str(self.path))
            database.execute("BEGIN IMMEDIATE")
            yield Turn(database)
            database.execute("COMMIT")

    @contextmanager
    def _opened(self) -> Generator[sqlite3.Connection]:
        if not self.path.exists():
            raise NotFound(
                "there is no witness here", where=str(self.path), remedy="`ledger1540 witness init NAME` makes one"
            )
        database = sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)
        try:
            database.execute("PRAGMA synchronous = FULL")
            yield database
        except sqlite3.DatabaseError as error:
            raise WitnessForgot(f"the witness's memory cannot be used: {error}", where=str(self.path)) from None
        finally:
            database.close()


def _mark(database: sqlite3.Connection) -> int:
    found: int = database.execute("PRAGMA user_version").fetchone()[0]
    return found
