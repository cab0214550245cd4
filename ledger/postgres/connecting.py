"""Connecting to a record's schema, and speaking to it in the statements that both databases share."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from ledger.address import PostgresAddress
from ledger.database import of_the_library

_PATIENCE = 5
"""Seconds within which a server answers, or is gone."""

Connection = psycopg.Connection[tuple[Any, ...]]
Cursor = psycopg.Cursor[tuple[Any, ...]]
_PLANNED_ANEW = "-c plan_cache_mode=force_custom_plan"
"""A plan made while a table was small would go on reading all of it while a batch makes it large."""


@contextmanager
def translated() -> Generator[None]:
    """Raise the library's exceptions in place of the driver's."""
    try:
        yield
    except psycopg.Error as error:
        raise of_the_library(error) from error


@cache
def spelled(statement: str) -> bytes:
    """Return a statement with its places for values as the driver wants them."""
    return statement.replace("%", "%%").replace("?", "%s").encode()


def connect(address: PostgresAddress, *, application: str = "ledger1540") -> Connection:
    """Connect in autocommit mode, with the record's schema as the only search path."""
    with translated():
        return psycopg.connect(address.url, **settings(address, application))


def settings(address: PostgresAddress, application: str, *options: str) -> dict[str, Any]:
    """Return the settings of every connection: its own transactions, one schema, a name that operators see.

    Options that the address or the environment gives come first, ours after them; a server that does not answer is
    given up after a few seconds unless they say otherwise.
    """
    given = conninfo_to_dict(address.url)
    theirs = str(given.get("options") or os.environ.get("PGOPTIONS", ""))
    patience = given.get("connect_timeout") or os.environ.get("PGCONNECT_TIMEOUT") or _PATIENCE
    return {
        "autocommit": True,
        "options": " ".join([theirs, f"-c search_path={address.schema}", _PLANNED_ANEW, *options]),
        "connect_timeout": patience,
        "application_name": application,
    }
