"""The duty station's working days: its yearly list of holidays, and closures that are declared meanwhile."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import ClassVar, cast

import msgspec

from domain import document, period
from domain.audiences import PUBLIC
from domain.deciding import Command, Context
from domain.mandate import Decide
from domain.recorded import Decided, Draft, Event, Recorded, RecordedInError
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.values import Date, Integer, Name

NEW_YORK = "new-york"
WEEKEND = (5, 6)


class Holiday(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A holiday of the duty station."""

    day: Date
    name: str


class ListHolidays(Command, frozen=True, kw_only=True, tag="list-holidays"):
    """Record the holidays of a duty station in one year; a later list of that year replaces an earlier one."""

    year: int
    holidays: tuple[Holiday, ...]
    station: Name = NEW_YORK
    document: Name | None = None


class DeclareClosure(Command, frozen=True, kw_only=True, tag="declare-closure"):
    """Record that a duty station is closed on a day that is no holiday."""

    day: Date
    reason: str
    station: Name = NEW_YORK
    document: Name | None = None


class LiftClosure(Command, frozen=True, kw_only=True, tag="lift-closure"):
    """Record that a duty station is open after all on a day for which a closure was declared."""

    day: Date
    reason: str
    station: Name = NEW_YORK


class HolidaysListed(Event, frozen=True, kw_only=True):
    """The holidays of a duty station in one year."""

    TYPE: ClassVar[str] = "calendar.holidays-listed"
    station: Name
    year: Integer
    holidays: tuple[Holiday, ...]
    document_id: Name | None


class ClosureDeclared(Event, frozen=True, kw_only=True):
    """A duty station is closed on a day."""

    TYPE: ClassVar[str] = "calendar.closure-declared"
    station: Name
    day: Date
    reason: str
    document_id: Name | None


class ClosureLifted(Event, frozen=True, kw_only=True):
    """A duty station is open after all on a day."""

    TYPE: ClassVar[str] = "calendar.closure-lifted"
    station: Name
    day: Date
    reason: str


class CalendarRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a duty station's calendar should never have been recorded."""

    TYPE: ClassVar[str] = "calendar.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (HolidaysListed, ClosureDeclared, ClosureLifted, CalendarRecordedInError)


class HolidaysUnknown(Refusal):
    """Working days are counted only in years whose holidays are on record."""


class WorkingDays(msgspec.Struct, frozen=True):
    """What is known of a duty station: the holidays of each year on record, and the days on which it is closed."""

    holidays: Mapping[int, frozenset[date]] = msgspec.field(default_factory=dict[int, frozenset[date]])
    closures: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """True for a working day.

        Raises:
            HolidaysUnknown: no list of that year is on record.
        """
        if day.weekday() in WEEKEND or day in self.closures:
            return False
        if day.year not in self.holidays:
            raise HolidaysUnknown(
                f"the holidays of {day.year} are not on record", remedy="record them with `list-holidays`"
            )
        return day not in self.holidays[day.year]

    def after(self, day: date, count: int) -> date:
        """Return the last of `count` full working days after a day, which itself does not count."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.works(day)
        return day

    def before(self, day: date, count: int) -> date:
        """Return the last day after which `count` full working days are over by the end of a day."""
        while count > 0:
            count -= self.works(day)
            day -= timedelta(days=1)
        return day


def stream(station: str) -> str:
    """Return the stream of a duty station."""
    return f"calendar/{station}"


def _decided(event: HolidaysListed | ClosureDeclared | ClosureLifted, context: Context) -> Decided:
    check(event, context)
    return Decided((Draft(stream=stream(event.station), event=event, audience=PUBLIC),))


def list_holidays(command: ListHolidays, context: Context) -> Decided:
    """List the holidays of a year."""
    event = HolidaysListed(
        station=command.station,
        year=command.year,
        holidays=tuple(sorted(command.holidays, key=lambda holiday: holiday.day)),
        document_id=command.document,
    )
    return _decided(event, context)


def declare_closure(command: DeclareClosure, context: Context) -> Decided:
    """Close a day."""
    event = ClosureDeclared(
        station=command.station, day=command.day, reason=command.reason, document_id=command.document
    )
    return _decided(event, context)


def lift_closure(command: LiftClosure, context: Context) -> Decided:
    """Open a day again."""
    return _decided(ClosureLifted(station=command.station, day=command.day, reason=command.reason), context)


def check(event: HolidaysListed | ClosureDeclared | ClosureLifted, context: Context) -> None:
    """Refuse holidays outside their year or named twice, and a closure that stands already or does not."""
    closures = working_days(context.standing(stream(event.station))).closures
    match event:
        case HolidaysListed():
            days = [period.day_of(holiday.day, "holidays") for holiday in event.holidays]
            wrong = [day for place, day in enumerate(days) if day.year != event.year or day in days[:place]]
            if wrong:
                raise MalformedInput(
                    f"{wrong[0]} is named twice or lies outside {event.year}",
                    where="holidays",
                    remedy="one list, one year",
                )
        case ClosureDeclared():
            if period.day_of(event.day, "day") in closures:
                raise Conflict(f"a closure on {event.day} is declared already", where="day")
        case ClosureLifted():
            if period.day_of(event.day, "day") not in closures:
                raise NotFound(f"no closure on {event.day} is declared", where="day")
    if not isinstance(event, ClosureLifted) and event.document_id is not None:
        document.registered(context, event.document_id)


def evolve(state: WorkingDays, event: Recorded) -> WorkingDays:
    """Return what is known after one more standing event."""
    match event.body:
        case HolidaysListed() as body:
            days = frozenset(date.fromisoformat(holiday.day) for holiday in body.holidays)
            return WorkingDays({**state.holidays, body.year: days}, state.closures)
        case ClosureDeclared() as body:
            return WorkingDays(state.holidays, state.closures | {date.fromisoformat(body.day)})
        case ClosureLifted() as body:
            return WorkingDays(state.holidays, state.closures - {date.fromisoformat(body.day)})
        case _:
            return state


def working_days(standing: Iterable[Recorded]) -> WorkingDays:
    """Return what standing events say of a duty station."""
    state = WorkingDays()
    for event in standing:
        state = evolve(state, event)
    return state


DECISIONS: dict[type[Command], Decide] = {
    ListHolidays: cast("Decide", list_holidays),
    DeclareClosure: cast("Decide", declare_closure),
    LiftClosure: cast("Decide", lift_closure),
}
