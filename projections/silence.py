"""No-objection procedures: what runs until when, whom it waits for, and who was sent it and said what."""

from collections.abc import Iterator, Sequence

import msgspec

from domain.access import may
from domain.deciding import stands_at
from domain.decision import DecisionProposed, stream
from domain.duty_station import HolidaysUnknown
from domain.no_objection.events import (
    HoldReceived,
    HoldReleased,
    IncomingInformed,
    ObjectionReceived,
    ProcedureClosed,
    ProcedureOpened,
    TimeAsked,
    Voice,
)
from domain.no_objection.procedure import ItemState, procedure
from domain.recorded import Recorded
from domain.refusals import NotFound
from domain.standing import Stands
from domain.values import Instant
from projections.engine.answering import Answered, AskingRecord, answer, over

DECISIONS = "decision/"
SAID: dict[type[Voice], str] = {
    ObjectionReceived: "objects",
    HoldReceived: "holds",
    HoldReleased: "lifts its hold",
    TimeAsked: "asks for time",
}


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a delegation said, of which items, and when that was received."""

    what: str
    items: tuple[int, ...]
    received_at: Instant
    position: int


class Delegation(msgspec.Struct, frozen=True, kw_only=True):
    """A delegation: when it was sent what runs, and what it said."""

    state: str
    sent_at: Instant
    said: tuple[Said, ...]


class ItemView(msgspec.Struct, frozen=True, kw_only=True):
    """An item: its text, how it stands and when its time runs out, null while the holidays it counts are unknown.

    `by` are those whom it waits for or who ended it, null for readers who are not told their names.
    """

    item: int
    text: str
    status: str
    closes_at: Instant | None
    by: tuple[str, ...] | None
    not_told: tuple[str, ...]


class SilenceView(Answered, frozen=True, kw_only=True):
    """One procedure; `delegations` is null for readers who are not told their names."""

    decision: str
    title: str
    sent_at: Instant
    days: int
    closing_hour: str
    station: str
    in_place_of: str | None
    items: tuple[ItemView, ...]
    closed: tuple[Instant, ...]
    delegations: tuple[Delegation, ...] | None


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """A procedure in a list: how many items run, and when the time of the next runs out."""

    decision: str
    title: str
    sent_at: Instant
    items: int
    running: int
    waiting: int
    closes_next: Instant | None


class Silences(Answered, frozen=True, kw_only=True):
    """All procedures, the last that was sent first."""

    procedures: tuple[Brief, ...]


def silences(asking: AskingRecord) -> Silences:
    """Return all procedures that the reader may see."""
    found: list[Brief] = []
    withheld, synthetic = 0, False
    for name in asking.source.stream_names(DECISIONS):
        decision = name.removeprefix(DECISIONS)
        events = _standing(asking)(name)
        opening = _opening(events)
        if opening is None:
            continue
        if not may(asking.reader, opening.header, asking.now):
            withheld += 1
            continue
        synthetic = synthetic or opening.header.synthetic
        items = _items(asking, decision)
        running = [each.closes_at for each in items if each.status == "running"]
        found.append(
            Brief(
                decision=decision,
                title=_title(events),
                sent_at=_body(opening).sent_at,
                items=len(items),
                running=len(running),
                waiting=sum(each.status in ("held", "time-asked") for each in items),
                closes_next=min(running, default=None),
            )
        )
    ordered = sorted(found, key=lambda brief: (brief.sent_at, brief.decision), reverse=True)
    return answer(Silences, over(asking, withheld, synthetic), procedures=tuple(ordered))


def silence(asking: AskingRecord, decision: str) -> SilenceView:
    """Return one procedure.

    Raises:
        NotFound: no procedure on this decision is on record, or none that the reader may see.
    """
    events = _standing(asking)(stream(decision))
    opening = _opening(events)
    if opening is None or not may(asking.reader, opening.header, asking.now):
        raise NotFound(
            f"no procedure on {decision!r} is known to you", remedy="`ledger1540 silence` lists those that are"
        )
    body = _body(opening)
    named = bool(asking.reader.audiences(asking.now) & {"committee", "secretariat", "auditor"})
    return answer(
        SilenceView,
        over(asking, 0, opening.header.synthetic),
        decision=decision,
        title=_title(events),
        sent_at=body.sent_at,
        days=body.days,
        closing_hour=body.closing_hour,
        station=body.station,
        in_place_of=body.in_place_of,
        items=tuple(_view(each, events, named=named) for each in _items(asking, decision)),
        closed=tuple(event.body.closed_at for event in events if isinstance(event.body, ProcedureClosed)),
        delegations=tuple(_delegations(events)) if named else None,
    )


def _standing(asking: AskingRecord) -> Stands:
    return stands_at(asking.source, asking.axes.cut)


def _opening(events: Sequence[Recorded]) -> Recorded | None:
    return next((event for event in reversed(events) if isinstance(event.body, ProcedureOpened)), None)


def _body(opening: Recorded) -> ProcedureOpened:
    assert isinstance(opening.body, ProcedureOpened)  # noqa: S101 - as it was found
    return opening.body


def _title(events: Sequence[Recorded]) -> str:
    return next((event.body.title for event in reversed(events) if isinstance(event.body, DecisionProposed)), "")


def _items(asking: AskingRecord, decision: str) -> tuple[ItemState, ...]:
    """Return the items as they stand; with no time to run out where that cannot be counted yet."""
    standing = _standing(asking)
    try:
        found = procedure(standing, decision, asking.axes.cut.known_at)
    except HolidaysUnknown:
        numbers = {item for event in standing(stream(decision)) for item in _numbers(event)}
        return tuple(ItemState(item=number, status="running", closes_at="") for number in sorted(numbers))
    return () if found is None else found.items


def _numbers(event: Recorded) -> tuple[int, ...]:
    return event.body.items if isinstance(event.body, ProcedureOpened) else ()


def _view(item: ItemState, events: Sequence[Recorded], *, named: bool) -> ItemView:
    texts = {
        each.number: each.text
        for event in events
        if isinstance(event.body, DecisionProposed)
        for each in event.body.items
    }
    return ItemView(
        item=item.item,
        text=texts.get(item.item, ""),
        status=item.status,
        closes_at=item.closes_at or None,
        by=item.by if named else None,
        not_told=item.incoming,
    )


def _delegations(events: Sequence[Recorded]) -> Iterator[Delegation]:
    sent: dict[str, Instant] = {}
    said: dict[str, list[Said]] = {}
    for event in events:
        match event.body:
            case ProcedureOpened() | IncomingInformed():
                for state in event.body.delegations:
                    sent.setdefault(state, event.body.sent_at)
            case ObjectionReceived() | HoldReceived() | HoldReleased() | TimeAsked():
                voice = event.body
                words = Said(
                    what=SAID[type(voice)], items=voice.items, received_at=voice.received_at, position=event.position
                )
                said.setdefault(voice.state, []).append(words)
            case _:
                pass
    for state, at in sorted(sent.items()):
        yield Delegation(state=state, sent_at=at, said=tuple(said.get(state, ())))
