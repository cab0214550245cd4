"""The command line with its record on PostgreSQL, and the demo there: nothing differs but the place."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from psycopg.conninfo import conninfo_to_dict
from typer.testing import CliRunner, Result

from domain.deciding import Command
from domain.refusals import MalformedInput, Refusal
from interfaces import initialise
from interfaces.cli import app
from interfaces.demo.build import play
from interfaces.site.building import site
from ledger.address import postgres_address
from ledger.record import Record
from ledger.verify import Verification
from tests import postgres

OPEN = {"command": "open-revision", "id": "open-1", "actor": "sec", "state": "KEN", "template": "T2011"}
MARK = "told%20to%20nobody"
"""The password of the roles, as a setting has it."""


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[dict[str, str]]:
    with postgres.roles("owner", "app") as urls:
        with postgres.connected(postgres.database_url()) as connection:
            connection.execute(f'GRANT CREATE ON DATABASE {connection.info.dbname} TO "owner {_number(urls)}"'.encode())
        schema = postgres.fresh_schema()
        yield {
            "LEDGER1540_HOME": str(tmp_path / "home"),
            "LEDGER1540_DATABASE": f"{urls['app']}&schema={schema}",
            "LEDGER1540_DATABASE_OWNER": f"{urls['owner']}&schema={schema}",
        }


def _number(urls: dict[str, str]) -> str:
    return urls["owner"].partition("owner%20")[2].partition(":")[0]


def run(settings: dict[str, str], *words: str) -> Result:
    found = CliRunner(env=settings).invoke(app, words)
    assert "Traceback" not in found.output
    assert MARK not in found.output
    return found


def read(settings: dict[str, str], *words: str) -> Any:
    found = run(settings, *words, "--json")
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_a_record_begins_there_and_is_worked_with_and_verified(settings: dict[str, str], tmp_path: Path) -> None:
    begun = read(settings, "init", "--actor", "sec")
    del settings["LEDGER1540_DATABASE_OWNER"]
    assert sorted(each.name for each in (tmp_path / "home").iterdir()) == ["actor", "documents", "signer"]
    history = tmp_path / "history.jsonl"
    history.write_text(json.dumps(OPEN | {"known": "2013-02-01"}) + "\n", encoding="utf-8")
    (imported,) = read(settings, "import", str(history))
    assert imported["first_position"] > begun["last_position"]
    (again,) = read(settings, "import", str(history))
    assert again["repeated"]
    shown = read(settings, "show", "KEN", "--standing", "working")
    assert (shown["state"], shown["revision"], shown["template"]) == ("KEN", 1, "T2011")
    found = read(settings, "verify")
    assert found["findings"] == []
    assert found["report"]["events"] == imported["last_position"]
    assert run(settings, "migrate").exit_code == 0
    doctor = json.loads(run(settings, "doctor", "--json").stdout)
    not_as_they_should_be = {each["name"] for each in doctor if not each["ok"]}
    assert not_as_they_should_be <= {"durability", "free space"}  # the server for tests waits for no disk
    assert {"database role", "durability"} <= {each["name"] for each in doctor}


def test_its_views_are_made_and_kept_by_the_role_that_uses_it(settings: dict[str, str]) -> None:
    run(settings, "init", "--actor", "sec")
    del settings["LEDGER1540_DATABASE_OWNER"]
    assert run(settings, "migrate").exit_code == 0
    for processes in ("1", "2"):
        assert run(settings, "rebuild", "documents", "--processes", processes).exit_code == 0
    assert read(settings, "documents") == read(settings, "documents", "--replay")
    assert {each["view"]: each["state"] for each in read(settings, "views")}["documents"] == "live"


def test_the_owner_is_told_by_doctor_that_it_has_too_much(settings: dict[str, str]) -> None:
    run(settings, "init", "--actor", "sec")
    settings["LEDGER1540_DATABASE"] = settings["LEDGER1540_DATABASE_OWNER"]
    doctor = json.loads(run(settings, "doctor", "--json").stdout)
    (role,) = (each for each in doctor if each["name"] == "database role")
    assert not role["ok"]
    assert "UPDATE of archive, bodies, commands, events, nodes" in role["found"]


def test_where_the_record_begins_a_second_time_or_not_at_all_the_reason_is_told(settings: dict[str, str]) -> None:
    found = run(settings, "show", "KEN")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "there is no record" in found.stderr
    run(settings, "init", "--actor", "sec")
    elsewhere = settings | {"LEDGER1540_HOME": settings["LEDGER1540_HOME"] + "-2"}
    found = run(elsewhere, "init", "--actor", "sec")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "?schema=" in found.stderr
    assert not Path(elsewhere["LEDGER1540_HOME"]).exists()
    assert run(settings, "verify").exit_code == 0


@pytest.mark.parametrize("why", [KeyboardInterrupt, MalformedInput("a mistake")])
def test_where_it_does_not_begin_nothing_is_left_there(
    settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, why: type[BaseException] | Refusal
) -> None:
    def broken_off(_: str) -> list[Command]:
        raise why

    with monkeypatch.context() as patched:
        patched.setattr(initialise, "commands", broken_off)
        assert run(settings, "init", "--actor", "sec").exit_code != 0
    assert "there is no record" in run(settings, "show", "KEN").stderr
    assert run(settings, "init", "--actor", "sec").exit_code == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"LEDGER1540_DATABASE": f"postgresql://app:{MARK}@/d?host=/nowhere"}, "cannot be reached"),
        ({"LEDGER1540_DATABASE": f"postgresql://app:{MARK}/x@/d"}, "LEDGER1540_DATABASE: this is no URL"),
        ({"LEDGER1540_DATABASE": "mysql://app@localhost/d"}, "no kind of database"),
    ],
)
def test_a_database_that_cannot_be_used_is_named_with_what_to_do(
    settings: dict[str, str], change: dict[str, str], told: str
) -> None:
    for words in (["show", "KEN"], ["verify"], ["init", "--actor", "sec"], ["due"]):
        found = run(settings | {"LEDGER1540_DATABASE_OWNER": ""} | change, *words)
        assert (found.exit_code, found.stdout) == (2, ""), words
        assert told in found.stderr
        assert len(found.stderr.strip().splitlines()) <= 2  # what is wrong and where, and what to do


def test_a_table_that_the_role_may_not_read_is_no_damage(settings: dict[str, str]) -> None:
    run(settings, "init", "--actor", "sec")
    owner, app = (postgres_address(settings[name]) for name in ("LEDGER1540_DATABASE_OWNER", "LEDGER1540_DATABASE"))
    role = str(conninfo_to_dict(app.url)["user"])
    with postgres.connected(owner.url) as connection:
        connection.execute(f'REVOKE SELECT ON {owner.schema}.bodies FROM "{role}"'.encode())
    for words in (["show", "KEN"], ["verify"], ["due"]):
        found = run(settings, *words)
        assert (found.exit_code, found.stdout) == (2, ""), words
        assert "may not read the record" in found.stderr


def test_a_home_given_as_an_option_has_its_database_in_it(settings: dict[str, str], tmp_path: Path) -> None:
    run(settings, "init", "--actor", "sec")
    found = run(settings, "init", "--home", str(tmp_path / "other"), "--actor", "sec", "--origin", "example.org/other")
    assert found.exit_code == 0
    assert (tmp_path / "other" / "record.sqlite").exists()


def test_what_a_stranger_changed_is_found_with_the_exit_code_for_it(settings: dict[str, str]) -> None:
    run(settings, "init", "--actor", "sec")
    schema = postgres_address(settings["LEDGER1540_DATABASE"]).schema
    with postgres.connected(postgres.database_url(), options=f"-c search_path={schema}") as connection:
        connection.execute("ALTER TABLE bodies DISABLE TRIGGER USER; UPDATE bodies SET body = '{}' WHERE position = 9")
    found = run(settings, "verify", "--json")
    assert found.exit_code == 3
    report = json.loads(found.stdout)
    assert report["report"]["first"]["position"] == 9
    assert any("bodies_keep" in each["what"] for each in report["findings"])


def test_one_seed_gives_one_root_on_both_databases(tmp_path: Path) -> None:
    there = postgres_address(f"{postgres.database_url()}&schema={postgres.fresh_schema()}")
    on_postgresql = play(tmp_path / "there", seed=7, states=2, database=there)
    assert on_postgresql == play(tmp_path / "here", seed=7, states=2)
    verification = Verification(tmp_path / "there", address=there)
    assert list(verification) == []
    assert verification.report().root == on_postgresql.root
    with Record.open(tmp_path / "there", address=there) as record, Record.open(tmp_path / "here") as other:
        assert site(record) == site(other)
