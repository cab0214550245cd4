"""How an annual review is prepared: the day of its data cut-off, the input of working groups, its drafts."""

from collections.abc import Iterable
from typing import ClassVar

import msgspec

from domain import document, period
from domain.audiences import COMMITTEE
from domain.committee import groups
from domain.deciding import Command, Context
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.times import new_york_date
from domain.values import Date, Integer, Name


class SetCutOff(Command, frozen=True, kw_only=True, tag="set-cut-off"):
    """Set the last day whose knowledge an annual review rests on."""

    year: int
    cut_off: Date


class GiveInput(Command, frozen=True, kw_only=True, tag="give-input"):
    """Record what a working group gives to an annual review."""

    year: int
    group: Name
    document: Name


class DraftReview(Command, frozen=True, kw_only=True, tag="draft-review"):
    """Record a draft of an annual review at its cut-off; a later draft replaces an earlier one."""

    year: int
    document: Name


class CutOffSet(Event, frozen=True, kw_only=True):
    """The data cut-off of an annual review was set: what becomes known after that day is told apart."""

    TYPE: ClassVar[str] = "review.cut-off-set"
    year: Integer
    cut_off: Date


class InputGiven(Event, frozen=True, kw_only=True):
    """A working group gave its input to an annual review."""

    TYPE: ClassVar[str] = "review.input-given"
    year: Integer
    group: Name
    document_id: Name


class ReviewDrafted(Event, frozen=True, kw_only=True):
    """An annual review was drafted at a cut-off."""

    TYPE: ClassVar[str] = "review.drafted"
    year: Integer
    cut_off: Date
    document_id: Name


EVENTS = (CutOffSet, InputGiven, ReviewDrafted)


class Preparation(msgspec.Struct, frozen=True, kw_only=True):
    """How far an annual review is prepared: the event of its cut-off, and what came of input and drafts, in order."""

    cut_off: CutOffSet | None
    input: tuple[InputGiven, ...]
    drafts: tuple[ReviewDrafted, ...]

    @property
    def drafted(self) -> tuple[ReviewDrafted, ...]:
        """The drafts at the cut-off that stands; those at another, since corrected, are of no use."""
        return tuple(each for each in self.drafts if self.cut_off is not None and each.cut_off == self.cut_off.cut_off)


class CutOffAhead(Refusal):
    """A review is drafted when its cut-off is over: until then more may become known."""


def stream(year: int) -> str:
    """Return the stream of an annual review."""
    return f"review/{year}"


def set_cut_off(command: SetCutOff, context: Context) -> Decided:
    """Set the cut-off of a review."""
    return _decided(CutOffSet(year=command.year, cut_off=command.cut_off), context)


def give_input(command: GiveInput, context: Context) -> Decided:
    """Record the input of a working group."""
    return _decided(InputGiven(year=command.year, group=command.group, document_id=command.document), context)


def draft(command: DraftReview, context: Context) -> Decided:
    """Record a draft.

    Raises:
        NotFound: no cut-off is set.
    """
    found = preparation(context.standing(stream(command.year))).cut_off
    if found is None:
        raise NotFound(f"the review of {command.year} has no cut-off", where="year", remedy="set it first")
    event = ReviewDrafted(year=command.year, cut_off=found.cut_off, document_id=command.document)
    return _decided(event, context)


def _decided(event: CutOffSet | InputGiven | ReviewDrafted, context: Context) -> Decided:
    check(event, context)
    return Decided((Draft(stream=stream(event.year), event=event, audience=COMMITTEE),))


def check(event: CutOffSet | InputGiven | ReviewDrafted, context: Context) -> None:
    """Refuse a second cut-off or one of another year, input of no group, a draft before its cut-off, a paper twice."""
    found = preparation(context.standing(stream(event.year)))
    match event:
        case CutOffSet():
            if period.day_of(event.cut_off, "cut_off").year != event.year:
                raise MalformedInput(f"{event.cut_off} is not in {event.year}", where="cut_off", remedy="mend the day")
            if found.cut_off is not None:
                raise Conflict(
                    f"the cut-off of {event.year} is set to {found.cut_off.cut_off}",
                    where="cut_off",
                    remedy="correct that event",
                )
        case InputGiven():
            groups.open_group(context, event.group, new_york_date(context.known_at).isoformat())
            _once(event, found.input, context)
        case ReviewDrafted():
            if new_york_date(context.known_at) <= period.day_of(event.cut_off, "cut_off"):
                raise CutOffAhead(f"{event.cut_off} is not over", where="year", remedy="draft it from the day after")
            _once(event, found.drafts, context)


def _once(event: InputGiven | ReviewDrafted, before: Iterable[InputGiven | ReviewDrafted], context: Context) -> None:
    document.registered(context, event.document_id)
    if any(each == event for each in before):
        raise Conflict(f"{event.document_id} is on record there already", where="document", remedy="name another")


def preparation(standing: Iterable[Recorded]) -> Preparation:
    """Return how far a review is prepared by the standing events of its stream."""
    bodies = [event.body for event in standing]
    return Preparation(
        cut_off=next((body for body in bodies if isinstance(body, CutOffSet)), None),
        input=tuple(body for body in bodies if isinstance(body, InputGiven)),
        drafts=tuple(body for body in bodies if isinstance(body, ReviewDrafted)),
    )
