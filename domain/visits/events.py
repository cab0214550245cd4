"""What is said of a visit: invited, decided, coordinated with 1267 and 1373, carried out, reported, or cancelled."""

from typing import ClassVar

import msgspec

from domain.recorded import Event, RecordedInError
from domain.values import Date, Instant, Name, Position, StateCode


class Participants(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many take part in a visit in a capacity: `expert`, 2."""

    capacity: str
    count: Position


class VisitInvited(Event, frozen=True, kw_only=True):
    """A State invited the Committee."""

    TYPE: ClassVar[str] = "visit.invited"
    visit: Name
    state: StateCode
    purpose: str
    documents: tuple[Name, ...]
    received_at: Instant


class VisitDecided(Event, frozen=True, kw_only=True):
    """The Committee accepted an invitation."""

    TYPE: ClassVar[str] = "visit.decided"
    visit: Name
    decision_id: Name


class CoordinationAsked(Event, frozen=True, kw_only=True):
    """Another committee was asked about coordinating a visit."""

    TYPE: ClassVar[str] = "visit.coordination-asked"
    visit: Name
    committee: str
    document_id: Name | None


class CoordinationAnswered(Event, frozen=True, kw_only=True):
    """Another committee answered about coordinating a visit."""

    TYPE: ClassVar[str] = "visit.coordination-answered"
    visit: Name
    committee: str
    text: str
    document_id: Name | None


class VisitCarriedOut(Event, frozen=True, kw_only=True):
    """A visit was carried out."""

    TYPE: ClassVar[str] = "visit.carried-out"
    visit: Name
    valid_from: Date
    valid_to: Date
    participants: tuple[Participants, ...]


class VisitReported(Event, frozen=True, kw_only=True):
    """The report of a visit was received."""

    TYPE: ClassVar[str] = "visit.reported"
    visit: Name
    document_id: Name


class VisitCancelled(Event, frozen=True, kw_only=True):
    """A visit will not take place."""

    TYPE: ClassVar[str] = "visit.cancelled"
    visit: Name
    reason: str


class VisitRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a visit should never have been recorded."""

    TYPE: ClassVar[str] = "visit.recorded-in-error"


SAID: tuple[type[Event], ...] = (
    VisitInvited,
    VisitDecided,
    CoordinationAsked,
    CoordinationAnswered,
    VisitCarriedOut,
    VisitReported,
    VisitCancelled,
)
EVENTS: tuple[type[Event], ...] = (*SAID, VisitRecordedInError)
Followed = VisitDecided | CoordinationAsked | CoordinationAnswered | VisitCarriedOut | VisitReported | VisitCancelled
"""What is said of a visit after the invitation."""
