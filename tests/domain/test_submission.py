"""What a State submits: given a submission on record, when it is read or taken back, then an event or a refusal."""

from typing import Any

import pytest

from domain.document import RegisterDocument
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound, NotPermitted
from domain.submission import (
    KINDS,
    AlreadyRead,
    AlreadyWithdrawn,
    DeclareNoChange,
    NoChangeDeclared,
    ReadSubmission,
    ReceiveSubmission,
    SubmissionRead,
    SubmissionReceived,
    SubmissionRecordedInError,
    SubmissionWithdrawn,
    WithdrawSubmission,
)
from tests.committee import Committee

REPORT = b"Our first report."
OF_KENYA = ("committee", "expert", "secretariat", "state:KEN")


@pytest.fixture
def committee() -> Committee:
    """On 2 January 2012 the document of Kenya's report is on record."""
    committee = Committee()
    committee.one(
        RegisterDocument,
        document="ken-report",
        title="Report",
        sha256=committee.record.store(REPORT),
        size=len(REPORT),
        media_type="text/plain",
        language="en",
    )
    return committee


def receive(committee: Committee, **members: Any) -> Recorded:
    said: dict[str, Any] = {
        "submission": "ken-1",
        "state": "KEN",
        "kind": "first-report",
        "documents": ("ken-report",),
        "received": "2011-12-20",
        "known": "2011-12-20",
    }
    return committee.one(ReceiveSubmission, **said | members)


def read(committee: Committee, **members: Any) -> Recorded:
    return committee.one(ReadSubmission, submission="ken-1", **members)


def withdraw(committee: Committee, **members: Any) -> Recorded:
    return committee.one(WithdrawSubmission, submission="ken-1", reason="sent by mistake", **members)


def standing(committee: Committee) -> list[str]:
    return [event.header.type for event in committee.record.history("submission/ken-1").standing()]


# Receiving


def test_a_first_report_is_received_with_its_documents_at_the_end_of_its_day_in_new_york(committee: Committee) -> None:
    event = receive(committee, note="by hand")
    assert event.body == SubmissionReceived(
        submission="ken-1",
        state="KEN",
        kind="first-report",
        documents=("ken-report",),
        received_at="2011-12-21T04:59:59.999999Z",
        note="by hand",
    )
    assert (event.header.stream, event.header.audience) == ("submission/ken-1", OF_KENYA)
    assert event.header.known_at == "2011-12-21T04:59:59.999999Z"


def test_what_came_today_came_no_later_than_it_is_recorded(committee: Committee) -> None:
    event = receive(committee, received="2012-01-02", known=None)
    assert isinstance(event.body, SubmissionReceived)
    assert event.body.received_at == event.header.recorded_at


@pytest.mark.parametrize("kind", KINDS)
def test_a_submission_is_of_one_of_five_kinds(committee: Committee, kind: str) -> None:
    body = receive(committee, kind=kind).body
    assert isinstance(body, SubmissionReceived)
    assert body.kind == kind


def test_a_kind_that_there_is_not_is_refused_with_those_there_are(committee: Committee) -> None:
    with pytest.raises(MalformedInput, match="'letter' is no kind of submission") as refused:
        receive(committee, kind="letter")
    assert refused.value.remedy == ", ".join(KINDS)


def test_a_state_may_say_that_nothing_has_changed_since_and_send_no_document(committee: Committee) -> None:
    event = committee.one(
        DeclareNoChange, submission="ken-2", state="KEN", since="ken-1", received="2011-12-30", known="2011-12-30"
    )
    assert event.body == NoChangeDeclared(
        submission="ken-2", state="KEN", since="ken-1", received_at="2011-12-31T04:59:59.999999Z", documents=()
    )
    assert (event.header.stream, event.header.audience) == ("submission/ken-2", OF_KENYA)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (ReceiveSubmission, {"kind": "comment", "received": "2011-12-20"}),
        (DeclareNoChange, {"since": "2010", "received": "2011-12-20"}),
    ],
)
class TestWhatIsReceived:
    """The same is asked of a submission and of the word that nothing has changed."""

    def test_has_an_id_of_its_own(self, committee: Committee, kind: Any, said: dict[str, Any]) -> None:
        receive(committee)
        with pytest.raises(Conflict, match="ken-1 is on record already"):
            committee.one(kind, submission="ken-1", state="KEN", documents=(), **said)

    def test_comes_from_a_state_on_record(self, committee: Committee, kind: Any, said: dict[str, Any]) -> None:
        with pytest.raises(NotFound, match="State XXX is not on record"):
            committee.one(kind, submission="xxx-1", state="XXX", documents=(), **said)

    def test_has_documents_that_are_registered(self, committee: Committee, kind: Any, said: dict[str, Any]) -> None:
        with pytest.raises(NotFound, match="document annex is not on record"):
            committee.one(kind, submission="ken-1", state="KEN", documents=("ken-report", "annex"), **said)

    def test_was_received_on_a_date(self, committee: Committee, kind: Any, said: dict[str, Any]) -> None:
        wrong: dict[str, Any] = said | {"received": "in June"}
        with pytest.raises(MalformedInput, match="is not a date"):
            committee.one(kind, submission="ken-1", state="KEN", documents=(), **wrong)


def test_what_was_received_in_error_can_be_received_under_the_same_id(committee: Committee) -> None:
    struck = receive(committee, kind="comment")
    void = committee.voids(struck)
    assert isinstance(void.body, SubmissionRecordedInError)
    assert standing(committee) == []
    receive(committee)
    assert standing(committee) == ["submission.received"]


# Reading


def test_a_submission_is_read_and_holds_nothing_new_for_those_who_may_see_it(committee: Committee) -> None:
    receive(committee)
    event = read(committee, note="the same text as in 2010")
    assert event.body == SubmissionRead(submission="ken-1", note="the same text as in 2010")
    assert (event.header.stream, event.header.audience) == ("submission/ken-1", OF_KENYA)
    assert standing(committee) == ["submission.received", "submission.read-nothing-new"]


def test_the_word_that_nothing_has_changed_is_read_too(committee: Committee) -> None:
    committee.one(DeclareNoChange, submission="ken-1", state="KEN", since="2010", received="2011-12-30")
    assert isinstance(read(committee).body, SubmissionRead)


@pytest.mark.parametrize("follow", [read, withdraw])
def test_nothing_becomes_of_what_was_not_received(committee: Committee, follow: Any) -> None:
    with pytest.raises(NotFound, match="submission ken-1 is not on record") as refused:
        follow(committee)
    assert refused.value.remedy == "receive it first"


@pytest.mark.parametrize("follow", [read, withdraw])
def test_nothing_becomes_of_what_was_received_in_error(committee: Committee, follow: Any) -> None:
    committee.voids(receive(committee))
    with pytest.raises(NotFound):
        follow(committee)


@pytest.mark.parametrize("known", [None, "2011-12-21"])
def test_a_submission_is_read_once(committee: Committee, known: str | None) -> None:
    receive(committee)
    first = read(committee)
    with pytest.raises(AlreadyRead, match=f"by event {first.id}") as refused:
        read(committee, known=known)
    assert "record it in error" in refused.value.remedy


def test_what_was_not_read_after_all_is_read_when_it_was(committee: Committee) -> None:
    receive(committee)
    committee.voids(read(committee))
    assert standing(committee) == ["submission.received"]
    read(committee)
    assert standing(committee) == ["submission.received", "submission.read-nothing-new"]


# Taking back


@pytest.mark.parametrize("was_read", [False, True])
def test_a_state_takes_its_submission_back_read_or_not(committee: Committee, was_read: bool) -> None:
    receive(committee)
    if was_read:
        read(committee)
    event = withdraw(committee)
    assert event.body == SubmissionWithdrawn(submission="ken-1", reason="sent by mistake")
    assert (event.header.stream, event.header.audience) == ("submission/ken-1", OF_KENYA)
    assert standing(committee)[-1] == "submission.withdrawn"


@pytest.mark.parametrize("follow", [read, withdraw])
def test_what_was_taken_back_is_neither_read_nor_taken_back_again(committee: Committee, follow: Any) -> None:
    receive(committee)
    taken_back = withdraw(committee)
    with pytest.raises(AlreadyWithdrawn, match=f"by event {taken_back.id}") as refused:
        follow(committee)
    assert "receive it under another id" in refused.value.remedy


@pytest.mark.parametrize("follow", [read, withdraw])
def test_a_withdrawal_recorded_in_error_holds_nothing_up(committee: Committee, follow: Any) -> None:
    receive(committee)
    committee.voids(withdraw(committee))
    assert follow(committee).header.version == 4


# History that enters late


def test_late_history_may_tell_that_a_submission_was_read_before_it_was_taken_back(committee: Committee) -> None:
    receive(committee, received="2011-05-02", known="2011-05-02")
    withdraw(committee, known="2011-09-01")
    batch = committee.imports()
    read(committee, within=batch, known="2011-06-01", role="expert")
    assert standing(committee) == ["submission.received", "submission.read-nothing-new", "submission.withdrawn"]


def test_late_history_may_tell_of_an_earlier_reading(committee: Committee) -> None:
    receive(committee, received="2011-05-02", known="2011-05-02")
    read(committee, known="2011-09-01")
    read(committee, within=committee.imports(), known="2011-06-01", role="expert")
    assert standing(committee).count("submission.read-nothing-new") == 2


@pytest.mark.parametrize(
    ("first", "again", "refusal"),
    [(read, read, AlreadyRead), (withdraw, read, AlreadyWithdrawn), (withdraw, withdraw, AlreadyWithdrawn)],
)
def test_late_history_does_not_tell_the_same_twice_nor_of_a_reading_after_the_withdrawal(
    committee: Committee, first: Any, again: Any, refusal: type[Exception]
) -> None:
    receive(committee, received="2011-05-02", known="2011-05-02")
    first(committee, known="2011-06-01")
    batch = committee.imports()
    for known in ("2011-06-01", "2011-07-01"):
        with pytest.raises(refusal):
            again(committee, within=batch, known=known, role="secretariat")


def test_an_expert_reads_what_the_secretariat_alone_receives_and_withdraws(committee: Committee) -> None:
    committee.grants("expert-1", "expert")
    with pytest.raises(NotPermitted, match="expert-1 holds no role that allows them to receive a submission"):
        receive(committee, actor="expert-1")
    receive(committee)
    assert read(committee, actor="expert-1").header.role == "expert"
    with pytest.raises(NotPermitted, match="expert-1 holds no role that allows them to withdraw a submission"):
        withdraw(committee, actor="expert-1")
