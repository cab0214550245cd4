"""A record moved from one database to another, whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.refusals import Conflict
from ledger import archive
from ledger.address import Address, PostgresAddress
from ledger.copying import Place, copy
from ledger.record import Record
from ledger.refusals import CopyDiffers, RecordAbsent, RecordExists
from tests import postgres
from tests.ledger import tiny

RULES = tiny.rules()


@pytest.fixture(params=["sqlite to sqlite", "sqlite to postgresql", "postgresql to sqlite", "postgresql to postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    schemas: list[str] = []

    def place(kind: str, home: Path) -> Place:
        if kind == "sqlite":
            return Place(archive.in_home(home), home)
        schemas.append(postgres.fresh_schema())
        return Place(PostgresAddress(postgres.database_url(), schemas[-1]), home)

    kinds: str = request.param
    source, _, target = kinds.partition(" to ")
    yield place(source, tmp_path / "source"), place(target, tmp_path / "target")
    for each in schemas:
        postgres.drop_schema(each)


def filled(place: Place) -> None:
    with Record.create(place.home, origin="example.org/ledger1540/1", rules=RULES, address=place.address) as record:
        record.submit_all(tiny.registrations())
        for n in range(6):
            record.submit(tiny.Note(id=f"n{n}", actor="x", text=f"text {n}", stream=f"note/{n % 3}", times=n))
            record.submit(tiny.Note(id=f"d{n}", actor="x", text="see document", document=f"document {n}"))
        record.submit(tiny.Assess(id="a", actor="x", cell=tiny.CELL, value="X"))
        record.submit(tiny.Assess(id="c", actor="x", cell=tiny.CELL, value="?", strikes="a#0"))


def opened(place: Place) -> Record:
    return Record.open(place.home, rules=RULES, address=place.address)


def test_a_copy_has_the_same_bytes_and_goes_on_from_there(places: tuple[Place, Place]) -> None:
    source, target = places
    filled(source)
    report = copy(source, target, rules=RULES)
    with opened(source) as before, opened(target) as after:
        assert list(after.read()) == list(before.read())
        assert report.root == before.root().hex()
        assert report.events == before.last_position
        assert report.documents == 6
        assert [after.document(path.name) for path in before.documents.files()] == [
            path.read_bytes() for path in before.documents.files()
        ]
        again = after.submit(tiny.Note(id="n5", actor="x", text="text 5", stream="note/2", times=5))
        assert again.repeated
        assert after.submit(tiny.Note(id="new", actor="x", text="x")).first_position == before.last_position + 1


def test_nothing_is_copied_over_a_record_or_from_where_there_is_none(places: tuple[Place, Place]) -> None:
    source, target = places
    with pytest.raises(RecordAbsent, match="there is no record") as absent:
        copy(source, target, rules=RULES)
    assert absent.value.where == "source"
    filled(source)
    copy(source, target, rules=RULES)
    with opened(target) as record:
        size = record.last_position
    with pytest.raises(RecordExists) as there:
        copy(source, target, rules=RULES)
    assert there.value.where == "target"
    with pytest.raises(Conflict, match="onto itself"):
        copy(source, source, rules=RULES)
    with opened(target) as record:
        assert record.last_position == size


def test_a_record_that_is_not_sound_is_not_copied(places: tuple[Place, Place]) -> None:
    source, target = places
    filled(source)
    with opened(source) as record:
        path = next(iter(record.documents.files()))
    path.chmod(0o644)
    path.write_bytes(b"other")
    with pytest.raises(CopyDiffers):
        copy(source, target, rules=RULES)
    with pytest.raises(RecordAbsent):
        opened(target)


def test_an_empty_record_can_be_copied(tmp_path: Path) -> None:
    here, there = (Place(_in(tmp_path / name), tmp_path / name) for name in ("here", "there"))
    Record.create(here.home, origin="example.org/ledger1540/1", rules=RULES).close()
    assert copy(here, there, rules=RULES).events == 0


def _in(home: Path) -> Address:
    return archive.in_home(home)


def test_the_access_log_goes_along(places: tuple[Place, Place]) -> None:
    source, target = places
    filled(source)
    (source.home / "access").mkdir()
    (source.home / "access" / "2013-12-31.jsonl").write_bytes(b"{}\n")
    copy(source, target, rules=RULES)
    assert (target.home / "access" / "2013-12-31.jsonl").read_bytes() == b"{}\n"
