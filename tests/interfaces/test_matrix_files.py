"""A matrix leaves as a workbook or a document in the official layout, and says on each page what it is."""

import csv
import io
import zipfile
from importlib.resources import files
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from domain.template import Field
from interfaces.exporting.matrix_layout import obligations
from interfaces.text import words_of
from projections.matrix import CellView
from projections.sheets import guarded, unguarded
from tests.interfaces.desk import Desk, kenya, sent

NOTICE = "The matrix is not a tool for measuring compliance."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return kenya(tmp_path / "home")


def field(section: str, item: int, weapon: str, label: str) -> Field:
    return Field(
        cell=f"T2011/{section}-{item}-{weapon}-legal",
        label=label,
        section=section,
        item=item,
        weapon=weapon,
        aspect="legal",
        allowed=("X", ""),
        confidence="low",
    )


def test_an_obligation_is_one_table_unless_its_items_are_other_questions_for_other_weapons() -> None:
    fields = [field("op2", 1, weapon, "possess") for weapon in ("nw", "cw")]
    fields += [field("op3ab", 1, "nw", "National regulatory authority"), field("op3ab", 1, "cw", "National authority")]
    tables = obligations(fields, {}, {("op2", 1): "A remark"})
    assert [(table.section, table.weapon, table.places) for table in tables] == [
        ("op2", None, (("legal", "NW"), ("legal", "CW"))),
        ("op3ab", "NW", (("legal", "NW"),)),
        ("op3ab", "CW", (("legal", "CW"),)),
    ]
    assert tables[0].lines[0].remark == "A remark"
    assert tables[0].lines[0].cells["legal", "NW"] == CellView(cell="T2011/op2-1-nw-legal")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\ta", "\ra", "'=1", "''@", "'quoted'", "a=b", ""])
def test_what_looks_like_a_formula_is_guarded_and_comes_back_unchanged(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(text)) == text


def test_a_document_has_a_table_for_each_obligation_with_value_reference_and_remarks(
    desk: Desk, tmp_path: Path
) -> None:
    document = docx.Document(str(desk.export(tmp_path / "ken.docx", "--standing", "working")))
    assert len(document.tables) == 7  # OP 3 (a) and (b) has one for each weapon
    op2 = document.tables[1]
    assert [cell.text for cell in op2.rows[0].cells][:3] == ["No.", "Question", "National legal framework"]
    assert [cell.text for cell in op2.rows[1].cells][2:6] == ["NW", "Reference", "CW", "Reference"]
    said = "".join(node.text or "" for node in op2.rows[2]._tr.iter() if node.tag.endswith("}t"))
    assert "manufacture/produce" in said
    assert "?ken-law, p. 1" in said
    assert "See the decree too" in said


def test_each_page_of_a_document_says_what_it_is_and_that_it_measures_no_compliance(desk: Desk, tmp_path: Path) -> None:
    document = docx.Document(str(desk.export(tmp_path / "ken.docx", "--standing", "working")))
    above = "\n".join(each.text for each in document.sections[0].header.paragraphs)
    for says in ("Kenya (KEN), revision 1, template T2011", "a draft", "As of", "Recorded by position", NOTICE):
        assert says in above


def test_an_approved_matrix_says_on_which_decision_it_rests(desk: Desk, tmp_path: Path) -> None:
    desk.run("seal", "KEN", "--known", "2013-03-01")
    given = ("--title", "Approve", "--item", "Kenya", "--rests-on", "KEN/1", "--known", "2013-03-02")
    desk.run("propose", "appr", *given)
    desk.run("adopt", "appr", "--meeting", "m1", "--known", "2013-03-05")
    desk.run("approve", "KEN/1", "--decision", "appr", "--known", "2013-03-05")
    document = docx.Document(str(desk.export(tmp_path / "ken.docx")))
    above = "\n".join(each.text for each in document.sections[0].header.paragraphs)
    assert "Basis: decision appr, manifest " in above


def test_a_workbook_has_the_layout_and_the_cells_and_no_formula(desk: Desk, tmp_path: Path) -> None:
    book = load_workbook(desk.export(tmp_path / "ken.xlsx", "--standing", "working"))
    assert book.sheetnames[0] == "Citation"
    assert book.sheetnames[-1] == "Cells"
    cells = {row[0]: row for row in book["Cells"].iter_rows(values_only=True)}
    assert len(cells) == 390
    assert "=1+1" in cells["T2011/op3cd-5-nw-legal"]
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    laid = [cell for row in book["op2"].iter_rows(values_only=True) for cell in row if cell]
    assert "ken-law, p. 1" in laid
    assert any(str(cell).startswith(NOTICE) for cell in laid)


def test_a_printed_workbook_says_on_each_page_what_it_is_and_no_text_lies_over_another(
    desk: Desk, tmp_path: Path
) -> None:
    book = load_workbook(desk.export(tmp_path / "ken.xlsx", "--standing", "working"))
    for sheet in book:
        assert sheet.oddHeader is not None
        assert sheet.oddFooter is not None
        above, below = str(sheet.oddHeader.left.text), str(sheet.oddFooter.left.text)
        assert above.startswith("Matrix of Kenya (KEN), revision")
        assert "_x" not in above
        assert below == NOTICE
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    op3 = book["op3ab NW"]
    wrapped = [cell for cell in op3["B"] if cell.value and len(str(cell.value)) > 44]
    assert wrapped
    assert all((op3.row_dimensions[cell.row].height or 0) >= 30 for cell in wrapped if cell.row)


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_file_is_the_same_each_time_and_names_nobody_and_no_machine(desk: Desk, tmp_path: Path, form: str) -> None:
    first = desk.export(tmp_path / f"a.{form}", "--standing", "working").read_bytes()
    assert desk.export(tmp_path / f"b.{form}", "--standing", "working").read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {each.date_time[0] for each in package.infolist()} == {1980}
        told = b"".join(package.read(name) for name in package.namelist())
    for word in (b"openpyxl", b"<dc:creator", b"lastModifiedBy", str(tmp_path).encode(), b'"sec"'):
        assert word not in told


def test_the_layout_is_written_in_french(desk: Desk, tmp_path: Path) -> None:
    document = docx.Document(str(desk.export(tmp_path / "ken.docx", "--standing", "working", "--language", "fr")))
    assert [cell.text for cell in document.tables[1].rows[0].cells][:3] == [
        "N°",
        "Question",
        "Cadre juridique national",
    ]
    assert document.tables[1].rows[2].cells[1].text == "fabriquer ou produire"
    assert document.sections[0].header.paragraphs[0].text == "Tableau de Kenya (KEN), révision 1, modèle T2011"


def test_every_question_of_the_templates_has_its_french() -> None:
    words = words_of("fr")
    with (files("interfaces.reference") / "matrix-fields.csv").open(encoding="utf-8") as file:
        labels = {row["item_label"] for row in csv.DictReader(file)}
    assert len(labels) > 100
    assert [label for label in labels if words(label) == label and label != "Other"] == []


def test_what_a_reader_may_not_see_is_not_in_the_file(desk: Desk, tmp_path: Path) -> None:
    outside = Desk(desk.home, actor="")
    for form in ("docx", "xlsx", "csv", "json"):
        path = outside.export(tmp_path / f"ken.{form}", "--standing", "working")
        content = path.read_bytes()
        if form in ("docx", "xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                content = b"".join(package.read(name) for name in package.namelist())
        assert b"withheld" in content
        for secret in (b"ken-law", b"=1+1", b"See the decree too", b"p. 1"):
            assert secret not in content, (form, secret)


def test_the_state_is_asked_for_comments_on_what_was_sent_to_it(desk: Desk, tmp_path: Path) -> None:
    document = docx.Document(str(sent(desk).export(tmp_path / "ken.docx", "--standing", "sent")))
    assert document.tables[1].rows[0].cells[-1].text == "Comment"


def test_a_file_of_a_matrix_that_does_not_stand_there_is_told_as_that(desk: Desk, tmp_path: Path) -> None:
    done = desk.run("export", "KEN", "--to", str(tmp_path / "ken.docx"), "--standing", "sent")
    assert "The file holds no cell: nothing stands there as sent." in done.stderr


def test_the_log_of_a_blank_cell_names_the_draft_that_it_is_in(desk: Desk) -> None:
    said = desk.run("log", "KEN", "op2-2-bw-legal").stdout
    assert said.startswith("Matrix of Kenya (KEN), revision 1\n")
    assert "Nothing is on record for this cell there." in said
