"""The group of experts: who belongs to it, from which region, for which days; up to eight, since 2012 up to nine."""

from collections.abc import Iterable
from typing import ClassVar

from msgspec.structs import replace

from domain import actor, period
from domain.audiences import COMMITTEE
from domain.deciding import Command, Context
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import NotFound, Refusal
from domain.values import Date, Name

STREAM = "committee/experts"
AT_MOST = (("2012-06-29", 9, "2055 (2012)"), ("2011-04-20", 8, "1977 (2011) OP5"))
"""How many experts the Council allows from a day on, the latest first."""


class AppointExpert(Command, frozen=True, kw_only=True, tag="appoint-expert"):
    """Record that a registered actor is an expert of the Committee for a period; the name is not on record here."""

    expert: Name
    region: str
    valid_from: Date
    valid_to: Date | None = None


class ReleaseExpert(Command, frozen=True, kw_only=True, tag="release-expert"):
    """Record the last day of an expert who leaves before the end of the period."""

    expert: Name
    valid_to: Date
    reason: str


class ExpertAppointed(Event, frozen=True, kw_only=True):
    """An expert was appointed."""

    TYPE: ClassVar[str] = "committee.expert-appointed"
    expert: Name
    region: str
    valid_from: Date
    valid_to: Date | None


class ExpertReleased(Event, frozen=True, kw_only=True):
    """An expert left before the end of the period."""

    TYPE: ClassVar[str] = "committee.expert-released"
    expert: Name
    valid_to: Date
    reason: str


class AlreadyAppointed(Refusal):
    """An expert is appointed once at a time."""


class TooManyExperts(Refusal):
    """The Council says how many experts there are at most."""


def appoint(command: AppointExpert, context: Context) -> Decided:
    """Appoint an actor on record, where the Council allows one more on every day of the period."""
    event = ExpertAppointed(
        expert=command.expert, region=command.region, valid_from=command.valid_from, valid_to=command.valid_to
    )
    check(event, context)
    return Decided((Draft(stream=STREAM, event=event, audience=COMMITTEE),))


def check(event: ExpertAppointed | ExpertReleased, context: Context) -> None:
    """Refuse an appointment of somebody unknown or beside those that stand, and a release of who does not serve.

    Raises:
        AlreadyAppointed: the expert is one on some day of it.
        TooManyExperts: with the day and what the Council allows.
    """
    others = experts(context.standing(STREAM))
    if isinstance(event, ExpertReleased):
        period.day_of(event.valid_to, "valid_to")
        if not any(each.expert == event.expert and period.holds(each, event.valid_to) for each in others):
            raise NotFound(f"{event.expert} is no expert on {event.valid_to}", where="expert")
        return
    actor.require_registered(context, event.expert, where="expert")
    period.check(event.valid_from, event.valid_to)
    if any(each.expert == event.expert and period.overlap(each, event) for each in others):
        raise AlreadyAppointed(f"{event.expert} is an expert on some day of this period already", where="expert")
    day, serving = period.busiest(event, others)
    for since, most, words in AT_MOST:
        if since <= day:
            if serving >= most:
                raise TooManyExperts(
                    f"on {day} there are {serving} experts, and resolution {words} allows {most}",
                    where="valid_from",
                    remedy="record who has left, with `release-expert`",
                )
            return


def release(command: ReleaseExpert, context: Context) -> Decided:
    """Release an expert who serves on that day."""
    event = ExpertReleased(expert=command.expert, valid_to=command.valid_to, reason=command.reason)
    check(event, context)
    return Decided((Draft(stream=STREAM, event=event, audience=COMMITTEE),))


def experts(standing: Iterable[Recorded]) -> tuple[ExpertAppointed, ...]:
    """Return the appointments among standing events, each with its last day."""
    listed = tuple(standing)
    ends = [event.body for event in listed if isinstance(event.body, ExpertReleased)]
    return tuple(
        replace(body, valid_to=period.last_day(body, (end.valid_to for end in ends if end.expert == body.expert)))
        for body in (event.body for event in listed)
        if isinstance(body, ExpertAppointed)
    )
