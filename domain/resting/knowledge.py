"""What activities, practices, laws and treaties lay and rest on."""

from collections.abc import Iterator, Mapping

from domain.activity.records import ActivityFollowedUp, ActivityLogged
from domain.deciding import RecordView
from domain.law.records import LawAmended, LawEntered, LawRepealed
from domain.practice.compilation import CompilationApproved, CompilationDrafted, CompilationListed, CompilationShared
from domain.practice.plans import PlanBrought
from domain.practice.practices import PracticeRecommended, PracticeReported, PracticeWithdrawn
from domain.recorded import Event
from domain.resting.ground import (
    FindStreams,
    Ground,
    Grounds,
    adoptions,
    documents,
    last_word,
    organizations,
    states,
    under,
)
from domain.treaty import BINDING, TreatyActionTaken, TreatyRegistered


def bears(body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact lays while it stands."""
    match body:
        case ActivityLogged():
            yield Ground("activity", body.activity)
        case PracticeReported():
            yield Ground("practice", body.practice)
        case CompilationDrafted():
            yield Ground("compilation", body.compilation)
        case CompilationApproved():
            yield Ground("approved", body.compilation)
        case LawEntered():
            yield Ground("law", body.law)
        case TreatyRegistered():
            yield Ground("treaty", body.treaty)
        case TreatyActionTaken(action="signature"):
            yield Ground("signature", f"{body.state} on {body.treaty}")
        case TreatyActionTaken() if body.action in BINDING:
            yield Ground("bond", f"{body.state} to {body.treaty}")
        case _:
            pass


def rests(_record: RecordView, body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact stands on."""
    match body:
        case ActivityLogged():
            yield from states(*body.states)
            yield from organizations(*body.organizations)
            yield from documents(*body.documents)
            yield from adoptions(body.decision_id)
        case ActivityFollowedUp():
            yield Ground("activity", body.activity)
            yield from documents(*body.documents)
        case PracticeReported():
            yield from states(body.state)
            yield from documents(*body.documents)
        case PracticeWithdrawn():
            yield Ground("practice", body.practice)
        case PracticeRecommended():
            yield Ground("practice", body.practice)
            yield from states(body.asking_state)
            yield from documents(body.request_document_id, body.document_id)
            yield from adoptions(body.decision_id)
        case CompilationDrafted():
            yield from documents(body.document_id)
            yield from (Ground("practice", name) for name in body.practices)
            yield from (Ground("activity", name) for name in body.lessons)
        case CompilationApproved():
            yield Ground("compilation", body.compilation)
            yield from adoptions(body.decision_id)
        case CompilationListed():
            yield Ground("approved", body.compilation)
        case CompilationShared():
            yield Ground("approved", body.compilation)
            yield from states(*body.states)
            yield from documents(body.document_id)
        case PlanBrought():
            yield Ground("submission", body.submission)
        case LawEntered():
            yield from states(body.state)
            yield from documents(*body.documents, *(article.document_id for article in body.articles))
        case LawAmended():
            yield Ground("law", body.law)
            yield from documents(*body.documents, *(article.document_id for article in body.articles))
        case LawRepealed():
            yield Ground("law", body.law)
            yield from () if body.repealed_by is None else (Ground("law", body.repealed_by),)
            yield from documents(*body.documents)
        case TreatyRegistered():
            yield from documents(*body.documents)
        case TreatyActionTaken():
            yield Ground("treaty", body.treaty)
            yield from states(body.state)
            yield from documents(body.document_id)
            if body.action == "ratification":
                yield Ground("signature", f"{body.state} on {body.treaty}")
            elif body.action in ("entry-into-force", "withdrawal"):
                yield Ground("bond", f"{body.state} to {body.treaty}")
        case _:
            pass


_WITHIN: Mapping[str, FindStreams] = {
    "approved": under("compilation"),
    "bond": last_word("treaty"),
    "signature": last_word("treaty"),
}
GROUNDS = Grounds(bears, rests, laid_in=_WITHIN, rested_on_in={**_WITHIN, "treaty": last_word("treaty")})
