"""A request for assistance and a visit through the doors, on each database: imported, too early, at once as wished."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from domain.times import new_york_date
from interfaces.cli import app
from ledger.clock import SystemClock
from tests.postgres import postgres_url

HISTORY: tuple[dict[str, Any], ...] = (
    {
        "command": "request-assistance",
        "id": "old",
        "request": "made-up-2008",
        "requesters": ["KEN", "UGA"],
        "subject": "border control",
        "needs": "made up",
        "received": "2008",
        "cells": ["T2011/op3cd-1-nw-legal"],
    },
    {"command": "acknowledge-request", "id": "old-ack", "request": "made-up-2008", "known": "2008-04"},
    {"command": "invite-visit", "id": "visit", "visit": "v", "state": "KEN", "purpose": "dialogue", "received": "2011"},
    {
        "command": "carry-out-visit",
        "id": "visited",
        "visit": "v",
        "valid_from": "2011-09-12",
        "valid_to": "2011-09-16",
        "participants": [{"capacity": "expert", "count": 2}],
        "known": "2011-09-16",
    },
)


@pytest.fixture(params=["sqlite", "postgres"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    found = {"LEDGER1540_HOME": str(tmp_path / "home"), "LEDGER1540_ACTOR": "sec", "LANGUAGE": "en"}
    if request.param == "sqlite":
        yield found
        return
    with postgres_url() as url:
        yield found | {"LEDGER1540_DATABASE": url}


def run(settings: dict[str, str], *words: str) -> Result:
    return CliRunner(env=settings).invoke(app, words)


def test_a_request_goes_its_way_on_each_database(settings: dict[str, str], tmp_path: Path) -> None:
    assert run(settings, "init").exit_code == 0
    history = tmp_path / "history.jsonl"
    lines = (json.dumps(each | {"actor": "sec", "synthetic": True}) for each in HISTORY)
    history.write_text("\n".join(lines), encoding="utf-8")
    assert run(settings, "import", str(history)).exit_code == 0

    today = new_york_date(SystemClock().now())
    for year in (today.year, today.year + 1):
        listed = run(settings, "record", "list-holidays", "--year", str(year), "--holidays", "[]")
        assert listed.exit_code == 0, listed.output
    received = ("--subject", "border control", "--needs", "made up", "--received", today.isoformat(), "--synthetic")
    of = ("--request", "border")
    done = run(settings, "record", "request-assistance", *of, "--requesters", "KEN", *received)
    assert done.exit_code == 0, done.output
    assert run(settings, "record", "authenticate-request", *of).exit_code == 0
    early = run(settings, "record", "send-request-on", *of, "--states", "FRA")
    assert (early.exit_code, "has waited 5 full working days" in early.output) == (2, True)
    assert run(settings, "record", "state-wish", *of, "--sending", "at-once", "--posting", "not").exit_code == 0
    assert run(settings, "record", "send-request-on", *of, "--states", "FRA").exit_code == 0
    assert run(settings, "verify").exit_code == 0
