"""What is recorded of meetings: their events, and the decisions that their commands ask for."""

from typing import ClassVar, cast

from domain.deciding import Command
from domain.mandate import Decide
from domain.meetings import concluding, conclusions, holding, notice, planning, reports, schedule
from domain.recorded import Event, RecordedInError


class MeetingRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a meeting should never have been recorded."""

    TYPE: ClassVar[str] = "meeting.recorded-in-error"


SCHEDULED: tuple[type[Event], ...] = (schedule.MeetingPlanned, schedule.MeetingMoved, schedule.MeetingCancelled)
OF_A_MEETING: tuple[type[Event], ...] = (
    notice.MeetingAnnounced,
    notice.PapersDistributed,
    holding.MeetingHeld,
    holding.MeetingRecorded,
    conclusions.ConclusionsDrawn,
    conclusions.ConclusionsApproved,
    conclusions.ConclusionsDispatched,
    conclusions.ConclusionsDiscussed,
    conclusions.OpenMeetingNotAppropriate,
)
EVENTS: tuple[type[Event], ...] = (
    *SCHEDULED,
    reports.CalendarCirculated,
    reports.ReportTabled,
    *OF_A_MEETING,
    MeetingRecordedInError,
)
DECISIONS: dict[type[Command], Decide] = {
    planning.PlanMeeting: cast("Decide", planning.plan),
    planning.MoveMeeting: cast("Decide", planning.move),
    planning.CancelMeeting: cast("Decide", planning.cancel),
    notice.AnnounceMeeting: cast("Decide", notice.announce),
    notice.DistributePapers: cast("Decide", notice.distribute),
    holding.HoldMeeting: cast("Decide", holding.hold),
    holding.RecordMeeting: cast("Decide", holding.record),
    reports.CirculateCalendar: cast("Decide", reports.circulate),
    reports.TableReport: cast("Decide", reports.table),
    conclusions.DrawConclusions: cast("Decide", concluding.draw),
    conclusions.ApproveConclusions: cast("Decide", concluding.approve),
    conclusions.DispatchConclusions: cast("Decide", concluding.dispatch),
    conclusions.DiscussConclusions: cast("Decide", concluding.discuss),
    conclusions.HoldNoOpenMeeting: cast("Decide", concluding.hold_no_open_meeting),
}
