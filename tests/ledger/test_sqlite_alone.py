"""What can happen to a database file, and to no other database."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.record import Record
from ledger.refusals import NotOurRecord, RecordUnavailable
from ledger.sqlite.database import SQLiteDatabase
from tests.ledger import tiny
from tests.ledger.places import Hand, SQLitePlace
from tests.ledger.tampered import fill, told
from tests.ledger.test_append_only import AT, LAST, refused
from tests.ledger.test_verify import changed

REGISTERED = len(tiny.TYPES)
INSERTIONS = ("INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE", "REPLACE")


@pytest.fixture
def place(home: Path) -> SQLitePlace:
    return SQLitePlace(home)


@pytest.fixture
def hand(place: SQLitePlace, record: Record) -> Iterator[Hand]:
    record.submit(tiny.Note(id="first", actor="x", text="one", times=2))
    with place.other_hand() as found:
        found("PRAGMA recursive_triggers = OFF")  # a stranger's tool does not turn them on
        yield found


@pytest.mark.parametrize("verb", ["UPDATE OR IGNORE", "UPDATE OR REPLACE"])
@pytest.mark.parametrize(
    "change", ["events SET header = event_id", "nodes SET hashes = x'00'", "heads SET version = 1"]
)
def test_no_manner_of_changing_a_row_changes_one(hand: Hand, verb: str, change: str) -> None:
    refused(hand, f"{verb} {change}")


@pytest.mark.parametrize("verb", INSERTIONS)
@pytest.mark.parametrize("position", [*AT.values(), "NULL"])
def test_no_manner_of_putting_in_an_event_puts_it_elsewhere(hand: Hand, verb: str, position: str) -> None:
    refused(hand, f"{verb} INTO events VALUES ({position}, x'99', 'note/1', 3, 't', x'00')")


@pytest.mark.parametrize("verb", INSERTIONS)
@pytest.mark.parametrize(
    "row",
    [
        f"events VALUES (({LAST}) + 1, x'99', 'note/1', 2, 't', x'00')",
        f"events VALUES (({LAST}) + 1, x'99', 'note/1', 4, 't', x'00')",
        f"events SELECT ({LAST}) + 1, event_id, 'note/2', 1, topic, header FROM events WHERE position = 2",
        "bodies SELECT position, body, nonce FROM bodies WHERE position = 3",
        f"bodies VALUES (({LAST}) + 1, x'00', x'00')",
        "nodes VALUES (1, x'00')",
        "nodes VALUES (1000, x'00')",
        "commands SELECT command_id, x'00', 1, 1 FROM commands LIMIT 1",
        "archive VALUES (1, 1, 'other', NULL, 2)",
        "heads VALUES ('note/1', 9, x'00')",
    ],
)
def test_no_manner_of_putting_in_a_row_takes_the_place_of_another(hand: Hand, verb: str, row: str) -> None:
    refused(hand, f"{verb} INTO {row}")


@pytest.mark.parametrize("content", [b"", b"not a database, but something that is long enough to be looked at" * 20])
def test_another_file_is_not_taken_for_a_record(place: SQLitePlace, content: bytes) -> None:
    place.home.mkdir()
    place.file.write_bytes(content)
    with pytest.raises(NotOurRecord):
        place.open()


def test_a_rule_that_is_gone_or_not_as_it_was_made_is_named(place: SQLitePlace) -> None:
    fill(place)
    with place.other_hand() as hand:
        ((rule,),) = hand("SELECT sql FROM sqlite_master WHERE name = 'events_keep'")
        hand("DROP TRIGGER events_keep")
        named = ["the database lets the record be changed: its rule events_keep is gone, changed or off"]
        assert told(place) == named
        hand("CREATE TRIGGER events_keep BEFORE UPDATE ON events WHEN false BEGIN SELECT 1; END")
        assert told(place) == named
        hand("DROP TRIGGER events_keep")
        hand(rule)
        assert told(place) == []


def test_bytes_changed_anywhere_in_the_file_give_findings_and_never_a_traceback(place: SQLitePlace) -> None:
    fill(place)
    chance = random.Random(7)
    data = place.file.read_bytes()
    noticed = 0
    for _ in range(60):
        place.file.write_bytes(changed(data, chance.randrange(4096, len(data)), chance))
        try:
            noticed += bool(place.findings())
        except NotOurRecord:
            noticed += 1
    assert noticed > 10, "most of a small file is unused space, but not all of it"


def test_a_full_disk_is_told_and_the_same_command_goes_through_later(record: Record) -> None:
    database = record.application.sequencer.database
    assert isinstance(database, SQLiteDatabase)
    (pages,) = database.row("PRAGMA page_count")
    database._writer.execute(f"PRAGMA max_page_count = {pages}")
    notes = [tiny.Note(id=f"n{n}", actor="x", text="x" * 1000) for n in range(1000)]
    with pytest.raises(RecordUnavailable, match="full"):
        list(map(record.submit, notes))
    recorded = record.last_position - REGISTERED
    database._writer.execute("PRAGMA max_page_count = 1000000")
    assert [record.submit(each).repeated for each in notes[: recorded + 1]] == [True] * recorded + [False]


class Counting:
    """Counts what SQLite is asked to do."""

    def __init__(self, record: Record) -> None:
        self.steps = 0
        database = record.application.sequencer.database
        assert isinstance(database, SQLiteDatabase)
        database._writer.set_progress_handler(self._step, 1000)

    def _step(self) -> int:
        self.steps += 1
        return 0


def test_the_work_of_a_batch_grows_with_its_rows_and_not_with_their_square(record: Record) -> None:
    work = Counting(record)

    def batch(name: str, rows: int) -> int:
        before = work.steps
        record.submit_all(
            tiny.Note(id=f"{name}-{n}", actor="x", text="x", stream=f"note/{name}-{n // 400}", kind="counted")
            for n in range(rows)
        )
        return work.steps - before

    small, large = batch("small", 2_000), batch("large", 16_000)
    assert large < 8 * small * 1.5
