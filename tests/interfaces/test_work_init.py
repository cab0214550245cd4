"""`init`: a record begins whole, or nothing is left behind."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from domain.records import TypeRegistered
from domain.refusals import Refusal
from interfaces import initialise
from interfaces.cli import app
from interfaces.cli.work.beginning import begin
from ledger.record import Record
from ledger.refusals import OriginUnfit, RecordExists


def test_a_record_begins_with_its_types_its_first_actor_and_the_twelfth_programme(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    runner = CliRunner(env={"LEDGER1540_HOME": str(home)})
    done = runner.invoke(app, ["init", "--actor", "sec", "--origin", "example.org/ledger1540/7", "--json"])
    assert done.exit_code == 0, done.output
    begun = json.loads(done.stdout)
    with Record.open(home) as record:
        assert (record.origin, record.last_position) == ("example.org/ledger1540/7", begun["last_position"])
        assert record.root().hex() == begun["root"]
        (first,) = record.recorded(1, 1)
        assert isinstance(first.body, TypeRegistered)
        assert first.body.type_name == TypeRegistered.TYPE
        assert record.history("programme/12").events
        assert len([event for event in record.recorded() if event.header.type == "state.registered"]) == 193
    assert [each.name for each in home.parent.iterdir()] == ["home"]
    assert runner.invoke(app, ["verify"]).exit_code == 0
    assert runner.invoke(app, ["open", "KEN", "--template", "T2011"]).exit_code == 0


def test_a_home_that_is_there_already_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "notes.txt").write_text("mine")
    with pytest.raises(RecordExists):
        begin(tmp_path / "home", "example.org/ledger1540/1", "sec")
    with pytest.raises(RecordExists):
        begin(tmp_path / "home" / "notes.txt", "example.org/ledger1540/1", "sec")
    assert [each.name for each in (tmp_path / "home").iterdir()] == ["notes.txt"]


def test_an_empty_home_is_filled(tmp_path: Path) -> None:
    begin(tmp_path, "example.org/ledger1540/1", "sec")
    with Record.open(tmp_path) as record:
        assert record.last_position > 200


def test_where_it_fails_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "deep" / "er" / "home"
    with pytest.raises(OriginUnfit):
        begin(home, "not an origin", "sec")
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(initialise, "documents", list[bytes])
    with pytest.raises(Refusal):
        begin(home, "example.org/ledger1540/1", "sec")
    assert not list(tmp_path.iterdir())


def test_the_first_actor_is_an_opaque_id_and_must_be_named(tmp_path: Path) -> None:
    runner = CliRunner(env={"LEDGER1540_HOME": str(tmp_path / "home"), "LEDGER1540_ACTOR": ""})
    for words in (["init"], ["init", "--actor", "Ms A. Person"]):
        done = runner.invoke(app, words)
        assert (done.exit_code, done.stdout) == (2, "")
    assert not (tmp_path / "home").exists()
