"""Conclusions of a working group: drawn at a meeting, approved by the Committee, then sent out and discussed.

The rules by which that happens are in `domain.meetings.concluding`.
"""

from typing import ClassVar

from domain.deciding import Command
from domain.recorded import Event
from domain.values import Instant, Name, StateCode


class DrawConclusions(Command, frozen=True, kw_only=True, tag="draw-conclusions"):
    """Record the conclusions that a working group drew at a meeting, as a document."""

    meeting: Name
    document: Name


class ApproveConclusions(Command, frozen=True, kw_only=True, tag="approve-conclusions"):
    """Record that the Committee approved the conclusions of a meeting, by a decision that adopted their document."""

    meeting: Name
    decision: Name


class DispatchConclusions(Command, frozen=True, kw_only=True, tag="dispatch-conclusions"):
    """Record that approved conclusions were sent to the points of contact of States."""

    meeting: Name
    sent: str
    states: tuple[StateCode, ...]


class DiscussConclusions(Command, frozen=True, kw_only=True, tag="discuss-conclusions"):
    """Record that an open meeting was held on approved conclusions."""

    meeting: Name
    open_meeting: Name


class HoldNoOpenMeeting(Command, frozen=True, kw_only=True, tag="hold-no-open-meeting"):
    """Record why an open meeting on approved conclusions is not appropriate."""

    meeting: Name
    reason: str


class ConclusionsDrawn(Event, frozen=True, kw_only=True):
    """A working group drew conclusions."""

    TYPE: ClassVar[str] = "meeting.conclusions-drawn"
    meeting: Name
    document_id: Name


class ConclusionsApproved(Event, frozen=True, kw_only=True):
    """The Committee approved conclusions."""

    TYPE: ClassVar[str] = "meeting.conclusions-approved"
    meeting: Name
    decision_id: Name


class ConclusionsDispatched(Event, frozen=True, kw_only=True):
    """Conclusions were sent to points of contact."""

    TYPE: ClassVar[str] = "meeting.conclusions-dispatched"
    meeting: Name
    sent_at: Instant
    states: tuple[StateCode, ...]


class ConclusionsDiscussed(Event, frozen=True, kw_only=True):
    """An open meeting was held on conclusions."""

    TYPE: ClassVar[str] = "meeting.conclusions-discussed"
    meeting: Name
    open_meeting: Name


class OpenMeetingNotAppropriate(Event, frozen=True, kw_only=True):
    """An open meeting on conclusions was found not to be appropriate."""

    TYPE: ClassVar[str] = "meeting.open-meeting-not-appropriate"
    meeting: Name
    reason: str
