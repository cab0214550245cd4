"""Where a record's database is: `sqlite:FILE` or `postgresql://USER@HOST/DATABASE?schema=NAME`."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import msgspec

from domain.refusals import MalformedInput

SCHEMA = "ledger1540"
_SCHEMA = re.compile(r"(?!pg_)[a-z_][a-z0-9_]{0,47}")
_HERE = ("localhost", "127.0.0.1", "::1")
_URL = re.compile(
    r"postgres(?:ql)?://(?P<place>(?:[^@/?#]*@)?(?P<hosts>[^@/?#]*)(?:/[^@?#]*)?)(?:\?(?P<query>[^@?#]*))?"
)
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^:\[\]]*)(?::[0-9]{1,5})?")
_WRITTEN = re.compile(r"(?:[!-$&-~]|%(?!00)[0-9a-fA-F]{2})*")
_REMEDY = (
    "postgresql://USER@HOST/DATABASE; in a name or password / ? # @ % and the space are written %2F %3F %23 %40 %25 %20"
)


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
        user, at, host = parts.netloc.rpartition("@")
        return f"postgresql://{user.partition(':')[0]}{at}{host}{parts.path}?schema={self.schema}"

    def __repr__(self) -> str:
        return f"<{self}>"


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
        f"{kind!r} is no kind of database" if colon else "this is no address of a database",
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
        MalformedInput: not a URL, or the schema has an unfit name. The text is not repeated, nor what libpq would say
            of it: it may hold a password.
    """
    found = _URL.fullmatch(url) if _WRITTEN.fullmatch(url) else None
    hosts = [] if found is None else [_HOST.fullmatch(each) for each in found["hosts"].split(",")]
    if found is None or None in hosts:
        raise MalformedInput("this is no URL of a database", where="database", remedy=_REMEDY)
    try:
        given = dict(parse_qsl(found["query"] or "", keep_blank_values=True, strict_parsing=bool(found["query"])))
    except ValueError:
        given = {"": ""}
    if "" in given:
        raise MalformedInput(
            "behind the ? there is no NAME=VALUE",
            where="database",
            remedy="such as ?schema=ledger1540&connect_timeout=3",
        )
    schema = given.pop("schema", SCHEMA)
    if _SCHEMA.fullmatch(schema) is None:
        raise MalformedInput(
            f"{schema!r} is no name of a schema",
            where="database",
            remedy="lower-case letters, digits and _, and not pg_ at the beginning",
        )
    named = [unquote(each[1]).strip("[]") for each in hosts if each is not None]
    if not _all_here(given.get("hostaddr") or given.get("host"), named):
        given.setdefault("sslmode", "verify-full")
        if given["sslmode"] == "verify-full":
            given.setdefault("sslrootcert", "system")
    query = urlencode(given, safe="/", quote_via=quote)
    return PostgresAddress(f"postgresql://{found['place']}{'?' if query else ''}{query}", schema)


def _all_here(instead: str | None, named: list[str]) -> bool:
    """Return whether every server is this machine. One that is not named may be anywhere: PGHOST says where."""
    return all(host in _HERE or host.startswith("/") for host in (instead.split(",") if instead else named))
