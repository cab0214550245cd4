"""What is refused is said of the option or word that was given, not of another."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from interfaces.cli import app
from tests import postgres
from tests.projections.kenya import make


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("refusals") / "home"
    make(home).close()
    return home


@pytest.fixture(autouse=True)
def surroundings(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEDGER1540_HOME", str(made))
    monkeypatch.setenv("LEDGER1540_ACTOR", "sec")
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("LEDGER1540_DATABASE", raising=False)


def refused(*words: str) -> str:
    done: Result = CliRunner().invoke(app, words)
    assert (done.exit_code, done.stdout) == (2, ""), done.output
    return done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("search", "law", "--state", "ZZZ"), "--state: no State 'ZZZ'"),
        (("show", "KEN", "--recorded-by", "-1"), "--recorded-by: '-1' is neither a position nor a date"),
        (("show", "KEN", "--recorded-by", "soon"), "'soon' is neither a position nor a date"),
        (("audit", "late-history", "sample"), "a sample is drawn of events, not of checks"),
        (("audit", "sample", "late-history"), "a sample is drawn of events, not of checks"),
    ],
)
def test_a_reading_verb_names_what_was_given(words: tuple[str, ...], says: str) -> None:
    assert says in refused(*words)


def test_a_record_is_not_copied_onto_itself(made: Path) -> None:
    here = f"sqlite:{made / 'record.sqlite'}"
    told = refused("copy", "--from", here, "--to", here)
    assert "--to: " in told
    assert "onto itself" in told


def test_a_copy_says_at_which_end_something_is_wrong(made: Path, tmp_path: Path) -> None:
    here, there = f"sqlite:{made / 'record.sqlite'}", f"sqlite:{tmp_path / 'copy' / 'record.sqlite'}"
    nowhere = f"sqlite:{tmp_path / 'none' / 'record.sqlite'}"
    server = "postgresql://nobody@/d?host=/nowhere"
    assert "--from: there is no record" in refused("copy", "--from", nowhere, "--to", there)
    assert "--from: the database" in refused("copy", "--from", server, "--to", there)
    assert "--to: the database" in refused("copy", "--from", here, "--to", server)
    assert CliRunner().invoke(app, ["copy", "--from", here, "--to", there]).exit_code == 0
    assert "--to: there is a record" in refused("copy", "--from", here, "--to", there)


def test_a_copy_says_of_the_owner_that_it_is_the_owner(made: Path) -> None:
    here = f"sqlite:{made / 'record.sqlite'}"
    with postgres.roles("stranger", "app") as urls:
        target = f"{urls['app']}&schema={postgres.fresh_schema()}"
        owned = ("copy", "--from", here, "--to", target, "--owner")
        assert "--owner: the owner's address" in refused(*owned, here)
        told = refused(*owned, urls["stranger"])
    assert "--owner: " in told
    assert "may not make a record" in told
    assert "LEDGER1540_DATABASE" not in told
