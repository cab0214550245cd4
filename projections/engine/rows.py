"""Rows of a view at a place on the axes: from its table, or by folding the events themselves."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar, cast

import sqlalchemy as sa

from domain.access import Reader, may
from domain.ids import prefix
from domain.recorded import Recorded
from domain.standing import NO_LIMIT, Cut, History
from domain.values import Precision
from projections.engine.generations import Generation, readable
from projections.engine.placing import kept, known
from projections.engine.source import Followed, Item, Wants, batch
from projections.engine.store import Store
from projections.engine.tables import audience_of, columns_of, table
from projections.engine.view import Columns, Row, Value, View, chooser

C = TypeVar("C", bound=Columns)
Where = Mapping[str, Value | Sequence[Value]]
"""What columns of a view must hold: a value, or one of several."""
ROW_FIELDS = tuple(name for name in Row.__struct_fields__ if name not in ("of", "root_position", "audience"))


class Rows(Protocol):
    """A way to the rows of views."""

    def at(self, view: View[C], cut: Cut, where: Where | None = None) -> list[Row[C]]:
        """Return the rows that stand and are known at a cut, in order of (known_at, root position)."""
        ...


class StoredRows:
    """Rows from the tables that the engine keeps; the view must have come to the position of the cut."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def at(self, view: View[C], cut: Cut, where: Where | None = None) -> list[Row[C]]:
        """Return the rows that stand and are known at a cut."""
        with self._store.reading() as connection:
            generation = readable(connection, view)
            assert generation is not None  # noqa: S101 - whoever asks has waited for the position
            found = connection.execute(_standing(view, generation, cut, where or {})).mappings()
            return [_row(view, dict(each)) for each in found]


def _standing(view: View[C], generation: Generation, cut: Cut, where: Where) -> sa.Select[tuple[Value, ...]]:
    columns = table(view, generation.number).c
    position = min(cut.position, NO_LIMIT - 1)
    found = sa.select(*columns).where(
        columns.from_position <= position,
        columns.to_position > position,
        columns.from_noticed <= cut.noticed_by,
        columns.to_noticed > cut.noticed_by,
        columns.known_at <= cut.known_at,
    )
    for name, value in where.items():
        column = columns[name]
        values = [kept(each) for each in ((value,) if isinstance(value, str | int | None) else value)]
        found = found.where(column == values[0] if len(values) == 1 else column.in_(values))
    return found.order_by(columns.known_at, columns.root_position, columns.ordinal)


def _row(view: View[C], values: dict[str, object]) -> Row[C]:
    return Row(
        root_position=cast("int", values["root_position"]),
        audience=audience_of(cast("str", values["audience"])),
        of=cast("C", columns_of(view, values)),
        **{name: values[name] for name in ROW_FIELDS},  # type: ignore[arg-type] # columns of these names and types
    )


class ReplayedRows:
    """The same rows by folding the events themselves, without any table; slower, and the proof of the tables."""

    def __init__(self, record: Followed) -> None:
        self._record = record

    def at(self, view: View[C], cut: Cut, where: Where | None = None) -> list[Row[C]]:
        """Return the rows that stand and are known at a cut."""
        standing = (self._acts if view.of == "acts" else self._facts)(view, cut)
        standing.sort(key=lambda each: each[:2])
        rows = [row for _, root, event in standing for row in self._rows(view, root, event)]
        return [row for row in rows if _holds(row.of, where or {})]

    def _items(self, cut: Cut, wants: Wants) -> list[Item]:
        return batch(self._record, 1, min(cut.position, self._record.last_position), wants).items

    def _acts(self, view: View[C], cut: Cut) -> list[tuple[str, int, Recorded]]:
        found = self._items(cut, chooser(view))
        known = (item for item in found if item.glance.recorded_at <= cut.known_at)
        return [(item.glance.recorded_at, item.position, item.event) for item in known]

    def _facts(self, view: View[C], cut: Cut) -> list[tuple[str, int, Recorded]]:
        kinds = {kind.TYPE.partition(".")[0] for kind in view.follows}
        histories: dict[str, History] = {}
        for item in self._items(cut, lambda glance: prefix(glance.stream) in kinds):
            stream = item.glance.stream
            histories[stream] = histories.get(stream, History()).extended([item.event])
        found: list[tuple[str, int, Recorded]] = []
        for history in histories.values():
            for event in history.standing(cut):
                root = history.family(event.id).root
                if root.header.type in view.types:
                    found.append((event.header.known_at, root.position, event))
        return found

    def _rows(self, view: View[C], root: int, event: Recorded) -> Iterable[Row[C]]:
        known_at, precision = known(view, event)
        for columns in view.rows(event, self._record):
            yield Row(
                root_position=root,
                position=event.header.position,
                event_id=event.header.event_id,
                stream=event.header.stream,
                type=event.header.type,
                known_at=known_at,
                known_precision=cast("Precision", precision),
                recorded_at=event.header.recorded_at,
                audience=event.header.audience,
                synthetic=event.header.synthetic,
                of=columns,
            )


def _holds(columns: Columns, where: Where) -> bool:
    wanted = ((name, (value,) if isinstance(value, str | int | None) else value) for name, value in where.items())
    return all(getattr(columns, name) in values for name, values in wanted)


def seen(rows: Iterable[Row[C]], reader: Reader, now: str) -> tuple[list[Row[C]], int]:
    """Return the rows that a reader may see, judged now whatever date was asked, and how many are withheld."""
    listed = list(rows)
    one_each = {row.audience: row for row in listed}
    theirs = {audience for audience, row in one_each.items() if may(reader, row, now)}
    shown = [row for row in listed if row.audience in theirs]
    return shown, len(listed) - len(shown)
