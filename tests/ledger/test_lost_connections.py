"""On PostgreSQL a connection can be lost while a commit is on its way: nobody then knows if it was done."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ledger.address import PostgresAddress
from ledger.record import Record
from ledger.refusals import RecordUnavailable
from ledger.verify import Verification
from tests import postgres
from tests.ledger import tiny
from tests.ledger.cutting import Cut, Cutting

CUTS: tuple[Cut, ...] = ("before the server has it", "after the server has done it")


@pytest.fixture
def schema() -> Iterator[str]:
    found = postgres.fresh_schema()
    yield found
    postgres.drop_schema(found)


@pytest.fixture
def way() -> Iterator[Cutting]:
    folder = Path(tempfile.mkdtemp(prefix="cut-"))  # a socket's path must be short
    found = Cutting(postgres.database_url(), folder)
    yield found
    found.close()
    shutil.rmtree(folder)


@pytest.fixture
def record(home: Path, schema: str, way: Cutting) -> Iterator[Record]:
    address = PostgresAddress(way.url, schema)
    with Record.create(home, origin="example.org/ledger1540/1", rules=tiny.rules(), address=address) as found:
        found.submit_all(tiny.registrations())
        yield found


def sound(record: Record) -> bool:
    return not list(Verification(record.home, address=record.address, rules=tiny.rules()))


@pytest.mark.parametrize("cut", CUTS)
def test_a_command_whose_commit_was_cut_off_is_on_record_once(record: Record, way: Cutting, cut: Cut) -> None:
    size = record.last_position
    way.cuts.append(cut)
    receipt = record.submit(tiny.Note(id="a", actor="x", text="one", times=3))
    assert way.done == 1
    assert (receipt.first_position, receipt.last_position) == (size + 1, size + 3)
    assert receipt.repeated is (cut == "after the server has done it")
    assert record.last_position == size + 3
    assert record.submit(tiny.Note(id="b", actor="x", text="two")).first_position == size + 4
    assert sound(record)


@pytest.mark.parametrize("cut", CUTS)
def test_a_batch_whose_commit_was_cut_off_may_be_sent_again(record: Record, way: Cutting, cut: Cut) -> None:
    size = record.last_position
    batch = [tiny.Note(id=f"n{n}", actor="x", text="x", stream=f"note/{n}") for n in range(20)]
    way.cuts.append(cut)
    with pytest.raises(RecordUnavailable, match="send the same command again"):
        record.submit_all(batch)
    receipts = record.submit_all(batch)
    assert [receipt.first_position for receipt in receipts] == list(range(size + 1, size + 21))
    assert record.last_position == size + 20
    assert sound(record)


def test_where_the_server_stays_away_the_caller_is_told_to_send_it_again(record: Record, way: Cutting) -> None:
    size = record.last_position
    way.cuts.extend([CUTS[0], CUTS[0]])
    with pytest.raises(RecordUnavailable, match="send the same command again"):
        record.submit(tiny.Note(id="a", actor="x", text="one"))
    assert record.last_position == size
    assert record.submit(tiny.Note(id="a", actor="x", text="one")).repeated is False


def test_connections_that_died_while_idle_are_made_again(record: Record, schema: str) -> None:
    record.submit(tiny.Note(id="a", actor="x", text="one"))
    size = record.last_position
    with psycopg.connect(postgres.database_url(), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ~ '^ledger1540'"
        )
    assert record.last_position == size
    assert record.submit(tiny.Note(id="b", actor="x", text="two")).last_position == size + 1
