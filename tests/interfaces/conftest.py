"""What tests of the doors begin with: a record as `init` makes it, and a copy of it to work in."""

import shutil
from pathlib import Path

import pytest

from interfaces.cli.work.beginning import begin


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a record that holds what `init` puts there; nobody works in it."""
    home = tmp_path_factory.mktemp("founded") / "home"
    begin(home, "example.org/ledger1540/1", "sec")
    return home


@pytest.fixture
def home(founded: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(founded, tmp_path / "home"))
