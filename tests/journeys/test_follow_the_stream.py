"""The sample consumer of the how-to page, run as it is printed, beside a relay and a real broker."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.merkle import Growth
from ledger.record import Record
from ledger.relaying.message import message_of
from schemas import golden
from tests.broker import fresh_place
from tests.interfaces.desk import founded
from tests.ledger.relaying.streams import recorded_more, relay, send

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "follow-the-stream.md"


@pytest.fixture
def consumer(tmp_path: Path) -> Path:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert code.count("\n") <= 50
    path = tmp_path / "consumer.py"
    path.write_text(code, encoding="utf-8")
    return path


def test_the_consumer_of_the_page_counts_each_event_once_and_has_the_root(consumer: Path, tmp_path: Path) -> None:
    place = fresh_place()
    words = [sys.executable, str(consumer), place.servers, place.record, str(golden.folder()), str(tmp_path / "own")]
    with Record.open(Path(shutil.copytree(founded(), tmp_path / "home"))) as record:
        for count in (0, 7):
            recorded_more(record, count)
            relay(record, place)
            for _ in range(2):  # again, nothing is counted twice
                subprocess.run(words, check=True)
            assert read(tmp_path / "own") == (record.last_position, record.root().hex())
        send(place, [message_of(each) for each in record.read(record.last_position)])
        subprocess.run(words, check=True)
        assert read(tmp_path / "own") == (record.last_position, record.root().hex())


def read(database: Path) -> tuple[int, str]:
    """Return how many events the consumer counted, and the root of the leaves in its inbox."""
    own = sqlite3.connect(database)
    try:
        tree = Growth(0, [])
        for (leaf,) in own.execute("SELECT leaf FROM inbox ORDER BY position"):
            tree.append(bytes.fromhex(leaf))
        (counted,) = own.execute("SELECT sum(events) FROM counted").fetchone()
        return counted, tree.root().hex()
    finally:
        own.close()
