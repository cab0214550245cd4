"""Where the parts are put together: settings, the record, and who reads it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Generator

    from domain.access import Reader
    from domain.matrix.facts import Facts
    from domain.refusals import Refusal
    from ledger.address import Address
    from ledger.record import Record
    from projections.axes import Asked
    from projections.question import Question

ACTOR_FILE = "actor"
"""In a home: the actor that this machine acts as where neither option nor setting names one."""


class Settings(NamedTuple):
    """Where the record is, and as whom to act; no actor reads what is public.

    The database is in the home unless an address says otherwise.
    """

    home: Path
    actor: str
    database: Address | None = None
    owner: Address | None = None


def settings(home: Path | None = None, actor: str | None = None) -> Settings:
    """Return the settings: an option, else the environment, else what is usual.

    LEDGER1540_DATABASE belongs to LEDGER1540_HOME: a home given as an option has its database in it.

    Raises:
        MalformedInput: an address of a database that is none.
    """
    chosen = home or Path(os.environ.get("LEDGER1540_HOME") or _data_home())
    named = os.environ.get("LEDGER1540_ACTOR") if actor is None else actor
    place = chosen.expanduser()
    acting = _usual_actor(place) if named is None else named
    if home is not None:
        return Settings(place, acting)
    return Settings(place, acting, _address("LEDGER1540_DATABASE"), _address("LEDGER1540_DATABASE_OWNER"))


def _address(name: str) -> Address | None:
    written = os.environ.get(name, "")
    if not written:
        return None
    from domain.refusals import Refusal
    from ledger.address import address

    try:
        return address(written)
    except Refusal as refusal:
        raise refusal.at(name) from None


def _data_home() -> Path:
    given = os.environ.get("XDG_DATA_HOME", "")
    base = Path(given) if Path(given).is_absolute() else Path.home() / ".local" / "share"
    return base / "ledger1540"


def _usual_actor(home: Path) -> str:
    try:
        return (home / ACTOR_FILE).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def remember_actor(home: Path, actor: str) -> None:
    """Act as this actor from now on wherever nothing else is said; `init` and `demo` do so for the first one."""
    (home / ACTOR_FILE).write_text(f"{actor}\n", encoding="utf-8")


@contextmanager
def opened(chosen: Settings) -> Generator[Record]:
    """Open the record of a home, and close it again.

    Raises:
        Refusal: there is none, or it is something else.
    """
    from ledger.record import Record

    with named(database="LEDGER1540_DATABASE"):
        record = Record.open(chosen.home, address=chosen.database)
    with record:
        yield record


@contextmanager
def named(**places: str) -> Generator[None]:
    """Say of what cannot be used which setting or option named it."""
    from domain.refusals import Refusal

    try:
        yield
    except Refusal as refusal:
        raise (refusal.at(places[refusal.where]) if refusal.where in places else refusal) from None


def now_of(record: Record) -> str:
    """Return the present instant: in a simulation that of its last event, where its clock stands."""
    last = record.last_position
    return record.recorded_at(last) if last and record.simulation else record.now()


def reader_of(record: Record, actor: str) -> Reader:
    """Return the acting actor with the grants on record; nobody in particular where none is named.

    Raises:
        NotFound: no such actor is registered.
    """
    from domain.access import PUBLIC_READER, reader
    from domain.actor import stream
    from domain.refusals import NotFound
    from domain.values import Name

    if not actor:
        return PUBLIC_READER
    import msgspec

    try:
        known = bool(record.history(stream(msgspec.convert(actor, Name))).events)
    except msgspec.ValidationError:
        known = False
    if not known:
        raise NotFound(
            f"no actor {actor!r} is on record",
            where="--actor",
            remedy="name one that is registered, or none to read what is public",
        )
    return reader(record, actor)


def facts_of(record: Record, *, replay: bool) -> Facts:
    """Return the way to the facts: by the as-of index, or by folding the streams themselves."""
    if replay:
        from domain.matrix.facts import FactsOnRecord

        return FactsOnRecord(record)
    from projections.matrix_index import IndexedFacts

    return IndexedFacts(record)


def question_of(record: Record, actor: str, written_state: str, asked: Asked, *, replay: bool) -> Question:
    """Return what a view of a State's matrix is asked.

    Raises:
        Refusal: no such State or actor, or a date or position that is none.
    """
    from projections.axes import resolve
    from projections.origin import RecordOrigin
    from projections.question import Question
    from projections.rights import Rights
    from projections.states import find

    now = now_of(record)
    axes = resolve(record, asked, now)
    state = find(record, written_state)
    rights = Rights(record, reader_of(record, actor), state, now)
    return Question(
        state=state,
        axes=axes,
        facts=facts_of(record, replay=replay),
        rights=rights,
        record=record,
        origin=RecordOrigin(record),
    )


def storage_failure(error: BaseException) -> Refusal | None:
    """Return the refusal that says what is wrong with the storage, if that is what an exception tells."""
    kinds = _kinds(error)
    if _kinds(error.__cause__) & {"psycopg.OperationalError", "psycopg.errors.InsufficientPrivilege"}:
        from ledger.refusals import RecordUnavailable

        return RecordUnavailable(
            f"the record cannot be read: {error}",
            remedy="see that the role in LEDGER1540_DATABASE may use its database",
        )
    if "sqlite3.DatabaseError" in kinds or "eventsourcing.persistence.DatabaseError" in kinds:
        from domain.refusals import IntegrityFailure

        return IntegrityFailure(
            f"the record cannot be read: {error}", remedy="`ledger1540 verify` names the first position that fails"
        )
    if "sqlalchemy.exc.DBAPIError" in kinds:
        from domain.refusals import Refusal as Failure

        return Failure(
            f"the views cannot be used: {error.__cause__ or error}",
            remedy="they are not the record: an embedded views.sqlite may be deleted, and is made anew",
        )
    if isinstance(error, OSError):
        from domain.refusals import MalformedInput

        return MalformedInput(error.strerror or str(error), where=str(error.filename or ""))
    return None


def _kinds(error: BaseException | None) -> set[str]:
    return {f"{kind.__module__}.{kind.__name__}" for kind in type(error).__mro__}
