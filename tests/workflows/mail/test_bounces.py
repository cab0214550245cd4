"""What comes back: a bounce by its status, a reply of who is away, and what is none of ours."""

from pathlib import Path

import pytest

from domain.contact.file import file_of
from tests.workflows.mail.given import PERSON, Office
from workflows.mail.bounces import read, take
from workflows.mail.smtp import SmtpMailer

REPORT = """\
From: MAILER-DAEMON@mail.example.net
To: secretariat@committee.example
Subject: Undelivered mail
Message-ID: <report-1@mail.example.net>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver to {address}.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.net

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no {address} here

--b
Content-Type: {part}

Message-ID: <{message}@committee.example>
Subject: Annual review

--b--
"""
AWAY = """\
From: {address}
To: secretariat@committee.example
Subject: Out of office
In-Reply-To: <{message}@committee.example>
Auto-Submitted: auto-replied

I am away.
"""


def report(message: str, action: str = "failed", status: str = "5.1.1", part: str = "message/rfc822") -> bytes:
    text = REPORT.format(address=PERSON, message=message, action=action, status=status, part=part)
    return text.replace("\n", "\r\n").encode()


@pytest.fixture
def sent(office: Office, mailer: SmtpMailer) -> str:
    """A reminder that was sent to a contact of Kenya."""
    office.has_contact()
    name = office.intends("contact:c-1")
    office.sends(mailer)
    return name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "came"
    found.mkdir()
    return found


@pytest.mark.parametrize("part", ["message/rfc822", "text/rfc822-headers"])
@pytest.mark.parametrize(("status", "came"), [("5.1.1", "bounced-hard"), ("4.2.2", "bounced-soft")])
def test_a_report_says_whether_a_bounce_is_hard_or_soft(status: str, came: str, part: str) -> None:
    found = read(report("a.b", status=status, part=part))
    assert found is not None
    assert found == (("a.b",), came, status)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_report_of_delay_or_success_is_no_bounce(action: str) -> None:
    assert read(report("a", action=action, status="4.0.0")) is None


def test_a_letter_from_a_person_is_no_bounce() -> None:
    assert read(b"From: a@b.example\r\nSubject: Thank you\r\n\r\nThank you.\r\n") is None


def test_a_hard_bounce_returns_the_message_and_its_contact_and_only_the_code_is_recorded(
    office: Office, sent: str, folder: Path, mailer: SmtpMailer
) -> None:
    (folder / "1.eml").write_bytes(report(sent))
    (told,) = take(office.record, folder, actor="sec")
    assert (told.message, told.came, told.code, told.recorded) == (sent, "bounced-hard", "5.1.1", True)
    assert office.message(sent).stage == "returned"
    assert file_of(office.record.history("contact/c-1").standing()).bounced is not None
    last = office.record.last_position
    (again,) = take(office.record, folder, actor="sec")
    assert not again.recorded
    assert office.record.last_position == last
    database = b"".join(path.read_bytes() for path in office.record.home.glob("*.sqlite*"))
    assert database
    assert PERSON.encode() not in database
    office.intends("contact:c-1", rung="T-14")
    assert [each.code for each in office.sends(mailer)] == ["bounced"]


def test_a_soft_bounce_returns_the_message_alone(office: Office, sent: str, folder: Path) -> None:
    (folder / "1.eml").write_bytes(report(sent, status="4.2.2"))
    take(office.record, folder, actor="sec")
    assert office.message(sent).stage == "returned"
    assert file_of(office.record.history("contact/c-1").standing()).bounced is None


def test_who_is_out_of_office_has_the_message(office: Office, sent: str, folder: Path) -> None:
    (folder / "1.eml").write_bytes(AWAY.format(address=PERSON, message=sent).encode())
    (told,) = take(office.record, folder, actor="sec")
    assert told.came == "auto-reply"
    assert office.message(sent).stage == "accepted"


def test_what_is_about_no_message_of_ours_or_is_no_mail_is_told_and_not_recorded(
    office: Office, sent: str, folder: Path
) -> None:
    (folder / "1.eml").write_bytes(report("never-sent"))
    (folder / "2.eml").write_bytes(b"\x00\xff no mail at all")
    (folder / "note.txt").write_text("not read", "utf-8")
    last = office.record.last_position
    assert [each.message for each in take(office.record, folder, actor="sec")] == [None, None]
    assert office.record.last_position == last
