import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.record import Record
from tests.ledger import tiny


@pytest.fixture
def raw(record: Record, home: Path) -> Iterator[sqlite3.Connection]:
    record.submit(tiny.Note(id="first", actor="x", text="one", times=2))
    connection = sqlite3.connect(home / "record.sqlite", isolation_level=None)
    connection.execute("PRAGMA recursive_triggers = OFF")  # a stranger's tool does not turn them on
    yield connection
    connection.close()


def refused(raw: sqlite3.Connection, statement: str) -> None:
    before = [raw.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES]
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(statement)
    assert [raw.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES] == before


TABLES = ("events", "bodies", "nodes", "commands", "archive", "heads")


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_deleted(raw: sqlite3.Connection, table: str) -> None:
    refused(raw, f"DELETE FROM {table}")


@pytest.mark.parametrize(
    "change",
    [
        "events SET header = x'00'",
        "bodies SET body = x'00'",
        "nodes SET hash = x'00'",
        "commands SET request_sha256 = x'00'",
        "archive SET origin = 'other'",
        "heads SET version = 1",
    ],
)
@pytest.mark.parametrize("verb", ["UPDATE", "UPDATE OR IGNORE", "UPDATE OR REPLACE"])
def test_nothing_is_changed(raw: sqlite3.Connection, verb: str, change: str) -> None:
    refused(raw, f"{verb} {change}")


LAST = "SELECT max(position) FROM events"
AT = {"repeated": f"({LAST})", "a gap": f"({LAST}) + 2", "the first": "1", "left to SQLite": "NULL"}


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE", "REPLACE"])
@pytest.mark.parametrize("position", AT)
def test_an_event_has_the_next_position_and_no_other(raw: sqlite3.Connection, verb: str, position: str) -> None:
    refused(raw, f"{verb} INTO events VALUES ({AT[position]}, x'99', 'note/1', 3, 't', x'00')")


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE", "REPLACE"])
@pytest.mark.parametrize(("stream", "version"), [("note/1", 2), ("note/1", 4), ("note/2", 2), ("note/2", 0)])
def test_an_event_has_the_next_version_of_its_stream(
    raw: sqlite3.Connection, verb: str, stream: str, version: int
) -> None:
    refused(raw, f"{verb} INTO events VALUES (({LAST}) + 1, x'99', '{stream}', {version}, 't', x'00')")


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE", "REPLACE"])
def test_an_event_id_is_used_once(raw: sqlite3.Connection, verb: str) -> None:
    refused(
        raw,
        f"{verb} INTO events SELECT ({LAST}) + 1, event_id, 'note/2', 1, topic, header FROM events WHERE position = 2",
    )


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE", "REPLACE"])
@pytest.mark.parametrize(
    "row",
    [
        "bodies SELECT position, body, nonce FROM bodies WHERE position = 3",
        f"bodies VALUES (({LAST}) + 1, x'00', x'00')",
        "nodes VALUES (0, 0, x'00')",
        "nodes VALUES (0, 1000, x'00')",
        "commands SELECT command_id, x'00', 1, 1 FROM commands LIMIT 1",
        "archive VALUES (1, 1, 'other', NULL)",
    ],
)
def test_nothing_takes_the_place_of_what_is_there(raw: sqlite3.Connection, verb: str, row: str) -> None:
    refused(raw, f"{verb} INTO {row}")
