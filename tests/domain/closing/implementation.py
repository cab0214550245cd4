"""Cases of paragraph 6(a): matrices, reports, points of contact, practices, laws and treaties."""

from collections.abc import Mapping
from typing import Any

from domain.contact.commands import ConfirmContact, Details, ProposeContact
from domain.exchange.non_reporting import ExplainNonReporting, SendPrefilled
from domain.exchange.replying import AskReply, RecordReply
from domain.law.records import RecordLaw
from domain.matrix.commands import ExamineMatrix
from domain.practice.compilation import ApproveCompilation, DraftCompilation, ListCompilation, ShareCompilation
from domain.practice.practices import RecommendPractice, ReportPractice
from domain.recorded import Recorded
from domain.sealed import Sealed
from domain.submission import DeclareNoChange
from tests.committee import A, Committee, body
from tests.domain.closing.given import Case, follows, logs
from tests.domain.foundations import decided, receives
from tests.domain.meetings.seated import decides
from tests.histories.made_up import source


def examines(committee: Committee) -> Recorded:
    committee.opens(1)
    return committee.one(ExamineMatrix, state="KEN", revision=1)


def asks_reply(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    committee.sends(1)
    committee.one(AskReply, state="KEN", revision=1, reply_by="2013-07-01")


def replies(committee: Committee) -> Recorded:
    committee.on("2013-06-20")
    said: dict[str, Any] = {"submission": "same", "state": "KEN", "since": "2011", "received": "2013-06-19"}
    committee.one(DeclareNoChange, **said)
    return committee.one(RecordReply, state="KEN", revision=1, submission="same")


def explains(committee: Committee) -> Recorded:
    return committee.one(ExplainNonReporting, state="KEN", reason="a draft is ready", source="a call")


def prefills(committee: Committee) -> Recorded:
    committee.opens(1)
    committee.assesses(1, {A: "X"}, sources=(source(),))
    committee.seals(1)
    return committee.give(SendPrefilled, state="KEN", revision=1)[1]


def proposes_contact(committee: Committee) -> None:
    name = Sealed(ciphertext="A" * 104, commitment="0" * 64)
    details = Details(name=name, title=None, email=None, phone=None, address=None)
    about: dict[str, Any] = {"party": "state", "state": "KEN", "seat": "capital", "language": "en"}
    committee.one(ProposeContact, contact="c-1", details=details, **about)


def reports_practice(committee: Committee) -> Recorded:
    said: dict[str, Any] = {"practice": "licensing", "state": "KEN", "topics": ("op3cd",), "title": "", "text": ""}
    return committee.one(ReportPractice, documents=("report-1",), **said)


def recommends(committee: Committee) -> Recorded:
    reports_practice(committee)
    said: dict[str, Any] = {"practice": "licensing", "asking_state": "FRA", "guidance": "specific"}
    return committee.one(RecommendPractice, request_document="report-1", document="report-1", **said)


def approves_compilation(committee: Committee) -> None:
    reports_practice(committee)
    committee.one(DraftCompilation, compilation="first", title="", document="paper-1", practices=("licensing",))
    decides(committee, "compilation", body(committee.record.history("document/paper-1").standing()[-1]).content.sha256)
    committee.one(ApproveCompilation, compilation="first", decision="compilation")
    committee.one(ListCompilation, compilation="first", place="a page of the website")


def shares(committee: Committee) -> Recorded:
    return committee.one(ShareCompilation, compilation="first", document="report-1", states=("KEN",))


def enters_law(committee: Committee) -> Recorded:
    said: dict[str, Any] = {"law": "arms", "state": "KEN", "topics": ("op3cd",), "title": "Arms Act"}
    return committee.one(RecordLaw, documents=("report-1",), **said)


def decides_further_work(committee: Committee) -> None:
    decided(committee)
    logs("further-work-decided", decision="d-1")(committee)


LETTER: dict[str, Any] = {"states": ("KEN",), "documents": ("report-1",)}
CASES: Mapping[str, Case] = {
    "MATRIX-ALL": Case(examines),
    "MATRIX-DIALOGUE": Case(replies, asks_reply),
    "UNIVERSAL": Case(lambda c: receives(c, kind="first-report", received="2013-06-03")),
    "NONREP-WHY": Case(explains),
    "NONREP-MATRIX": Case(prefills),
    "POC-NET": Case(lambda c: c.one(ConfirmContact, contact="c-1", proposal=1, actor="sec2"), proposes_contact),
    "EFF-PRACT": Case(reports_practice),
    "EFF-RECO": Case(recommends),
    "NAP": Case(lambda c: receives(c, kind="action-plan", received="2013-06-03")),
    "COMPIL": Case(shares, approves_compilation),
    "LEGDB": Case(enters_law, logs("database-entry-asked", **LETTER)),
    "LEG-INTEREST": Case(
        follows("database-interest-expressed", "answered"), logs("database-interest-expressed", **LETTER)
    ),
    "TREATY": Case(logs("treaty-promoted")),
    "METRICS": Case(logs("metrics-paper-tabled", documents=("report-1",))),
    "FURTHER-WORK": Case(follows("further-work-decided", "progress-noted"), decides_further_work),
}
