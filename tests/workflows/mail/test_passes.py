"""A pass of sending, and a wave that is intended: what befalls one message keeps no other from going out."""

import pytest

from domain.messages.commands import CancelMessage, HoldMessage
from domain.messages.message import stream
from domain.refusals import MalformedInput, NotFound
from tests.workflows.mail.given import ABOUT, HEAD, VALUES, Office, Post, serving, smtp
from workflows.mail.intending import Intent, intend_all
from workflows.mail.smtp import SmtpMailer


@pytest.mark.parametrize("what", [HoldMessage, CancelMessage])
def test_a_message_that_is_held_or_cancelled_while_others_go_out_stays(
    office: Office, mailer: SmtpMailer, post: Post, what: type[HoldMessage] | type[CancelMessage]
) -> None:
    def meanwhile() -> None:
        if len(post.counted) == 1:
            office.gives(what(id="stop", actor="sec", message=second, reason="not now"))

    post.taken = meanwhile
    first, second, third = (office.intends(rung=f"T-{days}") for days in (30, 14, 7))
    assert [each.message for each in office.sends(mailer)] == [first, third]
    assert office.message(second).attempts == ()
    assert {office.message(each).stage for each in (first, third)} == {"accepted"}


def test_what_came_of_a_message_is_on_record_although_the_pass_ends_with_the_next(
    anywhere: Office, mailer: SmtpMailer, post: Post
) -> None:
    first, second = anywhere.intends(), anywhere.intends(rung="T-14")
    sha256 = anywhere.message(second).intended.content.sha256
    assert sha256 is not None
    anywhere.record.documents.destroy(sha256)
    with pytest.raises(NotFound):
        anywhere.sends(mailer)
    assert (anywhere.message(first).stage, anywhere.message(second).stage) == ("accepted", "ready")
    assert len(post.counted) == 1


def test_an_attempt_is_on_record_before_its_message_is_handed_over_and_after_the_outcome_of_the_one_before(
    anywhere: Office, mailer: SmtpMailer, post: Post
) -> None:
    names = [anywhere.intends(rung=f"T-{days}") for days in (30, 14, 7)]
    seen: list[list[int]] = []
    post.taken = lambda: seen.append([len(anywhere.record.history(stream(name)).events) for name in names])
    anywhere.sends(mailer)
    assert seen == [[2, 1, 1], [3, 2, 1], [3, 3, 2]]


def test_a_server_that_takes_its_time_is_waited_for(office: Office) -> None:
    post = Post("late")
    name = office.intends()
    with serving(post) as server:
        assert [each.outcome for each in office.sends(smtp(server))] == ["accepted"]
    assert office.outcomes(name) == ["accepted"]
    assert len(post.counted) == 1


def test_of_a_wave_what_does_not_fill_is_refused_and_the_others_are_on_record(anywhere: Office) -> None:
    def intent(number: int, kind: str = "deadline-reminder") -> Intent:
        return Intent(f"{ABOUT}-{number}", "role:chair", "T-30", kind, VALUES)

    wave = [intent(1), intent(2, "meeting-notice"), intent(3)]
    with pytest.raises(MalformedInput, match="is not filled from Reminding"):
        intend_all(anywhere.record, wave, actor="sec", head=HEAD, at=anywhere.record.now())
    assert [anywhere.record.history(stream(each.message)).version for each in wave] == [1, 0, 1]
    again = intend_all(anywhere.record, [wave[0], wave[2]], actor="sec", head=HEAD, at=anywhere.record.now())
    assert list(again) == []
