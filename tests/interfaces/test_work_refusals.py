"""What a person who types verbs is told when something cannot be done: what, where as they typed it, and what to do."""

import json
from pathlib import Path

import pytest

from domain.recorded import Recorded
from ledger.record import Record
from tests.interfaces.test_work_verbs import ONE, SOURCE, TWO, Desk, approved, desk, opened

__all__ = ["approved", "desk", "opened"]

HISTORY = '{"command":"open-revision","id":"o","actor":"sec","known":"2013-02-01","state":"FRA","template":"T2011"}\n'


@pytest.fixture
def history(tmp_path: Path) -> Path:
    path = tmp_path / "files.jsonl"
    path.write_text(HISTORY)
    return path


def test_a_batch_is_reversed_once_and_the_second_time_is_told_when_it_was(desk: Desk, history: Path) -> None:
    (done,) = json.loads(desk.run("import", str(history), "--json").stdout)
    undo = ("in-error", "--batch", done["batch"], "--reason", "wrong State")
    reversed_at = desk.give(*undo, "--id", "undo")["last_position"]
    told = desk.refused(*undo)
    assert f"--batch: batch {done['batch']} was reversed already, on 20" in told
    assert f"at position {reversed_at}" in told
    assert desk.give(*undo, "--id", "undo")["repeated"]


def test_a_batch_that_is_named_in_part_is_suggested_by_its_full_name(desk: Desk, history: Path) -> None:
    (done,) = json.loads(desk.run("import", str(history), "--json").stdout)
    assert done["batch"].startswith("files-")
    for name in ("files", "file", done["batch"][:-2] + "zz"):
        assert f"did you mean {done['batch']}?" in desk.refused("in-error", "--batch", name, "--reason", "x")
    assert "did you mean" not in desk.refused("in-error", "--batch", "elsewhere", "--reason", "x")


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        ("nosuch", "--cause: no event 'nosuch' is on record"),
        ("a1#7", "--cause: no event 'a1#7' is on record"),
        ("99999", "--cause: no event at position 99999"),
    ],
)
def test_a_cause_is_an_event_on_record(opened: Desk, cause: str, told: str) -> None:
    assert told in opened.refused("correct", "a1#0", "--reason", "misread", "--set", "value=?", "--cause", cause)


def test_an_authority_for_another_cell_is_told_apart_from_none(approved: Desk) -> None:
    approved.give("grant", "sec2", "secretariat")
    approved.give("authorise", "a1#1", "--decision", "auth", "--reason", "typo", "--actor", "sec2", "--id", "auth")
    told = approved.refused("correct", "a1#0", "--reason", "misread", "--set", "value=?", "--cause", "auth#0")
    assert "--cause: the authority" in told
    assert TWO in told
    assert "and no other" in told
    assert "ledger1540 authorise" in told
    assert "and no other" in approved.refused("in-error", "a1#0", "--reason", "misread", "--cause", "auth#0")


def test_the_start_of_an_import_is_no_cause_of_what_is_done_here(opened: Desk, history: Path) -> None:
    (done,) = json.loads(opened.run("import", str(history), "--json").stdout)
    start = str(done["first_position"])
    assert "begins a batch of late history" in opened.refused(
        "assess", "KEN", f"{ONE}=?", "--known", "2013-02-03", "--cause", start
    )
    line = {"command": "withdraw-revision", "state": "KEN", "revision": 1, "reason": "x", "known": "2013-03-01"}
    cause = f"import:{done['sha256']}#0"
    assert "begins a batch of late history" in opened.refused("command", json.dumps({**line, "causation": cause}))


@pytest.mark.parametrize("value", ["x", '{"a', "1.5", ""])
def test_json_after_set_is_explained_as_what_it_is(opened: Desk, value: str) -> None:
    told = opened.refused("correct", "a1#0", "--reason", "x", "--set", f"value:={value}")
    assert "--set value:" in told
    assert "text is written value=TEXT" in told
    assert "one command on each line" not in told


def test_json_that_is_given_as_a_command_is_no_line_of_a_file(desk: Desk) -> None:
    told = desk.refused("command", "nonsense")
    assert "JSON, character 1: not JSON" in told
    assert "each line" not in told


def test_work_before_the_opening_is_told_when_the_revision_was_opened(opened: Desk) -> None:
    told = opened.refused("assess", "KEN", "op3cd-5-nw-legal=X", "--known", "2013-01-15")
    assert "--known: no revision of KEN was open by 2013-01-15: its revision 1 was opened on 2013-02-01" in told
    assert "ledger1540 open FRA --template NAME" in opened.refused("seal", "FRA")


def test_a_mistyped_cell_is_told_which_may_be_meant(opened: Desk) -> None:
    told = opened.refused("assess", "KEN", "op3cd-5-nw-lgal=X")
    assert "CELL: T2011 has no cell 'op3cd-5-nw-lgal'" in told
    assert f"did you mean {ONE} or " in told
    assert "which is on T2011" in opened.refused("confirm", "KEN", "T2017/op1-1-all-statement")


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (("assess", "KEN", f"{ONE}=maybe"), "CELL=VALUE: 'maybe' is not allowed"),
        (("assess", "KEN", f"{ONE}=X", "--in-force-from", "2013"), "--in-force-from: '2013' is not a date"),
        (("assess", "KEN", f"{ONE}=X", "--known", "2013-02-30"), "--known: '2013-02-30' is not a date"),
        (("confirm", "KEN", ONE, "--seen", "99999"), "--seen: position 99999 is not on record yet"),
        (("correct", "a1#0", "--reason", "x", "--set", "cell=Z"), "--set: cell cannot be corrected"),
        (("adopt", "none", "--meeting", "m", "--item", "one"), "--item"),
        (("circulate", "d", "--to", "members"), "--to: 'members' is no role"),
        (
            ("receive", "KEN", "--as", "s", "--received", "2013-01-02", "--kind", "letter"),
            "--kind: 'letter' is no kind",
        ),
        (("grant", "x", "emperor"), "ROLE: 'emperor' is no role"),
        (("seal", "KEN", "--actor", "nobody"), "--actor: nobody holds no role"),
    ],
)
def test_the_place_of_a_mistake_is_named_as_it_was_typed(opened: Desk, words: tuple[str, ...], place: str) -> None:
    assert place in opened.refused(*words)


def test_a_verb_is_called_by_its_own_name(approved: Desk) -> None:
    assert "allows them to record a State's consent" in approved.refused("consent", "KEN", "--actor", "nobody")
    assert approved.run("consent", "KEN").stderr.startswith("consent: recorded 1 event at ")
    assert approved.run("grant", "sec2", "secretariat").stderr.startswith("grant: recorded 2 events at ")
    line = '{"command":"rename-state","state":"TUR","name":"Türkiye","name_fr":"Türkiye","known":"2022-06"}'
    assert approved.run("command", line).stderr.startswith("rename-state: recorded 1 event at ")


def test_a_folder_is_named_and_not_imported(desk: Desk, tmp_path: Path) -> None:
    assert ".: cannot read it: it is a folder" in desk.refused("import", ".")
    assert f"{tmp_path.name}: cannot read it: it is a folder" in desk.refused("import", str(tmp_path))


def test_the_same_file_marked_otherwise_is_told_what_can_be_done(desk: Desk, history: Path) -> None:
    (done,) = json.loads(desk.run("import", str(history), "--json").stdout)
    told = desk.refused("import", str(history), "--synthetic")
    assert f"on record as batch {done['batch']}, marked not synthetic" in told
    assert "leave --synthetic out, and nothing new is recorded" in told
    assert f"ledger1540 in-error --batch {done['batch']}" in told


def test_a_matrix_that_is_not_approved_yet_is_pointed_at_to_who_may_read_it(opened: Desk) -> None:
    assert "KEN has revision 1 as a draft there: add --standing working" in opened.run("show", "KEN").stderr
    assert opened.run("show", "KEN", "--standing", "working").stderr == ""
    assert opened.run("show", "KEN", "--actor", "").stderr == ""
    assert opened.run("show", "KEN", "--as-of", "2013-01-15").stderr == ""


def test_the_log_of_a_cell_says_notice_and_legend_once_and_only_of_its_values(opened: Desk) -> None:
    opened.give("assess", "KEN", "op3cd-5-nw-legal=?", *SOURCE, "--known", "2013-02-05")
    shown = opened.run("log", "KEN", "op3cd-5-nw-legal").stdout
    assert shown.count("The matrix is not a tool for measuring compliance.") == 1
    assert shown.count("X means only that the Committee considers") == 1
    assert "The field is not applicable" not in shown
    assert "Says        X  (before: nothing)" in shown


def test_the_log_of_all_is_not_exported_for_one_state(opened: Desk, tmp_path: Path) -> None:
    told = opened.refused("export", "KEN", "--log")
    assert "--log: the log is one for all States" in told
    assert "ledger1540 log KEN CELL" in told
    assert "add --log" in opened.refused("export", "KEN", "--to", "k.csv", "--documents", str(tmp_path))


def test_what_is_said_of_a_document_or_a_date_names_the_option_it_came_from(desk: Desk) -> None:
    receive = ("receive", "KEN", "--as", "k1", "--received")
    assert "--document: document nosuch" in desk.refused(*receive, "2013-01-02", "--document", "nosuch")
    assert "--received: 2999 lies in the future" in desk.refused(*receive, "2999")
    assert "--received: 'soon' is not a date" in desk.refused(*receive, "soon")
    assert "DUTY: no programme on record names the duty NOPE" in desk.refused("step", "NOPE", "adopted")
    assert "one of adopted, transmitted" in desk.refused("step", "REV-2013", "adopt")


def test_an_import_names_its_options_and_the_batch_that_would_be_reversed(desk: Desk, history: Path) -> None:
    assert "--batch: 'a b' is no name for a batch" in desk.refused("import", str(history), "--batch", "a b")
    assert "--known: '2013-99' is not a date" in desk.refused("import", str(history), "--known", "2013-99")
    assert "no role that allows them to import history" in desk.refused("import", str(history), "--actor", "nobody")
    assert "in-error --batch ken --reason" in desk.run("import", str(history), "--batch", "ken").stderr


def test_an_export_that_cannot_be_written_names_the_file_that_was_asked_for(opened: Desk) -> None:
    assert "--to: cannot write /nowhere/k.csv: No such file or directory" in opened.refused(
        "export", "KEN", "--to", "/nowhere/k.csv"
    )


def test_a_diff_of_what_is_neither_date_nor_standing_says_what_to_write(opened: Desk) -> None:
    assert "working, approved, sent, published" in opened.refused("diff", "KEN", "2013", "final")


def test_part_of_a_cells_name_is_told_the_cells_that_begin_so(opened: Desk) -> None:
    told = opened.refused("log", "KEN", "op3cd-5")
    assert "T2011 has no cell 'op3cd-5'" in told
    assert f"did you mean {ONE} or {TWO}" in told


def test_the_start_of_a_batch_is_not_voided_alone(desk: Desk, history: Path) -> None:
    (done,) = json.loads(desk.run("import", str(history), "--json").stdout)
    told = desk.refused("in-error", str(done["first_position"]), "--reason", "x")
    assert f"`ledger1540 in-error --batch {done['batch']} --reason WHY`" in told


def test_what_rests_on_a_fact_is_told_with_how_to_void_it(approved: Desk) -> None:
    approved.give("send", "KEN/1", "--known", "2013-03-03")
    opening = next(
        event for event in history_of(approved, "matrix/KEN") if event.header.type == "matrix.revision-opened"
    )
    told = approved.refused("in-error", str(opening.position), "--reason", "x")
    assert "`ledger1540 in-error " in told
    assert "on record: 1" in approved.refused("examine", "KEN/7")


def history_of(desk: Desk, stream: str) -> tuple[Recorded, ...]:
    with Record.open(desk.home) as record:
        return record.history(stream).events
