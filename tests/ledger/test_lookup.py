from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger import archive
from ledger.address import Address, PostgresAddress
from ledger.lookup import holding, member
from ledger.record import Record
from tests import postgres
from tests.ledger import tiny


@pytest.fixture(params=["sqlite", "postgresql"])
def record(request: pytest.FixtureRequest, home: Path) -> Iterator[Record]:
    schema, address = postgres.fresh_schema(), None
    if request.param == "postgresql":
        address = PostgresAddress(postgres.database_url(), schema)
    place: Address = archive.in_home(home) if address is None else address
    with Record.create(home, origin="example.org/ledger1540/1", rules=tiny.rules(), address=place) as made:
        made.submit_all(tiny.registrations())
        yield made
    if address is not None:
        postgres.drop_schema(schema)


def test_events_are_found_by_members_of_their_bodies_in_streams_and_up_to_a_position(record: Record) -> None:
    for key, said, stream in (("a", "hello", "note/1"), ("b", "a text", "note/2"), ("c", "hello", "letter/1")):
        record.submit(tiny.Note(id=key, actor="x", text=said, stream=stream))
    first = record.last_position - 2
    word, other = member("text", "hello"), member("text", "a text")
    assert [event.position for event in holding(record, "", record.last_position, word)] == [first, first + 2]
    assert [event.position for event in holding(record, "note/", record.last_position, word, other)] == [
        first,
        first + 1,
    ]
    assert holding(record, "", first - 1, word) == []
    assert holding(record, "", record.last_position) == []
