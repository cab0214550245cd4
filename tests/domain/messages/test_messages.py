"""Messages: what is intended is sent once, and whatever may have gone out is known to be uncertain."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.correcting import FixedMember
from domain.messages.commands import (
    ApproveMessage,
    BeginAttempt,
    CancelMessage,
    EndAttempt,
    HoldMessage,
    IntendMessage,
    ReturnMessage,
    SuppressMessage,
)
from domain.messages.handling import NotAtThisStage
from domain.messages.intending import NoMailFromHistory
from domain.messages.message import Message, message_of
from domain.messages.naming import message_id, message_name
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.standing import Cut
from domain.undermining import RestsOnIt
from domain.values import LONGEST_NAME
from tests.committee import Committee
from tests.domain.contact.test_contacts import proposes

ABOUT = "deadline/annual-review/2013"
BYTES = b"Subject: Annual review\r\n\r\nIt falls due before the end of December.\r\n"
NAME = message_name(ABOUT, addressee="role:chair", rung="T-30")


@pytest.fixture
def committee() -> Committee:
    return Committee().on("2013-12-01")


def intends(committee: Committee, within: Recorded | None = None, **members: Any) -> Recorded:
    """Intend the reminder of the annual review to the Chair."""
    given: dict[str, Any] = {
        "message": NAME,
        "composed_at": "2013-12-01T12:00:00.000000Z",
        "addressee": "role:chair",
        "kind": "deadline-reminder",
        "template_version": 1,
        "language": "en",
        "sha256": committee.record.store(BYTES),
        "size": len(BYTES),
        "filled_at": committee.record.position,
        "about": ABOUT,
    } | members
    given.setdefault("message_id", message_id(given["message"], "committee.example"))
    return committee.one(IntendMessage, within, **given)


def tries(committee: Committee, attempt: int, outcome: str | None, code: str | None = None) -> None:
    committee.one(BeginAttempt, message=NAME, attempt=attempt)
    if outcome is not None:
        ends(committee, attempt, outcome, code)


def ends(committee: Committee, attempt: int, outcome: str, code: str | None = None) -> Recorded:
    return committee.one(EndAttempt, message=NAME, attempt=attempt, outcome=outcome, code=code)


def known(committee: Committee) -> Message:
    found = message_of(committee.record.history(f"message/{NAME}").standing(Cut()))
    assert found is not None
    return found


def stage(committee: Committee) -> str:
    return known(committee).stage


def test_a_message_says_to_whom_by_role_and_holds_no_address(committee: Committee) -> None:
    event = intends(committee)
    assert event.header.stream == "message/annual-review-2013.role-chair.T-30.r0"
    assert event.header.audience == ("committee", "expert", "secretariat")
    assert known(committee).intended.message_id == "<annual-review-2013.role-chair.T-30.r0@committee.example>"
    assert stage(committee) == "ready"


def test_a_message_is_intended_once_and_another_text_is_another_revision(committee: Committee) -> None:
    intends(committee)
    with pytest.raises(Conflict, match="intended already"):
        intends(committee)
    intends(committee, message=message_name(ABOUT, addressee="role:chair", rung="T-30", revision=1))


@given(st.text(alphabet="abcXYZ-/.", min_size=1, max_size=150), st.integers(0, 999))
def test_however_long_what_it_is_about_the_name_of_a_message_fits(about: str, revision: int) -> None:
    name = message_name(about, addressee="state:KEN", rung="late-5", revision=revision)
    assert len(name) <= LONGEST_NAME
    assert name != message_name(about, addressee="state:KEN", rung="late-5", revision=revision + 1)


def test_what_needs_approval_waits_for_it(committee: Committee) -> None:
    intends(committee, approval_needed=True)
    assert stage(committee) == "to-approve"
    with pytest.raises(NotAtThisStage, match="to-approve"):
        tries(committee, 1, None)
    committee.one(ApproveMessage, message=NAME, wave="reviews")
    tries(committee, 1, "accepted", "250")
    assert stage(committee) == "accepted"


def test_a_message_held_waits_until_it_is_approved(committee: Committee) -> None:
    intends(committee)
    committee.one(HoldMessage, message=NAME, reason="the date may move")
    assert stage(committee) == "held"
    with pytest.raises(NotAtThisStage):
        committee.one(HoldMessage, message=NAME, reason="again")
    committee.one(ApproveMessage, message=NAME)
    assert stage(committee) == "ready"


def test_a_message_cancelled_is_not_sent_nor_approved_any_more(committee: Committee) -> None:
    intends(committee)
    committee.one(CancelMessage, message=NAME, reason="the review was transmitted")
    with pytest.raises(NotAtThisStage):
        tries(committee, 1, None)
    with pytest.raises(NotAtThisStage):
        committee.one(ApproveMessage, message=NAME)


def test_what_was_accepted_is_neither_sent_again_nor_cancelled(committee: Committee) -> None:
    intends(committee)
    tries(committee, 1, "accepted", "250 2.0.0")
    with pytest.raises(NotAtThisStage):
        committee.one(BeginAttempt, message=NAME, attempt=2)
    with pytest.raises(NotAtThisStage):
        committee.one(CancelMessage, message=NAME, reason="too late")


def test_two_workers_do_not_begin_the_same_attempt(committee: Committee) -> None:
    intends(committee)
    tries(committee, 1, None)
    assert stage(committee) == "sending"
    with pytest.raises(NotAtThisStage, match="sending"):
        committee.one(BeginAttempt, message=NAME, attempt=1)


@pytest.mark.parametrize("outcome", ["temporarily-refused", "unreached"])
def test_after_a_temporary_refusal_it_is_tried_again(committee: Committee, outcome: str) -> None:
    intends(committee)
    tries(committee, 1, outcome)
    with pytest.raises(MalformedInput, match="next attempt is 2"):
        tries(committee, 3, None)
    tries(committee, 2, "accepted", "250")
    assert [each.outcome for each in known(committee).attempts] == [outcome, "accepted"]


def test_an_uncertain_message_of_a_kind_that_may_come_twice_is_sent_again(committee: Committee) -> None:
    intends(committee)
    tries(committee, 1, "uncertain")
    assert stage(committee) == "ready"


def test_an_uncertain_message_of_another_kind_waits_for_somebody_each_time(committee: Committee) -> None:
    intends(committee, when_uncertain="ask", approval_needed=True)
    committee.one(ApproveMessage, message=NAME)
    for attempt in (1, 2):
        tries(committee, attempt, "uncertain")
        assert stage(committee) == "to-ask"
        committee.one(ApproveMessage, message=NAME)
        assert stage(committee) == "ready"


def test_what_was_uncertain_may_become_known_and_an_attempt_ends_once(committee: Committee) -> None:
    intends(committee, when_uncertain="ask")
    tries(committee, 1, "uncertain")
    with pytest.raises(NotAtThisStage, match="ended uncertain"):
        ends(committee, 1, "uncertain")
    ends(committee, 1, "accepted", "250")
    assert stage(committee) == "accepted"
    with pytest.raises(NotAtThisStage, match="ended accepted"):
        ends(committee, 1, "refused", "550")
    with pytest.raises(NotFound, match="no attempt 2"):
        ends(committee, 2, "accepted", "250")


def test_what_a_server_says_beside_its_code_is_not_recorded(committee: Committee) -> None:
    intends(committee)
    tries(committee, 1, None)
    with pytest.raises(MalformedInput, match="no reply code"):
        ends(committee, 1, "refused", "550 no such user")
    ends(committee, 1, "refused", "550 5.1.1")
    assert stage(committee) == "refused"


def test_a_bounce_returns_a_message_and_an_out_of_office_reply_does_not(committee: Committee) -> None:
    intends(committee)
    with pytest.raises(NotAtThisStage, match="never went out"):
        committee.one(ReturnMessage, message=NAME, came="bounced-hard", code="5.1.1")
    tries(committee, 1, "accepted", "250")
    committee.one(ReturnMessage, message=NAME, came="auto-reply")
    assert stage(committee) == "accepted"
    with pytest.raises(MalformedInput, match="no reply code"):
        committee.one(ReturnMessage, message=NAME, came="bounced-hard", code="gone")
    committee.one(ReturnMessage, message=NAME, came="bounced-soft", code="4.2.2")
    assert stage(committee) == "returned"


def test_a_message_without_an_address_is_suppressed(committee: Committee) -> None:
    intends(committee, addressee="state:KEN")
    committee.one(SuppressMessage, message=NAME, obstacle="no-address")
    assert stage(committee) == "suppressed"
    with pytest.raises(NotAtThisStage):
        tries(committee, 1, None)


@pytest.mark.parametrize(
    ("members", "refusal"),
    [
        ({"sha256": "0" * 64}, NotFound),
        ({"size": 1}, NotFound),
        ({"addressee": "role:pope"}, MalformedInput),
        ({"addressee": "contact:nobody"}, NotFound),
        ({"addressee": "state:XYZ"}, NotFound),
        ({"addressee": "organization:nobody"}, NotFound),
        ({"filled_at": 1_000_000}, MalformedInput),
        ({"first": "never-sent"}, NotFound),
        ({"message_id": "<other@committee.example>"}, MalformedInput),
        ({"known": "2013-11-01"}, NoMailFromHistory),
    ],
)
def test_what_cannot_be_sent_or_is_for_nobody_on_record_is_not_intended(
    committee: Committee, members: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        intends(committee, **members)


def test_history_that_enters_late_starts_no_mail(committee: Committee) -> None:
    batch = committee.imports()
    with pytest.raises(NoMailFromHistory):
        intends(committee, batch)
    intends(committee)
    with pytest.raises(NoMailFromHistory):
        committee.one(ApproveMessage, batch, message=NAME)


def test_what_is_done_with_a_message_that_nobody_intended_is_refused(committee: Committee) -> None:
    with pytest.raises(NotFound, match="intend it first"):
        committee.one(ApproveMessage, message=NAME)


def test_a_message_is_not_voided_while_something_became_of_it(committee: Committee) -> None:
    intended = intends(committee)
    begun = committee.one(BeginAttempt, message=NAME, attempt=1)
    ended = ends(committee, 1, "refused", "550")
    for base, resting in ((intended, begun), (begun, ended)):
        with pytest.raises(RestsOnIt, match=resting.id):
            committee.voids(base)
    for event in (ended, begun, intended):
        committee.voids(event)
    intends(committee)


def test_a_contact_is_not_voided_while_a_message_goes_to_it(committee: Committee) -> None:
    contact = proposes(committee)
    message = intends(committee, addressee="contact:c-1")
    with pytest.raises(RestsOnIt, match=message.id):
        committee.voids(contact)


def test_a_reason_is_corrected_but_not_to_whom_a_message_goes(committee: Committee) -> None:
    intended = intends(committee)
    held = committee.one(HoldMessage, message=NAME, reason="the date my move")
    committee.corrects(held, {"reason": "the date may move"})
    with pytest.raises(FixedMember):
        committee.corrects(intended, {"addressee": "role:secretariat"})
