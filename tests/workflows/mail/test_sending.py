"""Sending: what waits goes out once; a refusal, a silence or a crash is on record as what it is."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.contact.commands import EndContact
from domain.messages.commands import ApproveMessage, BeginAttempt, CancelMessage, EndAttempt, HoldMessage
from domain.refusals import MalformedInput
from domain.times import moment, text
from ledger.clock import SimulatedClock
from ledger.record import Record
from tests.workflows.mail.given import ABOUT, HEAD, PERSON, VALUES, Office, Post, free_port, serving, smtp
from workflows.letters.kinds import Confirming
from workflows.mail.addresses import Addresses
from workflows.mail.folder import BY_HAND, FOLDER, FolderMailer
from workflows.mail.intending import Intent, intend
from workflows.mail.sending import NoMailFromSimulation, OthersSend, Sender, alone
from workflows.mail.smtp import Server, SmtpMailer

CONFIRMING = Confirming(party="Kenya", confirmed_on=None, reply_by="2013-12-31")


def later(office: Office, hours: int) -> str:
    return text(moment(office.record.now()) + timedelta(hours=hours))


def test_a_reminder_goes_out_once_and_names_nobody_but_in_the_envelope(
    anywhere: Office, mailer: SmtpMailer, post: Post
) -> None:
    name = anywhere.intends()
    (sent,) = anywhere.sends(mailer)
    assert (sent.outcome, sent.code) == ("accepted", "250")
    assert anywhere.sends(mailer) == []
    assert post.counted == [f"<{name}@committee.example>"]
    assert post.to == ["chair@committee.example"]
    assert b"To: Chair of the 1540 Committee:;" in post.data[0]
    assert b"chair@committee.example" not in post.data[0]
    assert anywhere.message(name).stage == "accepted"


def test_a_wave_goes_out_over_one_connection_in_order(office: Office, mailer: SmtpMailer, post: Post) -> None:
    names = [office.intends(rung=f"T-{days}") for days in (30, 14, 7)]
    assert [each.message for each in office.sends(mailer)] == names
    assert post.counted == [f"<{name}@committee.example>" for name in names]


def test_what_the_server_refuses_for_now_is_tried_again_later_in_the_same_bytes(
    office: Office, mailer: SmtpMailer, post: Post
) -> None:
    post.script = ["451 4.7.1 come back", "250 OK"]
    name = office.intends()
    (sent,) = office.sends(mailer)
    assert (sent.outcome, sent.code) == ("temporarily-refused", "451 4.7.1")
    assert office.sends(mailer) == [], "not before a while has passed"
    (again,) = office.sends(mailer, at=later(office, 1))
    assert again.outcome == "accepted"
    assert office.outcomes(name) == ["temporarily-refused", "accepted"]


def test_what_the_server_refuses_for_good_is_not_tried_again(office: Office, post: Post) -> None:
    post.recipients = ["550 5.1.1 chair@committee.example is unknown"]
    names = [office.intends(), office.intends(rung="T-14")]
    with serving(post) as server:
        sent = office.sends(smtp(server))
        assert [(each.outcome, each.code) for each in sent] == [("refused", "550 5.1.1"), ("accepted", "250")]
        assert office.sends(smtp(server), at=later(office, 100)) == []
    assert office.message(names[0]).stage == "refused"


def test_a_connection_lost_after_the_message_leaves_it_uncertain_and_it_is_sent_again_byte_for_byte(
    office: Office, mailer: SmtpMailer, post: Post
) -> None:
    post.script = ["drop"]
    name = office.intends()
    (sent,) = office.sends(mailer)
    assert sent.outcome == "uncertain"
    (again,) = office.sends(mailer)
    assert (again.attempt, again.outcome) == (2, "accepted")
    assert len(post.data) == 2
    assert post.data[0] == post.data[1]
    assert office.outcomes(name) == ["uncertain", "accepted"]


def test_a_server_that_keeps_silent_leaves_a_message_uncertain(office: Office, post: Post) -> None:
    post.script = ["keep"]
    name = office.intends()
    with serving(post) as server:
        hasty = Server(host=server.host, port=server.port, security="plain", seconds=0.5)
        office.sends(smtp(hasty))
    assert office.outcomes(name) == ["uncertain"]


def test_an_uncertain_letter_to_a_state_waits_for_somebody(office: Office, mailer: SmtpMailer, post: Post) -> None:
    office.has_contact()
    name = office.intends("contact:c-1", kind="contact-confirmation", values=CONFIRMING)
    assert office.message(name).stage == "to-approve"
    office.gives(ApproveMessage(id="a", actor="sec", message=name))
    post.script = ["drop"]
    office.sends(mailer)
    assert office.message(name).stage == "to-ask"
    assert office.sends(mailer) == []
    office.gives(ApproveMessage(id="b", actor="sec", message=name))
    assert [each.outcome for each in office.sends(mailer)] == ["accepted"]


def test_where_no_server_is_reached_the_pass_stops_and_nothing_is_uncertain(office: Office) -> None:
    names = [office.intends(), office.intends(rung="T-14")]
    nobody = Server(host="127.0.0.1", port=free_port(), security="plain", seconds=2)
    (sent,) = office.sends(smtp(nobody))
    assert sent.outcome == "unreached"
    assert [office.message(name).stage for name in names] == ["ready", "ready"]


def test_what_was_begun_and_never_ended_is_uncertain_before_it_is_sent_again(
    anywhere: Office, mailer: SmtpMailer, post: Post
) -> None:
    name = anywhere.intends()
    anywhere.gives(BeginAttempt(id="cut short", actor="sec", message=name, attempt=1))
    sent = anywhere.sends(mailer)
    assert [(each.attempt, each.outcome) for each in sent] == [(1, "uncertain"), (2, "accepted")]
    history = [event.header.type for event in anywhere.record.history(f"message/{name}").events]
    assert history[1:] == ["message.attempt-begun", "message.attempt-ended"] * 2
    assert len(post.counted) == 1


def test_what_waits_for_approval_is_held_or_cancelled_stays(office: Office, mailer: SmtpMailer, post: Post) -> None:
    office.has_contact()
    office.intends("contact:c-1", kind="contact-confirmation", values=CONFIRMING)
    held, cancelled = office.intends(), office.intends(rung="T-14")
    office.gives(HoldMessage(id="h", actor="sec", message=held, reason="the date may move"))
    office.gives(CancelMessage(id="c", actor="sec", message=cancelled, reason="it was transmitted"))
    assert office.sends(mailer) == []
    assert post.counted == []


def test_a_contact_is_written_to_at_the_address_in_the_vault_which_is_nowhere_else(
    office: Office, mailer: SmtpMailer, post: Post
) -> None:
    office.has_contact()
    name = office.intends("contact:c-1")
    office.sends(mailer)
    assert post.to == [PERSON]
    assert b"To: Point of contact of Kenya:;" in post.data[0]
    found = [path for path in office.record.home.rglob("*") if path.is_file() and PERSON.encode() in path.read_bytes()]
    assert found == []
    assert office.message(name).intended.addressee == "contact:c-1"


def test_a_contact_without_an_address_that_ended_or_bounced_gets_no_mail_but_a_letter_to_hand_over(
    office: Office, mailer: SmtpMailer, post: Post
) -> None:
    office.has_contact("c-1", email=None)
    office.has_contact("c-2")
    office.gives(EndContact(id="end", actor="sec", contact="c-2", valid_to="2013-01-01", ending="left"))
    names = [office.intends(to) for to in ("contact:c-1", "contact:c-2", "state:KEN", "role:members")]
    sent = office.sends(mailer)
    assert [each.code for each in sent] == ["no-address", "ended", "no-address", "no-address"]
    assert post.counted == []
    assert {office.message(name).stage for name in names} == {"suppressed"}
    letters = office.record.home / FOLDER / BY_HAND
    assert {path.stem for path in letters.iterdir()} == set(names)
    assert b"Permanent Mission of Kenya" in (letters / f"{names[2]}.eml").read_bytes()


def test_without_a_server_mail_is_kept_in_a_folder_that_people_can_read(office: Office) -> None:
    name = office.intends(about=f"deadline/duty/{'X' * 60}")
    folder = office.record.home / FOLDER
    assert [each.outcome for each in office.sends(FolderMailer(folder))] == ["accepted"]
    assert b"Subject: Annual review: 30 days left" in (folder / f"{name}.eml").read_bytes()


def test_two_do_not_send_at_once(office: Office, mailer: SmtpMailer) -> None:
    office.intends()
    with alone(office.record.home), pytest.raises(OthersSend):
        office.sends(mailer)
    assert len(office.sends(mailer)) == 1


def test_a_simulated_record_sends_nothing_to_a_server(tmp_path: Path, mailer: SmtpMailer) -> None:
    clock = SimulatedClock("2013-12-01T12:00:00.000000Z")
    with Record.create(tmp_path / "s", origin="example.org/simulation", clock=clock, seed=1) as record:
        nowhere = Addresses(record, lambda *_: None, {})
        with pytest.raises(NoMailFromSimulation):
            Sender(record, mailer, nowhere, actor="sec")
        Sender(record, FolderMailer(tmp_path), nowhere, actor="sec")


def test_an_uncertain_message_that_turns_out_to_have_come_is_not_sent_again(
    office: Office, mailer: SmtpMailer, post: Post
) -> None:
    post.script = ["drop"]
    name = office.intends()
    office.sends(mailer)
    office.gives(EndAttempt(id="they say so", actor="sec", message=name, attempt=1, outcome="accepted", code=None))
    assert office.sends(mailer) == []
    assert HEAD.domain in post.counted[0]


def test_a_message_asked_for_twice_is_on_record_once(anywhere: Office) -> None:
    name = anywhere.intends()
    again = Intent(ABOUT, "role:chair", "T-30", "deadline-reminder", VALUES)
    assert intend(anywhere.record, again, actor="sec", head=HEAD, at=anywhere.record.now()) is None
    assert len(anywhere.record.history(f"message/{name}").events) == 1


def test_a_letter_that_does_not_fill_leaves_nothing_on_record(office: Office) -> None:
    before = office.record.last_position
    with pytest.raises(MalformedInput):
        office.intends(kind="meeting-notice")
    assert office.record.last_position == before


def test_a_later_reminder_is_in_the_thread_of_the_first(office: Office, mailer: SmtpMailer, post: Post) -> None:
    first = office.intends()
    office.intends(rung="T-14", first=first)
    office.sends(mailer)
    assert f"References: <{first}@committee.example>".encode() in post.data[1]
    assert b"Reply-To: replies@committee.example" in post.data[1]
