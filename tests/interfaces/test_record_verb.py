"""`record COMMAND`: every command without a verb of its own is typed with its members as options."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from domain.catalogue import COMMANDS
from domain.committee.members import MemberSeated
from domain.deciding import Command
from domain.duty_station import Holiday, HolidaysListed
from interfaces.cli import app
from interfaces.cli.record import has_no_verb
from interfaces.cli.work.beginning import begin
from interfaces.cli.work.doing import Common
from ledger.record import Record


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("record") / "home"
    begin(home, "example.org/ledger1540/1", "sec")
    return home


def record(home: Path, *words: str) -> Result:
    env = {"LEDGER1540_HOME": str(home), "LEDGER1540_ACTOR": "sec", "LANGUAGE": "en"}
    return CliRunner(env=env).invoke(app, ["record", *words])


def body(home: Path, *words: str) -> Any:
    done = record(home, *words, "--json")
    assert done.exit_code == 0, done.stderr
    with Record.open(home) as opened:
        (event,) = opened.recorded(json.loads(done.stdout)["first_position"])
        return event.body


def test_a_member_is_seated_by_typing_its_term(home: Path) -> None:
    found = body(home, "seat-member", "--state", "CHN", "--valid-from", "2004-04-28", "--known", "2004-04-28")
    assert found == MemberSeated(state="CHN", valid_from="2004-04-28", valid_to=None)


def test_what_holds_several_things_is_written_as_json(home: Path) -> None:
    days = '[{"day": "2013-12-25", "name": "Christmas Day"}]'
    found = body(home, "list-holidays", "--year", "2013", "--holidays", days)
    assert found == HolidaysListed(
        station="new-york",
        year=2013,
        holidays=(Holiday(day="2013-12-25", name="Christmas Day"),),
        document_id=None,
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("seat-member", "--state", "CHN"), "--valid-from"),
        (("seat-member", "--state", "China", "--valid-from", "2004-04-28"), "an ISO 3166 alpha-3 code such as KEN"),
        (("seat-member", "--state", "FRA", "--valid-from", "soon"), "soon"),
        (("list-holidays", "--year", "2013", "--holidays", "Christmas"), "--holidays: not JSON"),
        (("list-holidays", "--year", "next", "--holidays", "[]"), "valid integer"),
        (("seat-members",), "seat-member"),
        (("hold-office", "--office", "king", "--state", "CHN", "--valid-from", "2013-01-01"), "king"),
    ],
)
def test_what_is_typed_wrongly_is_refused_with_what_would_be_right(
    home: Path, words: tuple[str, ...], says: str
) -> None:
    done = record(home, *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("tag", [tag for tag in COMMANDS if has_no_verb(tag)])
def test_every_command_without_a_verb_is_offered_with_its_members(home: Path, tag: str) -> None:
    own = set(COMMANDS[tag].__struct_fields__) - set(Command.__struct_fields__)
    assert not own & set(Common.__struct_fields__), "a member has the name of a shared option"
    said = record(home, tag, "--help").stdout
    assert [name for name in own if f"--{name.replace('_', '-')} " not in said] == []


def test_a_command_that_has_a_verb_is_not_offered_twice(home: Path) -> None:
    assert record(home, "assess").exit_code == 2
    assert not has_no_verb("assess")
