"""A matrix in a workbook of another hand, laid out as the Committee's are, is read as one in a document is."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from interfaces.importing.faults import Faults
from interfaces.importing.official.reading import read
from interfaces.importing.reading import Given, OnRecord
from interfaces.importing.source import Source
from ledger.record import Record
from tests.interfaces.desk import Desk, kenya
from tests.interfaces.test_official_matrix import OPTIONS, counts

WEAPONS = ("NW", "CW", "BW")
OP2 = "OP 2 - Nuclear weapons (NW), chemical weapons (CW), biological weapons (BW)"
OP3 = "OP 3 (c) and (d) and related matters from OP 6"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return kenya(tmp_path / "home")


def table(sheet: Worksheet, title: str, *rows: tuple[Any, ...], at: int = 1) -> int:
    """Write a table as people do: a merged title, a heading of two rows with merged cells, then the questions."""
    sheet.cell(at, 1, title)
    sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=9)
    for column, text in ((1, "No."), (2, "Question"), (3, "National legal framework"), (9, "Remarks")):
        sheet.cell(at + 1, column, text)
    sheet.merge_cells(start_row=at + 1, end_row=at + 1, start_column=3, end_column=8)
    for number, weapon in enumerate(WEAPONS):
        sheet.cell(at + 2, 3 + 2 * number, weapon)
        sheet.cell(at + 2, 4 + 2 * number, "Source document")
    for number, row in enumerate(rows, at + 3):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)
    return at + 3 + len(rows)


def row(item: object, question: str, *values: object) -> tuple[object, ...]:
    return (item, question, *values, *[None] * (7 - len(values)))


def saved(path: Path, fill: Callable[[Workbook], None]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    fill(book)
    book.save(path)
    return path


def by_obligation(book: Workbook) -> None:
    two = book.create_sheet("OP 2")
    table(two, OP2, row(2, "acquire", "X", "Penal Code, s. 3"), row(3, "possess", "?", None, "X", "CWC Act, s. 4"))
    table(book.create_sheet("OP 3 (c) and (d)"), OP3, row(1, "Border control", "X", "Customs Act"))


def all_in_one(book: Workbook) -> None:
    sheet = book.create_sheet("Matrix")
    sheet["A1"] = "Matrix of Kenya, made up"
    below = table(sheet, OP2, row(2, "acquire", "X", "Penal Code, s. 3"), at=3)
    below = table(sheet, "Par. 3 c) et d)", row(1, "Border control", "X", "Customs Act"), at=below + 2)
    for blank in range(below, below + 40):
        sheet.cell(blank, 20).number_format = "0.00"


@pytest.mark.parametrize("fill", [by_obligation, all_in_one])
def test_a_sheet_for_each_obligation_or_all_on_one_is_read_alike(
    desk: Desk, tmp_path: Path, fill: Callable[[Workbook], None]
) -> None:
    done = desk.run("import", str(saved(tmp_path / "ken.xlsx", fill)), *OPTIONS)
    values = desk.values()
    assert (values["op2-2-nw-legal"]["value"], values["op3cd-1-nw-legal"]["value"]) == ("X", "X")
    (source,) = values["op3cd-1-nw-legal"]["sources"]
    assert source["quotation"] == "Customs Act"
    assert "sheet '" in source["locator"]
    said = counts(done.stderr)
    assert said["rows"] == said["matched"] + said["doubtful"] + said["blank"]
    assert said["cells"] == said["new"] + said["unchanged"] + said["refused"]
    document = desk.give("document", source["document_id"])
    assert document["media_type"].endswith("spreadsheetml.sheet")


def test_what_no_cell_can_be_taken_at_its_word_for_is_refused_and_the_rest_is_recorded(
    desk: Desk, tmp_path: Path
) -> None:
    def fill(book: Workbook) -> None:
        rows = (
            row(2, "acquire", '=IF(TRUE,"X","")', None, "X", date(2013, 2, 10), date(2013, 2, 10)),
            row(3, "possess", "X", "=A1", None, None, None, None, "=B2"),
            row("=1+3", "stockpile/store", "X"),
            row(5, "develop", "X", None, None, None, None, None, "See the annex"),
        )
        table(book.create_sheet("OP 2"), OP2, *rows)

    done = desk.run("import", str(saved(tmp_path / "ken.xlsx", fill)), *OPTIONS)
    values = desk.values()
    assert values["op2-2-cw-legal"]["sources"][0]["quotation"] == "2013-02-10"
    assert (values["op2-2-nw-legal"]["value"], values["op2-3-nw-legal"]["value"]) == (None, None)
    assert "refused, sheet 'OP 2', row 4: T2011/op2-2-nw-legal: a formula" in done.stderr
    assert "'2013-02-10' is no value of T2011/op2-2-bw-legal" in done.stderr
    assert "refused, sheet 'OP 2', row 5: the remark is a formula" in done.stderr
    assert "doubtful, not recorded: sheet 'OP 2', row 6: a formula" in done.stderr
    said = counts(done.stderr)
    assert (said["rows"], said["matched"], said["doubtful"]) == (4, 3, 1)


def test_a_hidden_sheet_is_told_and_read_only_when_it_is_named(desk: Desk, tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        by_obligation(book)
        hidden = book.create_sheet("Old")
        table(hidden, OP2, row(1, "manufacture/produce", "X"))
        hidden.sheet_state = "hidden"

    path = saved(tmp_path / "ken.xlsx", fill)
    before = desk.values()["op2-1-nw-legal"]["value"]
    assert "sheet 'Old' is hidden and is not read" in desk.run("import", str(path), *OPTIONS).stderr
    assert desk.values()["op2-1-nw-legal"]["value"] == before
    desk.run("import", str(path), *OPTIONS, "--sheet", "Old")
    assert desk.values()["op2-1-nw-legal"]["value"] == "X"
    assert "it has no sheet 'New'" in desk.refused("import", str(path), *OPTIONS, "--sheet", "New")


def test_a_merged_remark_is_one_remark_and_a_merged_reference_is_that_of_each_row(desk: Desk, tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.create_sheet("OP 2")
        table(
            sheet,
            OP2,
            row(2, "acquire", "X", "Penal Code", None, None, None, None, "Both"),
            row(3, "possess", "X"),
        )
        sheet.merge_cells("D4:D5")
        sheet.merge_cells("I4:I5")

    desk.run("import", str(saved(tmp_path / "ken.xlsx", fill)), *OPTIONS)
    values = desk.values()
    words = [values[f"op2-{item}-nw-legal"]["sources"][0]["quotation"] for item in (2, 3)]
    assert words == ["Penal Code", "Penal Code"]


def test_a_workbook_is_refused_as_a_document_is(desk: Desk, tmp_path: Path) -> None:
    path = saved(tmp_path / "ken.xlsx", by_obligation)
    ours = desk.export(tmp_path / "ours.xlsx", "--standing", "working")
    refusals: list[tuple[Path, tuple[str, ...], str]] = [
        (ours, OPTIONS, "ledger1540 enter"),
        (path, (), "--state KEN and --known DATE"),
        (path, ("--state", "ZZZ", "--known", "2013-02-10"), "ZZZ is not on record"),
        (path, ("--state", "KEN", "--known", "2013-01-10"), "no revision opened"),
    ]
    for file, options, says in refusals:
        assert says in desk.refused("import", str(file), *options)


def test_a_sheet_with_more_rows_than_any_matrix_is_refused(desk: Desk, tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        table(book.create_sheet("OP 2"), OP2, *[row(2, "acquire", "X")] * 5_001)

    path = saved(tmp_path / "ken.xlsx", fill)
    assert "which no matrix has" in desk.refused("import", str(path), *OPTIONS)


def test_our_layout_without_the_sheet_of_cells_is_one_of_another_hand(desk: Desk, tmp_path: Path) -> None:
    path = desk.export(tmp_path / "ken.xlsx", "--standing", "working", "--language", "fr")
    book = load_workbook(path)
    del book["Cells"]
    book.save(path)
    done = desk.run("import", str(path), *OPTIONS)
    said = counts(done.stderr)
    assert (said["doubtful"], said["refused"], said["new"]) == (0, 0, 0)
    assert said["rows"] == said["matched"] > 100


def test_what_a_rule_refuses_is_found_by_the_sheet_too(desk: Desk, tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        by_obligation(book)
        book["OP 3 (c) and (d)"].cell(4, 9, "See the annex")

    given = Given(actor="sec", state="KEN", known="2013-02-10")
    with Record.open(desk.home) as record, Source(saved(tmp_path / "ken.xlsx", fill)) as source:
        registered, cells, remark = read(source, Faults(), given, OnRecord(record))
    assert registered.place() == "row 1"
    assert {cells.place(number) for number in range(len(cells.rows))} == {
        "sheet 'OP 2', row 4",
        "sheet 'OP 2', row 5",
        "sheet 'OP 3 (c) and (d)', row 4",
    }
    assert remark.place() == "sheet 'OP 3 (c) and (d)', row 4"
