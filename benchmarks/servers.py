"""Servers to measure: PostgreSQL that waits for the disk, and UmaDB from the package that brings server and client."""

import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from tests.postgres import postgres_url

_DURABLE = ("fsync", "synchronous_commit", "full_page_writes")
_SECONDS = 20


@contextmanager
def durable_postgres() -> Generator[str]:
    """Give the URL of an empty database on a server that waits for the disk, as it does where a record is kept."""
    with postgres_url() as url, psycopg.connect(url, autocommit=True) as connection:
        for name in _DURABLE:
            connection.execute(f"ALTER SYSTEM SET {name} = on".encode())
        connection.execute("SELECT pg_reload_conf()")
        until = time.monotonic() + _SECONDS
        while {connection.execute(f"SHOW {name}".encode()).fetchone() for name in _DURABLE} != {("on",)}:
            if time.monotonic() > until:
                raise SystemExit("the server does not wait for the disk; the figures would not be true")
            time.sleep(0.1)  # a reload is a signal: the server tells nobody when it has taken it
        try:
            yield url
        finally:
            for name in _DURABLE:
                connection.execute(f"ALTER SYSTEM RESET {name}".encode())
            connection.execute("SELECT pg_reload_conf()")


def umadb() -> Any:  # Any: a package that is not ours to require
    """Return the package of the peer's client, or None where it is not installed."""
    return None if find_spec("umadb") is None else import_module("umadb")


@contextmanager
def umadb_client(folder: Path) -> Generator[Any]:
    """Run a server of the peer on an empty database and give a client of it; it waits for the disk."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    words = [str(Path(sys.executable).with_name("umadb")), "--listen", place, "--db-path", str(folder / "uma.db")]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield _connected(f"http://{place}")
    finally:
        server.terminate()
        server.wait()


def _connected(url: str) -> Any:
    package, until = umadb(), time.monotonic() + _SECONDS
    while True:
        try:
            client = package.Client(url)
            client.head()
        except package.TransportError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)  # it says nothing when it is ready, but answers then
        else:
            return client
