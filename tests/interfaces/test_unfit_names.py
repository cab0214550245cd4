"""A name that no record can hold is looked up like any other that is not there, on both databases."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from interfaces.cli import app
from interfaces.cli.work.beginning import begin
from ledger.address import postgres_address
from tests import postgres

CELL = "T2011/op3cd-5-nw-legal"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("names") / "home"
    address = None
    found = {"LEDGER1540_HOME": str(home), "LEDGER1540_ACTOR": "sec"}
    if request.param == "postgresql":
        address = postgres_address(f"{postgres.database_url()}&schema={postgres.fresh_schema()}")
        found["LEDGER1540_DATABASE"] = address.whole
    begin(home, "example.org/ledger1540/1", "sec", database=address)
    done = CliRunner(env=found).invoke(app, ["open", "KEN", "--template", "T2011", "--known", "2013-02-01"])
    assert done.exit_code == 0, done.output
    return found


@pytest.mark.parametrize(
    "words",
    [
        ("show", "KE\0N"),
        ("show", "KEN", f"{CELL}\0", "--standing", "working"),
        ("show", "KEN", "--actor", "s\0c"),
        ("log", "KEN", f"{CELL}\0"),
        ("document", "ken\0report"),
        ("documents", "--state", "K\0N"),
        ("in-error", "a\0#0", "--reason", "wrong"),
        ("adopt", "dec\0ision", "--meeting", "m"),
        ("assess", "KEN", f"{CELL}\0=X", "--known", "2013-02-02"),
        ("grant", "exp\0ert", "expert"),
    ],
)
def test_a_name_with_a_nul_is_refused_in_one_sentence(settings: dict[str, str], words: tuple[str, ...]) -> None:
    done = CliRunner(env=settings).invoke(app, words)
    assert (done.exit_code, done.stdout) == (2, ""), done.output
    assert isinstance(done.exception, SystemExit)


def test_an_imported_name_with_a_nul_is_refused_with_its_row(settings: dict[str, str], tmp_path: Path) -> None:
    lines = ({"state": "K\0N"}, {"template": "T\0"}, {"actor": "s\0c"})
    about = {"command": "open-revision", "id": "o", "actor": "sec", "state": "KEN", "template": "T2011"}
    for number, line in enumerate(lines):
        path = tmp_path / f"{number}.jsonl"
        path.write_text(json.dumps(about | line) + "\n")
        done = CliRunner(env=settings).invoke(app, ["import", str(path)])
        assert done.exit_code == 2
        assert "row 1" in done.stderr
