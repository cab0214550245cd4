"""Decision of the Committee: proposed with numbered items, circulated, adopted or not in a meeting by consensus."""

from typing import ClassVar

import msgspec

from domain.audiences import COMMITTEE
from domain.deadline import step_done_draft
from domain.deciding import Command, Context, fold_of
from domain.recorded import Decided, Draft, Event, Recorded, RecordedInError
from domain.refusals import MalformedInput, NotFound, Refusal
from domain.values import Integer, Name, Sha256, Uuid


class Item(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One numbered item: its text, and the manifests or documents it would adopt, by hash."""

    number: Integer
    text: str
    rests_on: tuple[Sha256, ...]


class ProposedItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item as proposed: it may rest on hashes, or on the manifest of a State's sealed revision."""

    number: int
    text: str
    rests_on: tuple[Sha256, ...] = ()


class Fulfilment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A step of a deadline that the adoption fulfils: `annual-review/2013`, duty `REV-2013`, step `adopted`."""

    deadline: str
    duty: str
    step: str
    document: Name | None = None


class Propose(Command, frozen=True, kw_only=True, tag="propose"):
    """Put a proposal with numbered items before the Committee."""

    decision: Name
    title: str
    items: tuple[ProposedItem, ...]


class Circulate(Command, frozen=True, kw_only=True, tag="circulate"):
    """Record that a proposal was circulated, to whom by role, with which documents."""

    decision: Name
    recipients: tuple[str, ...]
    documents: tuple[Sha256, ...] = ()


class Adopt(Command, frozen=True, kw_only=True, tag="adopt"):
    """Record that items were adopted by consensus in a meeting; none named means all."""

    decision: Name
    meeting: str
    items: tuple[int, ...] = ()
    fulfils: tuple[Fulfilment, ...] = ()


class DoNotAdopt(Command, frozen=True, kw_only=True, tag="do-not-adopt"):
    """Record that items were not adopted in a meeting."""

    decision: Name
    meeting: str
    reason: str
    items: tuple[int, ...] = ()


class AuthoriseCorrection(Command, frozen=True, kw_only=True, tag="authorise-correction"):
    """As a second person, allow that an approved fact be corrected, and say on what authority."""

    decision: Name
    target: str
    reason: str


class DecisionProposed(Event, frozen=True, kw_only=True):
    """A decision was proposed."""

    TYPE: ClassVar[str] = "decision.proposed"
    decision: Name
    title: str
    items: tuple[Item, ...]


class DecisionCirculated(Event, frozen=True, kw_only=True):
    """A proposal was circulated."""

    TYPE: ClassVar[str] = "decision.circulated"
    decision: Name
    recipients: tuple[str, ...]
    documents: tuple[Sha256, ...]


class DecisionAdopted(Event, frozen=True, kw_only=True):
    """Items of a proposal were adopted by consensus."""

    TYPE: ClassVar[str] = "decision.adopted"
    decision: Name
    items: tuple[Integer, ...]
    meeting: str


class DecisionNotAdopted(Event, frozen=True, kw_only=True):
    """Items of a proposal were not adopted."""

    TYPE: ClassVar[str] = "decision.not-adopted"
    decision: Name
    items: tuple[Integer, ...]
    meeting: str
    reason: str


class CorrectionAuthorised(Event, frozen=True, kw_only=True):
    """The correction of one event was authorised by a second person."""

    TYPE: ClassVar[str] = "decision.correction-authorised"
    decision: Name
    target: Uuid
    reason: str


class DecisionRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a decision should never have been recorded."""

    TYPE: ClassVar[str] = "decision.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (
    DecisionProposed,
    DecisionCirculated,
    DecisionAdopted,
    DecisionNotAdopted,
    CorrectionAuthorised,
    DecisionRecordedInError,
)


class AlreadyProposed(Refusal):
    """A changed text is a new proposal with a name of its own."""


class AlreadyDecided(Refusal):
    """An item is decided once."""


def stream(decision: str) -> str:
    """Return the stream of a decision."""
    return f"decision/{decision}"


def _draft(decision: str, event: Event) -> Draft:
    return Draft(stream=stream(decision), event=event, audience=COMMITTEE)


def propose(command: Propose, context: Context) -> Decided:
    """Propose a decision whose items have different numbers from 1."""
    if fold_of(context.standing(stream(command.decision)), DecisionProposed):
        raise AlreadyProposed(f"decision {command.decision} is proposed already", remedy="give it another name")
    numbers = [item.number for item in command.items]
    if not numbers or len(set(numbers)) != len(numbers) or min(numbers) < 1:
        raise MalformedInput("a proposal has items with different numbers from 1", where="items")
    items = tuple(Item(number=i.number, text=i.text, rests_on=i.rests_on) for i in command.items)
    event = DecisionProposed(decision=command.decision, title=command.title, items=items)
    return Decided((_draft(command.decision, event),))


def _proposal(context: Context, decision: str) -> DecisionProposed:
    found = fold_of(context.standing(stream(decision)), DecisionProposed)
    if not found or not isinstance(found[-1].body, DecisionProposed):
        raise NotFound(f"decision {decision} is not proposed", remedy="propose it first")
    return found[-1].body


def circulate(command: Circulate, context: Context) -> Decided:
    """Record the circulation of a proposal."""
    _proposal(context, command.decision)
    if not command.recipients:
        raise MalformedInput("a circulation names its recipients by role", where="recipients")
    event = DecisionCirculated(decision=command.decision, recipients=command.recipients, documents=command.documents)
    return Decided((_draft(command.decision, event),))


def _open_items(context: Context, decision: str, wanted: tuple[int, ...]) -> tuple[int, ...]:
    """Return the items to decide: those wanted, or all; refuse unknown and decided ones."""
    proposed = tuple(item.number for item in _proposal(context, decision).items)
    items = wanted or proposed
    unknown = sorted(set(items) - set(proposed))
    if unknown:
        raise NotFound(f"decision {decision} has no item {unknown[0]}", where="items", remedy=f"it has {proposed}")
    for event in context.standing(stream(decision)):
        if isinstance(event.body, DecisionAdopted | DecisionNotAdopted) and set(items) & set(event.body.items):
            decided = sorted(set(items) & set(event.body.items))
            raise AlreadyDecided(f"items {decided} of {decision} are decided", where="items")
    return items


def adopt(command: Adopt, context: Context) -> Decided:
    """Adopt items by consensus in a meeting, and record the steps of deadlines that this fulfils."""
    items = _open_items(context, command.decision, command.items)
    event = DecisionAdopted(decision=command.decision, items=items, meeting=command.meeting)
    steps = tuple(
        step_done_draft(
            context, f.deadline, duty=f.duty, step=f.step, document_id=f.document, decision_id=command.decision
        )
        for f in command.fulfils
    )
    return Decided((_draft(command.decision, event), *steps))


def do_not_adopt(command: DoNotAdopt, context: Context) -> Decided:
    """Record that items found no consensus."""
    items = _open_items(context, command.decision, command.items)
    event = DecisionNotAdopted(decision=command.decision, items=items, meeting=command.meeting, reason=command.reason)
    return Decided((_draft(command.decision, event),))


def authorise_correction(command: AuthoriseCorrection, context: Context) -> Decided:
    """Authorise the correction of an event that is on record."""
    target = context.target(command.target)
    event = CorrectionAuthorised(decision=command.decision, target=target.id, reason=command.reason)
    return Decided((_draft(command.decision, event),))


def adopted(context: Context, decision: str) -> Recorded | None:
    """Return the last standing adoption of a decision, whichever items it adopted."""
    found = fold_of(context.standing(stream(decision)), DecisionAdopted)
    return found[-1] if found else None


def adopts(context: Context, decision: str, rests_on: str) -> Recorded | None:
    """Return the adoption by which a decision adopted what has this hash, or None."""
    events = context.standing(stream(decision))
    items = {
        item.number
        for event in events
        if isinstance(event.body, DecisionProposed)
        for item in event.body.items
        if rests_on in item.rests_on
    }
    for event in reversed(events):
        if isinstance(event.body, DecisionAdopted) and items & set(event.body.items):
            return event
    return None
