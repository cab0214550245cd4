"""What someone wants recorded of a visit."""

from domain.deciding import Command
from domain.values import Date, Name, StateCode
from domain.visits.events import Participants


class InviteVisit(Command, frozen=True, kw_only=True, tag="invite-visit"):
    """Record that a State invited the Committee to visit it."""

    visit: Name
    state: StateCode
    purpose: str
    received: str
    documents: tuple[Name, ...] = ()


class DecideVisit(Command, frozen=True, kw_only=True, tag="decide-visit"):
    """Record that the Committee accepted an invitation, by an adopted decision."""

    visit: Name
    decision: Name


class AskCoordination(Command, frozen=True, kw_only=True, tag="ask-coordination"):
    """Record that the committee under 1267 or 1373 was asked about coordinating a visit."""

    visit: Name
    committee: str
    document: Name | None = None


class AnswerCoordination(Command, frozen=True, kw_only=True, tag="answer-coordination"):
    """Record what the committee under 1267 or 1373 answered about coordinating a visit."""

    visit: Name
    committee: str
    text: str
    document: Name | None = None


class CarryOutVisit(Command, frozen=True, kw_only=True, tag="carry-out-visit"):
    """Record that a visit was carried out, on which days and by how many in which capacity."""

    visit: Name
    valid_from: Date
    valid_to: Date
    participants: tuple[Participants, ...]


class ReportVisit(Command, frozen=True, kw_only=True, tag="report-visit"):
    """Record that the report of a visit was received: a document on record, which cells may cite."""

    visit: Name
    document: Name


class CancelVisit(Command, frozen=True, kw_only=True, tag="cancel-visit"):
    """Record that a visit will not take place, and why."""

    visit: Name
    reason: str
