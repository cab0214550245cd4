"""Verification names what is not as it was recorded, from the stored bytes alone."""

import json
import random
from typing import Any

import pytest

from domain import ids
from ledger.archive import of_row
from ledger.mapper import event_key
from ledger.record import Record
from ledger.refusals import NotOurRecord, RecordAbsent
from tests.ledger.places import ORIGIN, SIMULATION, Hand, Place
from tests.ledger.tampered import first, told


def test_a_sound_record_has_no_findings(sound: Place) -> None:
    heard: list[int] = []
    verification = sound.verification(progress=heard.append)
    assert list(verification) == []
    report = verification.report()
    with sound.open() as record:
        assert report.root == record.root().hex()
        assert report.events == record.last_position
    assert report.documents == 6
    assert report.first is None


def test_an_empty_record_is_sound(place: Place) -> None:
    place.create().close()
    assert place.findings() == []


def test_a_record_that_another_version_has_laid_out_is_refused_by_that_word(copy: Place, stranger: Hand) -> None:
    stranger("UPDATE archive SET layout = layout - 1")
    for read in (copy.open, copy.verification, lambda: of_row((1, 1, ORIGIN, None), copy.address)):
        with pytest.raises(NotOurRecord, match="laid out as another version of this program does it"):
            read()


def test_where_there_is_no_record_there_is_nothing_to_verify(place: Place) -> None:
    with pytest.raises(RecordAbsent):
        place.verification()


def changed(data: bytes, place: int, chance: random.Random) -> bytes:
    other = chance.randrange(255)
    return data[:place] + bytes([other + (other >= data[place])]) + data[place + 1 :]


def places_of_bytes(stranger: Hand) -> list[tuple[str, bytes, int]]:
    """Each stored value that verification answers for: where it is, its bytes, and the position to be named."""

    def rows(columns: str, table: str) -> list[Any]:
        return stranger(f"SELECT {columns} FROM {table}")

    last_of = dict(rows("stream, max(position)", "events GROUP BY stream"))
    return [
        *(
            (f"{table} SET {column} = ? WHERE position = {position}", data, position)
            for table, column in (
                *(("events", "header"), ("events", "event_id"), ("bodies", "body"), ("bodies", "nonce")),
                ("nodes", "hashes"),
            )
            for position, data in rows(f"position, {column}", table)
        ),
        *(
            (f"heads SET leaf = ? WHERE stream = '{name}'", data, last_of[name])
            for name, data in rows("stream, leaf", "heads")
        ),
        *(
            (f"commands SET command_id = ? WHERE first_position = {position}", data, position)
            for position, data in rows("first_position, command_id", "commands WHERE first_position IS NOT NULL")
        ),
    ]


@pytest.mark.parametrize("count", [300, pytest.param(3_000, marks=pytest.mark.soak)])
def test_changed_bytes_are_each_named_with_their_position(copy: Place, stranger: Hand, count: int) -> None:
    chance = random.Random(1540)
    live = places_of_bytes(stranger)
    missed: list[str] = []
    for _ in range(count - count // 10):
        where, data, position = chance.choice(live)
        stranger(f"UPDATE {where}", changed(data, chance.randrange(len(data)), chance))
        found = first(copy)
        if found != position:
            missed.append(f"{where}: {found}")
        stranger(f"UPDATE {where}", data)
    named: dict[str, int] = {}
    for position, body in stranger("SELECT position, body FROM bodies ORDER BY position"):
        named.setdefault(json.loads(body).get("manifest"), position)
    documents = sorted((copy.home / "documents").glob("*/*"))
    for _ in range(count // 10):
        path = chance.choice(documents)
        content = path.read_bytes()
        path.chmod(0o644)
        path.write_bytes(changed(content, chance.randrange(len(content)), chance))
        (finding,) = copy.findings()
        if (finding.document, finding.position) != (path.name, named[path.name]):
            missed.append(f"{path.name}: {finding}")
        path.write_bytes(content)
    assert not missed
    assert copy.findings() == []


def test_a_missing_document_is_named_with_the_event_that_names_it(copy: Place) -> None:
    path = min((copy.home / "documents").glob("*/*"))
    path.unlink()
    (finding,) = copy.findings()
    assert finding.document == path.name
    assert finding.position is not None
    assert str(finding).startswith(f"position {finding.position}, document {path.name}: ")


def test_a_file_that_is_no_document_is_noticed(copy: Place) -> None:
    (copy.home / "documents" / "ab").mkdir(exist_ok=True)
    (copy.home / "documents" / "ab" / "stray").write_bytes(b"x")
    (copy.home / "documents" / "stray").write_bytes(b"x")
    assert [finding.document for finding in copy.findings()] == ["stray", "stray"]


def test_a_follower_that_says_it_has_seen_more_than_there_is_is_named(copy: Place, stranger: Hand) -> None:
    with copy.open() as record:
        last = record.last_position
    stranger("INSERT INTO tracking VALUES ('view', ?)", last)
    assert copy.findings() == []
    stranger("INSERT INTO tracking VALUES ('mail', ?)", last + 1)
    assert told(copy) == [f"follower mail says that it has seen position {last + 1}"]


def test_a_seed_that_was_put_in_changed_or_taken_away_is_noticed(place: Place, copy: Place, stranger: Hand) -> None:
    stranger("UPDATE archive SET seed = '1'")
    assert any("does not follow from the seed" in each for each in told(copy))
    simulated = place.beside("simulated")
    with simulated.create(origin=SIMULATION, seed=1) as record:
        fill_in(record)
    assert simulated.findings() == []
    with simulated.stranger() as hand:
        hand("UPDATE archive SET seed = '2'")
        assert any("does not follow from the seed" in each for each in told(simulated))
        hand("UPDATE archive SET seed = NULL")
        assert any("seed" in each for each in told(simulated))
        hand("UPDATE archive SET seed = 'x'")
        with pytest.raises(NotOurRecord):
            simulated.findings()
        with pytest.raises(NotOurRecord):
            simulated.open()


def fill_in(record: Record) -> None:
    from tests.ledger import tiny

    record.submit_all(tiny.registrations())


@pytest.mark.parametrize("table", ["events", "bodies", "nodes", "heads", "commands", "standing", "tracking"])
def test_a_table_that_is_gone_is_told_and_is_no_traceback(copy: Place, stranger: Hand, table: str) -> None:
    stranger(f"DROP TABLE {table}")
    assert copy.findings()


def test_event_ids_are_worked_out_as_the_domain_does() -> None:
    for key, index in (("a", 0), ("b", 1), ("b", 12345)):
        command = ids.command_id(key)
        key_bytes = bytes.fromhex(command.replace("-", ""))
        assert event_key(key_bytes, index).hex() == ids.event_id(command, index).replace("-", "")
