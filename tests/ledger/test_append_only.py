"""What the record's format refuses, the database itself refuses, whoever asks in whichever way."""

from collections.abc import Iterator

import pytest
from eventsourcing.persistence import IntegrityError

from ledger.record import Record
from tests.ledger import tiny
from tests.ledger.places import Hand, Place

TABLES = ("events", "bodies", "nodes", "commands", "archive", "heads")
LAST = "SELECT max(position) FROM events"
AT = {"repeated": f"({LAST})", "a gap": f"({LAST}) + 2", "the first": "1", "before the first": "0"}


@pytest.fixture
def hand(place: Place, record: Record) -> Iterator[Hand]:
    record.submit(tiny.Note(id="first", actor="x", text="one", times=2))
    with place.other_hand() as found:
        yield found


def refused(hand: Hand, statement: str, *values: bytes) -> None:
    before = [hand(f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES]
    with pytest.raises(IntegrityError, match=r"append-only|duplicate key"):
        hand(statement, *values)
    assert [hand(f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES] == before


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_deleted(hand: Hand, table: str) -> None:
    refused(hand, f"DELETE FROM {table}")


@pytest.mark.parametrize(
    "change",
    [
        "events SET header = event_id",
        "bodies SET body = nonce",
        "nodes SET position = position + 1000",
        "commands SET request_sha256 = command_id",
        "archive SET origin = 'other'",
        "heads SET version = 1",
    ],
)
def test_nothing_is_changed(hand: Hand, change: str) -> None:
    refused(hand, f"UPDATE {change}")


@pytest.mark.parametrize("position", AT)
def test_an_event_has_the_next_position_and_no_other(hand: Hand, position: str) -> None:
    refused(hand, f"INSERT INTO events VALUES ({AT[position]}, ?, 'note/1', 3, 't', ?)", b"\x99", b"")


@pytest.mark.parametrize(("stream", "version"), [("note/1", 2), ("note/1", 4), ("note/2", 2), ("note/2", 0)])
def test_an_event_has_the_next_version_of_its_stream(hand: Hand, stream: str, version: int) -> None:
    refused(hand, f"INSERT INTO events VALUES (({LAST}) + 1, ?, '{stream}', {version}, 't', ?)", b"\x99", b"")


def test_several_events_at_once_have_no_gap_either(hand: Hand) -> None:
    row = f"(({LAST}) + {{}}, ?, 'note/{{}}', {{}}, 't', ?)"
    for positions, versions in (((1, 3), (3, 4)), ((1, 2), (3, 5)), ((1, 1), (3, 4)), ((1, 2), (3, 3))):
        rows = ", ".join(row.format(p, 1, v) for p, v in zip(positions, versions, strict=True))
        refused(hand, f"INSERT INTO events VALUES {rows}", b"\x98", b"", b"\x99", b"")
    rows = ", ".join(row.format(n, n + 1, 2) for n in (1, 2))
    refused(hand, f"INSERT INTO events VALUES {rows}", b"\x98", b"", b"\x99", b"")


def test_an_event_id_is_used_once(hand: Hand) -> None:
    again = "event_id, 'note/2', 1, topic, header FROM events WHERE position = 2"
    refused(hand, f"INSERT INTO events SELECT ({LAST}) + 1, {again}")


@pytest.mark.parametrize(
    "row",
    [
        "bodies SELECT position, body, nonce FROM bodies WHERE position = 3",
        f"bodies VALUES (({LAST}) + 1, ?, ?)",
        "bodies VALUES (0, ?, ?)",
        "nodes VALUES (1, ?)",
        "nodes VALUES (1000, ?)",
        "nodes VALUES (-1, ?)",
        "commands SELECT command_id, request_sha256, 1, 1 FROM commands LIMIT 1",
        "archive VALUES (1, 1, 'other', NULL, 2)",
        "heads VALUES ('note/1', 9, ?)",
    ],
)
def test_nothing_takes_the_place_of_what_is_there_or_lies_beyond_it(hand: Hand, row: str) -> None:
    refused(hand, f"INSERT INTO {row}", *[b"\x00"] * row.count("?"))


def test_where_there_are_no_events_there_are_no_bodies(place: Place) -> None:
    with place.create(), place.other_hand() as hand:
        refused(hand, "INSERT INTO bodies VALUES (1, ?, ?)", b"", b"")
