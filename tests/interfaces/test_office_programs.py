"""What we export opens in LibreOffice, and what it saved comes back; skipped where it is not installed."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from interfaces.cli import app
from tests.interfaces.desk import Desk, kenya

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


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
