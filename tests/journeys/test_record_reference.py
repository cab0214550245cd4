"""`docs/reference/record.md` is complete and true: its checker runs on an export, its tables name all there is."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.actor import GrantRole, RegisterActor
from domain.canonical import encode
from domain.catalogue import TYPES
from domain.correcting import Correct, MarkInError
from domain.deciding import Command
from domain.header import Header
from domain.ids import command_id, event_id
from domain.matrix import events as matrix
from domain.matrix.answer import answer, possibly_known
from domain.matrix.commands import ApproveMatrix, AssessCells, AssessedCell, OpenRevision, SealRevision
from domain.matrix.documents import CarriedCell, CarryOver, Manifest, ManifestCell
from domain.matrix.facts import FactsOnRecord
from domain.recorded import Recorded
from domain.records import ImportBatch, RegisterType
from domain.standing import Cut
from domain.state import RegisterState
from domain.template import AdoptTemplate, Field
from domain.times import parse, start_of
from interfaces import initialise
from ledger.export import log_lines
from ledger.record import Record
from projections.matrix import CellView, MatrixView
from schemas import golden
from tests.memory_record import MemoryRecord

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "record.md").read_text(encoding="utf-8")
(CHECKER,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
QUERY: dict[str, Any] = {"value": "?"}


def members(struct: type[msgspec.Struct]) -> tuple[str, ...]:
    return struct.__struct_fields__


def section(number: int) -> str:
    return PAGE.split(f"\n## {number}. ")[1].split("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    return [[part.strip() for part in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]


def named(text: str) -> list[str]:
    return [name for row in rows(text) for name in re.findall(r"`([a-z_]+)`", row[0])]


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, str]:
    """A small export, with the size and root of the record that it was made from."""
    folder = tmp_path_factory.mktemp("record")
    with Record.create(folder / "home", origin="example.org/ledger1540/1") as record:
        registered = [
            RegisterType(
                id=f"type:{topic}",
                actor="system",
                type_name=kind.TYPE,
                type_version=kind.VERSION,
                json_schema=golden.json_schema(kind.TYPE, kind.VERSION),
                avro_schema=golden.avro_schema(kind.TYPE, kind.VERSION),
            )
            for topic, kind in TYPES.items()
        ]
        states = list(initialise.states("secretariat-1"))[:5]
        record.submit_all([*registered, *initialise.first_actor("secretariat-1"), *states])
        path = folder / "log.jsonl"
        with path.open("wb") as file:
            file.writelines(log_lines(record.read(), lambda _: True))
        return path, record.last_position, record.root().hex()


def run_checker(path: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    program = folder / "check.py"
    program.write_text(CHECKER, encoding="utf-8")
    return subprocess.run([sys.executable, "-I", program, path], capture_output=True, text=True, check=False)


def test_the_checker_is_short_and_recomputes_the_root(export: tuple[Path, int, str], tmp_path: Path) -> None:
    path, size, root = export
    done = run_checker(path, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{size} events, root {root}\n"
    assert len(CHECKER.splitlines()) <= 60


def test_the_checker_names_the_position_of_a_changed_body(export: tuple[Path, int, str], tmp_path: Path) -> None:
    lines = export[0].read_bytes().splitlines(keepends=True)
    lines[3] = lines[3].replace(b'"body":{', b'"body":{"added":1,', 1)
    changed = tmp_path / "changed.jsonl"
    changed.write_bytes(b"".join(lines))
    done = run_checker(changed, tmp_path)
    assert done.returncode == 1
    assert "position 4: not the body" in done.stderr


def test_the_checker_names_the_position_of_a_dropped_event(export: tuple[Path, int, str], tmp_path: Path) -> None:
    lines = export[0].read_bytes().splitlines(keepends=True)
    shorter = tmp_path / "shorter.jsonl"
    shorter.write_bytes(b"".join([*lines[:5], *lines[6:]]))
    done = run_checker(shorter, tmp_path)
    assert done.returncode == 1
    assert "position 6:" in done.stderr


def test_the_checker_needs_no_body(export: tuple[Path, int, str], tmp_path: Path) -> None:
    lines = [json.loads(line) for line in export[0].read_bytes().splitlines()]
    headers = tmp_path / "headers.jsonl"
    headers.write_bytes(b"".join(b'{"header":%b}\n' % encode(line["header"]) for line in lines))
    assert run_checker(headers, tmp_path).stdout == f"{export[1]} events, root {export[2]}\n"


def test_the_page_has_every_member_of_the_header() -> None:
    assert named(section(3)) == list(members(Header))


def test_the_page_has_every_event_type() -> None:
    assert set(re.findall(r"`([a-z]+\.[a-z-]+)`", section(8))) == {kind.TYPE for kind in TYPES.values()}


@pytest.mark.parametrize(
    ("heading", "struct"),
    [
        ("`matrix.revision-opened`", matrix.RevisionOpened),
        ("`matrix.cell-assessed`", matrix.CellAssessed),
        ("`matrix.cell-assessed`", matrix.Source),
        ("`matrix.cell-corrected`", matrix.CellCorrected),
        ("`matrix.revision-withdrawn`", matrix.RevisionWithdrawn),
        ("`matrix.revision-sealed`", matrix.RevisionSealed),
        ("`matrix.approved`", matrix.MatrixApproved),
        ("`template.adopted`", TYPES["template.adopted@1"]),
        ("`template.adopted`", Field),
        ("`exchange.matrix-sent`", TYPES["exchange.matrix-sent@1"]),
        ("`exchange.matrix-sent`", TYPES["consent.published@1"]),
        ("Manifest", Manifest),
        ("Manifest", ManifestCell),
        ("Carry-over", CarryOver),
        ("Carry-over", CarriedCell),
    ],
)
def test_the_page_has_every_member_of_a_body(heading: str, struct: Any) -> None:
    paragraphs = re.split(r"\n(?=\*\*)", section(9))
    (told,) = [each for each in paragraphs if heading in each.split(" — ")[0].split("\n")[0]]
    missing = [name for name in members(struct) if not re.search(rf"\b{name}\b", told)]
    assert missing == []


def test_the_page_has_every_member_of_the_answer_in_order() -> None:
    matrix_part, cell_part = section(12).split("Each of `cells`:")
    assert named(matrix_part) == list(members(MatrixView))
    assert named(cell_part) == list(members(CellView))


def test_the_examples_of_dates_are_right() -> None:
    examples = [row for row in rows(section(10)) if row[0].startswith("`2013")]
    assert len(examples) == 6
    for row in examples:
        assert parse(row[0].strip("`"))[0] == row[1].strip("`")
    for day in (date(2013, 7, 1), date(2013, 1, 1)):
        assert f"`{start_of(day)}`" in section(10)


def example() -> tuple[MemoryRecord, dict[str, Recorded]]:
    """The record of the page's example, and its events by letter."""
    record = MemoryRecord(now="2020-01-01T12:00:00.000000Z")
    field = Field(
        cell="T1/op2-1-nw-legal",
        label="Possess",
        section="op2",
        item=1,
        weapon="nw",
        aspect="legal",
        allowed=("X", "?", "NA", ""),
        confidence="high",
    )
    batch = event_id(command_id("batch"), 0)
    ken: dict[str, Any] = {"actor": "a", "state": "KEN", "revision": 1}
    template: dict[str, Any] = {"template": "T1", "actor": "a", "legend": (), "notice": "", "fields": (field,)}
    state: dict[str, Any] = {
        "iso2": "KE",
        "m49": "404",
        "name": "Kenya",
        "name_fr": "Kenya",
        "regional_group": "",
        "admitted": 1963,
    }
    cells = (AssessedCell(cell=field.cell, value="X"),), (AssessedCell(cell=field.cell, value="NA"),)
    record.submit(RegisterActor(id="actor", actor="a", name="a"))
    record.submit(GrantRole(id="grant", actor="a", to="a", granted_role="secretariat"))
    record.submit(ImportBatch(id="batch", actor="a", batch="example", source="", sha256="0" * 64, commands=9))
    played: list[tuple[str, Command]] = [
        ("", AdoptTemplate(id="template", **template)),
        ("", RegisterState(id="state", actor="a", state="KEN", **state)),
        ("a", OpenRevision(id="a", template="T1", known="2012-01-10T12:00:00Z", **ken)),
        ("b", AssessCells(id="b", cells=cells[0], known="2012-06-04T12:00:00Z", **ken)),
        ("c", SealRevision(id="c", known="2012-07-01T12:00:00Z", **ken)),
        ("d", ApproveMatrix(id="d", decision="D1", known="2012-07-20T12:00:00Z", **ken)),
        ("e", Correct(id="e", actor="a", target="b#0", reason="", noticed="2012-09-01T12:00:00Z", changes=QUERY)),
        ("f", AssessCells(id="f", cells=cells[1], known="2012-08", **ken)),
        ("g", MarkInError(id="g", actor="a", target="e#0", reason="", noticed="2013-02-01T12:00:00Z")),
    ]
    return record, {letter: record.submit(command, batch=batch)[0] for letter, command in played}


def test_the_example_is_right() -> None:
    record, events = example()
    asked = [row for row in rows(section(11)) if row[0].startswith("2012")]
    assert len(asked) == 13
    letters = {event.id: letter for letter, event in events.items()} | {None: ""}
    facts = FactsOnRecord(record)
    for day, r, standing, reading, shown, corrected_by, later_fact, possibly in asked:
        cut = Cut(known_at=f"{day}T12:00:00.000000Z", position=events[r].position, reading=reading)  # type: ignore[arg-type]
        (cell,) = answer(facts, "KEN", cut, standing).cells or (None,)  # type: ignore[arg-type]
        said = "nothing" if cell is None or cell.event is None else f"{letters[cell.event.id]} `{cell.value}`"
        beside = ("", "") if cell is None else (letters[cell.corrected_by], letters[cell.later_fact])
        place = f"{day} {r} {standing} {reading}"
        assert (place, said, *beside) == (place, shown, corrected_by, later_fact)
        assert str(possibly_known(facts, "KEN", cut)) == possibly
