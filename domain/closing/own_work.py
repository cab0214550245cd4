"""Rows of paragraphs 1 to 5 and 7: programme and review, working groups, meetings, the Committee's own people."""

from collections.abc import Mapping

from domain.activity.records import ActivityFollowedUp, ActivityLogged, FollowActivityUp, LogActivity
from domain.closing import committee, meetings, year
from domain.closing.rules import Rule, nothing
from domain.closing.shapes import activities, answered, by
from domain.committee.directories import ConfirmDirectory, DirectoryConfirmed
from domain.committee.groups import GroupClosed, GroupEstablished
from domain.committee.members import MemberSeated
from domain.committee.offices import HoldOffice, OfficeHeld, OfficeLeft
from domain.deadline import RecordStep, StepDone
from domain.mandate import MandateAdopted
from domain.meetings.conclusions import (
    ConclusionsApproved,
    ConclusionsDiscussed,
    ConclusionsDispatched,
    DiscussConclusions,
    DispatchConclusions,
    HoldNoOpenMeeting,
    OpenMeetingNotAppropriate,
)
from domain.meetings.holding import HoldMeeting, MeetingHeld
from domain.meetings.notice import AnnounceMeeting, DistributePapers, MeetingAnnounced, PapersDistributed
from domain.meetings.planning import CancelMeeting, MoveMeeting, PlanMeeting
from domain.meetings.reports import CalendarCirculated, CirculateCalendar, ReportTabled, TableReport
from domain.meetings.schedule import MeetingCancelled, MeetingMoved, MeetingPlanned
from domain.programme import AdoptProgramme, ProgrammeAdopted, ProgrammeTransmitted, TransmitProgramme
from domain.review.priorities import (
    PrioritySetAside,
    PriorityStated,
    PriorityTakenUp,
    SetPriorityAside,
    TakePriorityUp,
)

ROWS: Mapping[str, Rule] = {
    "PoW": Rule(
        opens=(MandateAdopted, ProgrammeAdopted),
        opened="the rule of a mandate falls due in a year, or a programme names it",
        closes=(ProgrammeAdopted, ProgrammeTransmitted),
        closed="the next programme is adopted and transmitted",
        commands=(AdoptProgramme, TransmitProgramme),
        judge=year.papers,
        beside=year.PAPERS,
    ),
    "REV": Rule(
        opens=(MandateAdopted, ProgrammeAdopted),
        opened="the rule of a mandate falls due in a year, or a programme names it",
        closes=(StepDone,),
        closed="both steps are done: adopted, transmitted",
        commands=(RecordStep,),
        judge=year.preparation,
        beside=year.PREPARATION,
    ),
    "PRIORITIES": Rule(
        opens=(StepDone, PriorityStated),
        opened="an annual review is adopted; a priority of it is stated",
        closes=(StepDone, PriorityTakenUp, PrioritySetAside),
        closed="each priority on record is taken up or set aside with a reason; without any, a document since shows it",
        commands=(RecordStep, TakePriorityUp, SetPriorityAside),
        judge=year.priorities,
    ),
    "PRINCIPLES": Rule(
        closes=(),
        closed="nothing: a principle is never done; `stats` shows the Committee's own handling times, never by State",
        commands=(),
        judge=nothing,
    ),
    "WG-CHAIRS": Rule(
        opens=(ProgrammeAdopted, GroupEstablished),
        opened="the programme names it; a group is established",
        closes=(OfficeHeld,),
        closed="four groups have a chair on record for every day of the programme",
        commands=(HoldOffice,),
        judge=committee.chairs,
        beside=(OfficeLeft, GroupClosed),
    ),
    "WG-CAL": Rule(
        closes=(CalendarCirculated,),
        closed="it went to all fifteen members of the day on which it was sent",
        commands=(CirculateCalendar,),
        judge=committee.calendar,
        beside=(MemberSeated,),
    ),
    "WG-REP": Rule(
        opens=(CalendarCirculated,),
        opened="the calendar last circulated has a date for a report",
        closes=(ReportTabled,),
        closed="the report of that group and date is tabled at a meeting of the Committee",
        commands=(TableReport,),
        judge=meetings.reports,
    ),
    "WG-NOTICE": Rule(
        opens=(MeetingPlanned, MeetingMoved),
        opened="a meeting of a working group is planned or moved",
        closes=(MeetingAnnounced, PapersDistributed),
        closed="all fifteen delegations had notice of its start and every paper before it began",
        commands=(AnnounceMeeting, DistributePapers),
        judge=meetings.notice,
        beside=(MemberSeated, MeetingHeld, MeetingCancelled),
    ),
    "WG-ACCESS": Rule(
        opens=(MeetingPlanned, MeetingMoved),
        opened="a meeting is planned or moved over another",
        closes=(MeetingPlanned, MeetingMoved, MeetingCancelled),
        closed="no two meetings overlap: one was planned, moved or cancelled so",
        commands=(PlanMeeting, MoveMeeting, CancelMeeting),
        judge=meetings.access,
    ),
    "WG-OPEN": Rule(
        opens=(ConclusionsApproved,),
        opened="the Committee approves the conclusions of a working group",
        closes=(ConclusionsDiscussed, OpenMeetingNotAppropriate),
        closed="an open meeting on them was held, or is on record as not appropriate",
        commands=(DiscussConclusions, HoldNoOpenMeeting),
        judge=answered((ConclusionsApproved,), (ConclusionsDiscussed, OpenMeetingNotAppropriate), by("meeting")),
    ),
    "WG-CONCL": Rule(
        opens=(ConclusionsApproved,),
        opened="the Committee approves the conclusions of a working group",
        closes=(ConclusionsDispatched,),
        closed="they are sent to points of contact",
        commands=(DispatchConclusions,),
        judge=answered((ConclusionsApproved,), (ConclusionsDispatched,), by("meeting")),
    ),
    "WEB": Rule(
        closes=(ActivityLogged,),
        closed="each `web-page-updated` serves it",
        commands=(LogActivity,),
        judge=activities("WEB"),
    ),
    "ODA-REP": Rule(
        closes=(StepDone,),
        closed="both steps are done: asked, received",
        commands=(RecordStep,),
        judge=nothing,
    ),
    "MEETINGS": Rule(
        opens=(MeetingPlanned,),
        opened="a formal, informal or working-group meeting is planned",
        closes=(MeetingHeld,),
        closed="it was held, or cancelled before",
        commands=(HoldMeeting,),
        judge=meetings.held("formal", "informal", "working-group"),
        beside=(MeetingMoved, MeetingCancelled),
    ),
    "SUPPORT": Rule(
        opens=(ProgrammeAdopted, ActivityLogged),
        opened="the programme names it; `contribution-received` until it is used",
        closes=(ActivityLogged, ActivityFollowedUp),
        closed="each `support-encouraged` and `contribution-received` serves it; the latter followed up as used",
        commands=(LogActivity, FollowActivityUp),
        judge=activities("SUPPORT", "contribution-received"),
    ),
    "ONBOARD": Rule(
        opens=(ProgrammeAdopted, MemberSeated),
        opened="the programme names it; members are seated whose terms begin on its date",
        closes=(PapersDistributed, MeetingHeld),
        closed="before that date papers went to all of them, and all of them attended a meeting",
        commands=(DistributePapers, HoldMeeting),
        judge=committee.intake,
    ),
    "ALUMNI": Rule(
        closes=(DirectoryConfirmed,),
        closed="each confirmation of the directory `former-members` serves it, again at an internal interval",
        commands=(ConfirmDirectory,),
        judge=committee.former_members,
    ),
}
