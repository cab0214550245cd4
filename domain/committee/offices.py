"""Offices of the Committee: Chair, acting Chair, Vice-Chairs and the chairs of working groups, each for its days."""

from collections.abc import Iterable
from typing import ClassVar, Literal

from msgspec.structs import replace

from domain import period, state
from domain.audiences import PUBLIC
from domain.committee import groups, members
from domain.deciding import Command, Context
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import MalformedInput, NotFound, Refusal
from domain.times import new_york_date
from domain.values import Date, Name, StateCode

STREAM = "committee/offices"
Office = Literal["chair", "acting-chair", "vice-chair", "group-chair"]
SHARED = frozenset({"vice-chair"})
"""Offices that several members hold at a time."""


class HoldOffice(Command, frozen=True, kw_only=True, tag="hold-office"):
    """Record that a member holds an office; `group` is the working group that a `group-chair` chairs."""

    office: Office
    state: StateCode
    valid_from: Date
    valid_to: Date | None = None
    group: Name | None = None


class LeaveOffice(Command, frozen=True, kw_only=True, tag="leave-office"):
    """Record the last day of an office that ends before its term."""

    office: Office
    state: StateCode
    valid_to: Date
    reason: str
    group: Name | None = None


class OfficeHeld(Event, frozen=True, kw_only=True):
    """A member holds an office for a period."""

    TYPE: ClassVar[str] = "committee.office-held"
    office: str
    group: Name | None
    state: StateCode
    valid_from: Date
    valid_to: Date | None


class OfficeLeft(Event, frozen=True, kw_only=True):
    """An office ended before its term."""

    TYPE: ClassVar[str] = "committee.office-left"
    office: str
    group: Name | None
    state: StateCode
    valid_to: Date
    reason: str


class NotAMember(Refusal):
    """Only a member of the Committee holds an office in it."""


class OfficeTaken(Refusal):
    """An office is held by one member at a time; there are several Vice-Chairs, each once."""


class ChairVacant(Refusal):
    """While the chair is vacant nothing is signed or closed, unless an acting Chair is on record."""


def hold(command: HoldOffice, context: Context) -> Decided:
    """Give an office that is free to a member, for days on which it is one."""
    event = OfficeHeld(
        office=command.office,
        group=command.group,
        state=command.state,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
    )
    check(event, context)
    return Decided((Draft(stream=STREAM, event=event, audience=PUBLIC),))


def leave(command: LeaveOffice, context: Context) -> Decided:
    """End an office that its holder has on that day."""
    event = OfficeLeft(
        office=command.office,
        group=command.group,
        state=command.state,
        valid_to=command.valid_to,
        reason=command.reason,
    )
    check(event, context)
    return Decided((Draft(stream=STREAM, event=event, audience=PUBLIC),))


def check(event: OfficeHeld | OfficeLeft, context: Context) -> None:
    """Refuse an office that is not free, a holder who is no member, and the end of an office that is not held."""
    held = offices(context.standing(STREAM))
    if isinstance(event, OfficeLeft):
        period.day_of(event.valid_to, "valid_to")
        if not any(_of(each) == _of(event) and period.holds(each, event.valid_to) for each in held):
            raise NotFound(f"{event.state} does not hold this office on {event.valid_to}", where="state")
        return
    state.registered(context, event.state)
    period.check(event.valid_from, event.valid_to)
    if (event.office == "group-chair") != (event.group is not None):
        raise MalformedInput("the chair of a working group names the group, other offices none", where="group")
    if event.group is not None:
        groups.open_group(context, event.group, event.valid_from)
    if not context.importing:
        _check_member(event, context)
    _check_free(event, held)


def _check_member(event: OfficeHeld, context: Context) -> None:
    seated = context.standing(members.STREAM)
    for day in (event.valid_from, event.valid_to or event.valid_from):
        if event.state not in members.members_on(seated, day):
            raise NotAMember(
                f"{event.state} is no member of the Committee on {day}",
                where="state",
                remedy="record its term first, or end the office with it",
            )


def _check_free(event: OfficeHeld, held: Iterable[OfficeHeld]) -> None:
    for other in held:
        same = (other.office, other.group) == (event.office, event.group)
        if same and period.overlap(other, event) and (event.office not in SHARED or other.state == event.state):
            raise OfficeTaken(
                f"{other.state} holds this office from {other.valid_from} to {other.valid_to or 'no set day'}",
                where="valid_from",
                remedy="record when it left the office, or begin later",
            )


def offices(standing: Iterable[Recorded]) -> tuple[OfficeHeld, ...]:
    """Return the offices among standing events, each with its last day."""
    listed = tuple(standing)
    ends = [event.body for event in listed if isinstance(event.body, OfficeLeft)]
    return tuple(
        replace(body, valid_to=period.last_day(body, (end.valid_to for end in ends if _of(end) == _of(body))))
        for body in (event.body for event in listed)
        if isinstance(body, OfficeHeld)
    )


def _of(body: OfficeHeld | OfficeLeft) -> tuple[str, str | None, str]:
    return body.office, body.group, body.state


def presiding(standing: Iterable[Recorded], day: str) -> OfficeHeld | None:
    """Return who presides on a day: the acting Chair if there is one, else the Chair; None while it is vacant."""
    today = [each for each in offices(standing) if period.holds(each, day)]
    for office in ("acting-chair", "chair"):
        found = next((each for each in today if each.office == office), None)
        if found is not None:
            return found
    return None


def require_presiding(context: Context) -> None:
    """Refuse to sign or close anything while the chair is vacant.

    A record that has never named a Chair does not know of a vacancy; late history claims no signature of today.

    Raises:
        ChairVacant: with the day.
    """
    standing = context.standing(STREAM)
    day = new_york_date(context.known_at).isoformat()
    if context.importing or not offices(standing) or presiding(standing, day) is not None:
        return
    raise ChairVacant(
        f"the chair of the Committee is vacant on {day}",
        remedy="record who holds it, or an acting Chair, with `hold-office`",
    )
