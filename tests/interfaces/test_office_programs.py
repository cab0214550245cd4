"""What we export opens in LibreOffice, and what it saved comes back; skipped where it is not installed."""

import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from interfaces.cli import app
from tests.interfaces.desk import Desk, kenya
from tests.interfaces.test_official_matrix import OPTIONS, counts
from tests.interfaces.test_official_workbook import all_in_one, by_obligation, saved

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
    pytest.mark.usefixtures("usable"),
]


@pytest.fixture(scope="module")
def usable(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Leave these tests out where LibreOffice is installed and converts nothing; in CI that is a failure."""
    path = tmp_path_factory.mktemp("office") / "tried.csv"
    path.write_text("a,b\n")
    try:
        converted(path, "pdf").read_bytes()
    except (subprocess.SubprocessError, OSError) as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"LibreOffice is installed and does not work here: {error}")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return kenya(tmp_path / "home")


def converted(path: Path, form: str) -> Path:
    """Have a file converted, in a profile of its own."""
    assert OFFICE is not None
    folder = path.parent / form
    profile = f"-env:UserInstallation=file://{path.parent / 'profile'}"
    command = [OFFICE, "--headless", profile, "--convert-to", form, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{form}"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_document_opens_with_its_citation_above_each_page(desk: Desk, tmp_path: Path, language: str) -> None:
    path = desk.export(tmp_path / "ken.docx", "--standing", "working", "--language", language)
    with zipfile.ZipFile(converted(path, "odt")) as package:
        pages = package.read("styles.xml").decode()
    above = pages.partition("<style:header>")[2].partition("</style:header>")[0]
    assert "Kenya (KEN)" in above
    assert {"en": "not a tool for measuring compliance", "fr": "instrument de mesure"}[language] in above
    assert converted(path, "pdf").read_bytes().startswith(b"%PDF-")


def test_a_workbook_says_above_and_below_each_page_what_it_is(desk: Desk, tmp_path: Path) -> None:
    path = desk.export(tmp_path / "ken.xlsx", "--standing", "working")
    with zipfile.ZipFile(converted(path, "ods")) as package:
        pages = package.read("styles.xml").decode()
    assert "Matrix of Kenya (KEN), revision" in pages
    assert "The matrix is not a tool for measuring compliance." in pages
    assert "_x000" not in pages


def test_a_workbook_that_was_saved_as_another_and_back_holds_nothing_new(desk: Desk, tmp_path: Path) -> None:
    path = desk.export(tmp_path / "ken.xlsx", "--standing", "working")
    back = converted(converted(path, "ods"), "xlsx")
    assert "nothing was changed, and nothing was recorded" in desk.run("enter", str(back)).stderr


def test_a_document_whose_controls_lost_their_names_is_refused_with_what_to_do(desk: Desk, tmp_path: Path) -> None:
    path = desk.export(tmp_path / "ken.docx", "--standing", "working")
    back = converted(path, "docx")  # older LibreOffice drops the names of controls, newer keeps them
    done = desk.runner.invoke(app, ["enter", str(back)])
    assert "nothing was changed" in done.stderr or "import" in done.stderr
    assert "Traceback" not in done.output


@pytest.mark.parametrize("fill", [by_obligation, all_in_one])
def test_a_matrix_in_a_workbook_that_libreoffice_saved_is_imported_and_adds_up(
    desk: Desk, tmp_path: Path, fill: Callable[[Workbook], None]
) -> None:
    path = converted(converted(saved(tmp_path / "ken.xlsx", fill), "ods"), "xlsx")
    said = counts(desk.run("import", str(path), *OPTIONS).stderr)
    assert said["rows"] == said["matched"] + said["doubtful"] + said["blank"]
    assert (said["doubtful"], said["refused"]) == (0, 0)
    assert desk.values()["op3cd-1-nw-legal"]["value"] == "X"
