"""`reconcile --dry-run` where no server runs: what should run, and what the record alone says was not done."""

import json
from pathlib import Path

from tests.interfaces.desk import Desk


def test_without_a_server_the_record_alone_says_what_should_be_running(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "home")
    told = desk.run("reconcile", "--dry-run", "--json", code=1)
    found = json.loads(told.stdout)
    assert {each["what"] for each in found["differs"]} == {"start"}
    assert "No Temporal server runs for this home" in told.stderr
    assert set(found) == {"differs", "undone", "unsent"}


def test_to_mend_what_runs_a_server_is_needed(tmp_path: Path) -> None:
    assert "ledger1540 up" in Desk(tmp_path / "home").refused("reconcile")
