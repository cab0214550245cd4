"""Working groups of the Committee, open to all members (paragraph 4 of the programme)."""

from collections.abc import Iterable
from typing import ClassVar

from msgspec.structs import replace

from domain import decision, period
from domain.audiences import PUBLIC
from domain.deciding import Command, Context
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import NotFound, Refusal
from domain.values import Date, Name

STREAM = "committee/groups"


class EstablishGroup(Command, frozen=True, kw_only=True, tag="establish-group"):
    """Record that a working group is established, by a decision if one is on record."""

    group: Name
    title: str
    title_fr: str
    valid_from: Date
    decision: Name | None = None


class CloseGroup(Command, frozen=True, kw_only=True, tag="close-group"):
    """Record the last day of a working group."""

    group: Name
    valid_to: Date
    reason: str


class GroupEstablished(Event, frozen=True, kw_only=True):
    """A working group was established."""

    TYPE: ClassVar[str] = "committee.group-established"
    group: Name
    title: str
    title_fr: str
    valid_from: Date
    valid_to: Date | None
    decision_id: Name | None


class GroupClosed(Event, frozen=True, kw_only=True):
    """A working group ended."""

    TYPE: ClassVar[str] = "committee.group-closed"
    group: Name
    valid_to: Date
    reason: str


class AlreadyEstablished(Refusal):
    """A working group is established once until it is closed."""


def establish(command: EstablishGroup, context: Context) -> Decided:
    """Establish a group that there is not on that day."""
    event = GroupEstablished(
        group=command.group,
        title=command.title,
        title_fr=command.title_fr,
        valid_from=command.valid_from,
        valid_to=None,
        decision_id=command.decision,
    )
    check(event, context)
    return Decided((Draft(stream=STREAM, event=event, audience=PUBLIC),))


def close(command: CloseGroup, context: Context) -> Decided:
    """Close a group that goes on."""
    event = GroupClosed(group=command.group, valid_to=command.valid_to, reason=command.reason)
    check(event, context)
    return Decided((Draft(stream=STREAM, event=event, audience=PUBLIC),))


def check(event: GroupEstablished | GroupClosed, context: Context) -> None:
    """Refuse a group that there is already or that was not decided, and the end of one that there is not."""
    if isinstance(event, GroupClosed):
        open_group(context, event.group, event.valid_to)
        return
    period.check(event.valid_from, event.valid_to)
    if event.decision_id is not None and not context.importing:
        decision.require_adopted(context, event.decision_id)
    if any(each.group == event.group and period.overlap(each, event) for each in groups(context.standing(STREAM))):
        raise AlreadyEstablished(
            f"working group {event.group} goes on",
            where="group",
            remedy="close it first, or give this one another name",
        )


def open_group(context: Context, group: str, day: str) -> GroupEstablished:
    """Return a working group as it is on a day.

    Raises:
        NotFound: there is none of that name on that day.
    """
    period.day_of(day, "valid_from")
    for each in groups(context.standing(STREAM)):
        if each.group == group and period.holds(each, day):
            return each
    raise NotFound(f"there is no working group {group} on {day}", where="group", remedy="establish it first")


def groups(standing: Iterable[Recorded]) -> tuple[GroupEstablished, ...]:
    """Return the working groups among standing events, each with its last day."""
    listed = tuple(standing)
    ends = [event.body for event in listed if isinstance(event.body, GroupClosed)]
    return tuple(
        replace(body, valid_to=period.last_day(body, (end.valid_to for end in ends if end.group == body.group)))
        for body in (event.body for event in listed)
        if isinstance(body, GroupEstablished)
    )
