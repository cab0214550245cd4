"""What can happen to a schema of PostgreSQL, and to no other database."""

import threading
from collections.abc import Generator, Iterator
from pathlib import Path

import psycopg
import pytest
from eventsourcing.persistence import IntegrityError

from ledger import opening, tables
from ledger.postgres.snapshot import PostgresSnapshot
from ledger.record import Record
from ledger.refusals import NotOurRecord, RecordAbsent, RecordExists, RecordUnavailable
from tests import postgres
from tests.ledger import tiny
from tests.ledger.places import Hand, PostgresPlace
from tests.ledger.tampered import told
from tests.ledger.test_append_only import LAST

FOLLOWS = "CREATE TRIGGER events_follow AFTER INSERT ON events REFERENCING NEW TABLE AS added FOR EACH STATEMENT"


@pytest.fixture
def place(home: Path) -> PostgresPlace:
    postgres.server_url()
    return PostgresPlace(home)


@pytest.fixture
def hand(place: PostgresPlace, record: Record) -> Iterator[Hand]:
    record.submit(tiny.Note(id="first", actor="x", text="one", times=2))
    with place.other_hand() as found:
        yield found


@pytest.mark.parametrize(
    ("tampering", "rule"),
    [
        (["DROP TRIGGER events_keep ON events"], "events_keep"),
        (["ALTER TABLE bodies DISABLE TRIGGER bodies_stay"], "bodies_stay"),
        (["ALTER TABLE bodies ENABLE REPLICA TRIGGER bodies_stay"], "bodies_stay"),
        (["CREATE OR REPLACE FUNCTION nodes_follow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"],
         "nodes_follow"),
        (["ALTER FUNCTION nodes_follow() RESET ALL"], "nodes_follow"),
        (["ALTER FUNCTION nodes_follow() SET search_path = public"], "nodes_follow"),
        (["DROP TRIGGER events_keep ON events",
          "CREATE TRIGGER events_keep BEFORE UPDATE ON tracking FOR EACH STATEMENT EXECUTE FUNCTION kept()"],
         "events_keep"),
        (["DROP TRIGGER events_follow ON events", f"{FOLLOWS} WHEN (false) EXECUTE FUNCTION events_follow()"],
         "events_follow"),
        (["DROP TRIGGER events_stay ON events",
          "CREATE TRIGGER events_stay BEFORE DELETE ON events FOR EACH STATEMENT EXECUTE FUNCTION stays()"],
         "events_stay"),
        (["ALTER TABLE events DROP CONSTRAINT events_pkey"], "events_pkey"),
        (["ALTER TABLE events DROP CONSTRAINT events_event_id_key"], "events_event_id_key"),
    ],
)  # fmt: skip
def test_a_rule_that_is_gone_or_off_or_not_as_it_was_made_is_named(
    place: PostgresPlace, hand: Hand, tampering: list[str], rule: str
) -> None:
    assert told(place) == []
    for statement in tampering:
        hand(statement)
    assert told(place) == [f"the database lets the record be changed: its rule {rule} is gone, changed or off"]


def test_rules_that_are_off_for_everybody_are_named(place: PostgresPlace, hand: Hand) -> None:
    every = "ALTER DATABASE {} {}"
    name = place.address.url.rpartition("?")[0].rpartition("/")[2]
    hand(every.format(name, "SET session_replication_role = 'replica'"))
    try:
        findings = told(place)
    finally:
        hand(every.format(name, "RESET session_replication_role"))
    assert any("events_keep" in each for each in findings)
    assert any("heads_follow" in each for each in findings)


def test_an_index_that_is_not_valid_is_named(place: PostgresPlace, hand: Hand) -> None:
    hand("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'events_stream_version_key'::regclass")
    assert told(place) == ["the database: its index events_stream_version_key is not valid"]


@pytest.mark.parametrize(
    "table", ["archive (one text)", "archive (format bigint, origin text, seed text)", "events (position bigint)"]
)
def test_another_schema_is_neither_taken_for_a_record_nor_made_one(place: PostgresPlace, table: str) -> None:
    with place.other_hand() as hand:
        hand(f"CREATE SCHEMA {place.schema}")
        hand(f"CREATE TABLE {place.schema}.{table}")
    with pytest.raises((NotOurRecord, RecordAbsent)):
        place.open()
    with pytest.raises(RecordExists, match="schema"):
        place.create()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO events SELECT * FROM events WHERE position = 2 ON CONFLICT (position) DO UPDATE SET topic = 'x'",
        "INSERT INTO heads SELECT * FROM heads ON CONFLICT (stream) DO UPDATE SET version = 1",
        "MERGE INTO bodies b USING events e ON b.position = e.position WHEN MATCHED THEN UPDATE SET body = e.header",
        "MERGE INTO nodes n USING events e ON n.position = e.position WHEN MATCHED THEN DELETE",
        "TRUNCATE events",
        "TRUNCATE events, bodies, nodes, commands CASCADE",
        "TRUNCATE heads",
        "TRUNCATE counter",
        "DELETE FROM counter",
        "UPDATE counter SET position = position - 1",
        "UPDATE counter SET position = position + 1",
        "INSERT INTO counter VALUES (1, 0)",
        "INSERT INTO counter VALUES (2, 0)",
    ],
)
def test_no_manner_of_changing_rows_changes_any(place: PostgresPlace, hand: Hand, statement: str) -> None:
    with pytest.raises(IntegrityError, match=r"append-only|duplicate key|counter_one_check"):
        hand(statement)
    assert told(place) == []


@pytest.mark.parametrize(
    "rows", ["{2}\t\\\\x99\tnote/9\t1\tt\t\\\\x\n", "{1}\t\\\\x99\tnote/9\t2\tt\t\\\\x\n",
             "{1}\t\\\\x98\tnote/9\t1\tt\t\\\\x\n{3}\t\\\\x99\tnote/9\t2\tt\t\\\\x\n"],
)  # fmt: skip
def test_copied_rows_have_no_gap_either(place: PostgresPlace, hand: Hand, rows: str) -> None:
    ((last,),) = hand(LAST)
    with postgres.connected(postgres.database_url(), options=f"-c search_path={place.schema}") as connection:
        copying = connection.cursor().copy("COPY events FROM STDIN")
        with pytest.raises(psycopg.IntegrityError, match="append-only"), copying as copy:
            copy.write(rows.format(*range(last, last + 4)))
    assert told(place) == []


def test_tables_of_the_same_names_elsewhere_do_not_mislead_the_rules(place: PostgresPlace, hand: Hand) -> None:
    ((last,),) = hand(LAST)
    hand("CREATE TEMP TABLE events (LIKE events)")
    hand("INSERT INTO pg_temp.events VALUES (?, ?, 'note/9', 8, 't', ?)", last + 4, b"", b"")
    for path in (place.schema, f"pg_temp, {place.schema}", "public"):
        hand(f"SET search_path = {path}")
        row = f"{place.schema}.events VALUES ({last} + 5, ?, 'note/9', 9, 't', ?)"
        with pytest.raises(IntegrityError, match="append-only"):
            hand(f"INSERT INTO {row}", b"\x99", b"")


def test_a_commit_waits_for_the_disk_though_the_database_is_set_not_to(place: PostgresPlace, hand: Hand) -> None:
    name = place.address.url.rpartition("?")[0].rpartition("/")[2]
    hand(f"ALTER DATABASE {name} SET synchronous_commit = off")
    try:
        with place.open() as record, record.application.sequencer.sequenced():
            assert record.application.sequencer.database.row("SHOW synchronous_commit") == ("on",)
    finally:
        hand(f"ALTER DATABASE {name} RESET synchronous_commit")


def test_where_the_server_itself_does_not_wait_that_is_told(place: PostgresPlace, hand: Hand, record: Record) -> None:
    if hand("SHOW fsync") == [("off",)]:
        assert record.durable() is False
        hand("ALTER SYSTEM SET fsync = on")
    try:
        hand("SELECT pg_reload_conf()")
        with place.open() as again:
            while hand("SHOW fsync") == [("off",)]:
                threading.Event().wait(0.001)
            assert again.durable() is True
    finally:
        hand("ALTER SYSTEM RESET fsync")
        hand("SELECT pg_reload_conf()")


def test_an_answer_left_unread_does_not_wait_for_the_connection(place: PostgresPlace, hand: Hand) -> None:
    with opening.snapshot(place.address) as snapshot:
        assert isinstance(snapshot, PostgresSnapshot)
        rows = snapshot.rows("SELECT position FROM events")
        assert isinstance(rows, Generator)
        next(rows)
        with snapshot._connection.lock:  # as it is while a statement runs, when Python may collect what was left
            closing = threading.Thread(target=rows.close, daemon=True)
            closing.start()
            closing.join(30)
            assert not closing.is_alive()


def test_a_connection_lost_while_all_is_read_is_no_damage(place: PostgresPlace, hand: Hand) -> None:
    with opening.snapshot(place.address) as snapshot:
        rows = snapshot.rows("SELECT position FROM events")
        assert next(rows) == (1,)
        hand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ledger1540 snapshot'")
        with pytest.raises(RecordUnavailable, match="could not be read"):
            snapshot.row("SELECT 1")


def read_in(record: Record, name: str, commands: int) -> int:
    """Record so many commands in one transaction; the rows that the database looked at in doing so."""
    database = record.application.sequencer.database
    counted = "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables"
    with record.application.sequencer.sequenced():
        before = database.row(counted)[0]
        record.submit_all(
            tiny.Note(id=f"{name}-{n}", actor="x", text="x", stream=f"note/{name}-{n // 400}") for n in range(commands)
        )
        return int(database.row(counted)[0] - before)


@pytest.fixture(params=["which the planner does not know", "that the planner knew when it was small"])
def known(request: pytest.FixtureRequest, hand: Hand) -> None:
    if "small" in request.param:
        hand("ANALYZE")


def test_what_a_command_looks_at_does_not_grow_with_the_record(record: Record, known: None) -> None:
    few = max(read_in(record, f"few{n}", 1) for n in range(10))
    read_in(record, "many", 5_000)
    assert (
        max(read_in(record, f"after{n}", 1) for n in range(10)) <= few + 40
    )  # the tree has more peaks, and what was kept in memory is read anew


def test_the_work_of_a_batch_grows_with_its_rows_and_not_with_their_square(record: Record, known: None) -> None:
    assert read_in(record, "batch", 5_000) < 5_000 * 10


def fail(record: Record) -> None:
    """Send a statement that the database refuses, and others behind it."""
    recorder = record.application.sequencer
    with recorder.sequenced():
        recorder.database.insert(tables.COMMANDS, [(bytes(16), bytes(32), None, None)] * 2)
        recorder.database.move_heads([("note/none", 2, bytes(32))])
        recorder.database.moved_to(recorder.database.size())


def test_a_writer_goes_on_after_transactions_that_failed_however_often(record: Record) -> None:
    for n in range(12):
        with pytest.raises(IntegrityError):
            fail(record)
        receipt = record.submit(tiny.Note(id=f"n{n}", actor="x", text="x", stream="note/1"))
        assert receipt.last_position == record.last_position
