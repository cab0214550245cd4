"""What delegations answer at the command line: given again under the same key, each is recorded once."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.domain.meetings.seated import MEMBERS
from tests.interfaces.office import Office, opened


def _line(command: str, **members: object) -> str:
    return json.dumps({"command": command, "id": f"{command}-{members}", "actor": "sec", **members})


@pytest.fixture
def line(tmp_path: Path) -> Office:
    """The Secretariat, with fifteen members and a proposal of three items that was sent to them all."""
    office, now = opened(tmp_path, on_postgresql=False), datetime.now(UTC)
    lines = [_line("seat-member", state=state, valid_from="2020-01-01") for state in MEMBERS]
    lines += [_line("list-holidays", year=now.year + each, holidays=[]) for each in range(2)]
    office.run("import", "-", "--known", "2020", given="\n".join(lines))
    office.run("propose", "d-1", "--title", "A proposal", "--item", "one", "--item", "two", "--item", "three")
    office.run("record", "open-procedure", "--decision", "d-1", "--sent", now.isoformat())
    return office


def test_an_answer_of_a_delegation_that_is_given_again_is_recorded_once_without_a_time_of_receipt(line: Office) -> None:
    """Given an answer received now, when it is given twice under one key, then the second tells the first."""
    for words in (
        ("object", "d-1", "--from", "FRA", "--item", "2"),
        ("hold", "d-1", "--from", "USA", "--item", "3"),
        ("hold", "d-1", "--from", "USA", "--item", "3", "--lift"),
        ("record", "ask-time", "--decision", "d-1", "--state", "PAK", "--items", "1"),
    ):
        key = "-".join(words)
        first = line.asks(*words, "--command-id", key)
        again = line.asks(*words, "--command-id", key)
        assert len(first["events"]) == 1
        assert again["events"] == first["events"]
