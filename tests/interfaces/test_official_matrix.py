"""A matrix in a document of another hand, laid out as the Committee's are, is read cell by cell and adds up."""

import re
from pathlib import Path
from typing import Any

import docx
import pytest

from interfaces.importing.official.columns import section_of
from tests.interfaces.desk import Desk, kenya

FILE = Path(__file__).parent / "files" / "kenya-matrix.docx"
"""Made up; laid out as the Committee's matrices are, and saved by LibreOffice."""
OPTIONS = ("--state", "KEN", "--known", "2013-02-10", "--synthetic")
HEADING = (
    ("No.", "Question", "National legal framework", "National legal framework", "Remarks"),
    ("", "", "NW", "Source document", ""),
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return kenya(tmp_path / "home")


def document(path: Path, *rows: tuple[str, ...], title: str = "OP 2 - NW, CW, BW") -> Path:
    made = docx.Document()
    made.add_paragraph(title)
    table = made.add_table(0, 5)
    for row in (*HEADING, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    made.save(str(path))
    return path


def counts(said: str) -> dict[str, int]:
    """The numbers that an import says, by the word after each."""
    return {word: int(number) for number, word in re.findall(r"(\d+) ([a-z]+)", said)}


def test_what_was_read_adds_up_and_what_is_doubtful_is_listed_and_not_recorded(desk: Desk) -> None:
    done = desk.run("import", str(FILE), *OPTIONS)
    said = counts(done.stderr)
    assert said["rows"] == said["matched"] + said["doubtful"] + said["blank"] == 8
    assert said["cells"] == said["new"] + said["unchanged"] + said["refused"] == 20
    assert "item 9 of op1 is 'Geneva Protocol of 1925', not 'Geneva Protocol'" in done.stderr
    assert "'Z' is no value of T2011/op2-2-cw-legal" in done.stderr
    values = desk.values()
    assert values["op1-9-all-statement"]["value"] is None
    assert values["op2-2-cw-legal"]["value"] is None
    assert (values["op1-7-all-statement"]["value"], values["op2-1-bw-legal"]["value"]) == ("YES", "?")


def test_a_reference_becomes_the_words_of_the_source_and_the_document_is_on_record(desk: Desk) -> None:
    desk.run("import", str(FILE), *OPTIONS)
    values = desk.values()
    (source,) = values["op2-1-cw-legal"]["sources"]
    assert (source["quotation"], source["language"]) == ("CWC Act, s. 3", "en")
    assert source["locator"].startswith("op2 1, cw legal, row ")
    assert desk.give("document", source["document_id"])["document"] == source["document_id"]
    shared = {values[f"op3cd-1-{weapon}-legal"]["sources"][0]["quotation"] for weapon in ("nw", "cw", "bw")}
    assert shared == {"Customs Act"}


def test_the_remarks_become_remarks_on_rows(desk: Desk, tmp_path: Path) -> None:
    desk.run("import", str(FILE), *OPTIONS)
    path = desk.export(tmp_path / "ken.docx", "--standing", "working")
    assert "See annex" in "".join(each.text or "" for each in docx.Document(str(path)).element.body.iter())


def test_its_dates_are_marked_as_claimed_and_it_is_reversed_as_one_batch(desk: Desk) -> None:
    before = {name: cell["value"] for name, cell in desk.values().items()}
    (outcome,) = desk.give("import", str(FILE), *OPTIONS)
    assert outcome["batch"] in desk.run("show", "KEN", "op2-1-bw-legal", "--standing", "working").stdout
    desk.run("in-error", "--batch", outcome["batch"], "--reason", "The wrong file")
    assert {name: cell["value"] for name, cell in desk.values().items()} == before


def test_a_dry_run_says_the_same_and_records_nothing(desk: Desk) -> None:
    before = desk.position()
    tried = desk.run("import", str(FILE), *OPTIONS, "--dry-run")
    assert desk.position() == before
    done = desk.run("import", str(FILE), *OPTIONS)
    assert tried.stderr.splitlines()[:-1] == done.stderr.splitlines()[:-1]
    assert "on record already" in desk.run("import", str(FILE), *OPTIONS).stdout


def test_the_french_words_of_the_layout_are_understood(desk: Desk, tmp_path: Path) -> None:
    french = document(
        tmp_path / "ken.docx", ("3", "posséder", "X", "Code pénal, art. 4", ""), title="Par. 2 - AN, AC, AB"
    )
    desk.run("import", str(french), *OPTIONS)
    cell = desk.values()["op2-3-nw-legal"]
    assert (cell["value"], cell["sources"][0]["language"]) == ("X", "fr")


@pytest.mark.parametrize(
    ("row", "doubt"),
    [
        (("99", "possess", "X", "", ""), "op2 has no item 99"),
        (("2", "possess", "X", "", ""), "item 2 of op2 is 'acquire'"),
        (("", "own", "X", "", ""), "is no item of op2"),
    ],
)
def test_a_row_that_is_not_surely_one_of_the_template_is_not_guessed(
    desk: Desk, tmp_path: Path, row: tuple[str, ...], doubt: str
) -> None:
    path = document(tmp_path / "ken.docx", row, ("3", "possess", "X", "", ""), ("3", "possess", "?", "", ""))
    done = desk.run("import", str(path), *OPTIONS)
    assert doubt in done.stderr
    assert "op2-3-nw-legal stands in an earlier row too" in done.stderr
    assert desk.values()["op2-3-nw-legal"]["value"] == "X"


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("OP 1 and related matters from OP 5, OP 6", "op1"),
        ("OP 2 - NW, CW, BW", "op2"),
        ("OP 3 (a) and (b) - Account for/Secure NW", "op3ab"),
        ("OP3(c) and (d) and related matters from OP 6", "op3cd"),
        ("Par. 3 c) et d)", "op3cd"),
        ("OP 6, 7 and 8 (d)", "op6_7_8d"),
        ("Annex", None),
    ],
)
def test_a_table_belongs_to_the_paragraph_that_stands_above_it(title: str, section: str | None) -> None:
    assert section_of(title) == section


def test_what_cannot_be_a_matrix_is_refused_once_with_what_to_do(desk: Desk, tmp_path: Path) -> None:
    letter = docx.Document()
    letter.add_paragraph("A letter")
    letter.save(str(tmp_path / "letter.docx"))
    ours = desk.export(tmp_path / "ours.docx", "--standing", "working")
    refusals: list[tuple[Path, tuple[Any, ...], str]] = [
        (tmp_path / "letter.docx", OPTIONS, "no table of it is one of a matrix"),
        (ours, OPTIONS, "ledger1540 enter"),
        (FILE, (), "--state KEN and --known DATE"),
        (FILE, ("--state", "ZZZ", "--known", "2013-02-10"), "ZZZ is not on record"),
        (FILE, ("--state", "KEN", "--known", "2013-01-10"), "no revision opened"),
    ]
    for path, options, says in refusals:
        assert says in desk.refused("import", str(path), *options)


def test_a_document_that_says_what_is_on_record_already_records_nothing(desk: Desk, tmp_path: Path) -> None:
    path = document(tmp_path / "ken.docx", ("3", "possess", "", "", ""))
    done = desk.run("import", str(path), *OPTIONS)
    assert "nothing new, and nothing was recorded" in done.stderr
