"""Members of the Committee: the fifteen of the Security Council, each for the days of its term."""

from collections.abc import Iterable
from typing import ClassVar

from domain import period, state
from domain.audiences import PUBLIC
from domain.deciding import Command, Context
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Refusal
from domain.values import Date, StateCode

STREAM = "committee/members"
SEATS = 15


class SeatMember(Command, frozen=True, kw_only=True, tag="seat-member"):
    """Record that a State is a member of the Committee for a term; a permanent member's has no last day."""

    state: StateCode
    valid_from: Date
    valid_to: Date | None = None


class MemberSeated(Event, frozen=True, kw_only=True):
    """A State is a member of the Committee for a term."""

    TYPE: ClassVar[str] = "committee.member-seated"
    state: StateCode
    valid_from: Date
    valid_to: Date | None


class SeatTaken(Refusal):
    """A State has one seat at a time, and the Committee fifteen."""


class ElectorateUnknown(Refusal):
    """Who decides on a day is known only when all fifteen members of that day are on record."""


def seat(command: SeatMember, context: Context) -> Decided:
    """Seat a State that is on record, where a seat is free on every day of its term."""
    event = MemberSeated(state=command.state, valid_from=command.valid_from, valid_to=command.valid_to)
    check(event, context)
    return Decided((Draft(stream=STREAM, event=event, audience=PUBLIC),))


def check(term: MemberSeated, context: Context) -> None:
    """Refuse a term of an unknown State, or beside those that stand.

    Raises:
        SeatTaken: the State has a seat on some day of it, or fifteen others have.
    """
    state.registered(context, term.state)
    period.check(term.valid_from, term.valid_to)
    others = terms(context.standing(STREAM))
    for other in others:
        if other.state == term.state and period.overlap(term, other):
            raise SeatTaken(
                f"{term.state} is a member from {other.valid_from} to {other.valid_to or 'no set day'} already",
                where="valid_from",
                remedy="correct that term, or begin this one after it",
            )
    day, seated = period.busiest(term, others)
    if seated >= SEATS:
        raise SeatTaken(
            f"on {day} the Committee has its {SEATS} members", where="valid_from", remedy="correct a term that is over"
        )


def terms(standing: Iterable[Recorded]) -> tuple[MemberSeated, ...]:
    """Return the terms among standing events."""
    return tuple(event.body for event in standing if isinstance(event.body, MemberSeated))


def members_on(standing: Iterable[Recorded], day: str) -> tuple[str, ...]:
    """Return the States that are members on a day (`YYYY-MM-DD`), by code."""
    return tuple(sorted(term.state for term in terms(standing) if period.holds(term, day)))


def electorate(standing: Iterable[Recorded], day: str) -> tuple[str, ...]:
    """Return the fifteen States that decide on a day, by code.

    Raises:
        ElectorateUnknown: not all of them are on record.
    """
    found = members_on(standing, day)
    if len(found) != SEATS:
        raise ElectorateUnknown(
            f"{len(found)} of {SEATS} members of the Committee are on record for {day}",
            remedy="record the terms that are missing, with `seat-member`",
        )
    return found
