"""What the record keeps, kind by kind: which events tell of which State, actor, consent, meeting, letter, request."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from domain.access import may
from domain.assistance.listing import SCOPE as OFFICIAL_LIST
from domain.assistance.listing import on_list
from domain.matrix.documents import read_manifest
from domain.recorded import Recorded
from domain.refusals import MalformedInput
from domain.standing import Cut
from domain.times import new_york_date
from domain.values import Instant, Precision
from projections.close import close_to
from projections.disposed_bodies import disposed_bodies, in_its_place
from projections.engine.answering import Answered, Asking, answer, over
from projections.engine.view import Columns, Lookup, View
from projections.kinds import BY_TYPE, KINDS
from projections.telling import Told


class ReferenceColumns(Columns, frozen=True, kw_only=True):
    """A kind of thing and its name; what an event says of it is read from the record."""

    kind: str
    name: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing, or one act where a kind is told act by act; the dates are those of the last event told of."""

    name: str
    told: Told
    event_id: str
    position: int
    known_at: Instant
    known_precision: Precision
    recorded_at: Instant
    synthetic: bool


class References(Answered, frozen=True, kw_only=True):
    """All things of one kind, by name."""

    of: str
    listed: tuple[Entry, ...]


def rows(event: Recorded, lookup: Lookup) -> Iterable[ReferenceColumns]:
    """Yield the row of an event; what is done with a manifest is listed under its revision."""
    kind = BY_TYPE.get(type(event.body))
    if kind is None:
        return
    manifest: str | None = getattr(event.body, "manifest", None)
    data = None if manifest is None else lookup.document(manifest)
    if data is None:
        yield ReferenceColumns(kind=kind, name=KINDS[kind].name(event.body))
    else:
        said = read_manifest(data)
        yield ReferenceColumns(kind=kind, name=f"{said.state}/{said.revision}")


VIEW = View(
    name="references",
    version=2,
    columns=ReferenceColumns,
    follows=tuple(BY_TYPE),
    rows=rows,
    indexes=(("kind",),),
)


def references(asking: Asking, kind: str) -> References:
    """Return all that is on record of one kind, as the reader may see it.

    Raises:
        MalformedInput: there is no such kind.
    """
    if kind not in KINDS:
        named = close_to(kind, {each: each for each in KINDS})
        raise MalformedInput(
            f"nothing is listed as {kind!r}", where="KIND", remedy=named or f"there are {', '.join(KINDS)}"
        )
    shown, withheld = asking.see(VIEW, {"kind": kind})
    by_name: dict[str, list[Recorded]] = defaultdict(list)
    for row, event in asking.read(shown):
        by_name[row.of.name].append(event)
    day = new_york_date(asking.axes.cut.known_at).isoformat()
    listed = tuple(
        _entry(name, event, told)
        for name, events in sorted(by_name.items())
        for event, told in KINDS[kind].tell(events, day)
    )
    gone, unseen = _disposed(asking, kind)
    listed = tuple(sorted((*listed, *gone), key=lambda each: each.name)) if gone else listed
    if kind == OFFICIAL_LIST:
        listed = tuple(_judged(asking, each) for each in listed)
    heading = over(asking, withheld + unseen, any(each.synthetic for each in listed))
    return answer(References, heading, of=kind, listed=listed)


def _disposed(asking: Asking, kind: str) -> tuple[list[Entry], int]:
    """Return what stands in the place of acts of a kind whose bodies are gone, and how many of these are withheld."""
    types = {each.TYPE for each in KINDS[kind].follows}
    found = [
        (event, day) for event, day in disposed_bodies(asking.source, asking.axes.cut) if event.header.type in types
    ]
    shown = [(event, day) for event, day in found if may(asking.reader, event.header, asking.now)]
    entries = [
        _entry(event.header.stream.partition("/")[2], event, {"what": in_its_place(day)}) for event, day in shown
    ]
    return entries, len(found) - len(shown)


def _judged(asking: Asking, entry: Entry) -> Entry:
    """Return an act on the official list with whether what it is of stands there now, as consent is judged now."""
    event = asking.source.event(entry.event_id)
    today = new_york_date(asking.now).isoformat()
    there = event is not None and on_list(asking.source, event.header.stream, Cut(), today)
    return msgspec.structs.replace(entry, told={**entry.told, "on the list now": "yes" if there else "no"})


def _entry(name: str, event: Recorded, told: Told) -> Entry:
    header = event.header
    return Entry(
        name=name,
        told=told,
        event_id=header.event_id,
        position=header.position,
        known_at=header.known_at,
        known_precision=header.known_precision,
        recorded_at=header.recorded_at,
        synthetic=header.synthetic,
    )
