"""A record made by an earlier version: the types that came since are registered in a step of their own."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from domain.catalogue import TYPES
from domain.records import EventSkipped, RecordRecordedInError
from interfaces import initialise
from interfaces.cli import app
from ledger.address import postgres_address
from ledger.record import Record
from tests import postgres

LATER = (EventSkipped.topic(), RecordRecordedInError.topic())


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """A home, made when the last types were not there yet."""
    home = tmp_path / "home"
    found = {"LEDGER1540_HOME": str(home), "LEDGER1540_ACTOR": "sec"}
    address = None
    if request.param == "postgresql":
        address = postgres_address(f"{postgres.database_url()}&schema={postgres.fresh_schema()}")
        found["LEDGER1540_DATABASE"] = address.whole
    with Record.create(home, origin="example.org/ledger1540/1", address=address) as record:
        known = initialise.types("sec", [topic for topic in TYPES if topic not in LATER])
        record.submit_all([*known, *initialise.first_actor("sec"), *initialise.states("sec")])
    return found


def run(settings: dict[str, str], *words: str, code: int = 0) -> Result:
    done = CliRunner(env=settings).invoke(app, words)
    assert done.exit_code == code, done.output
    return done


def void_of_type(settings: dict[str, str], code: int) -> Result:
    """Void what the record says of itself, by a type that came later."""
    run(settings, "accept-clock", "--reason", "set by hand", "--id", "clock")
    return run(settings, "in-error", "clock#0", "--reason", "it was right", code=code)


def test_what_came_later_is_refused_with_what_to_do_and_recorded_after_the_upgrade(settings: dict[str, str]) -> None:
    told = void_of_type(settings, code=2).stderr
    assert "record.recorded-in-error@1 is not registered on record" in told
    assert "ledger1540 upgrade" in told
    run(settings, "upgrade")
    run(settings, "in-error", "clock#0", "--reason", "it was right")
    assert run(settings, "verify").exit_code == 0


def test_doctor_and_verify_say_what_is_missing_until_it_is_registered(settings: dict[str, str]) -> None:
    for verb, code in (("doctor", 2), ("verify", 0)):
        told = run(settings, verb, code=code).output
        assert all(topic in told for topic in LATER)
        assert "ledger1540 upgrade" in told
    run(settings, "upgrade")
    assert "upgrade" not in run(settings, "verify").output
    assert "not registered" not in CliRunner(env=settings).invoke(app, ["doctor"]).output


def test_an_upgrade_is_tried_dry_done_once_and_then_finds_nothing_new(settings: dict[str, str]) -> None:
    position = json.loads(run(settings, "verify", "--json").stdout)["report"]["events"]
    tried = json.loads(run(settings, "upgrade", "--dry-run", "--json").stdout)
    assert [receipt["events"][0]["type"] for receipt in tried] == ["record.type-registered"] * 2
    assert json.loads(run(settings, "verify", "--json").stdout)["report"]["events"] == position
    done = json.loads(run(settings, "upgrade", "--json").stdout)
    assert [receipt["last_position"] for receipt in done] == [position + 1, position + 2]
    again = run(settings, "upgrade", "--json")
    assert json.loads(again.stdout) == []
    assert "nothing was recorded" in again.stderr


def test_only_the_secretariat_upgrades(settings: dict[str, str]) -> None:
    run(settings, "grant", "expert-1", "expert")
    told = run(settings | {"LEDGER1540_ACTOR": "expert-1"}, "upgrade", code=2).stderr
    assert "expert-1 holds no role" in told
    assert "event types" in CliRunner(env=settings).invoke(app, ["doctor"]).output
