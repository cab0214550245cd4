"""What activities, practices, laws, treaties and the roster rest on: grounds by kind and name, for `domain.resting`."""

from collections.abc import Iterator

from domain.activity.records import ActivityFollowedUp, ActivityLogged
from domain.committee.directories import DirectoryConfirmed
from domain.committee.roster import ExpertiseEnded, ExpertiseListed
from domain.law.records import LawAmended, LawEntered, LawRepealed
from domain.practice.compilation import CompilationApproved, CompilationDrafted, CompilationListed, CompilationShared
from domain.practice.plans import PlanBrought
from domain.practice.practices import PracticeRecommended, PracticeReported, PracticeWithdrawn
from domain.recorded import Event
from domain.treaty import BINDING, TreatyActionTaken, TreatyRegistered

Named = tuple[str, str]


def bears(body: Event) -> Iterator[Named]:
    """Yield the grounds that a fact lays while it stands."""
    match body:
        case ExpertiseListed():
            yield "expertise", body.expert
        case ActivityLogged():
            yield "activity", body.activity
        case PracticeReported():
            yield "practice", body.practice
        case CompilationDrafted():
            yield "compilation", body.compilation
        case CompilationApproved():
            yield "approved", body.compilation
        case LawEntered():
            yield "law", body.law
        case TreatyRegistered():
            yield "treaty", body.treaty
        case TreatyActionTaken(action="signature"):
            yield "signature", f"{body.state} on {body.treaty}"
        case TreatyActionTaken() if body.action in BINDING:
            yield "bond", f"{body.state} to {body.treaty}"
        case _:
            pass


def rests(body: Event) -> Iterator[Named]:
    """Yield the grounds that a fact stands on."""
    match body:
        case ExpertiseListed():
            yield "actor", body.expert
        case ExpertiseEnded():
            yield "expertise", body.expert
        case DirectoryConfirmed():
            yield from (("state", entry.state) for entry in body.entries if entry.state is not None)
            yield from _documents(body.document_id)
        case ActivityLogged():
            yield from (("state", code) for code in body.states)
            yield from _documents(*body.documents)
            yield from _adoption(body.decision_id)
        case ActivityFollowedUp():
            yield "activity", body.activity
            yield from _documents(*body.documents)
        case PracticeReported():
            yield "state", body.state
            yield from _documents(*body.documents)
        case PracticeWithdrawn():
            yield "practice", body.practice
        case PracticeRecommended():
            yield "practice", body.practice
            yield "state", body.asking_state
            yield from _documents(body.request_document_id, body.document_id)
            yield from _adoption(body.decision_id)
        case CompilationDrafted():
            yield from _documents(body.document_id)
            yield from (("practice", name) for name in body.practices)
            yield from (("activity", name) for name in body.lessons)
        case CompilationApproved():
            yield "compilation", body.compilation
            yield "adoption", body.decision_id
        case CompilationListed():
            yield "approved", body.compilation
        case CompilationShared():
            yield "approved", body.compilation
            yield from (("state", code) for code in body.states)
            yield from _documents(body.document_id)
        case PlanBrought():
            yield "submission", body.submission
        case LawEntered():
            yield "state", body.state
            yield from _documents(*body.documents, *(article.document_id for article in body.articles))
        case LawAmended():
            yield "law", body.law
            yield from _documents(*body.documents, *(article.document_id for article in body.articles))
        case LawRepealed():
            yield "law", body.law
            yield from () if body.repealed_by is None else [("law", body.repealed_by)]
            yield from _documents(*body.documents)
        case TreatyRegistered():
            yield from _documents(*body.documents)
        case TreatyActionTaken():
            yield "treaty", body.treaty
            yield "state", body.state
            yield from _documents(body.document_id)
            if body.action == "ratification":
                yield "signature", f"{body.state} on {body.treaty}"
            elif body.action in ("entry-into-force", "withdrawal"):
                yield "bond", f"{body.state} to {body.treaty}"
        case _:
            pass


def _documents(*named: str | None) -> Iterator[Named]:
    return (("document", name) for name in named if name is not None)


def _adoption(decision: str | None) -> Iterator[Named]:
    return (("adoption", name) for name in (decision,) if name is not None)
