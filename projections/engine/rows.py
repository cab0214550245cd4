"""Rows of a view at a place on the axes: from its table, or by folding the events themselves."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar, cast

import sqlalchemy as sa

from domain.access import Reader, may
from domain.ids import prefix
from domain.recorded import Recorded
from domain.rectangles import BEYOND
from domain.standing import NO_LIMIT, Cut, History
from domain.values import Precision
from projections.engine.full_text import FOLDED, holds, may_hold
from projections.engine.generations import readable
from projections.engine.placing import audience_text, kept, known
from projections.engine.source import Followed, Item, Wants, batch
from projections.engine.store import Store
from projections.engine.tables import audience_of, columns_of, table
from projections.engine.view import Columns, Row, Value, View, chooser
from projections.words import Wanted

C = TypeVar("C", bound=Columns)
Where = Mapping[str, Value | Sequence[Value]]
"""What columns of rows must hold: a value, or one of several."""
ROW_FIELDS = tuple(name for name in Row.__struct_fields__ if name not in ("of", "root_position", "audience"))


class Rows(Protocol):
    """A way to the rows of views."""

    def at(self, view: View[C], cut: Cut, where: Where | None = None, words: Wanted | None = None) -> list[Row[C]]:
        """Return the rows that stand and are known at a cut, in order of (known_at, root position).

        With `words`, only those whose full text holds what is looked for.
        """
        ...

    def ever(self, view: View[C], cut: Cut, where: Where | None = None) -> list[Row[C]]:
        """Return the rows of all that is known at a cut, in the same order, whether its event stands or was struck."""
        ...

    def column(self, view: View[Columns], cut: Cut, name: str, where: Where | None = None) -> Counter[Value]:
        """Return the values of a column, also of those that every row has, and how many of these rows hold each."""
        ...


class StoredRows:
    """Rows from the tables that the engine keeps; the view must have come to the position of the cut."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def at(self, view: View[C], cut: Cut, where: Where | None = None, words: Wanted | None = None) -> list[Row[C]]:
        """Return the rows that stand and are known at a cut."""
        with self._store.reading() as connection:
            rows = _table(connection, view)
            conditions = [*_standing(rows, cut), *_holding(rows, where)]
            if words is not None:
                conditions.append(may_hold(rows, words, embedded=self._store.embedded))
            listed = _listed(connection, view, rows, conditions)
        return listed if words is None or words.apart else [row for row in listed if holds(view, row.of, words)]

    def ever(self, view: View[C], cut: Cut, where: Where | None = None) -> list[Row[C]]:
        """Return the rows of all that is known at a cut."""
        with self._store.reading() as connection:
            rows = _table(connection, view)
            first = (rows.c.from_position == rows.c.position, rows.c.to_noticed == BEYOND)  # once for each event
            known_by = (rows.c.position <= cut.position, rows.c.known_at <= cut.known_at)
            return _listed(connection, view, rows, [*first, *known_by, *_holding(rows, where)])

    def column(self, view: View[Columns], cut: Cut, name: str, where: Where | None = None) -> Counter[Value]:
        """Return the values of a column, and how many rows hold each."""
        with self._store.reading() as connection:
            rows = _table(connection, view)
            column = rows.c[name]
            counted = sa.select(column, sa.func.count()).where(*_standing(rows, cut), *_holding(rows, where))
            return Counter(dict(connection.execute(counted.group_by(column)).all()))


def _table(connection: sa.Connection, view: View[Columns]) -> sa.Table:
    generation = readable(connection, view)
    assert generation is not None  # noqa: S101 - whoever asks has waited for the position
    return table(view, generation.number)


def _standing(rows: sa.Table, cut: Cut) -> Iterable[sa.ColumnElement[bool]]:
    columns = rows.c
    position = min(cut.position, NO_LIMIT - 1)
    yield columns.from_position <= position
    yield columns.to_position > position
    yield columns.from_noticed <= cut.noticed_by
    yield columns.to_noticed > cut.noticed_by
    yield columns.known_at <= cut.known_at


def _holding(rows: sa.Table, where: Where | None) -> Iterable[sa.ColumnElement[bool]]:
    for name, value in (where or {}).items():
        column = rows.c[name]
        values = [kept(each) for each in ((value,) if isinstance(value, str | int | None) else value)]
        yield column == values[0] if len(values) == 1 else column.in_(values)


def _listed(
    connection: sa.Connection, view: View[C], rows: sa.Table, conditions: Iterable[sa.ColumnElement[bool]]
) -> list[Row[C]]:
    found = (
        sa.select(*(each for each in rows.c if each.name != FOLDED))
        .where(*conditions)
        .order_by(rows.c.known_at, rows.c.root_position, rows.c.position, rows.c.ordinal)
    )
    return [_row(view, dict(each)) for each in connection.execute(found).mappings()]


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
        self._folded: dict[tuple[str, Cut, int, bool], list[Row[Columns]]] = {}

    def at(self, view: View[C], cut: Cut, where: Where | None = None, words: Wanted | None = None) -> list[Row[C]]:
        """Return the rows that stand and are known at a cut."""
        found = self._found(view, cut, where or {}, struck=False)
        return found if words is None else [row for row in found if holds(view, row.of, words)]

    def ever(self, view: View[C], cut: Cut, where: Where | None = None) -> list[Row[C]]:
        """Return the rows of all that is known at a cut."""
        return self._found(view, cut, where or {}, struck=True)

    def column(self, view: View[Columns], cut: Cut, name: str, where: Where | None = None) -> Counter[Value]:
        """Return the values of a column, and how many rows hold each."""
        return Counter(_value(row, name) for row in self.at(view, cut, where))

    def _found(self, view: View[C], cut: Cut, where: Where, *, struck: bool) -> list[Row[C]]:
        # One answer asks for rows of the same place again and again, each time of something else.
        asked = (view.name, cut, min(cut.position, self._record.last_position), struck)
        if asked not in self._folded:
            found = self._acts(view, cut) if view.of == "acts" else self._facts(view, cut, struck=struck)
            found.sort(key=lambda each: (*each[:2], each[2].position))
            self._folded[asked] = [row for _, root, event in found for row in self._rows(view, root, event)]
        return [row for row in cast("list[Row[C]]", self._folded[asked]) if _has(row, where)]

    def _items(self, cut: Cut, wants: Wants) -> list[Item]:
        return batch(self._record, 1, min(cut.position, self._record.last_position), wants).items

    def _acts(self, view: View[C], cut: Cut) -> list[tuple[str, int, Recorded]]:
        found = self._items(cut, chooser(view))
        known = (item for item in found if item.glance.recorded_at <= cut.known_at)
        return [(item.glance.recorded_at, item.position, item.event) for item in known]

    def _facts(self, view: View[C], cut: Cut, *, struck: bool) -> list[tuple[str, int, Recorded]]:
        kinds = {kind.TYPE.partition(".")[0] for kind in view.follows}
        histories: dict[str, History] = {}
        for item in self._items(cut, lambda glance: prefix(glance.stream) in kinds):
            stream = item.glance.stream
            histories[stream] = histories.get(stream, History()).extended([item.event])
        found: list[tuple[str, int, Recorded]] = []
        types = view.types
        for family in (family for history in histories.values() for family in history.families()):
            if family.root.header.type in types:
                stands = family.standing(cut.position, cut.noticed_by)
                told = [event for event in family.members if not event.header.voids] if struck else [stands]
                found += [(event.header.known_at, family.root.position, event) for event in told if event is not None]
        return [each for each in found if each[0] <= cut.known_at]

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


def _has(row: Row[Columns], where: Where) -> bool:
    wanted = ((name, (value,) if isinstance(value, str | int | None) else value) for name, value in where.items())
    return all(_value(row, name) in values for name, values in wanted)


def _value(row: Row[Columns], name: str) -> Value:
    """Return what a column holds: one of the view's own, or of those that every row has."""
    if name == "audience":
        return audience_text(row.audience)
    value: Value = getattr(row if name in ROW_FIELDS else row.of, name)
    return value


def seen(rows: Iterable[Row[C]], reader: Reader, now: str) -> tuple[list[Row[C]], int]:
    """Return the rows that a reader may see, judged now whatever date was asked, and how many are withheld."""
    listed = list(rows)
    one_each = {row.audience: row for row in listed}
    theirs = {audience for audience, row in one_each.items() if may(reader, row, now)}
    shown = [row for row in listed if row.audience in theirs]
    return shown, len(listed) - len(shown)
