"""Verification notices rows that are dropped, swapped, cut off or put in by hand."""

import pytest

from tests.ledger.places import Hand, Place, PostgresPlace
from tests.ledger.tampered import first, told

TABLES = ("events", "bodies", "nodes", "heads", "commands", "standing")


@pytest.mark.parametrize("table", ["events", "bodies"])
def test_a_dropped_row_is_named(copy: Place, stranger: Hand, table: str) -> None:
    ((size,),) = stranger("SELECT max(position) FROM events")
    for position in (1, 2, size // 2, size):
        stranger(f"CREATE TEMP TABLE kept AS SELECT * FROM {table} WHERE position = {position}")
        stranger(f"DELETE FROM {table} WHERE position = {position}")
        assert first(copy) == position
        stranger(f"INSERT INTO {table} SELECT * FROM kept")
        stranger("DROP TABLE kept")
    assert copy.findings() == []


def test_every_dropped_node_head_and_command_is_missed(copy: Place, stranger: Hand) -> None:
    for table, where in [
        *(("nodes", f"position = {n}") for (n,) in stranger("SELECT position FROM nodes")[::5]),
        *(("heads", f"stream = '{name}'") for (name,) in stranger("SELECT stream FROM heads")),
        *(("commands", f"first_position = {n}") for (n,) in stranger("SELECT first_position FROM commands") if n),
    ]:
        stranger(f"CREATE TEMP TABLE kept AS SELECT * FROM {table} WHERE {where}")
        stranger(f"DELETE FROM {table} WHERE {where}")
        assert first(copy) is not None, (table, where)
        stranger(f"INSERT INTO {table} SELECT * FROM kept")
        stranger("DROP TABLE kept")
    assert copy.findings() == []


def test_a_changed_head_is_named_at_the_last_event_of_its_stream(copy: Place, stranger: Hand) -> None:
    ((last,),) = stranger("SELECT max(position) FROM events WHERE stream = 'note/0'")
    stranger("UPDATE heads SET version = version + 5 WHERE stream = 'note/0'")
    assert [finding.position for finding in copy.findings()] == [last]


@pytest.mark.parametrize(
    ("table", "columns"),
    [("events", "header"), ("bodies", "body"), ("bodies", "nonce"), ("bodies", "body, nonce")],
)
def test_swapped_rows_are_named(copy: Place, stranger: Hand, table: str, columns: str) -> None:
    values = {p: stranger(f"SELECT {columns} FROM {table} WHERE position = {p}")[0] for p in (9, 12)}
    for here, there in ((9, 12), (12, 9)):
        for name, value in zip(columns.split(", "), values[there], strict=True):
            stranger(f"UPDATE {table} SET {name} = ? WHERE position = {here}", value)
    assert first(copy) == 9


def test_swapped_positions_are_named(copy: Place, stranger: Hand) -> None:
    for table in ("events", "bodies"):
        for old, new in ((9, -1), (12, 9), (-1, 12)):
            stranger(f"UPDATE {table} SET position = {new} WHERE position = {old}")
    assert first(copy) == 9


@pytest.mark.parametrize("table", TABLES)
def test_a_table_cut_short_is_noticed(copy: Place, stranger: Hand, table: str) -> None:
    key = {"heads": "version", "commands": "first_position"}.get(table, "position")
    stranger(f"DELETE FROM {table} WHERE {key} > 3")
    assert first(copy) is not None


@pytest.mark.parametrize("table", TABLES)
def test_an_emptied_table_is_noticed(copy: Place, stranger: Hand, table: str) -> None:
    stranger(f"DELETE FROM {table}")
    assert copy.findings()


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("INSERT INTO nodes VALUES (10000, ?)", [bytes(32)]),
        ("INSERT INTO nodes VALUES (0, ?)", [bytes(32)]),
        ("INSERT INTO nodes VALUES (-1, ?)", [bytes(32)]),
        ("UPDATE nodes SET hashes = ? WHERE position = 7", [bytes(64)]),
        ("UPDATE nodes SET hashes = substr(hashes, 1, 32) WHERE position = 8", []),
        ("INSERT INTO heads VALUES ('note/none', 1, ?)", [bytes(32)]),
        ("INSERT INTO commands VALUES (?, ?, 3, 3)", [bytes(16), bytes(32)]),
        ("INSERT INTO bodies VALUES (10000, ?, ?)", [b"", b""]),
        ("INSERT INTO bodies VALUES (0, ?, ?)", [b"", b""]),
        ("INSERT INTO events VALUES (0, ?, 'note/0', 0, 'note.noted@1', ?)", [bytes(16), b"{}"]),
        ("UPDATE commands SET last_position = last_position + 1 WHERE first_position = 10", []),
        ("UPDATE events SET stream = 'note/9' WHERE position = 10", []),
        ("UPDATE events SET version = 99 WHERE position = 10", []),
        ("UPDATE events SET topic = 'note.other@1' WHERE position = 10", []),
        ("UPDATE events SET event_id = ? WHERE position = 10", [bytes(16)]),
        ("UPDATE events SET header = ? WHERE position = 10", [b""]),
        ("UPDATE bodies SET body = ? WHERE position = 10", [b"\xff"]),
        ("UPDATE archive SET origin = 'example.org/other/1'", []),
    ],
)
def test_what_does_not_belong_is_noticed(copy: Place, stranger: Hand, statement: str, values: list[bytes]) -> None:
    stranger(statement, *values)
    assert copy.findings()


def test_a_header_written_in_another_way_is_noticed(copy: Place, stranger: Hand) -> None:
    ((header,),) = stranger("SELECT header FROM events WHERE position = 10")
    stranger("UPDATE events SET header = ? WHERE position = 10", header.replace(b"{", b"{ "))
    assert first(copy) == 10


@pytest.mark.parametrize(
    "change",
    ["DELETE FROM standing", "UPDATE standing SET value = 'NA'", "UPDATE standing SET to_position = to_position - 1"],
)
def test_a_row_of_the_index_that_does_not_follow_from_the_events_is_named(
    copy: Place, stranger: Hand, change: str
) -> None:
    corrected = stranger("SELECT position FROM standing WHERE state = 'KEN' AND value = ?", "?")[0][0]
    stranger(f"{change} WHERE state = 'KEN' AND value = ?", "?")
    findings = copy.findings()
    assert findings
    assert {finding.position for finding in findings} == {corrected}
    assert all("as-of index of KEN" in finding.what for finding in findings)


def cut_off_the_last(copy: Place, stranger: Hand) -> None:
    """Take away the last event, which is the only one of its command, with all that belongs to it."""
    ((size,),) = stranger("SELECT max(position) FROM events")
    ((stream, version),) = stranger("SELECT stream, version FROM events WHERE position = ?", size)
    assert stranger("SELECT count(*) FROM commands WHERE first_position = ?", size) == [(1,)]
    ((leaf,),) = stranger(
        "SELECT substr(hashes, 1, 32) FROM nodes JOIN events USING (position) WHERE stream = ? AND version = ?",
        *(stream, version - 1),
    )
    for table in ("events", "bodies", "nodes"):
        stranger(f"DELETE FROM {table} WHERE position = ?", size)
    stranger("DELETE FROM commands WHERE first_position = ?", size)
    stranger("UPDATE heads SET version = version - 1, leaf = ? WHERE stream = ?", leaf, stream)
    stranger("DELETE FROM standing WHERE from_position = ?", size)
    stranger("UPDATE standing SET to_position = ? WHERE to_position = ?", 2**53 - 1, size)
    if isinstance(copy, PostgresPlace):
        assert told(copy) == [f"the database: its counter is at {size}, and the last event at {size - 1}"]
        stranger("UPDATE counter SET position = ?", size - 1)


def test_a_consistent_rewrite_of_the_tail_cannot_be_seen(copy: Place, stranger: Hand) -> None:
    cut_off_the_last(copy, stranger)
    assert copy.findings() == []


def test_what_was_asked_of_a_command_and_commands_without_events_cannot_be_seen(copy: Place, stranger: Hand) -> None:
    stranger("UPDATE commands SET request_sha256 = ?", bytes(32))
    stranger("DELETE FROM commands WHERE first_position IS NULL")
    stranger("INSERT INTO commands VALUES (?, ?, NULL, NULL)", bytes(16), bytes(32))
    assert copy.findings() == []
