"""How a no-objection procedure stands at an instant, from the events of its decision alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Literal, TypeVar

import msgspec

from domain import duty_station
from domain.audiences import COMMITTEE
from domain.committee import members
from domain.deciding import Context
from domain.decision import DecisionAdopted, DecisionNotAdopted, stream
from domain.no_objection.events import (
    BY_SILENCE,
    HoldReceived,
    HoldReleased,
    IncomingInformed,
    ObjectionReceived,
    ProcedureOpened,
    TimeAnswered,
    TimeAsked,
)
from domain.recorded import Draft, Event, Recorded
from domain.refusals import NotFound
from domain.standing import Stands
from domain.times import NEW_YORK, moment, new_york_date, text
from domain.values import Instant

Stations = Mapping[str, duty_station.WorkingDays]
B = TypeVar("B", ObjectionReceived, TimeAnswered, DecisionAdopted, DecisionNotAdopted)
Status = Literal["running", "objected", "held", "time-asked", "adopted", "decided"]
"""`adopted` is by silence; `decided` is in a meeting, one way or the other."""


class ItemState(msgspec.Struct, frozen=True, kw_only=True):
    """How an item stands: when its time runs out, whom it waits for, and to whom it has still to be put.

    `by` are the delegations that objected, hold or asked for time. `incoming` are members on the day it closes who
    have not been told of it.
    """

    item: int
    status: Status
    closes_at: Instant
    by: tuple[str, ...] = ()
    incoming: tuple[str, ...] = ()


class Procedure(msgspec.Struct, frozen=True, kw_only=True):
    """A no-objection procedure at an instant, with its items in their order."""

    opened: ProcedureOpened
    items: tuple[ItemState, ...]

    @property
    def running(self) -> tuple[ItemState, ...]:
        """The items that are adopted when their time runs out."""
        return tuple(each for each in self.items if each.status == "running")


def closing(sent_at: Instant, days: int, hour: str, station: duty_station.WorkingDays) -> Instant:
    """Return when some full working days after a sending are over: at an hour in New York.

    The day of sending does not count; what is sent after that hour counts as sent on the next day.

    Raises:
        HolidaysUnknown: the duty station's list of a year is not on record.
    """
    sent, at = moment(sent_at).astimezone(NEW_YORK), time.fromisoformat(hour)
    counts_as = sent.date() + timedelta(days=sent.time() > at)
    return text(datetime.combine(station.after(counts_as, days), at, NEW_YORK))


def procedure(standing: Stands, decision: str, at: Instant) -> Procedure | None:
    """Return how the procedure of a decision stands at an instant, or None where none was opened.

    An item that was put again counts by its last opening.

    Raises:
        HolidaysUnknown: the working days that it counts are not on record.
    """
    said = [event.body for event in standing(stream(decision))]
    opened = {
        item: place for place, body in enumerate(said) if isinstance(body, ProcedureOpened) for item in body.items
    }
    if not opened:
        return None
    seated = standing(members.STREAM)
    named = {body.station for body in said if isinstance(body, ProcedureOpened)}
    stations = {name: duty_station.working_days(standing(duty_station.stream(name))) for name in named}
    items = (_Item(seated, stations, said[place:], item).state(at) for item, place in sorted(opened.items()))
    last = said[max(opened.values())]
    assert isinstance(last, ProcedureOpened)  # noqa: S101 - as just found
    return Procedure(opened=last, items=tuple(items))


def waits(standing: Iterable[Recorded]) -> bool:
    """True where some item that was sent to all is neither adopted, decided nor objected to in what stands."""
    waiting: set[int] = set()
    for body in (event.body for event in standing):
        if isinstance(body, ProcedureOpened):
            waiting.update(body.items)
        elif isinstance(body, DecisionAdopted | DecisionNotAdopted | ObjectionReceived):
            waiting.difference_update(body.items)
    return bool(waiting)


class _Item:
    """One item since its opening."""

    def __init__(self, seated: Sequence[Recorded], stations: Stations, said: Sequence[Event], item: int) -> None:
        opened = said[0]
        assert isinstance(opened, ProcedureOpened)  # noqa: S101 - an item is followed from its opening on
        self._opened = opened
        self._item, self._said = item, said
        self._seated, self._station = seated, stations[opened.station]

    def state(self, at: Instant) -> ItemState:
        closes_at, incoming = self._closes()
        status, by = self._status(at)
        return ItemState(item=self._item, status=status, closes_at=closes_at, by=by, incoming=incoming)

    def _closes(self) -> tuple[Instant, tuple[str, ...]]:
        """Return when the time runs out, which is later for who comes in, and who of them has not been told."""
        given = sum(body.days for body in self._about(TimeAnswered))
        closes_at = closing(self._opened.sent_at, self._opened.days + given, self._opened.closing_hour, self._station)
        told = dict(self._told())
        while True:
            deciding = self._members(closes_at)
            for_them = [self._for_incoming(told[each]) for each in deciding if each in told]
            later = max([closes_at, *for_them])
            if later == closes_at:
                known = {*self._opened.delegations, *told}
                return closes_at, tuple(each for each in deciding if each not in known)
            closes_at = later

    def _told(self) -> Iterator[tuple[str, Instant]]:
        for body in self._said:
            if isinstance(body, IncomingInformed):
                yield from ((each, body.sent_at) for each in body.delegations if each not in self._opened.delegations)

    def _for_incoming(self, sent_at: Instant) -> Instant:
        return closing(sent_at, self._opened.incoming_days, self._opened.closing_hour, self._station)

    def _members(self, at: Instant) -> tuple[str, ...]:
        return members.members_on(self._seated, new_york_date(at).isoformat())

    def _status(self, at: Instant) -> tuple[Status, tuple[str, ...]]:
        adoptions = tuple(self._about(DecisionAdopted))
        if any(body.meeting != BY_SILENCE for body in adoptions) or any(self._about(DecisionNotAdopted)):
            return "decided", ()
        if adoptions:
            return "adopted", ()
        objectors = tuple(sorted({body.state for body in self._about(ObjectionReceived)}))
        if objectors:
            return "objected", objectors
        holders = self._holders(at)
        if holders:
            return "held", holders
        asking = self._asking()
        return ("time-asked", asking) if asking else ("running", ())

    def _holders(self, at: Instant) -> tuple[str, ...]:
        holders: set[str] = set()
        for body in self._said:
            if isinstance(body, HoldReceived | HoldReleased) and self._item in body.items:
                holders = holders | {body.state} if isinstance(body, HoldReceived) else holders - {body.state}
        return tuple(sorted(holders & set(self._members(at)) if holders and self._opened.holds_lapse else holders))

    def _asking(self) -> tuple[str, ...]:
        asking: set[str] = set()
        for body in self._said:
            if isinstance(body, TimeAsked | TimeAnswered) and self._item in body.items:
                asking = asking | {body.state} if isinstance(body, TimeAsked) else set()
        return tuple(sorted(asking))

    def _about(self, kind: type[B]) -> Iterator[B]:
        return (body for body in self._said if isinstance(body, kind) and self._item in body.items)


def running(context: Context, decision: str) -> Procedure:
    """Return the procedure of a decision, as it stands when a command is decided.

    Raises:
        NotFound: none was opened.
    """
    found = procedure(context.standing, decision, context.known_at)
    if found is None:
        raise NotFound(
            f"no no-objection procedure on {decision} is on record",
            where="decision",
            remedy="record that it was sent to all, with `open-procedure`",
        )
    return found


def draft_of(decision: str, event: Event) -> Draft:
    """Return the draft of an event of a procedure, which the members and the Secretariat read."""
    return Draft(stream=stream(decision), event=event, audience=COMMITTEE)
