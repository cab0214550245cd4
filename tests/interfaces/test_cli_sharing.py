"""How a reading verb is made: a function of a request, with the shared options that bear on what it shows."""

import json
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner, Result

from domain.catalogue import TYPES
from interfaces.cli import app
from interfaces.cli.output import line
from interfaces.cli.reading import OF_A_MATRIX, OF_THE_RECORD, Answer, Request, reading
from tests.projections.kenya import make


@reading(OF_THE_RECORD)
def positions(request: Request, first: Annotated[int, typer.Option("--first", help="From which.")] = 1) -> Answer:
    """Say from which position to which the answer goes."""
    last = request.axes.recorded_by.position
    return Answer({"first": first, "last": last, "reader": request.reader.actor}, lambda: line(f"{first}-{last}"), 1)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    make(home).close()
    return home


def run(home: Path, *words: str) -> Result:
    program = typer.Typer(add_completion=False, rich_markup_mode=None)
    program.command("positions")(positions)
    return CliRunner().invoke(program, [*words, "--home", str(home), "--actor", "sec"])


def test_a_verb_answers_on_a_screen_or_as_data_and_ends_with_its_code(home: Path) -> None:
    shown, data = run(home), run(home, "--json", "--first", "3", "--recorded-by", "9")
    assert (shown.exit_code, shown.stdout) == (1, f"1-{len(TYPES) + 246}\n")
    assert (data.exit_code, json.loads(data.stdout)) == (1, {"first": 3, "last": 9, "reader": "sec"})


def test_a_verb_has_the_options_that_it_names_and_its_own_help(home: Path) -> None:
    told = run(home, "--help").stdout
    assert "Say from which position to which the answer goes." in told
    assert {"--first", "--as-of", "--recorded-by", "--reading"} <= set(told.split())
    assert "--standing" not in told
    assert run(home, "--standing", "working").exit_code == 2


@pytest.mark.parametrize(
    ("verb", "absent"),
    [
        ("show", set[str]()),
        ("blame", set[str]()),
        ("diff", set[str]()),
        ("log", {"standing", "in_force_on"}),
        ("due", {"standing", "in_force_on"}),
        ("document", {"standing", "in_force_on"}),
        ("worklist", {"standing", "in_force_on"}),
        ("changes", {"standing", "in_force_on", "as_of"}),
        ("export", {"json"}),
    ],
)
def test_the_reading_verbs_have_the_options_that_bear_on_what_they_show(verb: str, absent: set[str]) -> None:
    group = typer.main.get_command(app)
    found = group.get_command(typer.Context(group), verb)  # type: ignore[attr-defined]
    assert {param.name for param in found.params} & set(OF_A_MATRIX) == set(OF_A_MATRIX) - absent
