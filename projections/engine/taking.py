"""Taking events into one generation of a view: its rows and the position it has come to, in one transaction."""

from collections.abc import Callable, Sequence
from threading import Event

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from domain.refusals import Refusal
from domain.standing import NO_LIMIT
from projections.engine.generations import Generation, LostLead, tracked
from projections.engine.placing import ROOT_POSITION, TO_POSITION, Placed, Values, placed
from projections.engine.source import Batch, Followed, Item, Wants, leaf_at
from projections.engine.store import Store
from projections.engine.tables import DEAD_LETTERS, table
from projections.engine.view import Columns, Value, View, chooser

Skip = Callable[[str, int, str], None]
"""Puts on record that a view goes on without a position, and why; raises a refusal where that is not allowed."""

PAUSES = (0.05, 0.5)
"""Seconds before an event that could not be taken in is tried again."""
LONGEST_ERROR = 2_000


class Target:
    """One generation on its way: where it is, and what it wants."""

    def __init__(
        self,
        view: View[Columns],
        generation: Generation,
        *,
        share: int = 0,
        wants: Wants | None = None,
    ) -> None:
        self.view = view
        self.generation = generation
        self.share = share
        self.position = generation.position
        self.wants = wants or chooser(view)
        self.table = table(view, generation.number)
        self.error = ""
        """What could not be taken in at the next position; empty while nothing stops it."""

    @property
    def stopped(self) -> bool:
        """True where the target stays where it is, until it is tried again by another engine."""
        return bool(self.error)


class Taker:
    """Takes batches into targets; what cannot be taken in is tried again, then set aside for people to see."""

    def __init__(self, store: Store, record: Followed, *, skip: Skip | None = None, stop: Event | None = None) -> None:
        self._store = store
        self._record = record
        self._skip = skip
        self._stop = stop or Event()

    def take(self, target: Target, batch: Batch) -> None:
        """Take what a target wants of a batch; it has then come to the end of it, or is stopped before.

        Raises:
            LostLead: another engine moves this target.
        """
        wanted = [each for each in batch.items if each.position > target.position and target.wants(each.glance)]
        try:
            self._write(target, [placed(target.view, each.event, self._record) for each in wanted], batch.stop)
        except LostLead:
            raise
        except Exception:  # noqa: BLE001 - whatever one of them raises, it is found by taking them one by one
            self._one_by_one(target, wanted, batch.stop)

    def _one_by_one(self, target: Target, wanted: Sequence[Item], stop: int) -> None:
        for item in wanted:
            if not self._one(target, item):
                return
        self._write(target, [], stop)

    def _one(self, target: Target, item: Item) -> bool:
        """Take one event, or set it aside; False where the target stops at it, or is told to."""
        for attempt in range(len(PAUSES) + 1):
            try:
                self._write(target, [placed(target.view, item.event, self._record)], item.position)
                return True
            except LostLead:
                raise
            except OperationalError:  # the database's own trouble is no event's fault
                if attempt == len(PAUSES):
                    raise
            except Exception as error:  # noqa: BLE001 - kept with the event, for people to see
                if attempt == len(PAUSES):
                    return self._set_aside(target, item, f"{type(error).__name__}: {error}"[:LONGEST_ERROR])
            if self._stop.wait(PAUSES[attempt]):
                return False
        return False

    def _set_aside(self, target: Target, item: Item, error: str) -> bool:
        skipped = False
        if target.view.on_failure == "skips" and self._skip is not None:
            try:
                self._skip(target.view.name, item.position, error)
                skipped = True
            except Refusal as refusal:
                error = f"{error}; and it may not be skipped: {refusal}"
        mine = (DEAD_LETTERS.c.view == target.view.name) & (DEAD_LETTERS.c.generation == target.generation.number)
        with self._store.writing() as connection:
            connection.execute(DEAD_LETTERS.delete().where(mine, DEAD_LETTERS.c.position == item.position))
            connection.execute(
                DEAD_LETTERS.insert().values(
                    view=target.view.name,
                    generation=target.generation.number,
                    position=item.position,
                    event_id=item.glance.event_id,
                    stream=item.glance.stream,
                    type=item.glance.type,
                    error=error,
                    attempts=len(PAUSES) + 1,
                    skipped=skipped,
                    set_aside_at=self._record.now(),
                )
            )
            here = item.position if skipped else item.position - 1
            tracked(connection, target.generation, target.share, target.position, here, self._leaf(here))
        target.position = here
        target.error = "" if skipped else error
        return skipped

    def _leaf(self, position: int) -> str:
        return leaf_at(self._record, position) or ""

    def _write(self, target: Target, found: Sequence[Placed], stop: int) -> None:
        rows, closings = _together(found)
        leaf = self._leaf(stop)
        columns, letters = target.table.c, DEAD_LETTERS.c
        with self._store.writing() as connection:
            tracked(connection, target.generation, target.share, target.position, stop, leaf)
            if closings:
                closed = (columns.root_position == sa.bindparam("root"), columns.to_position == NO_LIMIT)
                update = target.table.update().where(*closed).values(to_position=sa.bindparam("end"))
                connection.execute(update, [{"root": root, "end": end} for root, end in closings.items()])
            if rows:
                # Values are such as the driver takes as they are, which saves a third of a rebuild's time.
                insert = str(target.table.insert().compile(dialect=self._store.positional))
                connection.exec_driver_sql(insert, [tuple(row) for row in rows])
            mine = (letters.view == target.view.name) & (letters.generation == target.generation.number)
            past = (letters.position > target.position) & (letters.position <= stop)
            connection.execute(DEAD_LETTERS.delete().where(mine, past))
        target.position = stop


def _together(found: Sequence[Placed]) -> tuple[list[Values], dict[int, int]]:
    """Return all rows of some events, and where the open rows that roots had before them end."""
    rows: list[Values] = []
    opened: dict[Value, list[Values]] = {}
    closings: dict[int, int] = {}
    for each in found:
        if each.closes is not None:
            closings.setdefault(each.closes, each.position)
            for row in opened.pop(each.closes, ()):
                row[TO_POSITION] = each.position
        for row in each.rows:
            opened.setdefault(row[ROOT_POSITION], []).append(row)
        rows += each.rows
    return rows, closings
