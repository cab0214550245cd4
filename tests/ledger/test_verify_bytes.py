"""Whichever byte of a database file is changed, verification says so and where, unless no one could read it anyway."""

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from eventsourcing.persistence import DatabaseError

from domain.refusals import IntegrityFailure
from domain.standing import Cut
from ledger.export import log_lines
from ledger.finding import Finding
from tests.ledger import tampered
from tests.ledger.places import SQLitePlace

OF_AN_EVENT = ("events", "bodies")
UNSEEN = "SELECT command_id FROM commands"
"""What was asked of a command, and commands without events, are not told by anything else on record."""

Content = dict[str, Counter[Any]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> SQLitePlace:
    found = SQLitePlace(tmp_path_factory.mktemp("whole") / "home")
    tampered.fill(found)
    return found


def content(file: Path) -> Content | None:
    """All that a reader gets out of the file, None where it cannot all be read."""
    connection = sqlite3.connect(file)
    connection.text_factory = bytes
    try:
        made = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
        tables = [name.decode() for kind, name, _, _ in made if kind == b"table"]
        rows = {
            name: connection.execute(
                f"{UNSEEN} WHERE first_position IS NOT NULL" if name == "commands" else f"SELECT * FROM {name}"
            ).fetchall()
            for name in tables
        }
        return {"sqlite_schema": Counter(made)} | {name: Counter(found) for name, found in rows.items()}
    except (sqlite3.Error, UnicodeDecodeError):
        return None
    finally:
        connection.close()


def places(data: bytes, chance: random.Random) -> Iterator[int]:
    """Places in the file without end: in turn anywhere, and in the headers of pages, their pointers and their rows."""
    size = int.from_bytes(data[16:18], "big")
    while True:
        yield chance.randrange(len(data))
        for _ in range(3):
            number = chance.randrange(len(data) // size)
            page, begin = data[number * size : (number + 1) * size], 100 if number == 0 else 0
            length = {2: 12, 5: 12, 10: 8, 13: 8}.get(page[begin])
            if length is not None:
                pointers = begin + length
                rows = int.from_bytes(page[begin + 3 : begin + 5], "big")
                if rows == 0 or chance.random() < 0.3:
                    yield number * size + begin + chance.randrange(length + 2 * rows)
                else:
                    pointer = pointers + 2 * chance.randrange(rows)
                    row = int.from_bytes(page[pointer : pointer + 2], "big")
                    yield number * size + min(row + chance.randrange(12), size - 1)


def misjudged(place: SQLitePlace, before: Content) -> str | None:
    """What verification should have said of a damaged file and did not, or None."""
    after = content(place.file)
    try:
        findings: list[Finding] = place.findings()
    except IntegrityFailure:
        return None if after != before else "refused, and all can be read"
    if not findings:
        return None if after == before else "not seen"
    if after is not None:
        changed = [row[0] for name in OF_AN_EVENT for row in before[name] - after.get(name, Counter())]
        named = [finding.position for finding in findings if finding.position is not None]
        if changed and min(named, default=None) != min(changed):
            return f"position {min(changed)} was changed, and named is {min(named, default=None)}"
    return None


def campaign(whole: SQLitePlace, home: Path, changes: int, seed: int) -> list[str]:
    data, before = whole.file.read_bytes(), content(whole.file)
    assert before is not None
    place = whole.copied(home)
    assert isinstance(place, SQLitePlace)
    chance = random.Random(seed)
    wrong: list[str] = []
    for _, at in zip(range(changes), places(data, chance), strict=False):
        changed = (data[at] + chance.randrange(1, 256)) % 256
        place.file.write_bytes(data[:at] + bytes([changed]) + data[at + 1 :])
        found = misjudged(place, before)
        if found is not None:
            wrong.append(f"byte {at}, {data[at]} to {changed}: {found}")
    return wrong


def read_all(place: SQLitePlace) -> None:
    with place.open() as record:
        for stream in record.stream_names():
            record.history(stream)
        for state in ("KEN", "UGA"):
            record.cells(state, 1, Cut())
            record.acts(state, Cut())
        list(record.recorded())
        list(log_lines(record.read(), lambda _: True))
        record.position_at(record.recorded_at(1))


def test_what_is_damaged_is_refused_as_such_whoever_reads_it(whole: SQLitePlace, home: Path) -> None:
    data, place, chance = whole.file.read_bytes(), whole.copied(home), random.Random(1977)
    assert isinstance(place, SQLitePlace)
    refused = 0
    for _, at in zip(range(300), places(data, chance), strict=False):
        place.file.write_bytes(data[:at] + bytes([(data[at] + chance.randrange(1, 256)) % 256]) + data[at + 1 :])
        try:
            read_all(place)
        except (IntegrityFailure, DatabaseError):  # at the command line each ends with exit code 3
            refused += 1
    assert refused > 50


def test_a_changed_byte_anywhere_in_the_file_is_named_with_its_position(whole: SQLitePlace, home: Path) -> None:
    assert campaign(whole, home, 300, seed=1540) == []


@pytest.mark.soak
def test_thousands_of_changed_bytes_are_each_named(whole: SQLitePlace, home: Path) -> None:
    assert campaign(whole, home, 20_000, seed=2004) == []
