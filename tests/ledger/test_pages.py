"""Pages: packed by whoever reads, used by the next, passed over where they cannot be trusted; on both databases."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from eventsourcing.persistence import ProgrammingError

from domain.matrix.cells import Stands
from domain.standing import Cut
from domain.times import moment, text
from ledger.address import Address, SQLiteAddress
from ledger.finding import Finding
from ledger.page import Page, PageUnfit, pack
from ledger.pages import IN_ORDER, LINES, Pages
from ledger.record import Record
from ledger.refusals import RecordUnavailable
from ledger.verify import Verification
from tests.ledger import tiny

OTHER = "T2011/op2-2-nw-legal"


class Raw:
    """The database as anyone sees it who holds it."""

    def __init__(self, address: Address) -> None:
        self._connection: Any  # Any: either driver's, asked in the words that both know
        if isinstance(address, SQLiteAddress):
            self._connection = sqlite3.connect(address.path, isolation_level=None)
            self.hold = "BEGIN IMMEDIATE"
        else:
            options = f"-c search_path={address.schema}"
            self._connection = psycopg.connect(address.url, autocommit=True, options=options)
            self.hold = "BEGIN; LOCK TABLE pages IN EXCLUSIVE MODE"
        self._mark = "?" if isinstance(address, SQLiteAddress) else "%s"

    def __call__(self, statement: str, *values: object) -> list[Any]:
        found = self._connection.execute(statement.replace("?", self._mark), values or ())
        return found.fetchall() if found.description else []

    def close(self) -> None:
        self._connection.close()


@pytest.fixture
def raw(address: Address, record: Record) -> Iterator[Raw]:
    found = Raw(address)
    yield found
    found.close()


@pytest.fixture
def other(home: Path, address: Address, record: Record) -> Iterator[Record]:
    with Record.open(home, rules=tiny.rules(), address=address) as opened:
        yield opened


@pytest.fixture
def verify(home: Path, address: Address) -> Callable[[], list[Finding]]:
    return lambda: list(Verification(home, address=address, rules=tiny.rules()))


def assess(record: Record, key: str, value: str, cell: str = tiny.CELL, strikes: str | None = None) -> None:
    record.submit(tiny.Assess(id=key, actor="x", cell=cell, value=value, strikes=strikes))


def shown(record: Record, cut: Cut | None = None) -> dict[str, str]:
    found = record.cells("KEN", 1, cut or Cut()).last([tiny.CELL, OTHER])
    return {cell: stands.value for cell, stands in found.items()}


def kept(raw: Raw) -> list[tuple[str, int]]:
    return raw("SELECT state, through FROM pages")


def test_an_append_packs_nothing_and_the_first_who_reads_does(record: Record, raw: Raw) -> None:
    assess(record, "a", "X")
    assert kept(raw) == []
    assert shown(record) == {tiny.CELL: "X"}
    assert kept(raw) == [("KEN", record.last_position)]


def test_what_came_since_is_read_beside_the_page_until_it_is_much(record: Record, raw: Raw) -> None:
    record._pages = Pages(record.application.sequencer.database, record.recorded_at, longest_tail=2)
    assess(record, "a", "X")
    shown(record)
    (page,) = kept(raw)
    for key, cell, value in (("b", OTHER, "?"), ("c", tiny.CELL, "NA")):
        assess(record, key, value, cell)
        assert shown(record)[cell] == value
        assert kept(raw) == [page]
    assess(record, "d", "X", OTHER)
    assert shown(record) == {tiny.CELL: "NA", OTHER: "X"}
    assert kept(raw) == [("KEN", record.last_position)]


def test_a_correction_behind_a_page_is_seen_at_once_and_the_past_stays(record: Record) -> None:
    assess(record, "a", "X")
    before = Cut(position=record.last_position)
    assert shown(record) == {tiny.CELL: "X"}
    assess(record, "b", "?", strikes="a#0")
    assert shown(record) == {tiny.CELL: "?"}
    assert shown(record, before) == {tiny.CELL: "X"}


def test_what_was_believed_changes_at_the_very_instant_when_the_error_was_noticed(record: Record) -> None:
    assess(record, "a", "X")
    assess(record, "b", "?", strikes="a#0")
    noticed = record.recorded_at(record.last_position)
    just_before = text(moment(noticed) - timedelta(microseconds=1))
    assert shown(record, Cut(known_at=noticed, reading="stood")) == {tiny.CELL: "?"}
    assert shown(record, Cut(known_at=just_before, reading="stood")) == {tiny.CELL: "X"}
    assert shown(record, Cut(known_at=just_before)) == {}, "the correction restates when it was known: now"


def test_late_facts_are_those_after_a_position_and_can_be_left_out(record: Record) -> None:
    assess(record, "a", "X")
    before = record.last_position
    assess(record, "b", "?")
    cells = record.cells("KEN", 1, Cut())
    assert cells.late(before) == {tiny.CELL: Stands(before + 1, "?")}
    assert cells.late(before + 1) == {}
    assert cells.last([tiny.CELL], before) == {tiny.CELL: Stands(before, "X")}


def test_a_chain_gives_what_stands_in_it(record: Record) -> None:
    assess(record, "a", "X")
    root = record.last_position
    assert record.cells("KEN", 1, Cut()).in_chain(tiny.CELL, root) == root
    assess(record, "b", "?", strikes="a#0")
    record.submit(tiny.Assess(id="c", actor="x", cell=tiny.CELL, value="", strikes="b#0", void=True))
    found = [record.cells("KEN", 1, Cut(position=root + later)).in_chain(tiny.CELL, root) for later in range(3)]
    assert found == [root, root + 1, root]
    record.submit(tiny.Assess(id="d", actor="x", cell=tiny.CELL, value="", strikes="a#0", void=True))
    assert record.cells("KEN", 1, Cut()).in_chain(tiny.CELL, root) is None


def test_what_another_process_records_is_seen(record: Record, other: Record) -> None:
    assess(other, "a", "X")
    assert shown(record) == shown(other) == {tiny.CELL: "X"}
    assess(other, "b", "?", strikes="a#0")
    assert shown(record) == {tiny.CELL: "?"}


def test_a_page_that_another_process_packed_is_used(record: Record, other: Record, raw: Raw) -> None:
    assess(record, "a", "X")
    shown(record)
    raw("UPDATE standing SET value = 'NA'")  # so that it shows which of the two is read
    assert shown(other) == {tiny.CELL: "X"}


def test_a_longer_tail_takes_up_a_newer_page_of_another_process(record: Record, other: Record, raw: Raw) -> None:
    record._pages = Pages(record.application.sequencer.database, record.recorded_at, longest_tail=0)
    assess(record, "a", "X")
    shown(record)
    assess(record, "b", "?")
    other.repack()
    raw("UPDATE standing SET value = 'NA'")
    assert shown(record) == {tiny.CELL: "?"}


def test_while_someone_writes_the_page_is_used_and_not_kept(record: Record, raw: Raw) -> None:
    assess(record, "a", "X")
    raw(raw.hold)
    assert shown(record) == {tiny.CELL: "X"}
    assert kept(raw) == []
    with pytest.raises(RecordUnavailable):
        record.repack()
    raw("ROLLBACK")
    assert record.repack() == 1
    assert kept(raw) == [("KEN", record.last_position)]


def test_under_the_lock_there_are_no_pages(record: Record) -> None:
    assess(record, "a", "X")
    with record.application.sequencer.sequenced(), pytest.raises(ProgrammingError):
        shown(record)


def test_memory_is_bounded_and_what_was_forgotten_is_read_again(record: Record) -> None:
    record._pages = Pages(record.application.sequencer.database, record.recorded_at, memory=1)
    for state in ("KEN", "UGA", "TZA"):
        record.submit(tiny.Assess(id=state, actor="x", cell=tiny.CELL, value="X", state=state))
        assert record.cells(state, 1, Cut()).last([tiny.CELL])[tiny.CELL].value == "X"
    assert list(record._pages._held) == ["TZA"]
    assert shown(record) == {tiny.CELL: "X"}


def test_a_record_made_before_there_were_pages_is_read_without_keeping_them(
    record: Record, verify: Callable[[], list[Finding]], raw: Raw
) -> None:
    raw("DROP TABLE pages")
    assess(record, "a", "X")
    assert shown(record) == {tiny.CELL: "X"}
    assert verify() == []


@pytest.mark.parametrize("byte", [0, 5, 20, -1])
def test_a_damaged_page_is_noticed_by_verify_and_replaced_by_who_reads_next(
    record: Record, other: Record, verify: Callable[[], list[Finding]], raw: Raw, byte: int
) -> None:
    assess(record, "a", "X")
    shown(record)
    ((sound,),) = raw("SELECT data FROM pages")
    damaged = bytearray(sound)
    damaged[byte] ^= 1
    raw("UPDATE pages SET data = ?", bytes(damaged))
    (finding,) = verify()
    assert str(finding).startswith("the record: the page of KEN: ")
    assert shown(other) == {tiny.CELL: "X"}
    assert raw("SELECT data FROM pages") == [(sound,)]
    assert verify() == []


@pytest.mark.parametrize(
    "change",
    [
        "data = (SELECT data FROM pages WHERE state = 'UGA')",
        "through = through + 1000",
    ],
)
def test_a_page_that_does_not_follow_is_noticed_by_verify_and_repacked(
    record: Record, verify: Callable[[], list[Finding]], raw: Raw, change: str
) -> None:
    for state, value in (("KEN", "X"), ("UGA", "?")):
        record.submit(tiny.Assess(id=state, actor="x", cell=tiny.CELL, value=value, state=state))
        record.cells(state, 1, Cut())
    raw(f"UPDATE pages SET {change} WHERE state = 'KEN'")
    (finding,) = verify()
    assert "the page of KEN" in finding.what
    assert record.repack() == 2
    assert verify() == []


def test_a_page_is_the_same_whenever_it_is_packed_through_a_position(record: Record, raw: Raw) -> None:
    assess(record, "a", "X")
    shown(record)
    ((early,),) = raw("SELECT data FROM pages")
    assess(record, "b", "?", strikes="a#0")
    assess(record, "c", "NA", OTHER)
    page = Page(early)
    assert pack("KEN", page.through, page.versions, raw(LINES + IN_ORDER, "KEN")) == early


def test_many_different_values_are_kept_apart_and_found(record: Record) -> None:
    many = [f"T2011/op2-{number}-nw-legal" for number in range(300)]
    record.submit_all(
        tiny.Assess(id=cell, actor="x", cell=cell, value=f"value {number}") for number, cell in enumerate(many)
    )
    found = record.cells("KEN", 1, Cut()).last(many)
    first = record.last_position - 299
    assert found == {cell: Stands(first + number, f"value {number}") for number, cell in enumerate(many)}


def test_bytes_that_are_no_page_are_refused() -> None:
    for data in (b"", b"1234567", bytes(100), pack("KEN", 0, {}, [])[:-1]):
        with pytest.raises(PageUnfit):
            Page(data)
