"""Every reading verb says the same from tables and by folding the events, of a made-up history with late batches.

On both databases, through the command line; also after a rebuild was killed in the middle.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from time import monotonic, sleep
from typing import Any

import pytest
from typer.testing import CliRunner

from domain.records import BatchImported
from interfaces.bootstrap import opened, settings
from interfaces.cli import app
from interfaces.demo.build import play
from interfaces.demo.cast import SECRETARIAT
from interfaces.views import views_url
from ledger.address import address
from projections.engine.generations import generations
from projections.engine.store import Store
from projections.kinds import KINDS
from projections.views.catalogue import VIEWS
from tests.postgres import postgres_url

PROGRAM = [sys.executable, "-m", "interfaces.cli"]
PATIENCE = 120
VERBS: tuple[tuple[str, ...], ...] = (
    ("documents",),
    ("submissions",),
    ("corrections",),
    ("matrices",),
    ("changes", "--from", "2005"),
    ("decisions",),
    ("worklist",),
    ("what-rests-on", "--dead"),
    ("search", "law*"),
    ("stats", "--from", "2010"),
    ("board",),
    ("non-reporters",),
)
ASKED: tuple[tuple[str, ...], ...] = (
    ("--actor", SECRETARIAT),
    ("--actor", SECRETARIAT, "--as-of", "2013-06-30"),
    ("--actor", "", "--recorded-by", "2012-12-31"),
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def surroundings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A simulated history of a State, played into a record on each database."""
    home = tmp_path_factory.mktemp("two-ways") / "home"
    with ExitStack() as stack:
        found = {"LEDGER1540_HOME": str(home), "LANGUAGE": "en", "LEDGER1540_DATABASE": ""}
        if request.param == "postgresql":
            found["LEDGER1540_DATABASE"] = stack.enter_context(postgres_url())
        there = address(found["LEDGER1540_DATABASE"]) if found["LEDGER1540_DATABASE"] else None
        play(home, seed=5, states=1, database=there)
        with pytest.MonkeyPatch.context() as patched:
            for name, value in found.items():
                patched.setenv(name, value)
            assert run("migrate").exit_code == 0
            for view in VIEWS:
                assert run("rebuild", view).exit_code == 0
            yield found


def run(*words: str) -> Any:
    return CliRunner().invoke(app, words)


@pytest.fixture(autouse=True)
def its_record(surroundings: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)


def said(*words: str) -> tuple[int, str, str]:
    done = run(*words)
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize("asked", ASKED)
def test_the_tables_say_of_a_long_history_what_folding_its_events_says(asked: tuple[str, ...]) -> None:
    answered = 0
    for verb in VERBS:
        told = said(*verb, *asked, "--json")
        assert told == said(*verb, *asked, "--json", "--replay"), verb
        answered += told[0] == 0
    assert answered >= len(VERBS) - 1  # before the programme there is no board


def test_the_history_holds_what_entered_late() -> None:
    with opened(settings()) as record:
        assert sum(isinstance(event.body, BatchImported) for event in record.recorded()) >= 1


def test_every_list_says_what_folding_the_events_says() -> None:
    for kind in ("actors", "consents", "exchanges", "members", "batches", "deadlines", "publications"):
        assert kind in KINDS
        words = ("list", kind, "--actor", SECRETARIAT, "--json")
        assert said(*words) == said(*words, "--replay"), kind


def test_a_rebuild_that_is_killed_in_the_middle_leaves_the_live_rows_and_the_next_is_the_same() -> None:
    live = said("changes", "--from", "2005", "--actor", SECRETARIAT, "--json")
    words = [*PROGRAM, "rebuild", "changes", "--actor", SECRETARIAT]
    with subprocess.Popen(words, env=dict(os.environ), stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        until_rebuilding(process)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert states() == ["live", "rebuilding"]
    assert said("changes", "--from", "2005", "--actor", SECRETARIAT, "--json") == live
    done = run("rebuild", "changes", "--actor", SECRETARIAT)
    assert (done.exit_code, "changes: the same at position" in done.stdout) == (0, True), done.stderr
    assert states() == ["kept", "live"]
    assert said("changes", "--from", "2005", "--actor", SECRETARIAT, "--json") == live


def until_rebuilding(process: subprocess.Popen[bytes]) -> None:
    """Wait until another generation is on its way."""
    end = monotonic() + PATIENCE
    while "rebuilding" not in states():
        assert process.poll() is None, process.communicate()
        assert monotonic() < end, "it did not come about"
        sleep(0.001)


def states() -> list[str]:
    """Return the states of the generations there are."""
    store = Store(views_url(settings()))
    try:
        with store.reading() as connection:
            return sorted(each.state for each in generations(connection, "changes"))
    finally:
        store.close()
