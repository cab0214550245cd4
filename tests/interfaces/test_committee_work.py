"""The verbs on the Committee's own work: the programme board, statistics, and who has not submitted a first report."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from domain.canonical import encode, sha256
from interfaces.cli import app
from interfaces.demo.build import demo
from interfaces.demo.cast import SECRETARIAT
from projections.meant import plain
from tests.stranger.counts import counts


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("work") / "home"
    demo(home, seed=7, states=3)
    return home


@pytest.fixture
def home(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A simulated record of three States."""
    monkeypatch.setenv("LEDGER1540_HOME", str(made))
    monkeypatch.setenv("LEDGER1540_ACTOR", SECRETARIAT)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("LEDGER1540_DATABASE", raising=False)
    return made


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def answer(*words: str) -> Any:
    done = run(*words, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("asked", [("--as-of", "2013-12-31"), ("--as-of", "2019-06", "--reading", "stood")])
def test_figures_add_up_with_what_is_counted_in_the_exported_log(tmp_path: Path, asked: tuple[str, ...]) -> None:
    log = tmp_path / "log.jsonl"
    assert run("export", "--log", "--to", str(log)).exit_code == 0
    found = answer("stats", "--by", "year", *asked)
    lines = log.read_bytes().splitlines()
    place = {"known_cut": found["known_cut"], "position": found["recorded_by"]["position"]}
    theirs = counts(lines, **place, reading=found["reading"])
    mine = {each["figure"]: each["count"] for each in found["figures"] if not each["figure"].startswith("states-")}
    assert mine == {name: len(theirs[name]) for name in mine}
    assert mine["cells-assessed"] > 300
    assert all(each["count"] == sum(each["periods"].values()) for each in found["figures"])
    states = {each["figure"]: each["count"] for each in found["figures"] if each["figure"].startswith("states-")}
    assert states["states-first-reported"] == found["first_reports"]["done"]
    assert states["states-examined"] == found["examined"]["done"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("verb", ["board", "stats", "non-reporters"])
def test_a_replay_says_the_same_and_each_says_its_position(verb: str) -> None:
    asked = (verb, "--as-of", "2013-12-31")
    found = answer(*asked)
    assert found == answer(*asked, "--replay")
    assert found["known_cut"] == "2014-01-01T04:59:59.999999Z"
    assert found["recorded_by"] == answer("show", "KEN", "--as-of", "2013-12-31")["recorded_by"]
    screen = run(*asked).stdout
    assert f"by position {found['recorded_by']['position']}" in screen
    assert "SYNTHETIC" in screen


@pytest.mark.usefixtures("home")
def test_the_board_is_grouped_by_paragraph_and_names_event_document_and_decision() -> None:
    found = answer("board", "--programme", "12", "--as-of", "2014-06-30")
    duties = {each["duty"]: each for every in found["paragraphs"] for each in every["duties"]}
    listed = {each["duty"]: each for each in answer("due", "--as-of", "2014-06-30")}
    assert len(duties) == 55
    same = [name for name in duties["REV-2013"] if name != "again_in"]
    assert all(duties[name][each] == listed[name][each] for name in duties for each in same)
    screen = run("board", "--as-of", "2014-06-30").stdout
    assert "Programme of work 12, 2013-06-01 to 2014-05-31" in screen
    assert "report adopted: 2014-05-15, position" in screen
    assert "decision sim-regional-rep" in screen
    assert "(internal)" in screen
    assert "never overdue" in screen
    assert run("board", "--programme", "7").exit_code == 2
    assert "'twelve' is not a valid integer" in run("board", "--programme", "twelve").stderr


@pytest.mark.usefixtures("home")
def test_a_list_of_non_reporters_has_an_id_that_anyone_can_work_out_again() -> None:
    found = answer("non-reporters", "--as-of", "2004-12-31")
    frozen = {
        "codes": sorted(each["state"] for each in found["states"]),
        "known_cut": found["known_cut"],
        "position": found["recorded_by"]["position"],
        "reading": "corrected",
    }
    assert found["list_id"] == sha256(encode(frozen))
    names = [each["name"] for each in found["states"]]
    assert names == sorted(names, key=plain)
    screen = run("non-reporters", "--as-of", "2004-12-31").stdout
    again = next(line for line in screen.splitlines() if "Again by" in line).partition("ledger1540 ")[2]
    assert answer(*again.replace("'", "").split()) == found


@pytest.mark.usefixtures("home")
def test_the_screen_of_statistics_has_the_notice_months_and_the_events_of_a_figure() -> None:
    screen = run("stats", "--from", "2013-06", "--to", "2014-05", "--by", "month").stdout
    assert "not a tool for measuring compliance" in screen
    assert "Period      2013-06-01 to 2014-05-31" in screen
    assert "States that had submitted a first report: " in screen
    assert "2014-05  decisions-adopted" in screen
    events = run("stats", "--from", "2014-05", "--to", "2014-05", "--show", "decisions-adopted").stdout
    shown = answer("stats", "--from", "2014-05", "--to", "2014-05", "--show", "decisions-adopted")["shown"]
    assert shown
    assert all(f"{each['position']}" in events and each["event_id"] in events for each in shown)


@pytest.mark.usefixtures("home")
def test_who_is_not_of_the_committee_is_told_what_is_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEDGER1540_ACTOR", "")
    assert "How far each duty is, is withheld from you." in run("board").stderr
    assert "What the Committee did is withheld from you" in run("stats", "--by", "year").stderr
    assert "Which States these are, is withheld from you." in run("non-reporters").stderr
    assert "rows are withheld from you" in run("non-reporters").stderr
