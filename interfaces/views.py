"""Where views are put together with the record they follow."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from interfaces.bootstrap import Settings
    from ledger.record import Record
    from projections.engine.rows import Rows
    from projections.engine.store import Store
    from projections.engine.taking import Skip
    from projections.engine.view import Columns, View


def views_url(chosen: Settings) -> str:
    """Return where views are kept: in the database of the record if that is PostgreSQL, else in a file beside it."""
    from ledger.address import PostgresAddress
    from projections.engine.store import embedded_url

    if isinstance(chosen.database, PostgresAddress):
        return chosen.database.whole
    return embedded_url(chosen.home if chosen.database is None else chosen.database.path.parent)


@contextmanager
def opened_store(chosen: Settings) -> Generator[Store]:
    """Open the views of a record, and close them again; a file beside the record that is new is made ready.

    Raises:
        NotMigrated: its tables are not those that this program needs.
    """
    from projections.engine.store import Store

    store = Store(views_url(chosen))
    try:
        if store.embedded and store.migration() is None:
            from projections.engine.migrating import migrate

            migrate(store)
        store.check()
        yield store
    finally:
        store.close()


@contextmanager
def stored_views(chosen: Settings) -> Generator[Store]:
    """Open the views of a record as they are, whether or not there are any."""
    from projections.engine.store import Store

    store = Store(views_url(chosen))
    try:
        yield store
    finally:
        store.close()


def _can_be_kept(chosen: Settings) -> bool:
    """False where views would be a file in a home that cannot be written: they are folded for each answer then."""
    from ledger.address import PostgresAddress

    if isinstance(chosen.database, PostgresAddress):
        return True
    from ledger.archive import DATABASE
    from ledger.sqlite.connecting import is_writable

    return is_writable(chosen.home / DATABASE if chosen.database is None else chosen.database.path)


@contextmanager
def rows_of(
    record: Record, chosen: Settings, views: Iterable[View[Columns]], position: int, *, replay: bool
) -> Generator[Rows]:
    """Give the way to the rows of views that have come to a position; or, to replay, to the events themselves.

    Raises:
        ViewBehind: a view does not come there.
        NotMigrated: its tables are not those that this program needs.
    """
    from projections.engine.reaching import reach
    from projections.engine.rows import ReplayedRows, StoredRows

    if replay or not _can_be_kept(chosen):
        yield ReplayedRows(record)
        return
    with opened_store(chosen) as store:
        for view in views:
            reach(store, record, view, position)
        yield StoredRows(store)


def skipper(record: Record, actor: str) -> Skip:
    """Return what puts on record, in the name of an actor, that a view goes on without a position."""

    def skip(view: str, position: int, reason: str) -> None:
        from domain.records import SkipEvent
        from ledger.refusals import CommandReused

        given = SkipEvent(id=f"skip:{view}:{position}", actor=actor, view=view, position=position, reason=reason)
        with suppress(CommandReused):  # it is on record already, with the reason of the first time
            record.submit(given)

    return skip
