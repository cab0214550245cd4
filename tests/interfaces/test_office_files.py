"""Workbooks from other hands: what a person sees in them is what is read, and what would do harm is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from domain.refusals import Refusal
from interfaces.importing import office
from interfaces.importing.faults import Faults
from interfaces.importing.source import Source
from interfaces.importing.tables import Table

BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>'


def workbook(*rows: tuple[Any, ...]) -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    return book


def saved(book: Workbook, folder: Path, **parts: str | bytes) -> Path:
    """Save a workbook, with parts put in or put in the place of others."""
    path = folder / "list.xlsx"
    book.save(path)
    if parts:
        inner = {part.filename: zipfile.ZipFile(path).read(part) for part in zipfile.ZipFile(path).infolist()}
        inner |= {
            name.replace("__", "/"): each.encode() if isinstance(each, str) else each for name, each in parts.items()
        }
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in inner.items():
                archive.writestr(name, content)
    return path


def read(path: Path, sheet: str | None = None, holding: tuple[str, ...] = ()) -> tuple[list[dict[str, str]], Faults]:
    faults = Faults()
    with Source(path, sheet=sheet) as source:
        return [dict(row.cells) for row in Table(source, faults, fits=set(holding).issubset).rows()], faults


def test_real_dates_and_whole_numbers_read_as_they_are_shown(tmp_path: Path) -> None:
    book = workbook(
        ("Year", "Day", "At", "Share", "Yes"),
        (2013.0, date(2013, 5, 3), datetime.combine(date(2013, 5, 3), time(9, 30)), 0.1 + 0.2, True),
    )
    (row,), faults = read(saved(book, tmp_path))
    assert not faults
    assert row == {"year": "2013", "day": "2013-05-03", "at": "2013-05-03T09:30", "share": "0.3", "yes": "TRUE"}


@pytest.mark.parametrize(
    ("shown", "read_as"), [("mmm yyyy", "2013-05"), ("yyyy", "2013"), ('dd" of "mm/yyyy', "2013-05-01")]
)
def test_a_date_cell_that_shows_no_day_claims_none(tmp_path: Path, shown: str, read_as: str) -> None:
    book = workbook(("day",), (date(2013, 5, 1),))
    assert book.active is not None
    book.active["A2"].number_format = shown
    assert read(saved(book, tmp_path))[0] == [{"day": read_as}]


def test_a_formula_an_error_a_time_and_a_number_too_long_are_faults_by_row_and_column(tmp_path: Path) -> None:
    book = workbook(("a", "b", "c", "d"), ("=1+1", "#REF!", time(9, 30), 12345678901234567))
    _, faults = read(saved(book, tmp_path))
    assert [(fault.row, fault.column) for fault in faults.first] == [(2, "a"), (2, "b"), (2, "c"), (2, "d")]
    assert "paste its value" in faults.first[0].remedy


def test_a_formula_in_a_column_that_is_not_wanted_is_no_fault(tmp_path: Path) -> None:
    faults = Faults()
    with Source(saved(workbook(("a", "b"), ("=1+1", "x")), tmp_path)) as source:
        assert [row.cells["b"] for row in Table(source, faults).rows(wanted=("b",))] == ["x"]
    assert not faults


def test_a_merged_cell_says_the_same_in_every_row_that_it_covers(tmp_path: Path) -> None:
    book = workbook(("state", "topic"), ("KEN", "laws"), (None, "borders"), (None, "training"), ("FRA", "laws"))
    assert book.active is not None
    book.active.merge_cells("A2:A4")
    rows, _ = read(saved(book, tmp_path))
    assert [row["state"] for row in rows] == ["KEN", "KEN", "KEN", "FRA"]


def test_the_header_is_found_below_a_title(tmp_path: Path) -> None:
    book = workbook(("List of requests",), (), ("State ", "Known\ndate"), ("KEN", "2013"))
    rows, _ = read(saved(book, tmp_path), holding=("state", "known date"))
    assert rows == [{"state": "KEN", "known date": "2013"}]


def test_trailing_blank_rows_and_columns_are_nothing(tmp_path: Path) -> None:
    book = workbook(("a", "b", None), ("1", "2", " "), (None, None, None), ("", "", ""))
    assert book.active is not None
    book.active["A900"].number_format = "0.0"
    assert read(saved(book, tmp_path))[0] == [{"a": "1", "b": "2"}]


def test_a_hidden_sheet_is_told_and_read_only_if_it_is_named(tmp_path: Path) -> None:
    book = workbook(("a",), ("seen",))
    hidden = book.create_sheet("Old")
    hidden.append(("a",))
    hidden.append(("unseen",))
    hidden.sheet_state = "hidden"
    path = saved(book, tmp_path)
    rows, faults = read(path)
    assert rows == [{"a": "seen"}]
    assert any("'Old' is hidden" in said for said in faults.said)
    assert read(path, sheet="Old")[0] == [{"a": "unseen"}]


def test_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    book = workbook(("a",), ("1",), ("2",))
    assert book.active is not None
    book.active.row_dimensions[3].hidden = True
    rows, faults = read(saved(book, tmp_path))
    assert len(rows) == 2
    assert list(faults.said) == ["list.xlsx: hidden rows that are read like the others: 1"]


def test_of_several_sheets_one_must_be_named(tmp_path: Path) -> None:
    book = workbook(("a",), ("1",))
    book.create_sheet("Second").append(("a",))
    book.create_sheet("Blank")
    path = saved(book, tmp_path)
    with pytest.raises(Refusal, match="more than one sheet") as refused:
        read(path)
    assert "--sheet" in refused.value.remedy
    with pytest.raises(Refusal, match="no sheet 'Third'"):
        read(path, sheet="Third")


def test_macros_and_links_are_ignored_and_told(tmp_path: Path) -> None:
    path = saved(workbook(("a",), ("1",)), tmp_path, **{"xl__vbaProject.bin": b"\x01\x02"})
    _, faults = read(path)
    assert list(faults.said) == ["list.xlsx: its macros are ignored"]


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE, BOMB.encode("utf-16")])
@pytest.mark.parametrize(
    "part", ["xl__worksheets__sheet1.xml", "xl__sharedStrings.xml", "docProps__core.xml", "any.bin"]
)
def test_entities_are_refused_wherever_they_stand(tmp_path: Path, part: str, xml: str | bytes) -> None:
    with pytest.raises(office.OfficeFileRefused, match="entities"):
        read(saved(workbook(("a",), ("1",)), tmp_path, **{part: xml}))


def test_a_part_that_unpacks_to_much_more_than_its_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(office.OfficeFileRefused, match="times its size"):
        read(saved(workbook(("a",), ("1",)), tmp_path, **{"xl__media__image1.png": bytes(8 * 1024 * 1024)}))


def test_a_file_that_unpacks_to_more_than_can_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "LARGEST", 2_000)
    with pytest.raises(office.OfficeFileRefused, match="too large"):
        read(saved(workbook(("a",), ("1",)), tmp_path))


def test_more_parts_than_any_office_file_has_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(office.MOST_PARTS + 1):
            archive.writestr(f"{number}.xml", "<a/>")
    with pytest.raises(office.OfficeFileRefused, match="parts"):
        read(path)


def test_a_locked_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    with pytest.raises(office.OfficeFileRefused, match="locked with a password") as refused:
        read(path)
    assert refused.value.remedy


def test_an_opendocument_file_is_refused_as_that_and_not_as_damaged(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<a/>")
    with pytest.raises(office.OfficeFileRefused, match="OpenDocument") as refused:
        read(path)
    assert "save it as .xlsx" in refused.value.remedy


def test_a_zip_with_a_locked_part_is_refused(tmp_path: Path) -> None:
    path = saved(workbook(("a",), ("1",)), tmp_path)
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(office.OfficeFileRefused, match="encrypted"):
        read(path)


@pytest.mark.parametrize("cell", ['<row r="1048577"/>', '<row r="5"/><row r="4"/>', '<row r="1"><c r="XFD1"/></row>'])
def test_cells_far_from_any_list_or_out_of_their_place_are_refused(tmp_path: Path, cell: str) -> None:
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cell}</sheetData></worksheet>'
    with pytest.raises(office.OfficeFileRefused):
        read(saved(workbook(("a",), ("1",)), tmp_path, **{"xl__worksheets__sheet1.xml": sheet}))


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = saved(workbook(("a",), ("1",)), tmp_path)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(office.OfficeFileRefused, match="damaged"):
        read(path)


@pytest.mark.soak
def test_a_hundred_thousand_rows_are_read_in_bounded_memory(tmp_path: Path) -> None:
    import tracemalloc

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Requests")
    for number in range(100_001):
        sheet.append((f"row {number}", date(2013, 5, 3), number, "X", "a subject of some words", None))
    buffer = io.BytesIO()
    book.save(buffer)
    path = tmp_path / "many.xlsx"
    path.write_bytes(buffer.getvalue())
    with Source(path) as source:
        tracemalloc.start()
        count = sum(1 for _ in Table(source, Faults()).rows())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert count == 100_000
    assert peak < 100 * 1024 * 1024
