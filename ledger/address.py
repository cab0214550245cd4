"""Where a record's database is: `sqlite:FILE` or `postgresql://USER@HOST/DATABASE?schema=NAME`."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import msgspec

from domain.refusals import MalformedInput

SCHEMA = "ledger1540"
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,47}")
_HERE = ("", "localhost", "127.0.0.1", "::1")


class SQLiteAddress(msgspec.Struct, frozen=True):
    """A database file."""

    path: Path

    def __str__(self) -> str:
        return f"sqlite:{self.path}"


class PostgresAddress(msgspec.Struct, frozen=True):
    """A schema of a PostgreSQL database; `url` is libpq's, and may hold a password, so it is shown nowhere."""

    url: str
    schema: str

    @property
    def whole(self) -> str:
        """The URL with the schema in it, as a setting would have it; it may hold a password."""
        return f"{self.url}{'&' if '?' in self.url else '?'}schema={self.schema}"

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        host = parts.netloc.rpartition("@")[2]
        user = parts.username or ""
        return f"postgresql://{quote(user)}{'@' if user else ''}{host}{parts.path}?schema={self.schema}"


Address = SQLiteAddress | PostgresAddress


def address(text: str) -> Address:
    """Return the address that a setting or option names.

    Raises:
        MalformedInput: it is neither kind.
    """
    kind, colon, rest = text.partition(":")
    if colon and kind == "sqlite":
        return SQLiteAddress(Path(_file(rest)).expanduser())
    if colon and kind in ("postgresql", "postgres"):
        return postgres_address(text)
    raise MalformedInput(
        f"{kind or text!r} is no kind of database" if colon else "this is no address of a database",
        where="database",
        remedy="such as sqlite:/srv/1540/record.sqlite or postgresql://ledger@db.example.org/ledger",
    )


def _file(rest: str) -> str:
    """Return the path in `sqlite:PATH`, and in the form with slashes that other programs write."""
    if rest.startswith("///"):
        rest = rest[3:] if rest.startswith("////") else rest[2:]
    if not rest or rest.startswith("//"):
        raise MalformedInput("the address names no file", where="database", remedy="sqlite:/srv/1540/record.sqlite")
    return rest


def postgres_address(url: str) -> PostgresAddress:
    """Return the address in a PostgreSQL URL, with what must not be left to chance filled in.

    Beyond this machine the server's certificate is verified unless the URL says otherwise (`sslmode`).

    Raises:
        MalformedInput: not a URL, or the schema has an unfit name.
    """
    try:
        parts = urlsplit(url)
        given = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
        host = given.get("host", parts.hostname or "")
    except ValueError as error:
        raise MalformedInput(f"this is no URL of a database: {error}", where="database") from None
    schema = given.pop("schema", SCHEMA)
    if _SCHEMA.fullmatch(schema) is None:
        raise MalformedInput(
            f"{schema!r} is no name of a schema", where="database", remedy="lower-case letters, digits and _"
        )
    if host not in _HERE and not host.startswith("/"):
        given.setdefault("sslmode", "verify-full")
        if given["sslmode"] == "verify-full":
            given.setdefault("sslrootcert", "system")
    query = urlencode(given, quote_via=quote)
    return PostgresAddress(urlunsplit(("postgresql", parts.netloc, parts.path, query, "")), schema)
