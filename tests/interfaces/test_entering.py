"""A matrix goes out as a file, is edited by a person, and comes back as exactly what was changed."""

import csv
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from interfaces.exporting.ooxml import W
from tests.interfaces.desk import Desk, kenya, sent

FORMS = ("xlsx", "docx", "csv")
ONE, TWO, NEW = "op3cd-5-nw-legal", "op2-1-cw-enforcement", "op2-2-bw-legal"
Edits = dict[tuple[str, str], str]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return kenya(tmp_path / "home")


def edit(path: Path, edits: Edits) -> Path:
    """Edit a file as a person does: (cell, column) and what is typed there."""
    {".xlsx": in_a_workbook, ".csv": in_a_text, ".docx": in_a_document}[path.suffix](path, edits)
    return path


def in_a_workbook(path: Path, edits: Edits) -> None:
    book = load_workbook(path)
    sheet = book["Cells"]
    columns = {cell.value: place for place, cell in enumerate(sheet[1], 1)}
    rows = {cell.value: place for place, cell in enumerate(sheet["A"], 1)}
    for (cell, column), text in edits.items():
        sheet.cell(rows[f"T2011/{cell}"], columns[column], text)
    book.save(path)


def in_a_text(path: Path, edits: Edits) -> None:
    with path.open(newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))
    header = next(line for line in lines if line[:1] == ["cell"])
    for line in lines:
        for (cell, column), text in edits.items():
            if line[:1] == [f"T2011/{cell}"]:
                line[header.index(column)] = text
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(lines)


def in_a_document(path: Path, edits: Edits) -> None:
    document = docx.Document(str(path))
    body = document.element.body
    for (cell, column), text in edits.items():
        row = cell.rpartition("-")[0].rpartition("-")[0]
        tag = {"value": f"T2011/{cell}", "reference": f"source:T2011/{cell}"}.get(column, f"{column}:{row}")
        (control,) = body.xpath(f'.//w:sdt[w:sdtPr/w:tag/@w:val="{tag}"]')
        texts = list(control.iter(f"{{{W}}}t"))
        texts[0].text = text
        for each in texts[1:]:
            each.text = ""
    document.save(str(path))


def entered(desk: Desk, path: Path, *options: str) -> list[tuple[str, str, Any]]:
    receipts = desk.give("enter", str(path), *options)
    listed = receipts if isinstance(receipts, list) else [receipts]
    return [
        (each["type"], (each["subject"] or "").partition("/")[2], each["body"]) for r in listed for each in r["events"]
    ]


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_nobody_edited_records_nothing_and_says_so(desk: Desk, tmp_path: Path, form: str) -> None:
    path = desk.export(tmp_path / f"ken.{form}", "--standing", "working")
    before = desk.position()
    assert "nothing was changed, and nothing was recorded" in desk.run("enter", str(path)).stderr
    assert "nothing was changed" in desk.run("enter", str(edit(path, {}))).stderr
    assert desk.position() == before


@pytest.mark.parametrize("form", FORMS)
def test_exactly_the_changed_cells_come_back(desk: Desk, tmp_path: Path, form: str) -> None:
    path = edit(
        desk.export(tmp_path / f"ken.{form}", "--standing", "working"), {(ONE, "value"): "NA", (NEW, "value"): "X"}
    )
    act = desk.values()[ONE]["event_id"]
    found = entered(desk, path, "--known", "2013-02-20")
    assert [(kind, cell) for kind, cell, _ in found] == [("matrix.cell-assessed", NEW), ("matrix.cell-assessed", ONE)]
    bodies = {cell: body for _, cell, body in found}
    assert (bodies[ONE]["value"], bodies[ONE]["replaces"]) == ("NA", act)
    assert bodies[ONE]["sources"][0] == {
        "document_id": "ken-law",
        "locator": "p. 1",
        "quotation": "=1+1",
        "language": "en",
        "translation": "",
    }
    assert bodies[NEW]["replaces"] is None
    assert desk.values()[ONE]["known_at"].startswith("2013-02-21")
    assert "nothing was changed" in desk.run("enter", str(path)).stderr


@pytest.mark.parametrize("form", FORMS)
def test_a_reason_makes_it_a_correction_of_what_stood_there(desk: Desk, tmp_path: Path, form: str) -> None:
    edits = {(ONE, "value"): "?", (ONE, "reason"): "Misread article 4"}
    path = edit(desk.export(tmp_path / f"ken.{form}", "--standing", "working"), edits)
    ((kind, cell, body),) = entered(desk, path)
    assert (kind, cell, body["value"], body["reason"]) == ("matrix.cell-corrected", ONE, "?", "Misread article 4")
    assert desk.values()[ONE]["known_at"].startswith("2013-02-03")


@pytest.mark.parametrize("form", FORMS)
def test_each_change_has_its_own_known_date(desk: Desk, tmp_path: Path, form: str) -> None:
    edits = {(ONE, "value"): "?", (ONE, "known"): "2013-02-10", (NEW, "value"): "X", (NEW, "known"): "2013-02"}
    path = edit(desk.export(tmp_path / f"ken.{form}", "--standing", "working"), edits)
    entered(desk, path)
    assert desk.values()[ONE]["known_precision"] == "day"
    assert desk.values()[NEW]["known_precision"] == "month"


@pytest.mark.parametrize("form", FORMS)
def test_a_cell_changed_meanwhile_is_refused_with_both_values(desk: Desk, tmp_path: Path, form: str) -> None:
    path = edit(
        desk.export(tmp_path / f"ken.{form}", "--standing", "working"), {(ONE, "value"): "NA", (NEW, "value"): "X"}
    )
    desk.run("assess", "KEN", f"{ONE}=?", "--known", "2013-02-12")
    refusal = desk.refused("enter", str(path))
    assert "it now says '?'" in refusal
    assert "value: 'X' -> 'NA'" in refusal
    assert desk.values()[NEW]["value"] is None  # nothing of the file is recorded


def test_a_new_source_replaces_the_first_and_the_others_stay(desk: Desk, tmp_path: Path) -> None:
    table = desk.export(tmp_path / "ken.xlsx", "--standing", "working")
    entered(desk, edit(table, {(ONE, "document"): "ken-decree", (ONE, "locator"): "p. 7", (ONE, "quotation"): ""}))
    assert [(s["document_id"], s["locator"]) for s in desk.values()[ONE]["sources"]] == [("ken-decree", "p. 7")]
    document = desk.export(tmp_path / "ken.docx", "--standing", "working")
    entered(desk, edit(document, {(TWO, "reference"): "ken-law, p. 9"}))
    assert [(s["document_id"], s["locator"]) for s in desk.values()[TWO]["sources"]] == [("ken-law", "p. 9")]


def test_a_remark_that_was_edited_in_a_document_is_a_new_remark(desk: Desk, tmp_path: Path) -> None:
    path = desk.export(tmp_path / "ken.docx", "--standing", "working")
    ((kind, _, body),) = entered(desk, edit(path, {("op2-1-nw-legal", "remark"): "See article 9"}))
    assert (kind, body["section"], body["item"], body["remark"]) == ("matrix.row-remarked", "op2", 1, "See article 9")


@pytest.mark.parametrize(
    ("edits", "says"),
    [
        ({(ONE, "value"): "Z"}, "value"),
        ({(ONE, "value"): "?", (ONE, "known"): "2013-02-30"}, "known"),
        ({(ONE, "value"): "?", (ONE, "document"): "nowhere"}, "nowhere"),
        ({(ONE, "reason"): "a reason"}, "nothing was changed"),
        ({(ONE, "known"): "2013-02-03"}, "nothing was changed"),
        ({(NEW, "value"): "X", (NEW, "reason"): "a reason"}, "nothing stood there"),
        ({(ONE, "known_at"): "2012-01-01"}, "is not edited"),
        ({(ONE, "event_id"): "00000000-0000-0000-0000-000000000000"}, "is no event of a cell"),
        ({(ONE, "cell"): f"T2011/{TWO}"}, "stands in row"),
        ({(ONE, "taken_at"): "7"}, "more than one position"),
        ({(ONE, "value"): "=1+1"}, "a formula"),
        ({(ONE, "comment"): "We disagree"}, "--from-state"),
    ],
)
def test_what_cannot_be_entered_is_refused_whole_with_its_place(
    desk: Desk, tmp_path: Path, edits: Edits, says: str
) -> None:
    path = desk.export(tmp_path / "ken.xlsx", "--standing", "working")
    refusal = desk.refused("enter", str(edit(path, edits | {("op2-3-nw-legal", "value"): "X"})))
    assert says in refusal
    assert "Traceback" not in refusal


@pytest.mark.parametrize("form", FORMS)
def test_what_a_rule_refuses_is_told_with_its_row_and_column(desk: Desk, tmp_path: Path, form: str) -> None:
    path = desk.export(tmp_path / f"ken.{form}", "--standing", "working")
    refusal = desk.refused("enter", str(edit(path, {(NEW, "value"): "Z"})))
    assert re.search(rf"ken\.{form}, row \d+, value: 'Z' is not allowed in T2011/{NEW}", refusal)


def test_a_correction_that_a_rule_refuses_is_told_with_its_row(desk: Desk, tmp_path: Path) -> None:
    path = desk.export(tmp_path / "ken.csv", "--standing", "working")
    refusal = desk.refused("enter", str(edit(path, {(ONE, "value"): "Z", (ONE, "reason"): "misread"})))
    assert re.search(r"ken\.csv, row \d+", refusal)


@pytest.mark.parametrize("form", FORMS)
def test_a_value_in_small_letters_is_the_value(desk: Desk, tmp_path: Path, form: str) -> None:
    path = edit(desk.export(tmp_path / f"ken.{form}", "--standing", "working"), {(NEW, "value"): "x"})
    ((_, cell, body),) = entered(desk, path)
    assert (cell, body["value"]) == (NEW, "X")


def test_a_table_that_was_saved_in_another_encoding_is_refused_with_that_as_the_reason(
    desk: Desk, tmp_path: Path
) -> None:
    path = desk.export(tmp_path / "ken.csv", "--standing", "working")
    assert "“" in path.read_text(encoding="utf-8")
    path.write_text(path.read_bytes().decode("cp1252", errors="replace"), encoding="utf-8", newline="")
    assert "Windows-1252" in desk.refused("enter", str(path))


@pytest.mark.parametrize("form", FORMS)
def test_what_a_state_sends_back_becomes_comments_and_never_values(desk: Desk, tmp_path: Path, form: str) -> None:
    path = sent(desk).export(tmp_path / f"ken.{form}", "--standing", "sent")
    edits = {(ONE, "value"): "NA", (TWO, "comment"): "The decree of 2012 is in force"}
    found = entered(desk, edit(path, edits), "--from-state", "--received", "2013-03-20", "--document", "ken-law")
    assert {kind for kind, _, _ in found} == {"exchange.cell-commented"}
    comments = {cell: body["text"] for _, cell, body in found}
    assert comments[ONE] == "value: 'X' -> 'NA'"
    assert comments[TWO] == "The decree of 2012 is in force"
    assert desk.values()[ONE]["value"] == "X"


def test_a_file_of_a_state_entered_again_with_another_letter_is_refused_with_what_is_on_record(
    desk: Desk, tmp_path: Path
) -> None:
    path = edit(sent(desk).export(tmp_path / "ken.xlsx", "--standing", "sent"), {(ONE, "comment"): "We disagree"})
    words = ("enter", str(path), "--from-state", "--received")
    desk.run(*words, "2013-03-20", "--document", "ken-law")
    assert "on record already" in desk.run(*words, "2013-03-20", "--document", "ken-law").stderr
    refusal = desk.refused(*words, "2013-03-20", "--document", "ken-decree")
    assert "received on 2013-03-20, was entered already with document ken-law" in refusal
    assert "say with --received on which other day it came" in refusal
    assert "with document ken-law" in desk.refused(*words, "2013-03-20")
    assert entered(desk, path, "--from-state", "--received", "2013-03-25", "--document", "ken-decree")


@pytest.mark.parametrize(
    ("column", "says"), [("X", "NA"), ("ken-law, p. 1", "ken-law, p. 2"), ("See the decree too", "No")]
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_edit_on_a_sheet_that_is_to_be_read_is_refused_with_its_place(
    desk: Desk, tmp_path: Path, column: str, says: str, language: str
) -> None:
    path = desk.export(tmp_path / "ken.xlsx", "--standing", "working", "--language", language)
    edit(path, {(NEW, "value"): "X"})  # what stands in Cells may be edited beside
    book = load_workbook(path)
    (place,) = [cell for name in ("op2", "op3cd") for row in book[name] for cell in row if cell.value == column][:1]
    book[place.parent.title][place.coordinate] = says
    book.save(path)
    refusal = desk.refused("enter", str(path))
    assert f"sheet {place.parent.title}, cell {place.coordinate}" in refusal
    assert repr(says) in refusal
    assert "ledger1540 remark" in refusal if says == "No" else "edit the sheet Cells" in refusal


def test_a_value_typed_in_both_sheets_is_entered(desk: Desk, tmp_path: Path) -> None:
    path = edit(desk.export(tmp_path / "ken.xlsx", "--standing", "working"), {(ONE, "value"): "NA"})
    book = load_workbook(path)
    (place,) = [cell for row in book["op3cd"] for cell in row if cell.value == "X"]
    book["op3cd"].cell(place.row, place.column, "NA")
    book.save(path)
    assert [cell for _, cell, _ in entered(desk, path)] == [ONE]


def test_who_may_not_read_the_file_learns_nothing_from_a_refusal(desk: Desk, tmp_path: Path) -> None:
    path = edit(desk.export(tmp_path / "ken.csv", "--standing", "working"), {(ONE, "value"): "NA"})
    desk.run("assess", "KEN", f"{ONE}=?", "--known", "2013-02-12")
    desk.run("grant", "uga", "state", "--scope", "UGA", "--known", "2013-01-05")
    refusal = Desk(desk.home, actor="uga").refused("enter", str(path))
    assert "is not for you to read" in refusal
    assert "'?'" not in refusal


def test_a_file_that_is_no_exported_matrix_is_refused(desk: Desk, tmp_path: Path) -> None:
    for name, content in (("a.csv", b"a,b\n1,2\n"), ("a.docx", b"PK nothing"), ("a.xlsx", b"")):
        path = tmp_path / name
        path.write_bytes(content)
        assert "Traceback" not in desk.refused("enter", str(path))
    other = docx.Document()
    other.add_paragraph("A letter")
    other.save(str(tmp_path / "letter.docx"))
    assert "no content control" in desk.refused("enter", str(tmp_path / "letter.docx"))


def test_a_dry_run_says_what_would_be_recorded(desk: Desk, tmp_path: Path) -> None:
    path = edit(desk.export(tmp_path / "ken.csv", "--standing", "working"), {(ONE, "value"): "NA"})
    before = desk.position()
    assert "would record 1 event" in desk.run("enter", str(path), "--dry-run").stderr
    assert desk.position() == before
