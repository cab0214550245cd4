"""The exchange with a State: given a sealed revision, when its matrix is sent, then the State may see what it got."""

import pytest

from domain.access import Reader, may, reader
from domain.exchange.records import ExchangeRecordedInError
from domain.exchange.sending import MatrixSent
from domain.matrix.file import NotSealed, OutOfOrder
from domain.recorded import Recorded
from domain.refusals import NotFound, NotPermitted
from domain.undermining import RestsOnIt
from tests.committee import A, B, Committee

OF_KENYA = ("committee", "expert", "secretariat", "state:KEN")


@pytest.fixture
def committee() -> Committee:
    """On 2 January 2012 Kenya's first revision is sealed."""
    committee = Committee()
    committee.sealed(1, {A: "X"})
    return committee


def seal_of(committee: Committee) -> Recorded:
    return next(event for event in committee.record.events if event.header.type == "matrix.revision-sealed")


def of_state(committee: Committee, code: str) -> Reader:
    committee.grants(f"mission-{code.lower()}", "state", scope=code)
    return reader(committee.record, f"mission-{code.lower()}")


def test_what_is_sent_is_the_sealed_text_named_by_its_hash(committee: Committee) -> None:
    sent = committee.sends(1)
    assert sent.body == MatrixSent(state="KEN", manifest=committee.manifest(1), basis=(seal_of(committee).id,))
    assert (sent.header.stream, sent.header.subject, sent.header.audience) == ("exchange/KEN", None, OF_KENYA)


def test_what_was_sent_is_for_that_state_to_see_and_for_no_other(committee: Committee) -> None:
    sent, now = committee.sends(1), committee.record.recorded_at()
    assert may(of_state(committee, "KEN"), sent.header, now)
    assert not may(of_state(committee, "FRA"), sent.header, now)


def test_a_sending_may_rest_on_something_else_on_record(committee: Committee) -> None:
    approval = committee.approves(1)
    body = committee.sends(1, basis=(approval.id,)).body
    assert isinstance(body, MatrixSent)
    assert body.basis == (approval.id,)
    with pytest.raises(NotFound, match="no event"):
        committee.sends(1, basis=("none#0",))


@pytest.mark.parametrize(
    ("state", "revision", "known", "refusal"),
    [
        ("KEN", 2, "2012-02-01", NotSealed),
        ("KEN", 3, "2012-02-01", NotFound),
        ("XXX", 1, "2012-02-01", NotFound),
        ("KEN", 1, "2012-01-01", OutOfOrder),
    ],
)
@pytest.mark.parametrize("late", [False, True])
def test_only_a_sealed_revision_of_a_state_on_record_is_sent_and_not_before_its_seal(
    committee: Committee, state: str, revision: int, known: str, refusal: type[Exception], late: bool
) -> None:
    committee.opens(2)
    batch = committee.on("2012-02-01").imports() if late else None
    committee.state = state
    with pytest.raises(refusal):
        committee.on("2012-02-02").sends(revision, within=batch, known=known)


def test_a_matrix_is_sent_by_the_secretariat_alone(committee: Committee) -> None:
    for actor in ("chair", "nobody"):
        with pytest.raises(NotPermitted, match=f"{actor} holds no role that allows them to send"):
            committee.sends(1, actor=actor)


def test_a_matrix_is_sent_again_and_the_last_sent_is_what_the_state_has(committee: Committee) -> None:
    committee.on("2012-02-01").sends(1)
    committee.sealed(2, {A: "?", B: "X"})
    committee.on("2012-03-01").sends(2)
    assert committee.values("sent") == {A: "?", B: "X"}
    assert committee.values("sent", as_of="2012-02-15T12:00:00.000000Z") == {A: "X"}
    committee.on("2012-04-01").sends(1)
    assert committee.values("sent") == {A: "X"}


def test_a_sending_recorded_in_error_leaves_the_one_before_and_frees_the_seal(committee: Committee) -> None:
    sent = committee.sends(1)
    with pytest.raises(RestsOnIt, match=f"sent {sent.id}"):
        committee.voids(seal_of(committee))
    void = committee.voids(sent)
    assert isinstance(void.body, ExchangeRecordedInError)
    assert (void.header.stream, void.header.audience) == ("exchange/KEN", OF_KENYA)
    assert committee.values("sent") == {}
    committee.voids(seal_of(committee))


def test_a_sending_was_on_another_day_but_not_before_the_seal(committee: Committee) -> None:
    sent = committee.on("2012-02-01").sends(1)
    with pytest.raises(OutOfOrder):
        committee.corrects(sent, known="2012-01-01")
    committee.corrects(sent, known="2012-01-20")
    assert committee.values("sent", as_of="2012-01-25T12:00:00.000000Z") == {A: "X"}
