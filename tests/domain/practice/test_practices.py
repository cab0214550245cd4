"""Effective practices and their compilation: given what a State reported, when it is recommended or compiled."""

from typing import Any

import pytest

from domain.activity.records import LogActivity
from domain.decision import Adopt, NotDecided, Propose, ProposedItem
from domain.document import DocumentRegistered
from domain.practice.compilation import (
    ApproveCompilation,
    CompilationApproved,
    CompilationDrafted,
    CompilationShared,
    DraftCompilation,
    ListCompilation,
    NotApprovedYet,
    ShareCompilation,
)
from domain.practice.practices import (
    PracticeRecommended,
    PracticeReported,
    RecommendPractice,
    ReportPractice,
    TakenBack,
    WithdrawPractice,
)
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.foundations import registers

OF_KENYA = ("committee", "expert", "secretariat", "state:KEN")


@pytest.fixture
def committee() -> Committee:
    """On 2 January 2012 Kenya and France, a report and a draft compilation are on record."""
    committee = Committee()
    committee.registers("FRA")
    registers(committee)
    registers(committee, "draft-1")
    return committee


def reports(committee: Committee, **members: Any) -> Recorded:
    said: dict[str, Any] = {
        "practice": "licensing",
        "state": "KEN",
        "topics": ("op3cd",),
        "title": "Licences for transit",
        "text": "one window for all licences",
        "documents": ("report-1",),
    }
    return committee.one(ReportPractice, **said | members)


def recommends(committee: Committee, **members: Any) -> Recorded:
    said: dict[str, Any] = {
        "practice": "licensing",
        "asking_state": "FRA",
        "guidance": "specific",
        "request_document": "report-1",
        "document": "report-1",
    }
    return committee.one(RecommendPractice, **said | members)


def drafts(committee: Committee, **members: Any) -> Recorded:
    said: dict[str, Any] = {"compilation": "first", "title": "Effective practices", "document": "draft-1"}
    contained: dict[str, Any] = {"practices": ("licensing",)}
    return committee.one(DraftCompilation, **said | contained | members)


def decides(committee: Committee, document: str = "draft-1") -> Recorded:
    (registered,) = committee.record.history(f"document/{document}").standing()
    assert isinstance(registered.body, DocumentRegistered)
    sha256 = registered.body.content.sha256
    item = ProposedItem(number=1, text="approve", rests_on=() if sha256 is None else (sha256,))
    committee.one(Propose, decision="on-the-compilation", title="", items=(item,))
    return committee.one(Adopt, decision="on-the-compilation", meeting="m")


def approves(committee: Committee, **members: Any) -> Recorded:
    said: dict[str, Any] = {"compilation": "first", "decision": "on-the-compilation"}
    return committee.one(ApproveCompilation, **said | members)


def shares(committee: Committee, **members: Any) -> Recorded:
    said: dict[str, Any] = {"compilation": "first", "document": "report-1"}
    return committee.one(ShareCompilation, **said | members)


def test_a_state_reports_a_practice_in_a_document_for_the_committee_and_itself(committee: Committee) -> None:
    event = reports(committee)
    assert event.body == PracticeReported(
        practice="licensing",
        state="KEN",
        topics=("op3cd",),
        title="Licences for transit",
        text="one window for all licences",
        documents=("report-1",),
    )
    assert event.header.audience == OF_KENYA
    with pytest.raises(Conflict):
        reports(committee)
    with pytest.raises(MalformedInput, match="reported in a document"):
        reports(committee, practice="other", documents=())
    with pytest.raises(NotFound):
        reports(committee, practice="other", documents=("never",))


def test_a_practice_is_recommended_to_a_state_that_asked_and_it_may_read_that(committee: Committee) -> None:
    with pytest.raises(NotFound, match="practice licensing is not on record"):
        recommends(committee)
    reported = reports(committee)
    event = recommends(committee)
    assert event.body == PracticeRecommended(
        practice="licensing",
        asking_state="FRA",
        guidance="specific",
        request_document_id="report-1",
        document_id="report-1",
        decision_id=None,
    )
    assert event.header.audience == ("committee", "expert", "secretariat", "state:FRA")
    with pytest.raises(MalformedInput, match="no kind of guidance"):
        recommends(committee, guidance="binding")
    with pytest.raises(NotFound):
        recommends(committee, request_document="never")
    with pytest.raises(NotDecided):
        recommends(committee, decision="never")
    with pytest.raises(RestsOnIt, match=event.id):
        committee.voids(reported)


def test_what_a_state_took_back_is_neither_recommended_nor_compiled(committee: Committee) -> None:
    reports(committee)
    taken = committee.one(WithdrawPractice, practice="licensing", reason="the scheme has ended")
    assert taken.header.audience == OF_KENYA
    for again in (recommends, drafts):
        with pytest.raises(TakenBack, match=taken.id):
            again(committee)
    with pytest.raises(TakenBack):
        committee.one(WithdrawPractice, practice="licensing", reason="")


def test_a_version_contains_practices_and_lessons_on_record(committee: Committee) -> None:
    reports(committee)
    lesson: dict[str, Any] = {
        "kind": "lesson-learned",
        "first_day": "2012-01-01",
        "text": "",
        "documents": ("report-1",),
    }
    committee.one(LogActivity, activity="workshop", **lesson)
    with pytest.raises(MalformedInput, match="contains nothing"):
        drafts(committee, practices=())
    with pytest.raises(NotFound):
        drafts(committee, lessons=("never",))
    with pytest.raises(NotFound):
        drafts(committee, practices=("never",))
    event = drafts(committee, lessons=("workshop",))
    assert event.body == CompilationDrafted(
        compilation="first",
        title="Effective practices",
        document_id="draft-1",
        practices=("licensing",),
        lessons=("workshop",),
    )
    with pytest.raises(Conflict):
        drafts(committee)


def test_a_version_is_approved_once_by_a_decision_on_its_text(committee: Committee) -> None:
    reports(committee)
    with pytest.raises(NotFound, match="draft it first"):
        approves(committee)
    drafts(committee)
    with pytest.raises(NotDecided, match="is not adopted"):
        approves(committee)
    committee.one(Propose, decision="other", title="", items=(ProposedItem(number=1, text=""),))
    committee.one(Adopt, decision="other", meeting="m")
    with pytest.raises(NotDecided, match="did not adopt draft-1"):
        approves(committee, decision="other")
    adoption = decides(committee)
    event = approves(committee)
    assert event.body == CompilationApproved(compilation="first", decision_id="on-the-compilation")
    with pytest.raises(Conflict):
        approves(committee)
    with pytest.raises(RestsOnIt, match=event.id):
        committee.voids(adoption)


def test_only_an_approved_version_is_listed_and_shared(committee: Committee) -> None:
    reports(committee)
    drafts(committee)
    decides(committee)
    with pytest.raises(NotApprovedYet):
        committee.one(ListCompilation, compilation="first", place="the website")
    with pytest.raises(NotApprovedYet):
        shares(committee, states=("FRA",))
    approved = approves(committee)
    committee.one(ListCompilation, compilation="first", place="the website")
    event = shares(committee, states=("FRA",), organizations=("opcw",))
    assert event.body == CompilationShared(
        compilation="first", document_id="report-1", states=("FRA",), organizations=("opcw",)
    )
    with pytest.raises(MalformedInput, match="shared with somebody"):
        shares(committee)
    with pytest.raises(NotFound):
        shares(committee, states=("XXX",))
    with pytest.raises(RestsOnIt):
        committee.voids(approved)


def test_late_history_keeps_a_version_whose_decision_is_lost(committee: Committee) -> None:
    batch = committee.imports()
    committee.one(DraftCompilation, batch, compilation="old", title="", document="draft-1", known="2009")
    committee.one(ApproveCompilation, batch, compilation="old", decision="lost", known="2010")
    committee.one(ListCompilation, batch, compilation="old", place="the website", known="2011")
