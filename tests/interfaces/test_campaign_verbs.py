"""Campaigns at the command line: a wave is read, then approved whole; what is received is acknowledged."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from domain.messages.commands import CancelMessage
from domain.messages.events import MessageApproved, MessageApprovedV1
from domain.times import moment, new_york_date, text
from ledger.record import Record
from ledger.upcast import upcast
from tests.interfaces.test_mail_verbs import Line
from tests.projections.kenya import founding, types
from tests.workflows.mail.given import HEAD, PERSON, Office, Post, record_at, serving, smtp
from tests.workflows.mail.test_bounces import report
from workflows.kinds import At
from workflows.letters.campaigns import CONTACTS
from workflows.letters.kind import Letters

KIND = Letters(CONTACTS, HEAD)
REASON = ("--reason", "the letters were read")


@pytest.fixture
def line(tmp_path: Path) -> Line:
    with record_at(tmp_path / "home") as record:
        office = Office.made(record)
        for name in ("c-1", "c-2", "c-3"):
            office.has_contact(name)
        office.has_contact("c-4", email=None)
    return Line(tmp_path / "home", LEDGER1540_MASTER_KEY=(b"k" * 32).hex(), LEDGER1540_MAIL_FROM=HEAD.sender)


def writes(line: Line) -> str:
    """Write the wave that falls due in a year from now, and return its name."""
    with Record.open(line.home) as record:
        at = At(record, text(moment(record.now()) + timedelta(days=375)), "sec")
        (cycle,) = KIND.cycles(at)
        KIND.act(cycle.name, "", at)
    return f"contact-confirmation.{cycle.name}"


def seen(line: Line, wave: str) -> str:
    return str(line.asks("outbox", "list", "--wave", wave)["recorded_by"]["position"])


def test_a_wave_is_read_then_approved_and_what_was_cancelled_meanwhile_is_left(line: Line) -> None:
    wave = writes(line)
    listed = line.asks("outbox", "list", "--wave", wave)["messages"]
    assert {each["stage"] for each in listed} == {"to-approve"}
    assert len(listed) == 4
    position = seen(line, wave)
    names = [each["message"] for each in listed if each["addressee"] == "contact:c-2"]
    line.run("outbox", "cancel", *names, "--reason", "they wrote today")
    line.run("outbox", "approve", "--wave", wave, "--seen", position, *REASON)
    assert sorted(line.stages().values()) == ["cancelled", "ready", "ready", "ready"]
    with Record.open(line.home) as record:
        approvals = [event.body for event in record.after(int(position)) if isinstance(event.body, MessageApproved)]
    assert {(each.wave, each.reason) for each in approvals} == {(wave, REASON[1])}
    assert len(approvals) == 3, "each is an event"


def test_a_wave_that_nobody_read_or_gives_no_reason_for_is_not_approved(line: Line) -> None:
    wave = writes(line)
    position = seen(line, wave)
    assert "outbox list --wave" in line.run("outbox", "approve", "--wave", wave, *REASON, code=2).output
    line.run("outbox", "approve", "--wave", wave, "--seen", position, code=2)
    line.run("outbox", "approve", "--wave", "another", "--seen", position, *REASON, code=2)
    line.run("outbox", "approve", "--wave", wave, "--seen", position, *REASON, "--dry-run")
    assert set(line.stages().values()) == {"to-approve"}


def test_an_approved_wave_goes_out_and_what_comes_back_ends_the_campaign_for_that_contact(
    line: Line, tmp_path: Path
) -> None:
    wave = writes(line)
    line.run("outbox", "approve", "--wave", wave, "--seen", seen(line, wave), *REASON)
    post = Post()
    with serving(post) as server, Record.open(line.home) as record:
        Office(record).sends(smtp(server), at=text(moment(record.now()) + timedelta(days=375)))
    assert post.to == [PERSON] * 3
    assert all(b"Subject: Point of contact of Kenya: is it unchanged?" in each for each in post.data)
    (by_hand,) = (line.home / "outbox-mail" / "by-hand").iterdir()
    assert b"To: Permanent Mission of Kenya:;" in by_hand.read_bytes()
    came = tmp_path / "came"
    came.mkdir()
    name = next(name for name in line.stages() if "contact-c-1" in name)
    (came / "1.eml").write_bytes(report(name))
    line.run("bounces", str(came))
    with Record.open(line.home) as record:
        later = At(record, text(moment(record.now()) + timedelta(days=50)), "sec")
        for cycle in list(KIND.cycles(later)):
            KIND.act(cycle.name, "", later)
    reminded = {name for name, stage in line.stages().items() if stage == "to-approve"}
    assert {name.partition(".")[0] for name in reminded} == {"contact-c-2", "contact-c-3", "contact-c-4"}


def test_a_document_received_is_put_on_record_and_its_acknowledgement_held(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Record.create(home, origin="example.org/ledger1540/1") as record:
        record.submit_all([*types(), *founding()])
        today = new_york_date(record.now()).isoformat()
    line, paper = Line(home), tmp_path / "report.pdf"
    paper.write_bytes(b"A made-up report.")
    words = ("receive", "Kenya", "--as", "ken-1", "--received", today, "--kind", "first-report", "--file", str(paper))
    line.run(*words)
    assert line.stages() == {"submission-ken-1.state-KEN.acknowledged.KEN.r0": "to-approve"}
    shown = line.run("outbox", "show", "submission-ken-1.state-KEN.acknowledged.KEN.r0").stdout
    assert "first report of Kenya" in shown
    assert line.asks("submissions", "KEN")["submissions"][0]["documents"] == ["ken-1"]
    line.run("receive", "Kenya", "--as", "ken-2", "--received", today, "--file", str(paper), "--dry-run")
    assert len(line.stages()) == 1
    (tmp_path / "report.pdf").unlink()
    line.run("receive", "Kenya", "--as", "ken-3", "--received", today, "--file", str(paper), code=2)


def test_an_approval_of_the_first_version_gives_no_reason() -> None:
    old = MessageApprovedV1(message="m-1", wave="december")
    assert upcast(old) == MessageApproved(message="m-1", wave="december", reason="")
    assert msgspec.json.encode(old) == b'{"message":"m-1","wave":"december"}'


def test_a_message_that_somebody_cancels_is_no_part_of_its_wave(line: Line) -> None:
    wave = writes(line)
    with Record.open(line.home) as record:
        for number, name in enumerate(line.stages()):
            record.submit(CancelMessage(id=f"c{number}", actor="sec", message=name, reason="not this year"))
    line.run("outbox", "approve", "--wave", wave, "--seen", seen(line, wave), *REASON, code=2)
