"""The working verbs, as typed: one matrix from the report received to its publication, and what is refused."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from domain.matrix.events import CellAssessed, CellCorrected
from interfaces.cli import app
from ledger.record import Record

ONE, TWO = "T2011/op3cd-5-nw-legal", "T2011/op3cd-5-nw-enforcement"
SOURCE = ("--document", "ken-law", "--page", "p. 1", "--quotation", "The law", "--language", "en")


class Desk:
    """Someone who types verbs at a record."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.runner = CliRunner(env={"LEDGER1540_HOME": str(home), "LEDGER1540_ACTOR": "sec"})

    def run(self, *words: str, code: int = 0) -> Any:
        done = self.runner.invoke(app, list(words))
        assert done.exit_code == code, (words, done.output, done.exception)
        return done

    def give(self, *words: str) -> Any:
        """Give a verb with --json and return its receipt; one line goes to the person."""
        done = self.run(*words, "--json")
        assert len(done.stderr.splitlines()) == 1
        return json.loads(done.stdout)

    def refused(self, *words: str) -> str:
        """Give a verb that must be refused, leaving the record as it was."""
        before = self.state()
        done = self.run(*words, code=2)
        assert self.state() == before
        assert done.stdout == ""
        assert "Traceback" not in done.stderr
        return str(done.stderr)

    def state(self) -> tuple[int, bytes, int]:
        with Record.open(self.home) as record:
            return record.last_position, record.root(), len(list(record.documents.files()))


@pytest.fixture
def desk(founded: Path, tmp_path: Path) -> Desk:
    return Desk(Path(shutil.copytree(founded, tmp_path / "home")))


@pytest.fixture
def opened(desk: Desk, tmp_path: Path) -> Desk:
    law = tmp_path / "law.txt"
    law.write_text("The law says no.\n")
    words = ("--language", "en", "--as", "ken-law", "--distribution", "limited")
    desk.give("register", str(law), *words, "--known", "2013-01-02")
    desk.give("open", "Kenya", "--template", "T2011", "--known", "2013-02-01")
    desk.give("assess", "KEN", "op3cd-5-nw-legal=X", f"{TWO}=?", *SOURCE, "--known", "2013-02-02", "--id", "a1")
    return desk


@pytest.fixture
def approved(opened: Desk) -> Desk:
    opened.give("seal", "KEN", "--known", "2013-03-01")
    opened.give(
        "propose", "appr", "--title", "Approve", "--item", "Kenya", "--rests-on", "KEN/1", "--known", "2013-03-02"
    )
    opened.give("adopt", "appr", "--meeting", "m1", "--known", "2013-03-05")
    opened.give("approve", "KEN/1", "--decision", "appr", "--known", "2013-03-05")
    return opened


def types(receipt: dict[str, Any]) -> list[str]:
    return [event["type"] for event in receipt["events"]]


def test_a_receipt_names_the_command_its_positions_and_its_events(opened: Desk) -> None:
    receipt = opened.give("confirm", "KEN", "op3cd-5-nw-legal", "--known", "2013-02-03")
    assert set(receipt) == {
        "command",
        "command_id",
        "dry_run",
        "events",
        "first_position",
        "last_position",
        "repeated",
    }
    (event,) = receipt["events"]
    assert (receipt["command"], receipt["repeated"]) == ("confirm", False)
    assert (event["type"], event["subject"], event["position"]) == (
        "matrix.cell-confirmed",
        ONE,
        receipt["first_position"],
    )


def test_a_matrix_goes_from_the_report_received_to_its_publication(approved: Desk) -> None:
    desk = approved
    received = ("receive", "KEN", "--as", "ken-1", "--received", "2013-01-02", "--document", "ken-law")
    assert types(desk.give(*received)) == ["submission.received"]
    assert types(desk.give("read", "ken-1", "--known", "2013-01-05")) == ["submission.read-nothing-new"]
    assert types(
        desk.give("receive", "KEN", "--as", "k2", "--received", "2013-01-03", "--no-change-since", "ken-1")
    ) == ["submission.no-change-declared"]
    assert types(desk.give("examine", "KEN/1", "--known", "2013-03-03")) == ["matrix.examined"]
    assert types(desk.give("send", "KEN/1", "--known", "2013-03-03")) == ["exchange.matrix-sent"]
    assert types(desk.give("circulate", "appr", "--to", "member", "--document", "KEN/1", "--document", "ken-law")) == [
        "decision.circulated"
    ]
    assert "has not consented" in desk.refused("publish", "KEN/1")
    assert types(desk.give("consent", "KEN/1")) == ["consent.given"]
    assert types(desk.give("publish", "KEN/1")) == ["consent.published"]
    assert types(desk.give("unpublish", "KEN/1")) == ["consent.unpublished"]
    assert types(desk.give("withdraw", "consent", "KEN/1")) == ["consent.withdrawn"]
    shown = json.loads(desk.run("show", "KEN", "--json").stdout)
    assert {c["cell"]: c["value"] for c in shown["cells"] if c["value"]} == {ONE: "X", TWO: "?"}


def test_the_same_key_is_the_same_command(opened: Desk) -> None:
    before = opened.state()
    words = ("assess", "KEN", "op3cd-5-nw-legal=X", f"{TWO}=?", *SOURCE, "--known", "2013-02-02", "--id", "a1")
    again = opened.give(*words)
    assert again["repeated"]
    assert len(again["events"]) == 2
    assert opened.state() == before
    assert "another content" in opened.refused("assess", "KEN", "op3cd-5-nw-legal=?", "--id", "a1")


def test_a_dry_run_tells_the_events_and_records_none(opened: Desk, tmp_path: Path) -> None:
    before = opened.state()
    tried = opened.give("assess", "KEN", "op3cd-5-nw-legal=NA", "--known", "2013-02-05", "--id", "a2", "--dry-run")
    (tmp_path / "other.txt").write_text("other")
    opened.give("register", str(tmp_path / "other.txt"), "--language", "en", "--dry-run")
    assert opened.state() == before
    done = opened.give("assess", "KEN", "op3cd-5-nw-legal=NA", "--known", "2013-02-05", "--id", "a2")
    assert {**done, "dry_run": True} == {**tried}


def test_what_a_person_did_not_see_is_refused_with_what_changed(opened: Desk) -> None:
    seen = str(opened.state()[0])
    opened.give("assess", "KEN", "op3cd-5-nw-legal=NA", "--known", "2013-02-03")
    told = opened.refused("assess", "KEN", "op3cd-5-nw-legal=X", "--known", "2013-02-04", "--seen", seen)
    assert "has changed since position" in told


def test_a_typo_is_corrected_by_key_index_or_position(opened: Desk) -> None:
    corrected = opened.give("correct", "a1#1", "--reason", "misread", "--set", "value=X", "--set", "in_force_to:=null")
    (event,) = corrected["events"]
    assert (event["type"], event["subject"], event["body"]["value"]) == ("matrix.cell-corrected", TWO, "X")
    voided = opened.give("in-error", str(event["position"]), "--reason", "it was right")
    assert types(voided) == ["matrix.recorded-in-error"]
    assert types(opened.give("in-error", voided["events"][0]["event_id"], "--reason", "no")) == [
        "matrix.recorded-in-error"
    ]
    assert "nothing is changed" in opened.refused("correct", "a1#1", "--reason", "x")
    assert "says so already" in opened.refused("correct", "a1#0", "--reason", "x", "--set", "value=X")
    assert "no event at position" in opened.refused("in-error", "99999", "--reason", "x")
    assert "either an event or --batch" in opened.refused("in-error", "--reason", "x")


def test_after_approval_a_correction_needs_a_second_person(approved: Desk) -> None:
    change = ("correct", "a1#0", "--reason", "misread", "--set", "value=?")
    assert "is approved" in approved.refused(*change)
    granted = approved.give("grant", "sec2", "secretariat", "--kind", "office")
    assert [types(each) for each in granted] == [["actor.registered"], ["actor.role-granted"]]
    approved.give("authorise", "a1#0", "--decision", "auth", "--reason", "typo", "--actor", "sec2", "--id", "auth")
    assert types(approved.give(*change, "--cause", "auth#0")) == ["matrix.cell-corrected"]


def test_what_was_done_is_not_done_twice(opened: Desk) -> None:
    opened.give("receive", "KEN", "--as", "s1", "--received", "2013-01-02")
    opened.give("read", "s1")
    assert "submission s1 was read with nothing new" in opened.refused("read", "s1")
    opened.give("withdraw", "submission", "s1", "--reason", "sent by mistake")
    assert "submission s1 was withdrawn" in opened.refused("read", "s1")
    assert "submission s1 was withdrawn" in opened.refused("withdraw", "submission", "s1", "--reason", "again")
    opened.give("propose", "p", "--title", "t", "--item", "one")
    assert "'members' is no role" in opened.refused("circulate", "p", "--to", "members")
    assert "'member' is named twice" in opened.refused("circulate", "p", "--to", "member", "--to", "member")
    opened.give("correct", "a1#1", "--reason", "misread", "--set", "value=X")
    assert "does not stand" in opened.refused("authorise", "a1#1", "--decision", "auth", "--reason", "typo")


def test_what_is_given_up_is_withdrawn_and_stays_on_record(opened: Desk) -> None:
    opened.give("receive", "KEN", "--as", "s1", "--received", "2013-01-02")
    opened.give("grant", "expert-1", "expert", "--from", "2013-01-01")
    reason = ("--reason", "so it is")
    assert types(opened.give("withdraw", "submission", "s1", *reason)) == ["submission.withdrawn"]
    assert types(opened.give("withdraw", "document", "ken-law", *reason)) == ["document.withdrawn"]
    assert types(opened.give("withdraw", "role", "expert", "--of", "expert-1", *reason)) == ["actor.role-withdrawn"]
    assert types(opened.give("withdraw", "revision", "KEN", *reason)) == ["matrix.revision-withdrawn"]
    assert "no revision that is open" in opened.refused("seal", "KEN")
    assert "cannot be withdrawn" in opened.refused("withdraw", "state", "KEN", *reason)
    assert "no reason" in opened.refused("withdraw", "submission", "s1")
    assert "who holds it" in opened.refused("withdraw", "role", "expert", *reason)


def test_the_adoption_of_the_review_fulfils_its_step(desk: Desk) -> None:
    items = ("--item", "The review of 2013", "--item", "Its annex")
    desk.give("propose", "rev", "--title", "Review", *items, "--known", "2013-12-06")
    adopted = desk.give(
        "adopt", "rev", "--meeting", "m", "--known", "2013-12-20", "--fulfils", "annual-review/2013:REV-2013:adopted"
    )
    assert types(adopted) == ["decision.adopted", "deadline.step-done"]
    sent = ("step", "REV-2013", "transmitted", "--known", "2013-12-22")
    assert "name the document that shows it" in desk.refused(*sent, "--note", "it was sent")
    assert types(desk.give(*sent, "--decision", "rev")) == ["deadline.step-done"]
    assert "REV-2013 is transmitted already" in desk.refused(*sent, "--decision", "rev")
    assert "is decided" in desk.refused("adopt", "rev", "--meeting", "m", "--not", "too late").replace(
        "are decided", "is decided"
    )
    assert "write DEADLINE:DUTY:STEP" in desk.refused("adopt", "rev", "--meeting", "m", "--fulfils", "REV-2013")


def test_a_step_that_nothing_shows_is_refused_and_does_not_block_the_adoption_that_fulfils_it(desk: Desk) -> None:
    assert "nothing shows that REV-2013 is adopted" in desk.refused("step", "REV-2013", "adopted")
    desk.give("propose", "rev", "--title", "Review", "--item", "The review of 2013")
    adopted = desk.give("adopt", "rev", "--meeting", "m", "--fulfils", "annual-review/2013:REV-2013:adopted")
    assert types(adopted) == ["decision.adopted", "deadline.step-done"]


def test_an_item_that_finds_no_consensus_is_not_adopted(desk: Desk) -> None:
    desk.give(
        "propose", "p", "--title", "t", "--item", "one", "--item", "two", "--rests-on", "2:twelfth-programme-of-work.fr"
    )
    receipt = desk.give("adopt", "p", "--meeting", "m", "--item", "2", "--not", "a hold")
    assert types(receipt) == ["decision.not-adopted"]
    assert receipt["events"][0]["body"]["items"] == [2]
    assert "there is no item 3" in desk.refused("propose", "q", "--title", "t", "--item", "one", "--rests-on", "3:x")
    assert "is not sealed" in desk.refused("propose", "q", "--title", "t", "--item", "one", "--rests-on", "KEN/1")
    assert "no document" in desk.refused("propose", "q", "--title", "t", "--item", "one", "--rests-on", "nothing")


def test_any_other_command_is_given_as_it_is_written_in_files(desk: Desk) -> None:
    line = '{"command":"rename-state","state":"TUR","name":"Türkiye","name_fr":"Türkiye","known":"2022-06"}'
    assert types(desk.give("command", line)) == ["state.renamed"]
    assert types(desk.give("accept-clock", "--reason", "it was set")) == ["record.clock-accepted"]
    assert "`import-batch` is not given this way" in desk.refused("command", '{"command":"import-batch"}')
    assert "not JSON" in desk.refused("command", "nonsense")


def test_a_batch_is_imported_and_reversed(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "k.jsonl"
    path.write_text(
        '{"command":"open-revision","id":"o","actor":"sec","known":"2013-02-01","state":"KEN","template":"T2011"}\n'
    )
    assert "nothing was recorded" in desk.run("import", str(path), "--dry-run").stderr
    (done,) = json.loads(desk.run("import", str(path), "--batch", "ken", "--json").stdout)
    assert (done["batch"], done["events"], done["commands"]) == ("ken", 2, 1)
    again = desk.run("import", str(path))
    assert "nothing new" in again.stderr
    assert "on record already" in again.stdout
    assert types(desk.give("in-error", "--batch", "ken", "--reason", "wrong State"))[-1] == "record.batch-reversed"
    assert "cannot read it" in desk.refused("import", str(tmp_path / "missing.csv"))


def test_a_mistyped_file_leaves_the_record_as_it_was(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "k.csv"
    path.write_text("state,cell,value,known\nKEM,T2011/op3cd-5-nw-legal,X,2013\n")
    told = desk.refused("import", str(path))
    assert "k.csv, row 2, state: State KEM is not on record" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("assess", "KEN", "op3cd-5-nw-legal"), "is not CELL=VALUE"),
        (("assess", "KEN/x", f"{ONE}=X"), "is no revision"),
        (("assess", "KEN/9", "op3cd-5-nw-legal=X"), "revision 9 of KEN is not open"),
        (("assess", "KEN", f"{ONE}=maybe"), "is not allowed"),
        (("assess", "KEN", f"{ONE}=X", "--page", "p. 1"), "without a document"),
        (("assess", "KEN", f"{ONE}=X", "--document", "none"), "document none is not on record"),
        (("assess", "KEN", f"{ONE}=X", "--known", "2013-02-30"), "is not a date"),
        (("assess", "KEN", f"{ONE}=X", "--in-force-from", "2013"), "is not a date"),
        (("assess", "Kenia", f"{ONE}=X"), "did you mean"),
        (("remark", "KEN", "row five", "x"), "is no row"),
        (("confirm", "KEN", "T2011/op99-1-nw-legal"), "has no cell"),
        (("open", "KEN", "--template", "T1999"), "T1999"),
        (("seal", "KEN", "--actor", "nobody"), "holds no role"),
        (("seal", "KEN", "--actor", ""), "nobody is named as acting"),
        (("grant", "a person", "expert"), "name of A-Z"),
        (("grant", "x", "emperor"), "is no role"),
        (("grant", "x", "expert", "--actor", "nobody"), "nobody holds no role that allows them to register an actor"),
        (
            ("grant", "x", "secretariat", "--delegate"),
            "the Secretariat registers it first: `ledger1540 grant x public`",
        ),
        (("grant", "a person", "expert"), "how to register an actor: docs/reference/commands.md"),
        (("step", "REV-2013", "adopted", "--actor", "nobody"), "allows them to record a step of a duty"),
        (("circulate", "none", "--to", "member"), "decision none is not proposed"),
        (("read", "none"), "submission none is not on record"),
        (("register", "/nowhere.txt", "--language", "en"), "cannot read it"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(opened: Desk, words: tuple[str, ...], told: str) -> None:
    assert told in opened.refused(*words)


def test_text_typed_is_kept_in_nfc_and_quotations_as_they_are(opened: Desk) -> None:
    opened.give(
        "assess",
        "KEN",
        f"{ONE}=?",
        "--document",
        "ken-law",
        "--quotation",
        "e\u0301",
        "--note",
        "e\u0301",
        "--known",
        "2013-02-04",
    )
    with Record.open(opened.home) as record:
        body = record.history("matrix/KEN/1").events[-1].body
    assert isinstance(body, CellAssessed | CellCorrected)
    assert (body.note, body.sources[0].quotation) == ("\u00e9", "e\u0301")


def test_a_history_may_come_from_standard_input(desk: Desk) -> None:
    line = '{"command":"open-revision","id":"o","actor":"sec","known":"2013-02-01","state":"KEN","template":"T2011"}\n'
    done = desk.runner.invoke(app, ["import", "-", "--json"], input=line)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)[0]["events"] == 2
