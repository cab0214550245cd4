"""Foresight at the command line: what is due of one, planned back, what followed, and years in a minute."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from interfaces.cli import app
from interfaces.demo.build import demo

AT = ("--as-of", "2013-10-15")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("foresight") / "home"
    demo(found, states=1)
    return found


def run(home: Path, *words: str, code: int = 0) -> str:
    done = CliRunner(env={"LEDGER1540_HOME": str(home), "LANGUAGE": "en"}).invoke(app, list(words))
    assert done.exit_code == code, done.output
    return done.stdout if code == 0 else done.output


def test_what_is_due_of_an_office_a_group_and_a_state_are_different_duties(home: Path) -> None:
    found = {of: json.loads(run(home, "due", "--for", of, *AT, "--json")) for of in ("chair", "assistance", "KEN")}
    duties = {of: {each["duty"] for each in answer["duties"]} for of, answer in found.items()}
    assert "JOINT-BRIEF" in duties["chair"] - duties["assistance"] - duties["KEN"]
    assert "REGIONAL-REP" in duties["assistance"] - duties["chair"]
    assert "UNIVERSAL" in duties["KEN"]
    assert [found[of]["what"] for of in found] == ["role", "group", "state"]
    assert "never overdue" in run(home, "due", "--for", "KEN", *AT)
    assert run(home, "due", "--for", "expert", *AT) == run(home, "due", "--for", "experts", *AT)
    assert "no role" in run(home, "due", "--for", "nobody", code=2)


def test_both_doors_write_the_same_calendar(home: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.ics", tmp_path / "other.ics"
    run(home, "due", "--to", str(one), *AT)
    run(home, "export", "--due", "--to", str(other), *AT)
    assert one.read_bytes() == other.read_bytes()
    run(home, "due", "--for", "assistance", "--to", str(other), *AT)
    assert b"REGIONAL-REP" in other.read_bytes()
    assert b"ODA-REP" not in other.read_bytes()


def test_a_review_is_planned_back_from_its_last_day(home: Path) -> None:
    found = json.loads(run(home, "plan", "REV-2013", "--back", *AT, "--json"))
    assert found["lost_first"] == "cut-off"
    longer = json.loads(run(home, "plan", "REV-2013", "--back", "--translation", "20", *AT, "--json"))
    assert longer["steps"][0]["day"] < found["steps"][0]["day"]
    assert "lost first" in run(home, "plan", "REV-2013", "--back", *AT)
    assert "--back" in run(home, "plan", "REV-2013", code=2)
    assert "has no date" in run(home, "plan", "WG-ACCESS", "--back", *AT, code=2)
    assert "names them" in run(home, "plan", "NOTHING-LIKE-IT", "--back", *AT, code=2)


def test_what_followed_from_a_decision_is_told(home: Path) -> None:
    found = json.loads(run(home, "consequences", "sim-universal-moved", "--json"))
    assert [each["what"] for each in found["followed"]] == ["moved"]
    assert "the adoption of decision" in run(home, "consequences", "sim-universal-moved")
    assert "did you mean" in run(home, "consequences", "sim-universal-move", code=2)


def test_the_same_months_in_time_lapse_are_the_same_record_and_all_is_synthetic(tmp_path: Path) -> None:
    asked = ("timelapse", "--from", "2013-11-15", "--to", "2014-01-10", "--json")
    one, other = (json.loads(run(tmp_path, *asked, "--home", str(tmp_path / name))) for name in ("one", "other"))
    assert one["root"] == other["root"]
    figures = {each["year"]: each["figures"] for each in one["years"]}
    assert figures[2013]["reminders_before"]
    assert figures[2014]["adopted_by_silence"]
    assert "something else" in run(tmp_path, *asked, "--home", str(tmp_path / "one"), code=2)


@pytest.mark.parametrize(
    ("first", "last"), [("2013", "2014-01-01"), ("1999-01-01", "2014-01-01"), ("2014-01-02", "2014-01-01")]
)
def test_days_that_are_not_in_the_history_are_refused(tmp_path: Path, first: str, last: str) -> None:
    assert "--from" in run(tmp_path, "timelapse", "--from", first, "--to", last, code=2)
