"""What the Committee's work leaves on record, told act by act: members, meetings, letters, requests, laws."""

from collections.abc import Mapping
from typing import get_args

from domain import (
    access_log,
    deadline,
    disposed,
    filing,
    holds,
    log_keys,
    programme,
    programme_papers,
    seals,
    treaty,
)
from domain.activity import records as activity
from domain.assistance import (
    following,
    interests,
    listing_events,
    matches,
    offers,
    procedure,
    programmes,
    request_events,
)
from domain.committee import directories, experts, groups, members, offices, roster
from domain.contact import events as contact
from domain.correspondence import records as correspondence
from domain.exchange import clarification, comments, non_reporting, replying, sending
from domain.law import records as law
from domain.meetings import conclusions, holding, notice, reports, schedule
from domain.messages import events as messages
from domain.no_objection import events as no_objection
from domain.organization import contact_point, dialogue, objectives, registering
from domain.practice import compilation, plans, practices
from domain.recorded import RecordedInError
from domain.review import preparing, priorities
from domain.visits import events as visits
from projections.telling import Kind, log
from projections.told_in_full import DUTY_STATION, OUTREACH_CALENDAR

_LETTERS = tuple(each for each in correspondence.EVENTS if not issubclass(each, RecordedInError))
_MESSAGES = tuple(each for each in messages.EVENTS if not issubclass(each, RecordedInError))


KINDS_OF_WORK: Mapping[str, Kind] = {
    "members": log("state", follows=(members.MemberSeated,)),
    "offices": log("office", "group", follows=(offices.OfficeHeld, offices.OfficeLeft)),
    "programmes": log("programme", follows=(*programme_papers.EVENTS, programme.ProgrammeTransmitted)),
    "reviews": log("year", follows=(*preparing.EVENTS, *priorities.EVENTS)),
    "groups": log("group", follows=(groups.GroupEstablished, groups.GroupClosed, reports.ReportTabled)),
    "group-calendars": log("sent_at", follows=(reports.CalendarCirculated,)),
    "experts": log(
        "expert",
        follows=(
            experts.ExpertAppointed,
            experts.ExpertReleased,
            roster.ExpertiseListed,
            roster.ExpertiseEnded,
        ),
    ),
    "directories": log("directory", follows=(directories.DirectoryConfirmed,)),
    "meetings": log(
        "meeting",
        follows=(
            schedule.MeetingPlanned,
            schedule.MeetingMoved,
            schedule.MeetingCancelled,
            notice.MeetingAnnounced,
            notice.PapersDistributed,
            holding.MeetingHeld,
            holding.MeetingRecorded,
            conclusions.ConclusionsDrawn,
            conclusions.ConclusionsApproved,
            conclusions.ConclusionsDispatched,
            conclusions.ConclusionsDiscussed,
            conclusions.OpenMeetingNotAppropriate,
        ),
    ),
    "letters": log("letter", follows=_LETTERS),
    "messages": log("message", follows=_MESSAGES),
    "no-objection": log(
        "decision",
        follows=(
            no_objection.ProcedureOpened,
            no_objection.ObjectionReceived,
            no_objection.HoldReceived,
            no_objection.HoldReleased,
            no_objection.TimeAsked,
            no_objection.TimeAnswered,
            no_objection.IncomingInformed,
            no_objection.ProcedureClosed,
        ),
    ),
    "exchanges": log(
        "state",
        follows=(
            sending.MatrixSent,
            comments.CellCommented,
            replying.ReplyAsked,
            replying.ReplyReceived,
            non_reporting.MatrixPrefilled,
            non_reporting.NonReportingExplained,
        ),
    ),
    "clarifications": log(
        "state", "clarification", follows=(clarification.ClarificationAsked, clarification.ClarificationAnswered)
    ),
    "organizations": log(
        "organization",
        follows=(
            registering.OrganizationRegistered,
            contact_point.ContactPointAsked,
            contact_point.ContactPointDesignated,
            contact_point.ContactPointConfirmed,
            dialogue.DialogueLogged,
        ),
    ),
    "objectives": log("objective", follows=(objectives.ObjectiveSet, objectives.ObjectiveAppraised)),
    "contacts": log(
        "contact",
        follows=(
            contact.ContactProposed,
            contact.ContactConfirmed,
            contact.NoChangeOfContact,
            contact.ContactBounced,
            contact.ContactEnded,
            contact.ContactErased,
        ),
    ),
    "requests": log(
        "request",
        follows=(
            request_events.RequestReceived,
            request_events.WishStated,
            request_events.RequestAuthenticated,
            request_events.RequestFoundInformal,
            request_events.RequestWithdrawn,
            request_events.RequestClosed,
            procedure.RequestCirculated,
            procedure.RequestAcknowledged,
            procedure.RequestSentOn,
            procedure.SummaryPosted,
            procedure.IfMetAsked,
            procedure.IfMetAnswered,
            following.DiscussionAsked,
            following.RequestDiscussed,
            following.StatusDispatched,
            following.FeedbackGiven,
        ),
    ),
    "offers": log(
        "offer",
        follows=(
            offers.OfferReceived,
            offers.OfferCirculated,
            offers.OfferAcknowledged,
            offers.RequesterTold,
            offers.OfferWithdrawn,
        ),
    ),
    "matches": log("request", "offer", follows=(matches.MatchProposed, matches.MatchAgreed, matches.MatchNotPursued)),
    "assistance-programmes": log(
        "standing_programme", follows=(programmes.ProgrammeRegistered, programmes.ProgrammeEnded)
    ),
    "interests": log(
        "interest", follows=(interests.InterestExpressed, interests.InterestFollowedUp, interests.InterestLapsed)
    ),
    "official-list": log("request", "offer", follows=(listing_events.Listed, listing_events.TakenOffList)),
    "visits": log(
        "visit",
        follows=(
            visits.VisitInvited,
            visits.VisitDecided,
            visits.CoordinationAsked,
            visits.CoordinationAnswered,
            visits.VisitCarriedOut,
            visits.VisitReported,
            visits.VisitCancelled,
        ),
    ),
    "activities": log("activity", follows=(activity.ActivityLogged, activity.ActivityFollowedUp)),
    "practices": log(
        "practice", follows=(practices.PracticeReported, practices.PracticeWithdrawn, practices.PracticeRecommended)
    ),
    "compilations": log(
        "compilation",
        follows=(
            compilation.CompilationDrafted,
            compilation.CompilationApproved,
            compilation.CompilationListed,
            compilation.CompilationShared,
        ),
    ),
    "plans": log("plan", follows=(plans.PlanBrought,)),
    "laws": log("law", follows=(law.LawEntered, law.LawAmended, law.LawRepealed)),
    "treaties": log("treaty", follows=(treaty.TreatyRegistered, treaty.TreatyActionTaken)),
    "outreach-calendar": OUTREACH_CALENDAR,
    "deadlines": log("deadline", follows=(deadline.StepDone, *get_args(deadline.Moved))),
    "duty-station": DUTY_STATION,
    "holds": log("hold", follows=(holds.HoldPlaced, holds.HoldLifted)),
    "file-plans": log("document_id", follows=filing.EVENTS),
    "disposals": log("disposal", follows=disposed.EVENTS),
    "access-sealed": log("day", follows=(access_log.AccessSealed,)),
    "access-pruned": log("through", follows=(access_log.AccessPruned,)),
    "seals": log("through", follows=seals.EVENTS),
    "keys": log("to_key", follows=log_keys.EVENTS),
}
"""Every kind by the name under which it is listed."""
