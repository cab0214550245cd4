"""Where an event's rows stand: what it adds to a view, and whose rows it closes."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple, Protocol

import msgspec

from domain.canonical import encode
from domain.deciding import RecordView
from domain.recorded import Recorded
from domain.rectangles import BEYOND, Rectangle, rectangles
from domain.standing import NO_LIMIT
from domain.times import FAR_PAST
from projections.engine.full_text import folded_of
from projections.engine.view import Columns, Lookup, Value, View

Values = list[Value]
"""A row of a table, in the order of its columns."""
ROOT_POSITION, TO_POSITION = 0, 4


class Histories(Lookup, RecordView, Protocol):
    """A record as placing needs it."""


class Placed(NamedTuple):
    """What one event does to a view: the open rows of a root end at its position, and these rows begin."""

    position: int
    closes: int | None
    rows: list[Values]


def placed(view: View[Columns], event: Recorded, record: Histories) -> Placed:
    """Return what an event does to a view."""
    position = event.header.position
    if view.of == "acts":
        always = Rectangle(event, event, position, FAR_PAST, BEYOND)
        return Placed(position, None, list(_rows(view, (always,), position, record)))
    if event.header.strikes is None:  # a root, alone until something strikes it
        alone = Rectangle(event, event, position, event.header.noticed_at or FAR_PAST, BEYOND)
        return Placed(position, None, list(_rows(view, (alone,), position, record)))
    family = record.history(event.header.stream).family(event.id)
    if family.root.header.type not in view.types:
        return Placed(position, None, [])
    stand = (each for each in rectangles(family, position) if each.stands is each.shown)
    return Placed(position, family.root.position, list(_rows(view, stand, family.root.position, record)))


def _rows(view: View[Columns], places: Iterable[Rectangle], root: int, record: Lookup) -> Iterator[Values]:
    """Yield rows in the order of the columns that `projections.engine.tables` gives a table."""
    for place in places:
        header = place.stands.header
        known_at, precision = known(view, place.stands)
        for ordinal, columns in enumerate(view.rows(place.stands, record)):
            yield [
                root,
                place.from_position,
                place.from_noticed,
                ordinal,
                NO_LIMIT,
                place.to_noticed,
                header.position,
                header.event_id,
                header.stream,
                header.type,
                known_at,
                precision,
                header.recorded_at,
                audience_text(header.audience),
                header.synthetic,
                *map(kept, msgspec.structs.astuple(columns)),
                *folded_of(view, columns),
            ]


def known(view: View[Columns], event: Recorded) -> tuple[str, str]:
    """Return when an event was known, and how precisely; an act from the instant at which it was recorded."""
    header = event.header
    return (header.recorded_at, "instant") if view.of == "acts" else (header.known_at, header.known_precision)


def kept(value: Value) -> Value:
    """Return a value as any database keeps it: U+0000, which PostgreSQL refuses, becomes U+FFFD."""
    return value.replace("\x00", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) and "\x00" in value else value


@cache  # audiences come from a closed list
def audience_text(audience: tuple[str, ...]) -> str:
    """Return audiences as a row keeps them."""
    return encode(audience).decode()
