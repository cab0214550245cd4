from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from domain.catalogue import TYPES
from interfaces.cli import app
from schemas import golden, registry

KIND = "matrix.cell-assessed@1"


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["schema", *words])
    assert done.exit_code == code, done.output
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the folder that may be spoiled."""
    copied = tmp_path / "golden"
    shutil.copytree(str(golden.folder()), copied)
    monkeypatch.setattr(golden, "folder", lambda: copied)
    return copied


def test_all_types_are_listed_with_their_fingerprints() -> None:
    listed = json.loads(run("list", "--json"))
    assert list(listed) == sorted([*TYPES, "published.matrix@1"])
    assert f"{listed[KIND]['fingerprint']}  {KIND}\n" in run("list")


def test_one_schema_is_shown_as_it_is_frozen() -> None:
    assert run("show", KIND) == golden.value_schema("matrix.cell-assessed", 1)


@pytest.mark.parametrize("words", [("show", "matrix.dreamt@1"), ("show", "matrix"), ("show",), ("list", KIND)])
def test_what_is_no_type_version_is_refused(words: tuple[str, ...]) -> None:
    run(*words, code=2)


def test_the_frozen_schemas_are_whole() -> None:
    assert json.loads(run("check", "--json")) == {"schemas": len(TYPES) + 1, "faults": []}


def test_a_lost_file_an_altered_one_and_another_value_are_named(folder: Path) -> None:
    (folder / KIND / "value-1.avro").write_bytes((folder / KIND / "value-2.avro").read_bytes())
    (folder / "actor.registered@1" / "instance-1.json").unlink()
    said = run("check", code=1)
    assert f"{KIND}/value-1.avro: altered" in said
    assert f"{KIND}: value 1 is not that of its instance" in said
    assert "actor.registered@1/instance-1.json: lost" in said


def test_a_version_that_does_not_read_an_older_one_is_named(folder: Path) -> None:
    path = folder / "consent.given@2" / "value.avsc"
    path.write_text(path.read_text().replace('"default": [],', "", 1))
    assert "consent.given@2 cannot read consent.given@1: Given.body" in run("check", code=1)
    assert registry.subjects()
