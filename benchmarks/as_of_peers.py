"""Peers for questions about the past: each given the same versions, its best table for them, and its best query."""

import sqlite3
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.as_of_servers import MariaDB, PostgreSQL
from benchmarks.as_of_xtdb import XTDB
from benchmarks.peer import CELLS, FACT, Found, Peer, cells, facts
from benchmarks.versions import STATES, Question, Versions


class SQLiteSeeks:
    """SQLite: a seek for each cell in a clustered table, joined to its row."""

    name = "SQLite, a seek for each cell"
    _MATRIX = """SELECT f.cell, f.position, f.value FROM cells AS c CROSS JOIN fact AS f
WHERE c.state = ?1 AND f.state = ?1 AND f.cell = c.cell AND (f.known, f.position) = (
    SELECT g.known, g.position FROM fact AS g WHERE g.state = ?1 AND g.cell = c.cell
    AND g.known <= ?2 AND g.position <= ?3 ORDER BY g.known DESC, g.position DESC LIMIT 1)"""

    def __init__(self, folder: Path, versions: Versions) -> None:
        self._connection = sqlite3.connect(folder / "peer.sqlite", isolation_level=None)
        self._connection.execute("PRAGMA cache_size = -600000")
        self._connection.execute("PRAGMA synchronous = OFF")
        for table in (CELLS, FACT):
            self._connection.execute(f"{table} WITHOUT ROWID")
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO cells VALUES (?, ?)", cells(versions))
        self._connection.executemany("INSERT INTO fact VALUES (?, ?, ?, ?, ?)", facts(versions))
        self._connection.execute("COMMIT")
        self._connection.execute("ANALYZE")

    def matrix(self, asked: Question) -> Found:
        """Return what stands in the cells of one State."""
        return self._connection.execute(self._MATRIX, asked).fetchall()

    def world(self, asked: Question) -> Found:
        """Return what stands in the cells of all States."""
        return [row for state in range(len(STATES)) for row in self.matrix(asked._replace(state=state))]

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


class DuckDB:
    """DuckDB: sorted columns, and the greatest of each group."""

    name = "DuckDB, arg_max"
    _LAST = "arg_max((position, value), (known, position))"
    _KNOWN = "FROM fact WHERE known <= ? AND position <= ?"

    def __init__(self, folder: Path, versions: Versions) -> None:
        duckdb: Any = import_module("duckdb")  # Any: in no stubs that both type checkers know
        self._connection = duckdb.connect(str(folder / "peer.duckdb"))
        self._connection.execute(FACT.replace(", PRIMARY KEY (state, cell, known, position)", ""))
        rows = folder / "facts.csv"
        with rows.open("w", encoding="ascii") as file:
            file.writelines(",".join(map(str, fact)) + "\n" for fact in facts(versions))
        self._connection.execute(f"COPY fact FROM '{rows}' (HEADER false)")
        rows.unlink()

    def matrix(self, asked: Question) -> Found:
        """Return what stands in the cells of one State."""
        return self._found(f"SELECT cell, {self._LAST} {self._KNOWN} AND state = ? GROUP BY cell", asked)

    def world(self, asked: Question) -> Found:
        """Return what stands in the cells of all States."""
        statement = f"SELECT cell, {self._LAST} {self._KNOWN} AND ? >= 0 GROUP BY state, cell"
        return self._found(statement, asked)

    def _found(self, statement: str, asked: Question) -> Found:
        rows = self._connection.execute(statement, [asked.known, asked.position, asked.state]).fetchall()
        return [(cell, *last) for cell, last in rows]

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def peers(folder: Path, versions: Versions) -> tuple[list[Peer], list[str]]:
    """Return the peers that are to be had here, loaded, and why others are not."""
    found: list[Peer] = [SQLiteSeeks(folder, versions), DuckDB(folder, versions)]
    absent: list[str] = []
    for server in (PostgreSQL, MariaDB):
        lacking = server.lacks()
        if lacking is None:
            found.append(server(folder, versions))
        else:
            absent.append(f"{server.__name__} was not measured: {lacking}.")
    lacking = XTDB.lacks(versions)
    if lacking is None:
        found.append(XTDB(folder, versions))
    else:
        absent.append(f"XTDB was not measured: {lacking}.")
    return found, absent
