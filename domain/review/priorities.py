"""Priorities of an annual review: each is stated once, and a later programme of work takes it up or sets it aside."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

import msgspec

from domain import programme
from domain.audiences import COMMITTEE
from domain.deciding import Command, Context, fold_of
from domain.mandate import FIRST_PROGRAMME
from domain.programme import ProgrammeAdopted
from domain.programme_papers import ProgrammeDrafted
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.review.preparing import stream
from domain.values import Integer, Name, Position


class StatePriority(Command, frozen=True, kw_only=True, tag="state-priority"):
    """Record a priority that an annual review states for the next programme of work."""

    year: int
    priority: Name
    text: str


class _Settling(Command, frozen=True, kw_only=True):
    """What a programme of work does with a priority, and why."""

    year: int
    priority: Name
    programme: Position
    reason: str


class TakePriorityUp(_Settling, frozen=True, kw_only=True, tag="take-priority-up"):
    """Record that a programme of work takes a priority up, and where."""


class SetPriorityAside(_Settling, frozen=True, kw_only=True, tag="set-priority-aside"):
    """Record that a programme of work sets a priority aside, and why."""


class PriorityStated(Event, frozen=True, kw_only=True):
    """An annual review states a priority."""

    TYPE: ClassVar[str] = "review.priority-stated"
    year: Integer
    priority: Name
    text: str


class PriorityTakenUp(Event, frozen=True, kw_only=True):
    """A programme of work takes a priority up."""

    TYPE: ClassVar[str] = "review.priority-taken-up"
    year: Integer
    priority: Name
    programme: Position
    reason: str


class PrioritySetAside(Event, frozen=True, kw_only=True):
    """A programme of work sets a priority aside."""

    TYPE: ClassVar[str] = "review.priority-set-aside"
    year: Integer
    priority: Name
    programme: Position
    reason: str


Settled = PriorityTakenUp | PrioritySetAside
EVENTS = (PriorityStated, PriorityTakenUp, PrioritySetAside)


class NotTheNext(Refusal):
    """A priority is for the programmes that follow the review."""


class Priority(msgspec.Struct, frozen=True, kw_only=True):
    """A priority, the event that stated it, and what a programme did with it, if one did."""

    stated: PriorityStated
    event: Recorded
    settled: Settled | None


def state(command: StatePriority, context: Context) -> Decided:
    """State a priority."""
    return _decided(PriorityStated(year=command.year, priority=command.priority, text=command.text), context)


def take_up(command: TakePriorityUp, context: Context) -> Decided:
    """Take a priority up."""
    event = PriorityTakenUp(
        year=command.year, priority=command.priority, programme=command.programme, reason=command.reason
    )
    return _decided(event, context)


def set_aside(command: SetPriorityAside, context: Context) -> Decided:
    """Set a priority aside."""
    event = PrioritySetAside(
        year=command.year, priority=command.priority, programme=command.programme, reason=command.reason
    )
    return _decided(event, context)


def _decided(event: PriorityStated | Settled, context: Context) -> Decided:
    check(event, context)
    return Decided((Draft(stream=stream(event.year), event=event, audience=COMMITTEE),))


def check(event: PriorityStated | Settled, context: Context) -> None:
    """Refuse a priority stated twice or without words, and one settled twice, without a reason or by no programme."""
    found = priorities(context.standing(stream(event.year))).get(event.priority)
    if isinstance(event, PriorityStated):
        if found is not None:
            raise Conflict(f"the review of {event.year} states {event.priority} already", where="priority")
        if not event.text.strip():
            raise MalformedInput("a priority has words", where="text", remedy="write what it is")
        return
    if found is None:
        raise NotFound(f"the review of {event.year} states no priority {event.priority}", where="priority")
    if found.settled is not None:
        raise Conflict(
            f"programme {found.settled.programme} has settled {event.priority}",
            where="priority",
            remedy="correct that event, or record it in error",
        )
    if not event.reason.strip():
        raise MalformedInput("it is taken up or set aside with a reason", where="reason", remedy="say where, or why")
    if event.programme + FIRST_PROGRAMME <= event.year:
        raise NotTheNext(f"programme {event.programme} does not follow the review of {event.year}", where="programme")
    if not fold_of(context.standing(programme.stream(event.programme)), ProgrammeDrafted, ProgrammeAdopted):
        raise NotFound(f"programme {event.programme} is neither drafted nor adopted", where="programme")


def priorities(standing: Iterable[Recorded]) -> Mapping[str, Priority]:
    """Return the priorities that the standing events of a review tell of, by name, in order of being stated."""
    found: dict[str, Priority] = {}
    settled: dict[str, Settled] = {}
    for event in standing:
        match event.body:
            case PriorityStated() as body:
                found[body.priority] = Priority(stated=body, event=event, settled=None)
            case PriorityTakenUp() | PrioritySetAside() as body:
                settled[body.priority] = body
            case _:
                pass
    return {name: msgspec.structs.replace(each, settled=settled.get(name)) for name, each in found.items()}
