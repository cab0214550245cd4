"""Locks between processes: one engine leads, and one at a time rebuilds a view. A dead process holds none."""

import fcntl
import hashlib
from collections.abc import Generator
from contextlib import contextmanager

import sqlalchemy as sa

from projections.engine.store import Store

LEADER = "leader"


@contextmanager
def held(store: Store, name: str) -> Generator[bool]:
    """Try to take a lock and hold it for the block; the block is told whether it was to be had."""
    with _file(store, name) if store.embedded else _advisory(store, name) as taken:
        yield taken


@contextmanager
def _file(store: Store, name: str) -> Generator[bool]:
    path = store.file.with_name(f"{store.file.name}.{name}.lock")
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextmanager
def _advisory(store: Store, name: str) -> Generator[bool]:
    """Hold a lock of the session; one who loses it unawares writes nothing, because of the tracking row."""
    named = f"{store.schema} {name}".encode()  # a database may hold the views of several records
    key = int.from_bytes(hashlib.sha256(named).digest()[:8], signed=True)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        taken = bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(key))))
        try:
            yield taken
        finally:
            if taken and not connection.invalidated:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(key)))
