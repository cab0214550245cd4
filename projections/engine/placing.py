"""Where an event's rows stand: what it adds to a view, and whose rows it closes."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from domain.canonical import encode
from domain.deciding import RecordView
from domain.header import Header
from domain.recorded import Recorded
from domain.rectangles import BEYOND, Rectangle, rectangles
from domain.standing import NO_LIMIT, Family
from domain.times import FAR_PAST
from projections.engine.view import Columns, Lookup, Value, View

Values = dict[str, Value]


class Histories(Lookup, RecordView, Protocol):
    """A record as placing needs it."""


class Placed(NamedTuple):
    """What one event does to a view: the open rows of a root end at its position, and these rows begin."""

    position: int
    closes: int | None
    rows: list[Values]


def placed(view: View[Columns], event: Recorded, record: Histories) -> Placed:
    """Return what an event does to a view."""
    if view.of == "acts":
        always = Rectangle(event, event, event.position, FAR_PAST, BEYOND)
        return Placed(event.position, None, list(_rows(view, always, event.position, record)))
    if event.header.strikes is None:
        family = Family(event, (event,))
    else:
        family = record.history(event.header.stream).family(event.id)
        if family.root.header.type not in view.types:
            return Placed(event.position, None, [])
    root = family.root.position
    found = (each for each in rectangles(family, event.position) if each.stands is each.shown)
    rows = [row for each in found for row in _rows(view, each, root, record)]
    return Placed(event.position, None if event.header.strikes is None else root, rows)


def _rows(view: View[Columns], place: Rectangle, root: int, record: Lookup) -> Iterator[Values]:
    event = place.stands
    for ordinal, columns in enumerate(view.rows(event, record)):
        yield {
            "root_position": root,
            "from_position": place.from_position,
            "from_noticed": place.from_noticed,
            "ordinal": ordinal,
            "to_position": NO_LIMIT,
            "to_noticed": place.to_noticed,
            **said(view, event.header),
            **{name: getattr(columns, name) for name in view.columns.__struct_fields__},
        }


def said(view: View[Columns], header: Header) -> Values:
    """Return what every row says of its event; an act is known from the instant at which it was recorded."""
    act = view.of == "acts"
    return {
        "position": header.position,
        "event_id": header.event_id,
        "stream": header.stream,
        "type": header.type,
        "known_at": header.recorded_at if act else header.known_at,
        "known_precision": "instant" if act else header.known_precision,
        "recorded_at": header.recorded_at,
        "audience": encode(header.audience).decode(),
        "synthetic": header.synthetic,
    }
