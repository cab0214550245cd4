"""Decision of the Committee: proposed with numbered items, circulated, adopted or not in a meeting by consensus.

The rules by which it is taken are in `domain.adopting`.
"""

from typing import ClassVar

import msgspec

from domain.deciding import Command, Context, fold_of
from domain.recorded import Event, Recorded, RecordedInError
from domain.refusals import Refusal
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


class NotDecided(Refusal):
    """Only an adopted decision does a step, moves or drops a deadline, or changes the Committee's own order."""


def stream(decision: str) -> str:
    """Return the stream of a decision."""
    return f"decision/{decision}"


def adopted(context: Context, decision: str) -> Recorded | None:
    """Return the last standing adoption of a decision, whichever items it adopted."""
    found = fold_of(context.standing(stream(decision)), DecisionAdopted)
    return found[-1] if found else None


def require_adopted(context: Context, decision: str) -> None:
    """Refuse what rests on a decision that is not adopted."""
    if adopted(context, decision) is None:
        raise NotDecided(f"decision {decision} is not adopted", where="decision", remedy="adopt it first")


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
