"""Where views are put together with the record they follow, and with who asks."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from interfaces.bootstrap import now_of, opened, reader_of

if TYPE_CHECKING:
    from collections.abc import Generator

    from interfaces.bootstrap import Settings
    from ledger.record import Record
    from projections.axes import Asked
    from projections.engine.answering import Asking
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
def asking_of(
    chosen: Settings, asked: Asked, view: View[Columns], *, replay: bool = False, timeout: float | None = None
) -> Generator[Asking]:
    """Give what a view is asked once it has come to the position asked, in at most `timeout` seconds.

    Raises:
        Refusal: no such actor, a date or position that is none, or a view that does not come there.
    """
    from projections.axes import resolve
    from projections.engine.answering import Asking
    from projections.engine.reaching import WAIT_SECONDS, reach
    from projections.engine.rows import ReplayedRows, Rows, StoredRows

    with ExitStack() as stack:
        record = stack.enter_context(opened(chosen))
        now = now_of(record)
        axes = resolve(record, asked, now)
        rows: Rows = ReplayedRows(record)
        if not replay:
            store = stack.enter_context(opened_store(chosen))
            reach(store, record, view, axes.cut.position, timeout=WAIT_SECONDS if timeout is None else timeout)
            rows = StoredRows(store)
        yield Asking(rows=rows, reader=reader_of(record, chosen.actor), axes=axes, now=now, source=record)


def skipper(record: Record, actor: str) -> Skip:
    """Return what puts on record, in the name of an actor, that a view goes on without a position."""

    def skip(view: str, position: int, reason: str) -> None:
        from domain.records import SkipEvent
        from ledger.refusals import CommandReused

        given = SkipEvent(id=f"skip:{view}:{position}", actor=actor, view=view, position=position, reason=reason)
        with suppress(CommandReused):  # it is on record already, with the reason of the first time
            record.submit(given)

    return skip
