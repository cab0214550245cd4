"""What tests of the doors begin with: a record as `init` makes it, and a copy of it to work in."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from interfaces.cli.work.beginning import begin
from interfaces.importing.outcomes import Imported
from tests.interfaces.lists import HEADER, Feed, feed_file, write


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


@pytest.fixture
def feed(home: Path, tmp_path: Path) -> Feed:
    """Imports rows as a list of requests."""

    def import_rows(*rows: Sequence[str], profile: str = "assistance-requests", **options: Any) -> Imported:
        path = tmp_path / "list.csv"
        write(path, HEADER, *rows)
        return feed_file(home, path, profile, **options)

    return import_rows
