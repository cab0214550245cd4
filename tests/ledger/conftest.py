from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.record import Record
from tests.ledger import tiny


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def record(home: Path) -> Iterator[Record]:
    with Record.create(home, origin="example.org/ledger1540/1", rules=tiny.rules()) as found:
        found.submit_all(tiny.registrations())
        yield found
