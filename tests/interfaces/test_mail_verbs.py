"""Mail at the command line: foreseen, intended, read, approved, sent, returned; no address is ever shown."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from domain.actor import GrantRole, RegisterActor
from domain.state import RegisterState
from interfaces import initialise
from interfaces.cli import app
from ledger.clock import SimulatedClock
from ledger.record import Record
from tests.workflows.mail.given import OFFICES, PERSON, Office, Post, record_at, serving
from tests.workflows.mail.test_bounces import report
from tests.workflows.mail.test_sending import CONFIRMING

REVIEW = "annual-review-2013.role-chair.T-14.r0"


class Line:
    """The Secretariat at the command line of a home."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        self.settings = {"LEDGER1540_HOME": str(home), "LANGUAGE": "en", "LEDGER1540_SMTP": ""} | settings

    def run(self, *words: str, actor: str = "sec", code: int = 0, **settings: str) -> Result:
        result = CliRunner(env=self.settings | settings | {"LEDGER1540_ACTOR": actor}).invoke(app, words)
        assert "Traceback" not in result.output
        assert result.exit_code == code, result.output
        assert PERSON not in result.output
        return result

    def asks(self, *words: str, **how: Any) -> Any:
        return json.loads(self.run(*words, "--json", **how).stdout)

    def stages(self) -> dict[str, str]:
        return {each["message"]: each["stage"] for each in self.asks("outbox", "list")["messages"]}


@pytest.fixture(scope="module")
def december(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated record that began with the twelfth programme and stands at 20 December 2013."""
    home = tmp_path_factory.mktemp("december") / "home"
    clock = SimulatedClock("2013-07-01T14:00:00.000000Z")
    with Record.create(home, origin="example.org/simulation", clock=clock, seed=1) as record:
        for data in initialise.documents():
            record.documents.put(data)
        begun = [*initialise.first_actor("sec"), *initialise.mandates("sec"), *initialise.programme("sec")]
        kenya = [each for each in initialise.states("sec") if isinstance(each, RegisterState) and each.state == "KEN"]
        known = [each for each in (*begun, *kenya) if (each.known or "") < "2013-07"]
        record.submit_all([*initialise.types("sec"), *known])
        clock.set("2013-12-20T15:00:00.000000Z")
        record.submit(RegisterActor(id="member", actor="sec", name="kenya", kind="person"))
        record.submit(GrantRole(id="grant", actor="sec", to="kenya", granted_role="state", scope="KEN"))
    return home


@contextmanager
def at_work(home: Path) -> Generator[Office]:
    with Record.open(home) as record:
        yield Office(record)


@pytest.fixture
def line(tmp_path: Path) -> Line:
    with record_at(tmp_path / "home") as record:
        Office.made(record)
    (tmp_path / "home" / "offices.json").write_text(json.dumps(OFFICES), "utf-8")
    return Line(
        tmp_path / "home", LEDGER1540_MASTER_KEY=(b"k" * 32).hex(), LEDGER1540_MAIL_FROM="secretariat@committee.example"
    )


def test_what_would_go_out_is_foreseen_by_role_and_paragraph_and_nothing_is_recorded(december: Path) -> None:
    line = Line(december)
    with Record.open(december) as record:
        before = record.last_position
    found = line.asks("remind", "--on", "2014-01-20", "--dry-run")
    late = [each for each in found["reminders"] if each["duty"] == "REV-2013" and not each["passed_over"]]
    told = ("chair", "experts", "coordinators", "secretariat", "members")
    assert {each["addressee"] for each in late} == {f"role:{name}" for name in told}
    assert {(each["rung"], each["status"], each["basis"]) for each in late} == {("late-14", "overdue", "internal")}
    assert all(each["paragraph"] for each in found["reminders"])
    screen = line.run("remind", "--on", "2014-01-20", "--dry-run").stdout
    assert "SYNTHETIC" in screen
    assert "internal" in screen
    with Record.open(december) as record:
        assert record.last_position == before


def test_the_future_is_only_foreseen_and_a_state_does_not_see_what_waits(december: Path) -> None:
    line = Line(december)
    assert "lies ahead" in line.run("remind", "--on", "2014-01-20", code=2).output
    line.run("remind", "--dry-run", actor="kenya", code=2)


def test_a_december_of_reminders_lands_in_a_folder_that_people_can_read(december: Path) -> None:
    line = Line(december)
    intended = line.asks("remind")["intended"]
    assert REVIEW in intended
    assert line.asks("remind")["intended"] == [], "each once"
    assert {each["outcome"] for each in line.asks("send-mail")} == {"accepted"}
    assert line.asks("send-mail") == []
    letter = (december / "outbox-mail" / f"{REVIEW}.eml").read_text("utf-8")
    assert "Subject: [SYNTHETIC]" in letter
    assert "Message-ID: <annual-review-2013.role-chair.T-14.r0@" in letter
    assert line.asks("outbox", "show", REVIEW)["message"]["attempts"][0]["outcome"] == "accepted"
    assert line.asks("outbox", "list", actor="kenya")["withheld"] == len(intended)
    told = [each["what"] for each in line.asks("log", "--duty", "REV-2013")["acts"]]
    message_id = f"<{REVIEW}@ledger1540.invalid>"
    assert [each for each in told if message_id in each] == [
        f"reminder T-14 to role:chair {message_id}",
        f"attempt 1 begun {message_id}",
        f"attempt 1 accepted {message_id}",
    ]


def test_a_simulated_record_is_not_sent_to_a_server(december: Path) -> None:
    line = Line(december, LEDGER1540_SMTP="smtp+plain://127.0.0.1:1", LEDGER1540_MAIL_FROM="s@committee.example")
    assert "simulated" in line.run("send-mail", code=2).output


def test_a_letter_to_a_contact_is_read_approved_in_a_wave_sent_and_comes_back(line: Line, tmp_path: Path) -> None:
    with at_work(line.home) as office:
        office.has_contact()
        name = office.intends("contact:c-1", kind="contact-confirmation", values=CONFIRMING)
    assert line.stages() == {name: "to-approve"}
    assert "is it unchanged?" in line.run("outbox", "show", name).stdout
    assert line.asks("outbox", "show", name)["message"]["addressee"] == "contact:c-1"
    line.run("outbox", "approve", name, "--wave", "december")
    post = Post()
    with serving(post) as server:
        url = f"smtp+plain://127.0.0.1:{server.port}"
        assert "accepted" in line.run("send-mail", LEDGER1540_SMTP=url).stdout
    assert post.to == [PERSON]
    came = tmp_path / "came"
    came.mkdir()
    (came / "1.eml").write_bytes(report(name))
    assert "bounced-hard" in line.run("bounces", str(came)).stdout
    assert line.stages() == {name: "returned"}


def test_messages_are_held_and_cancelled_with_a_reason(line: Line) -> None:
    with at_work(line.home) as office:
        names = [office.intends(), office.intends(rung="T-14")]
    line.run("outbox", "hold", *names, "--reason", "the date may move")
    assert set(line.stages().values()) == {"held"}
    line.run("outbox", "cancel", names[1], "--reason", "it was moved")
    line.run("outbox", "approve", names[0])
    assert line.stages() == {names[0]: "ready", names[1]: "cancelled"}
    assert "cancelled" in line.run("outbox", "approve", names[1], code=2).output
    assert [each["message"] for each in line.asks("outbox", "list", "--stage", "ready")["messages"]] == names[:1]


def test_a_pass_of_sending_leaves_sealed_what_it_recorded(line: Line) -> None:
    line.run("make-signer")
    with at_work(line.home) as office:
        office.intends()
    line.run("send-mail", LEDGER1540_SEAL="on-exit")
    with at_work(line.home) as office:
        (last,) = office.record.recorded(office.record.last_position, office.record.last_position)
    assert last.header.type == "record.heads-sealed"


def test_a_server_without_a_letterhead_is_refused(line: Line) -> None:
    line.run("send-mail", code=2, LEDGER1540_SMTP="smtp+plain://127.0.0.1:1", LEDGER1540_MAIL_FROM="")


def test_a_message_that_is_not_there_is_not_shown(line: Line) -> None:
    assert "outbox list" in line.run("outbox", "show", "never-sent", code=2).output
