"""The verbs that say where matrices are, what changed, what was decided, what is kept for reference, and what to do."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from interfaces.cli import app
from projections.kinds import KINDS
from tests.projections.kenya import make


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("verbs") / "home"
    make(home).close()
    return home


@pytest.fixture(autouse=True)
def surroundings(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEDGER1540_HOME", str(made))
    monkeypatch.setenv("LEDGER1540_ACTOR", "sec")
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.delenv("LEDGER1540_DATABASE", raising=False)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def answer(*words: str) -> Any:
    done = run(*words, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


VERBS = (
    ("matrices",),
    ("worklist",),
    ("worklist", "Kenya", "FRA"),
    ("changes", "--from", "2013"),
    ("changes", "KEN", "--from", "2013-02", "--to", "2013-02"),
    ("decisions",),
    ("decisions", "2013-1"),
    ("list", "actors"),
    ("list", "publications"),
)


@pytest.mark.parametrize("words", VERBS)
@pytest.mark.parametrize("reading", ["corrected", "stood"])
def test_the_tables_say_what_a_replay_of_the_events_says(words: tuple[str, ...], reading: str) -> None:
    asked = (*words, "--reading", reading)
    assert answer(*asked) == answer(*asked, "--replay")


@pytest.mark.parametrize("words", VERBS)
def test_who_may_not_see_what_is_told_is_told_that_it_is_withheld(words: tuple[str, ...]) -> None:
    if words[0] != "list" and words[-1] != "FRA":
        assert "withheld from you" in run(*words, "--actor", "someone").stderr


def test_matrices_are_listed_by_code_under_the_notice_without_a_count_of_what_they_say() -> None:
    done = run("matrices", "--as-of", "2013-12-31")
    lines = done.stdout.splitlines()
    assert any("not a tool for measuring compliance" in line for line in lines)
    (kenya,) = [line for line in lines if line.startswith("KEN")]
    assert kenya.split()[:4] == ["KEN", "Kenya", "1", "T2011"]
    assert kenya.split()[4:] == ["2013-02-01", "2013-05-01", "2013-09-01", "2013-06-01", "2013-11-01"]
    codes = [each["state"] for each in answer("matrices")["matrices"]]
    assert codes == sorted(codes)
    assert "revision 1" in next(line for line in run("matrices").stdout.splitlines() if line.startswith("KEN"))


def test_the_worklist_names_the_verb_that_deals_with_each_thing() -> None:
    done = run("worklist", "KEN")
    assert "assess KEN, or read ken-2" in done.stdout
    assert "seal KEN/2, or withdraw revision KEN/2" in done.stdout
    assert "3 things to do." in done.stdout
    assert "0 things to do." in run("worklist", "France").stdout
    assert run("worklist", "Atlantis").exit_code == 2


def test_changes_of_a_period_are_told_with_what_was_said_before() -> None:
    done = run("changes", "KEN", "--from", "2013-02", "--to", "2013-02")
    (second,) = [line for line in done.stdout.splitlines() if line.startswith("2013-02 ")]
    assert second.split()[:6] == ["2013-02", "KEN", "1", "T2011/op1-1-all-statement", "YES", "(blank)"]
    assert "4 changes." in done.stdout
    assert "not a tool for measuring compliance" in done.stdout
    assert answer("changes", "--from", "2013-02", "--to", "2013-02")["as_of"] == "2013-02"


def test_a_period_that_is_none_is_refused() -> None:
    for words, where in (
        (("--from", "then"), "--from"),
        (("--from", "2013", "--to", "later"), "--to"),
        (("--from", "2014", "--to", "2013"), "--to"),
    ):
        done = run("changes", *words)
        assert (done.exit_code, where in done.stderr) == (2, True), done.stderr


def test_decisions_are_listed_and_one_is_told_in_full() -> None:
    assert [line.split()[0] for line in run("decisions").stdout.splitlines()[-1:]] == ["2013-1"]
    done = run("decisions", "2013-1")
    assert "only what rests on it is on record" in done.stdout
    assert "approved KEN/1, 2013-09-01" in done.stdout
    missed = run("decisions", "2013-2")
    assert (missed.exit_code, "did you mean 2013-1?" in missed.stderr) == (2, True)


def test_every_kind_is_written_on_a_screen_its_acts_in_words() -> None:
    for kind in KINDS:
        done = run("list", kind)
        assert done.exit_code == 0, (kind, done.exception)
    assert "Scope: publish" in run("list", "consents").stdout
    assert "Manifest: " in run("list", "exchanges").stdout


def test_a_kind_is_listed_and_one_that_is_mistyped_is_named() -> None:
    assert "Kenya" in run("list", "states").stdout
    assert "state:KEN" in run("list", "actors").stdout
    done = run("list", "state")
    assert (done.exit_code, "did you mean states?" in done.stderr) == (2, True)
