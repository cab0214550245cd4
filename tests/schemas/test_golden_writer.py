from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import ClassVar

import pytest

from domain.matrix.events import CellAssessed, RowRemarked
from domain.recorded import Event
from interfaces.run.golden import main

TYPES: dict[str, type[Event]] = {kind.topic(): kind for kind in (CellAssessed, RowRemarked)}


class Changed(Event, frozen=True, kw_only=True):
    """A remark, which has grown."""

    TYPE: ClassVar[str] = RowRemarked.TYPE
    state: str
    remark: str


class Reworded(RowRemarked, frozen=True, kw_only=True):
    """Better words for the same members."""


class Second(Changed, frozen=True, kw_only=True):
    """The grown remark as a version of its own."""

    VERSION: ClassVar[int] = 2


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    assert main(tmp_path, TYPES) == 0
    return tmp_path


def test_freezing_gives_the_same_bytes_each_time_and_nothing_the_second(
    frozen: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = content(frozen)
    other = tmp_path_factory.mktemp("other")
    assert main(other, TYPES) == main(frozen, TYPES) == 0
    assert content(frozen) == content(other) == before
    assert len(before) == 4 * 4 + 3 * 2 + 2 + 2


def test_a_type_frozen_before_there_was_a_stream_gets_its_files_of_the_stream_and_keeps_the_others(
    frozen: Path,
) -> None:
    before = content(frozen)
    index = json.loads(before["index.json"])
    for name in [name for name in before if "/value" in name]:
        (frozen / name).unlink()
        del index[name]
    (frozen / "index.json").write_text(json.dumps(index))
    assert main(frozen, TYPES) == 0
    assert content(frozen) == before


def test_a_schema_of_values_that_no_longer_follows_from_the_frozen_one_is_named(
    frozen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = frozen / CellAssessed.topic() / "value.avsc"
    path.write_text(path.read_text().replace('"default": null,', "", 1))
    index = json.loads((frozen / "index.json").read_bytes())
    index[f"{CellAssessed.topic()}/value.avsc"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (frozen / "index.json").write_text(json.dumps(index))
    assert main(frozen, TYPES) == 1
    assert "value.avsc: no longer what follows from schema.avsc" in capsys.readouterr().err


def test_a_new_type_is_added_and_the_old_files_stay(frozen: Path) -> None:
    before = content(frozen)
    assert main(frozen, {**TYPES, Second.topic(): Second}) == 0
    after = content(frozen)
    assert {name for name in after if after[name] != before.get(name)} == {
        "index.json",
        "fingerprints.json",
        *(f"{Second.topic()}/{file}" for file in ("schema.json", "schema.avsc", "instance-1.json", "instance-2.json")),
        *(f"{Second.topic()}/{file}" for file in ("value.avsc", "value-1.avro", "value-2.avro")),
    }
    assert before["index.json"].strip(b"{}\n") not in (b"", after["index.json"].strip(b"{}\n"))


def test_a_changed_struct_is_refused_and_nothing_is_written(frozen: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = content(frozen)
    assert main(frozen, {**TYPES, RowRemarked.topic(): Changed, Second.topic(): Second}) == 1
    assert content(frozen) == before
    said = capsys.readouterr().err
    assert "matrix.row-remarked@1/schema.json" in said
    assert "a changed struct needs a new type version" in said


def test_better_words_are_no_change(frozen: Path) -> None:
    assert main(frozen, {**TYPES, RowRemarked.topic(): Reworded}) == 0


@pytest.mark.parametrize("file", ["header@1/schema.json", "matrix.cell-assessed@1/instance-2.json"])
def test_an_altered_or_lost_file_is_named(frozen: Path, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = frozen / file
    kept = path.read_bytes()
    path.write_bytes(kept + b" ")
    assert main(frozen, TYPES) == 1
    assert f"{file}: altered" in capsys.readouterr().err
    path.unlink()
    assert main(frozen, TYPES) == 1
    assert f"{file}: lost" in capsys.readouterr().err
    assert not path.exists()


def test_a_lost_folder_is_not_made_again(frozen: Path) -> None:
    for path in (frozen / "header@1").iterdir():
        path.unlink()
    (frozen / "header@1").rmdir()
    assert main(frozen, TYPES) == 1
    assert not (frozen / "header@1").exists()


def test_a_type_that_left_the_catalogue_and_a_foreign_file_are_named(
    frozen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (frozen / "header@1" / "notes.txt").write_text("x")
    assert main(frozen, {CellAssessed.topic(): CellAssessed}) == 1
    said = capsys.readouterr().err
    assert "matrix.row-remarked@1: frozen, but not in the catalogue" in said
    assert "header@1/notes.txt: not in index.json" in said


def test_the_index_holds_every_file(frozen: Path) -> None:
    assert set(json.loads((frozen / "index.json").read_bytes())) == set(content(frozen)) - {
        "index.json",
        "fingerprints.json",
    }
