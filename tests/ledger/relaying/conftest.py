from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.record import Record
from ledger.relaying.place import Place
from tests.broker import fresh_place
from tests.interfaces.desk import founded


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A record as it is when the Committee begins: its types and the programme with its duties."""
    return Path(shutil.copytree(founded(), tmp_path / "home"))


@pytest.fixture
def record(home: Path) -> Iterator[Record]:
    with Record.open(home) as found:
        yield found


@pytest.fixture
def place() -> Place:
    return fresh_place()
