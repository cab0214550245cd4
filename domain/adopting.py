"""How the Committee decides: a proposal is put and circulated, its items adopted or not; a correction is authorised."""

from collections.abc import Sequence
from typing import TypeVar

from domain.actor import ROLES
from domain.audiences import COMMITTEE
from domain.committee.offices import require_presiding
from domain.deadline import StepDone
from domain.deciding import Context, earliest, fold_of
from domain.decision import (
    Adopt,
    AuthoriseCorrection,
    Circulate,
    CorrectionAuthorised,
    DecisionAdopted,
    DecisionCirculated,
    DecisionNotAdopted,
    DecisionProposed,
    DoNotAdopt,
    Fulfilment,
    Item,
    Propose,
    stream,
)
from domain.fulfilling import check_step, draft_of
from domain.matrix.events import MatrixApproved
from domain.matrix.file import in_order
from domain.recorded import Decided, Draft, Event
from domain.records import begins_batch
from domain.refusals import MalformedInput, NotFound, Refusal
from domain.striking import standing_target

T = TypeVar("T")


class AlreadyProposed(Refusal):
    """A changed text is a new proposal with a name of its own."""


class WrongRecipients(Refusal):
    """A proposal is circulated to one role or more, each named once."""


class AlreadyDecided(Refusal):
    """An item is decided once."""


Said = DecisionProposed | DecisionCirculated | DecisionAdopted | DecisionNotAdopted
"""What is said of a decision."""


_AFTER_PROPOSING = (DecisionCirculated, DecisionAdopted, DecisionNotAdopted)


def _decided(event: Said, context: Context) -> Decided:
    check(event, context)
    return Decided((_draft(event.decision, event),))


def _draft(decision: str, event: Event) -> Draft:
    return Draft(stream=stream(decision), event=event, audience=COMMITTEE)


def check(event: Said, context: Context) -> None:
    """Refuse a decision put twice or without items, and what is said of items that are not there or decided."""
    match event:
        case DecisionProposed():
            if fold_of(context.standing(stream(event.decision)), DecisionProposed):
                raise AlreadyProposed(f"decision {event.decision} is proposed already", remedy="give it another name")
            for later in fold_of(context.standing(stream(event.decision)), *_AFTER_PROPOSING):
                begins = earliest(context.known_at, context.known_precision)
                in_order(begins, later.header.known_at, "proposed after it was circulated or decided")
            numbers = [item.number for item in event.items]
            if not numbers or _twice(numbers) or min(numbers) < 1:
                raise MalformedInput(
                    "a proposal has items with different numbers from 1", where="items", remedy="number them 1, 2, 3"
                )
        case DecisionCirculated():
            _proposal(context, event.decision)
            _check_recipients(event.recipients)
            _follows(context, event.decision, DecisionProposed, "circulated before it was proposed")
        case DecisionAdopted() | DecisionNotAdopted():
            check_open(context, event.decision, event.items)
            _follows(context, event.decision, DecisionProposed, "decided before it was proposed")
            _follows(context, event.decision, DecisionCirculated, "decided before it was circulated")


def _follows(context: Context, decision: str, kind: type[Event], what: str) -> None:
    """Refuse a known date before the first event of a kind, unless that one's is imprecise and may be before."""
    for event in fold_of(context.standing(stream(decision)), kind)[:1]:
        in_order(earliest(event.header.known_at, event.header.known_precision), context.known_at, what)


def propose(command: Propose, context: Context) -> Decided:
    """Propose a decision."""
    items = tuple(Item(number=i.number, text=i.text, rests_on=i.rests_on) for i in command.items)
    return _decided(DecisionProposed(decision=command.decision, title=command.title, items=items), context)


def _twice(named: Sequence[T]) -> list[T]:
    """Return what is named more than once."""
    return [each for place, each in enumerate(named) if each in named[:place]]


def _proposal(context: Context, decision: str) -> DecisionProposed:
    found = fold_of(context.standing(stream(decision)), DecisionProposed)
    if not found or not isinstance(found[-1].body, DecisionProposed):
        raise NotFound(f"decision {decision} is not proposed", where="decision", remedy="propose it first")
    return found[-1].body


def circulate(command: Circulate, context: Context) -> Decided:
    """Record the circulation of a proposal."""
    event = DecisionCirculated(decision=command.decision, recipients=command.recipients, documents=command.documents)
    return _decided(event, context)


def _check_recipients(recipients: tuple[str, ...]) -> None:
    faults = [f"{each!r} is no role" for each in recipients if each not in ROLES]
    faults += [f"{each!r} is named twice" for each in _twice(recipients)]
    if faults or not recipients:
        what = faults[0] if faults else "nobody is named"
        raise WrongRecipients(what, where="recipients", remedy=f"name roles, each once: {', '.join(ROLES)}")


def _numbers(context: Context, decision: str) -> tuple[int, ...]:
    return tuple(item.number for item in _proposal(context, decision).items)


def open_items(context: Context, decision: str) -> tuple[int, ...]:
    """Return the items of a proposal that are not decided, by number."""
    decided = {
        item
        for event in context.standing(stream(decision))
        if isinstance(event.body, DecisionAdopted | DecisionNotAdopted)
        for item in event.body.items
    }
    return tuple(number for number in _numbers(context, decision) if number not in decided)


def check_open(context: Context, decision: str, items: tuple[int, ...]) -> None:
    """Refuse to decide no items, unknown ones, and decided ones."""
    proposed = _numbers(context, decision)
    items_in_words = ", ".join(map(str, proposed))
    unknown = sorted(set(items) - set(proposed))
    if not items:
        raise MalformedInput("no item is named", where="items", remedy=f"it has {items_in_words}")
    if unknown:
        raise NotFound(
            f"decision {decision} has no item {unknown[0]}", where="items", remedy=f"it has {items_in_words}"
        )
    if _twice(items):
        raise MalformedInput(f"item {_twice(items)[0]} is named twice", where="items", remedy="name each once")
    for event in context.standing(stream(decision)):
        if isinstance(event.body, DecisionAdopted | DecisionNotAdopted) and set(items) & set(event.body.items):
            decided = sorted(set(items) & set(event.body.items))
            raise AlreadyDecided(
                f"items {decided} of {decision} are decided, by event {event.id}",
                where="items",
                remedy="put them in a new proposal under another name",
            )


def adopt(command: Adopt, context: Context) -> Decided:
    """Adopt items by consensus in a meeting, and record the steps of deadlines that this fulfils."""
    require_presiding(context)
    items = command.items or _numbers(context, command.decision)
    event = DecisionAdopted(decision=command.decision, items=items, meeting=command.meeting)
    check(event, context)
    twice = _twice([f"{each.duty} {each.step}" for each in command.fulfils])
    if twice:
        raise MalformedInput(f"the step {twice[0]} is named twice", where="fulfils", remedy="name each once")
    steps = tuple(_fulfilled(context, each, command.decision) for each in command.fulfils)
    return Decided((_draft(command.decision, event), *steps))


def _fulfilled(context: Context, each: Fulfilment, decision: str) -> Draft:
    step = StepDone(
        deadline=each.deadline,
        duty=each.duty,
        step=each.step,
        document_id=each.document,
        decision_id=decision,
        note="",
    )
    check_step(step, context)
    return draft_of(step)


def do_not_adopt(command: DoNotAdopt, context: Context) -> Decided:
    """Record that items found no consensus."""
    require_presiding(context)
    items = command.items or _numbers(context, command.decision)
    event = DecisionNotAdopted(decision=command.decision, items=items, meeting=command.meeting, reason=command.reason)
    return _decided(event, context)


def authorise_correction(command: AuthoriseCorrection, context: Context) -> Decided:
    """Authorise the correction of an event that stands.

    Of late history it may have been struck since; an approval guards its cells also after it was voided; and the start
    of a batch stands for all of it.
    """
    target = context.target(command.target)
    if not (context.importing or begins_batch(target) or isinstance(target.body, MatrixApproved)):
        standing_target(context, command.target)
    event = CorrectionAuthorised(decision=command.decision, target=target.id, reason=command.reason)
    return Decided((_draft(command.decision, event),))
