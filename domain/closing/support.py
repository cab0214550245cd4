"""Rows of paragraph 6(b): requests and offers of assistance, their review and status, visits, consent to list."""

from collections.abc import Mapping

from domain.activity.records import ActivityFollowedUp, ActivityLogged, FollowActivityUp, LogActivity
from domain.assistance.following import (
    AskDiscussion,
    DiscussionAsked,
    DispatchStatus,
    RecordDiscussion,
    RequestDiscussed,
    StatusDispatched,
)
from domain.assistance.interests import (
    ExpressInterest,
    FollowUpInterest,
    InterestExpressed,
    InterestFollowedUp,
    InterestLapsed,
    LapseInterest,
)
from domain.assistance.matches import AgreeMatch, DropMatch, ProposeMatch
from domain.assistance.offers import OfferAssistance, OfferReceived, WithdrawOffer
from domain.assistance.programmes import EndProviderProgramme, RegisterProviderProgramme
from domain.assistance.request_events import RequestReceived
from domain.assistance.requests import CloseRequest, FindInformal, RequestAssistance, WithdrawRequest
from domain.closing import assistance, states
from domain.closing.rules import Rule, nothing
from domain.closing.shapes import activities, answered, by, served, together
from domain.consent import ConsentAsked, ConsentGiven, ConsentRefused
from domain.deadline import RecordStep, StepDone
from domain.matrix.commands import AskConsent, GiveConsent, RefuseConsent
from domain.practice.compilation import CompilationDrafted, DraftCompilation
from domain.programme import ProgrammeAdopted
from domain.visits.commands import CancelVisit, CarryOutVisit, DecideVisit, ReportVisit
from domain.visits.events import VisitCancelled, VisitCarriedOut, VisitDecided, VisitInvited, VisitReported

ROWS: Mapping[str, Rule] = {
    "ASSIST-DB": Rule(
        opens=(RequestReceived, OfferReceived),
        opened="a request or an offer is received",
        closes=(*assistance.MATCHED, *assistance.OVER),
        closed="a match of it is proposed, agreed or not pursued, or it is over without; each entry serves it",
        commands=(
            *(RequestAssistance, OfferAssistance, RegisterProviderProgramme, EndProviderProgramme),
            *(ProposeMatch, AgreeMatch, DropMatch),
            *(WithdrawRequest, CloseRequest, FindInformal, WithdrawOffer),
        ),
        judge=assistance.matched,
        beside=assistance.KEPT,
    ),
    "ASSIST-INTEREST": Rule(
        opens=(InterestExpressed, ActivityLogged),
        opened="a State or an organization expresses interest, or `assistance-interest-expressed` is logged",
        closes=(InterestFollowedUp, InterestLapsed, ActivityFollowedUp),
        closed="it is followed up, answered or lapsed",
        commands=(ExpressInterest, FollowUpInterest, LapseInterest, LogActivity, FollowActivityUp),
        judge=together(
            answered((InterestExpressed,), (InterestFollowedUp, InterestLapsed), by("interest")),
            activities("ASSIST-INTEREST", "assistance-interest-expressed"),
        ),
    ),
    "ASSIST-REVIEW": Rule(
        opens=(DiscussionAsked,),
        opened="a member asks that a working group discuss a request",
        closes=(RequestDiscussed, ActivityLogged),
        closed="the discussion is on record with its outcome; each `assistance-briefed`, every two months, serves it",
        commands=(AskDiscussion, RecordDiscussion, LogActivity),
        judge=together(answered((DiscussionAsked,), (RequestDiscussed,), by("request")), activities("ASSIST-REVIEW")),
    ),
    "VISIT": Rule(
        opens=(VisitInvited,),
        opened="a State invites the Committee",
        closes=(VisitDecided, VisitCarriedOut, VisitReported, VisitCancelled),
        closed="decision, visit and report are on record, or that it was cancelled",
        commands=(DecideVisit, CarryOutVisit, ReportVisit, CancelVisit),
        judge=assistance.visits,
    ),
    "AWARE-COORD": Rule(
        opens=(ProgrammeAdopted, ActivityLogged),
        opened="the programme names it; `lesson-learned` until it is linked",
        closes=(ActivityLogged, CompilationDrafted),
        closed="each `assistance-coordinated` serves it; a version of the compilation contains the lesson",
        commands=(LogActivity, DraftCompilation),
        judge=together(activities("AWARE-COORD"), assistance.lessons),
    ),
    "ASSIST-CONSENT": Rule(
        opens=(ConsentAsked,),
        opened="a State is asked for consent of scope `official-list` or `share`",
        closes=(ConsentGiven, ConsentRefused),
        closed="it consents or does not",
        commands=(AskConsent, GiveConsent, RefuseConsent),
        judge=states.consent("official-list", "share"),
    ),
    "OBLIG-GOALS": Rule(
        closes=(ActivityLogged,),
        closed="each `goal-supported`, with the goal named, serves it",
        commands=(LogActivity,),
        judge=activities("OBLIG-GOALS"),
    ),
    "ASSIST-STATUS": Rule(
        closes=(StatusDispatched,),
        closed="each dispatch of the status of requests to the parties serves it",
        commands=(DispatchStatus,),
        judge=served(StatusDispatched),
    ),
    "ASSIST-INFO": Rule(
        closes=(ActivityLogged,),
        closed="each `information-sent` serves it",
        commands=(LogActivity,),
        judge=activities("ASSIST-INFO"),
    ),
    "REGIONAL-REP": Rule(
        closes=(StepDone,),
        closed="its step is done: adopted, by a document or a decision",
        commands=(RecordStep,),
        judge=nothing,
    ),
}
