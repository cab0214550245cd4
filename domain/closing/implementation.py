"""Rows of paragraph 6(a): matrices, reports, points of contact, practices and plans, laws and treaties."""

from collections.abc import Mapping

from domain.activity.records import ActivityFollowedUp, ActivityLogged, FollowActivityUp, LogActivity
from domain.closing import assistance, states
from domain.closing.rules import Rule
from domain.closing.shapes import activities, answered, by, having, served, together
from domain.contact.commands import ConfirmContact, ProposeContact, ReaffirmContact
from domain.contact.events import ContactConfirmed, ContactProposed, NoChangeOfContact
from domain.exchange.clarification import (
    AnswerClarification,
    AskClarification,
    ClarificationAnswered,
    ClarificationAsked,
)
from domain.exchange.comments import CellCommented
from domain.exchange.non_reporting import ExplainNonReporting, MatrixPrefilled, NonReportingExplained, SendPrefilled
from domain.exchange.replying import AskReply, RecordReply, ReplyAsked, ReplyReceived
from domain.exchange.sending import MatrixSent
from domain.law.records import AmendLaw, LawAmended, LawEntered, LawRepealed, RecordLaw, RepealLaw
from domain.matrix.commands import ExamineMatrix, SendMatrix
from domain.matrix.events import MatrixExamined, RevisionOpened
from domain.practice.compilation import (
    ApproveCompilation,
    CompilationApproved,
    CompilationDrafted,
    CompilationListed,
    CompilationShared,
    ListCompilation,
    ShareCompilation,
)
from domain.practice.plans import PlanBrought, RecordPlan
from domain.practice.practices import PracticeRecommended, PracticeReported, RecommendPractice, ReportPractice
from domain.programme import ProgrammeAdopted
from domain.submission import ReceiveSubmission, SubmissionReceived, SubmissionWithdrawn
from domain.treaty import RecordTreatyAction, RegisterTreaty, TreatyActionTaken, TreatyRegistered

ROWS: Mapping[str, Rule] = {
    "MATRIX-ALL": Rule(
        closes=(MatrixExamined,),
        closed="the matrix of each Member was examined since the programme began",
        commands=(ExamineMatrix,),
        judge=states.all_examined,
        beside=(RevisionOpened,),
    ),
    "MATRIX-DIALOGUE": Rule(
        opens=(MatrixSent, ReplyAsked, ClarificationAsked),
        opened="a State is asked to reply to the matrix sent to it, or to clarify something; it owes no answer",
        closes=(ReplyReceived, ClarificationAnswered),
        closed="the reply or the clarification is received; each sending, comment and question serves it too",
        commands=(SendMatrix, AskReply, RecordReply, AskClarification, AnswerClarification),
        judge=states.dialogue,
        beside=(CellCommented,),
    ),
    "UNIVERSAL": Rule(
        closes=(SubmissionReceived,),
        closed="a first report of every Member is on record; an aim, never overdue for a State",
        commands=(ReceiveSubmission,),
        judge=states.all_reported,
        beside=(SubmissionWithdrawn,),
    ),
    "NONREP-WHY": Rule(
        closes=(NonReportingExplained, ActivityLogged),
        closed="each reason of a State, each `reason-not-reported` and `missing-information-paper-tabled` serves it",
        commands=(ExplainNonReporting, LogActivity),
        judge=together(served(NonReportingExplained), activities("NONREP-WHY")),
    ),
    "NONREP-MATRIX": Rule(
        closes=(MatrixPrefilled,),
        closed="each matrix sent that was filled in from public sources serves it",
        commands=(SendPrefilled,),
        judge=served(MatrixPrefilled),
    ),
    "POC-NET": Rule(
        opens=(ContactProposed,),
        opened="a point of contact of a State is proposed by what its party wrote",
        closes=(ContactConfirmed, NoChangeOfContact),
        closed="a second person confirms it; each word of the party that nothing has changed serves it too",
        commands=(ProposeContact, ConfirmContact, ReaffirmContact),
        judge=together(
            answered(
                (ContactProposed,), (ContactConfirmed,), by("contact", "proposal"), which=having("party", "state")
            ),
            served(NoChangeOfContact),
        ),
    ),
    "EFF-PRACT": Rule(
        closes=(PracticeReported,),
        closed="each practice that a State reports, as it sees fit, serves it",
        commands=(ReportPractice,),
        judge=served(PracticeReported),
    ),
    "EFF-RECO": Rule(
        closes=(PracticeRecommended,),
        closed="each recommendation serves it; it names the letter of the State that asked",
        commands=(RecommendPractice,),
        judge=served(PracticeRecommended),
    ),
    "NAP": Rule(
        closes=(SubmissionReceived, PlanBrought),
        closed="each submission of kind `action-plan` and each version of a plan serves it; none is ever due",
        commands=(ReceiveSubmission, RecordPlan),
        judge=together(served(SubmissionReceived, which=having("kind", "action-plan")), served(PlanBrought)),
    ),
    "COMPIL": Rule(
        opens=(ProgrammeAdopted, CompilationDrafted),
        opened="the programme names it; a version is drafted",
        closes=(CompilationApproved, CompilationListed, CompilationShared),
        closed="one version is approved, listed and shared",
        commands=(ApproveCompilation, ListCompilation, ShareCompilation),
        judge=assistance.compilation,
    ),
    "LEGDB": Rule(
        closes=(ActivityLogged, LawEntered, LawAmended, LawRepealed),
        closed="a State was asked (`database-entry-asked`) and an entry made or revised",
        commands=(LogActivity, RecordLaw, AmendLaw, RepealLaw),
        judge=states.database,
    ),
    "LEG-INTEREST": Rule(
        opens=(ActivityLogged,),
        opened="`database-interest-expressed` is logged",
        closes=(ActivityFollowedUp,),
        closed="it is followed up, answered or lapsed",
        commands=(LogActivity, FollowActivityUp),
        judge=activities("LEG-INTEREST", "database-interest-expressed"),
    ),
    "TREATY": Rule(
        closes=(ActivityLogged, TreatyRegistered, TreatyActionTaken),
        closed="each `treaty-promoted`, each treaty and each action of a State serves it",
        commands=(LogActivity, RegisterTreaty, RecordTreatyAction),
        judge=together(served(TreatyRegistered, TreatyActionTaken), activities("TREATY")),
    ),
    "METRICS": Rule(
        closes=(ActivityLogged,),
        closed="each `metrics-paper-tabled` serves it",
        commands=(LogActivity,),
        judge=activities("METRICS"),
    ),
    "FURTHER-WORK": Rule(
        opens=(ActivityLogged,),
        opened="`further-work-decided` is logged",
        closes=(ActivityFollowedUp, ActivityLogged),
        closed="progress is noted, or it is followed up; each `further-work-assessed` serves it too",
        commands=(LogActivity, FollowActivityUp),
        judge=activities("FURTHER-WORK", "further-work-decided"),
    ),
}
