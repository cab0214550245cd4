"""The roster of expertise: who may be asked for a mission, former experts of the group among them (6(d)(x)).

Persons are opaque ids of the record; their names are not here. Who is a former expert follows from the appointments.
"""

from collections.abc import Iterable
from typing import ClassVar

from msgspec.structs import replace

from domain import actor, period
from domain.audiences import COMMITTEE
from domain.committee import experts
from domain.deciding import Command, Context
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import MalformedInput, NotFound, Refusal
from domain.values import Date, Name

STREAM = "committee/roster"


class ListExpertise(Command, frozen=True, kw_only=True, tag="list-expertise"):
    """Record that a registered actor is on the roster for a period, in which fields and languages."""

    expert: Name
    expertise: tuple[str, ...]
    languages: tuple[str, ...]
    valid_from: Date
    valid_to: Date | None = None


class EndExpertise(Command, frozen=True, kw_only=True, tag="end-expertise"):
    """Record the last day of somebody on the roster."""

    expert: Name
    valid_to: Date
    reason: str


class ExpertiseListed(Event, frozen=True, kw_only=True):
    """Somebody is on the roster."""

    TYPE: ClassVar[str] = "committee.expertise-listed"
    expert: Name
    expertise: tuple[str, ...]
    languages: tuple[str, ...]
    valid_from: Date
    valid_to: Date | None


class ExpertiseEnded(Event, frozen=True, kw_only=True):
    """Somebody left the roster."""

    TYPE: ClassVar[str] = "committee.expertise-ended"
    expert: Name
    valid_to: Date
    reason: str


class AlreadyListed(Refusal):
    """Somebody is on the roster once at a time."""


def list_expertise(command: ListExpertise, context: Context) -> Decided:
    """Put an actor on the roster."""
    event = ExpertiseListed(
        expert=command.expert,
        expertise=command.expertise,
        languages=command.languages,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
    )
    return _decided(event, context)


def end(command: EndExpertise, context: Context) -> Decided:
    """Take somebody off the roster who is on it on that day."""
    return _decided(ExpertiseEnded(expert=command.expert, valid_to=command.valid_to, reason=command.reason), context)


def _decided(event: ExpertiseListed | ExpertiseEnded, context: Context) -> Decided:
    check(event, context)
    return Decided((Draft(stream=STREAM, event=event, audience=COMMITTEE),))


def check(event: ExpertiseListed | ExpertiseEnded, context: Context) -> None:
    """Refuse somebody unknown, without expertise or listed twice at a time, and the end of what there is not."""
    listed = roster(context.standing(STREAM))
    if isinstance(event, ExpertiseEnded):
        period.day_of(event.valid_to, "valid_to")
        if not any(each.expert == event.expert and period.holds(each, event.valid_to) for each in listed):
            raise NotFound(f"{event.expert} is not on the roster on {event.valid_to}", where="expert")
        return
    actor.require_registered(context, event.expert, where="expert")
    period.check(event.valid_from, event.valid_to)
    if not event.expertise:
        raise MalformedInput("the roster says in what somebody is an expert", where="expertise", remedy="name a field")
    if any(each.expert == event.expert and period.overlap(each, event) for each in listed):
        raise AlreadyListed(f"{event.expert} is on the roster on some day of this period already", where="expert")


def roster(standing: Iterable[Recorded]) -> tuple[ExpertiseListed, ...]:
    """Return who is on the roster among standing events, each with the last day."""
    listed = tuple(standing)
    ends = [event.body for event in listed if isinstance(event.body, ExpertiseEnded)]
    return tuple(
        replace(body, valid_to=period.last_day(body, (end.valid_to for end in ends if end.expert == body.expert)))
        for body in (event.body for event in listed)
        if isinstance(body, ExpertiseListed)
    )


def former_experts(appointed: Iterable[Recorded], day: str) -> frozenset[str]:
    """Return who was an expert of the group before a day and is none on it, of the standing events of the group."""
    terms = experts.experts(appointed)
    serving = {each.expert for each in terms if period.holds(each, day)}
    return frozenset(each.expert for each in terms if each.valid_from < day) - serving
