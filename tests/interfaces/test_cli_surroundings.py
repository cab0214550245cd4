"""What is around the verbs: settings, simulated records, completion, interruption, words in other languages."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from domain.refusals import IntegrityFailure
from interfaces import bootstrap, text
from interfaces.cli import app
from ledger.record import Record
from tests.projections.kenya import A, make


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("simulated")
    make(home, simulation=True).close()
    bootstrap.remember_actor(home, "sec")
    return home


@pytest.fixture(autouse=True)
def surroundings(simulated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEDGER1540_HOME", str(simulated))
    monkeypatch.delenv("LEDGER1540_ACTOR", raising=False)
    monkeypatch.setenv("LANGUAGE", "en")


def test_an_option_comes_before_the_environment_and_that_before_what_the_home_remembers(
    simulated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bootstrap.settings() == bootstrap.Settings(simulated, "sec")
    monkeypatch.setenv("LEDGER1540_ACTOR", "kenya")
    assert bootstrap.settings().actor == "kenya"
    assert bootstrap.settings(tmp_path, "chair") == bootstrap.Settings(tmp_path, "chair")
    assert bootstrap.settings(actor="").actor == ""


def test_without_a_setting_the_record_is_in_the_users_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LEDGER1540_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert bootstrap.settings() == bootstrap.Settings(tmp_path / "ledger1540", "")
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert bootstrap.settings().home == tmp_path / ".local" / "share" / "ledger1540"


@pytest.mark.parametrize(
    "words",
    [
        ("show", "KEN"),
        ("show", "KEN", A),
        ("show", "KEN", "--as-of", "2001"),
        ("log", "KEN", A),
        ("blame", "KEN"),
        ("diff", "KEN", "approved", "working"),
        ("document", "ken-2013"),
        ("due",),
        ("matrices",),
        ("worklist",),
        ("changes", "--from", "2013"),
        ("decisions",),
        ("decisions", "2013-1"),
        ("list", "publications"),
        ("doctor",),
    ],
)
def test_every_screen_of_a_simulated_record_says_that_it_is_made_up(words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(app, words)
    assert "SYNTHETIC" in done.stdout, done.stderr


def test_every_export_of_a_simulated_record_says_that_it_is_made_up(tmp_path: Path) -> None:
    for name in ("ken.csv", "ken.json"):
        assert CliRunner().invoke(app, ["export", "KEN", "--to", str(tmp_path / name)]).exit_code == 0
    assert (tmp_path / "ken.csv").read_text(encoding="utf-8").startswith("SYNTHETIC,")
    assert json.loads((tmp_path / "ken.json").read_text(encoding="utf-8"))["citation"]["synthetic"] is True
    shown = json.loads(CliRunner().invoke(app, ["show", "KEN", "--json", "--as-of", "2001"]).stdout)
    assert (shown["synthetic"], shown["revision"]) == (True, None)


def test_now_is_where_the_clock_of_a_simulation_stands(simulated: Path) -> None:
    with Record.open(simulated) as record:
        assert bootstrap.now_of(record) == record.recorded_at(record.last_position)


def test_a_shell_is_told_the_verbs_that_begin_so() -> None:
    surroundings = {
        **os.environ,
        "_LEDGER1540_COMPLETE": "complete_bash",
        "COMP_WORDS": "ledger1540 do",
        "COMP_CWORD": "1",
    }
    program = [sys.executable, "-c", "import interfaces.cli; interfaces.cli.main()"]
    done = subprocess.run(program, env=surroundings, capture_output=True, text=True, check=True)
    assert {"document", "doctor"} <= set(done.stdout.split())


def test_an_interruption_ends_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("interfaces.cli.show.shown", interrupted)
    done = CliRunner().invoke(app, ["show", "KEN"])
    assert (done.exit_code, done.stdout) == (130, "")
    assert "Traceback" not in done.stderr


def test_a_wrong_level_of_logging_is_refused_before_anything_else() -> None:
    program = [sys.executable, "-c", "import interfaces.cli; interfaces.cli.main()", "show", "KEN"]
    done = subprocess.run(
        program, env={**os.environ, "LEDGER1540_LOG": "loud"}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "LEDGER1540_LOG" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_storage_that_fails_is_named_and_a_mistake_of_ours_is_not_hidden() -> None:
    import sqlite3

    damaged = bootstrap.storage_failure(sqlite3.DatabaseError("database disk image is malformed"))
    assert isinstance(damaged, IntegrityFailure)
    assert bootstrap.storage_failure(ValueError("ours")) is None


def test_words_without_a_catalogue_are_shown_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    text._catalogue.cache_clear()
    monkeypatch.setenv("LANGUAGE", "xx")
    assert text._("As of") == "As of"
    assert [text.some("{} cell", "{} cells", count) for count in (1, 2)] == ["1 cell", "2 cells"]
    text._catalogue.cache_clear()
