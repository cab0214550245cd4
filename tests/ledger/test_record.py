from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from domain import ids
from domain.canonical import InvalidValue, sha256
from domain.deciding import Command, Context
from domain.header import BodyTooLong, commitment, decode_header, leaf_hash
from domain.recorded import Decided, Draft
from domain.standing import Cut
from ledger.clock import SimulatedClock
from ledger.record import Record
from ledger.refusals import (
    BatchRefused,
    CommandReused,
    KnownTooLate,
    OriginUnfit,
    RecordAbsent,
    RecordExists,
    StrikesElsewhere,
    TypeNotRegistered,
)
from tests.ledger import tiny
from tests.ledger.places import SIMULATION, Place, SQLitePlace

REGISTERED = len(tiny.TYPES)


def say(key: str, text: str = "something", **more: Any) -> tiny.Note:
    members: dict[str, Any] = {"id": key, "actor": "x", "text": text} | more
    return tiny.Note(**members)


def test_a_record_is_made_once_and_found_again(place: Place) -> None:
    place.create().close()
    with pytest.raises(RecordExists):
        place.create()
    with place.open() as found:
        assert (found.origin, found.last_position, found.simulation) == ("example.org/ledger1540/1", 0, False)
        assert found.root() == bytes.fromhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")


def test_where_there_is_no_record_none_is_opened_or_made(place: Place) -> None:
    with pytest.raises(RecordAbsent):
        place.open()
    assert not place.home.exists()


@pytest.mark.parametrize(
    ("origin", "seed"),
    [("with space", None), ("", None), ("example.org/a", 1), ("example.org/a/simulation", None)],
)
def test_an_origin_fits_the_seed(place: Place, origin: str, seed: int | None) -> None:
    with pytest.raises(OriginUnfit):
        place.create(origin=origin, seed=seed)
    assert not place.home.exists()
    with pytest.raises(RecordAbsent):
        place.open()


def test_a_simulated_clock_is_refused_for_a_real_record(place: Place) -> None:
    clock = SimulatedClock("2004-01-01T00:00:00.000000Z")
    with pytest.raises(OriginUnfit):
        place.create(clock=clock)


def test_what_is_recorded_is_stored_as_the_format_says(record: Record) -> None:
    receipt = record.submit(say("a", "hello", correlation="batch"))
    assert (receipt.first_position, receipt.last_position) == (REGISTERED + 1, REGISTERED + 1)
    (stored,) = record.read(REGISTERED + 1)
    assert stored.body == b'{"manifest":null,"text":"hello"}'
    header = decode_header(stored.header)
    assert header.position == stored.position
    assert header.command_id == receipt.command_id == ids.command_id("a")
    assert header.event_id == ids.event_id(receipt.command_id, 0)
    assert (header.stream, header.version, header.previous) == ("note/1", 1, None)
    assert stored.nonce is not None
    assert len(stored.nonce) == 16
    assert header.body_commitment == commitment(stored.nonce, stored.body)
    assert header.known_at == header.recorded_at
    assert (header.actor, header.role, header.correlation_id) == ("x", "", ids.command_id("batch"))
    assert (header.log, header.format, header.synthetic) == (record.origin, 1, False)
    record.submit(say("b"))
    (second,) = record.read(REGISTERED + 2)
    assert decode_header(second.header).previous == leaf_hash(stored.header).hex()


def test_a_repeated_command_gets_its_first_receipt(record: Record) -> None:
    first = record.submit(say("a", times=3))
    again = record.submit(say("a", times=3))
    assert not first.repeated
    assert again.repeated
    assert (again.first_position, again.last_position) == (first.first_position, first.last_position)
    assert record.last_position == REGISTERED + 3
    (in_batch,) = record.submit_all([say("a", times=3)])
    assert in_batch == again


def test_another_command_under_the_same_id_is_refused(record: Record) -> None:
    record.submit(say("a", "one"))
    with pytest.raises(CommandReused):
        record.submit(say("a", "two"))
    assert record.last_position == REGISTERED + 1


def test_a_command_that_changes_nothing_is_remembered_too(record: Record) -> None:
    receipt = record.submit(say("a", times=0))
    assert (receipt.first_position, receipt.last_position) == (None, None)
    assert record.submit(say("a", times=0)).repeated
    with pytest.raises(CommandReused):
        record.submit(say("a", times=1))


def test_a_refusal_leaves_nothing_behind(record: Record) -> None:
    with pytest.raises(tiny.NothingSaid):
        record.submit(say("a", ""))
    assert record.last_position == REGISTERED
    assert not record.submit(say("a", "now with a text")).repeated


def test_a_mistake_in_the_program_is_told_and_leaves_nothing_behind(record: Record) -> None:
    with pytest.raises(tiny.Broken):
        record.submit(say("a", kind="broken"))
    record.submit(say("b"))
    assert record.last_position == REGISTERED + 1


def test_histories_grow_with_what_is_recorded_here_and_elsewhere(record: Record, place: Place) -> None:
    assert record.history("note/1").version == 0
    record.submit(say("a"))
    assert [event.header.version for event in record.history("note/1").events] == [1]
    with place.open() as other:
        other.submit(say("b", times=2))
    assert [event.header.version for event in record.history("note/1").events] == [1, 2, 3]
    record.submit(say("c", "seen", kind="counted"))
    found = record.history("note/1").events[-1]
    assert isinstance(found.body, tiny.Noted)
    assert found.body.text == "seen 3"
    assert record.event(found.id) == found
    assert record.event(ids.event_id(ids.command_id("none"), 0)) is None
    assert record.event("no id at all") is None


def test_commands_of_a_batch_see_what_the_earlier_ones_recorded(record: Record) -> None:
    receipts = record.submit_all(say(f"n{n}", "seen", kind="counted") for n in range(5))
    texts = [event.body.text for event in record.history("note/1").events if isinstance(event.body, tiny.Noted)]
    assert texts == [f"seen {n}" for n in range(5)]
    assert [receipt.first_position for receipt in receipts] == [REGISTERED + 1 + n for n in range(5)]
    assert len({event.header.recorded_at for event in record.recorded(REGISTERED + 1)}) == 1


def test_a_batch_is_recorded_whole_or_not_at_all(record: Record) -> None:
    batch = [say("a"), say("b"), say("c", ""), say("d")]
    with pytest.raises(BatchRefused) as refused:
        record.submit_all(batch)
    assert (refused.value.index, refused.value.name) == (2, "NothingSaid")
    assert refused.value.where == "commands[2].text"
    assert isinstance(refused.value.cause, tiny.NothingSaid)
    assert record.last_position == REGISTERED
    assert record.history("note/1").version == 0
    assert not record.submit(say("a")).repeated


def test_a_batch_may_hold_the_same_command_twice_but_not_two_under_one_id(record: Record) -> None:
    first, again = record.submit_all([say("a"), say("a")])
    assert again.repeated
    assert again.first_position == first.first_position
    with pytest.raises(BatchRefused, match="another content"):
        record.submit_all([say("b", "one"), say("b", "two")])


def test_a_dry_run_decides_everything_and_records_nothing(record: Record) -> None:
    told: list[int] = []
    commands = [say("a", document="the text"), say("b", "seen", kind="counted")]
    receipts = record.submit_all(commands, dry_run=True, progress=told.append)
    assert [receipt.first_position for receipt in receipts] == [REGISTERED + 1, REGISTERED + 2]
    assert told == [1, 2]
    assert record.last_position == REGISTERED
    assert record.document(sha256(b"the text")) is None
    assert not list(record.documents.files())
    assert record.history("note/1").version == 0
    with pytest.raises(BatchRefused):
        record.submit_all([say("c", "")], dry_run=True)
    assert not record.submit(say("a", document="the text")).repeated


def test_a_document_is_in_the_store_before_the_event_that_names_it(record: Record) -> None:
    record.submit(say("a", document="the text"))
    assert record.document(sha256(b"the text")) == b"the text"
    assert record.document(sha256(b"another")) is None
    assert record.document("../../record.sqlite") is None


def test_an_event_type_is_registered_before_its_first_use(record: Record) -> None:
    with pytest.raises(TypeNotRegistered):
        record.submit(say("a", kind="unregistered"))


def test_the_registration_of_registrations_is_the_first_event(place: Place) -> None:
    with place.create() as record:
        with pytest.raises(TypeNotRegistered):
            record.submit(say("a"))
        for command in tiny.registrations():
            record.submit(command)
        first = next(record.recorded())
        assert (first.position, first.header.stream, first.header.type) == (1, "record/types", "record.type-registered")


def test_a_body_of_more_than_256_kib_is_refused(record: Record) -> None:
    record.submit(say("fits", "x" * (256 * 1024 - 27)))
    with pytest.raises(BodyTooLong):
        record.submit(say("too long", "x" * (256 * 1024 - 26)))


def test_a_header_that_could_not_be_read_back_is_refused(record: Record) -> None:
    with pytest.raises(InvalidValue):
        record.submit(say("a", actor="a name with spaces"))
    with pytest.raises(InvalidValue):
        record.submit(say("b", stream="a stream"))
    with pytest.raises(InvalidValue, match="4096"):
        record.submit(say("c", role="r" * 4096))


@pytest.mark.parametrize(
    ("draft", "refusal"),
    [
        ({"known_at": "9999-01-01T00:00:00.000000Z"}, KnownTooLate),
        ({"strikes": ids.event_id(ids.command_id("nothing"), 0)}, StrikesElsewhere),
        ({"strikes": ids.event_id(ids.command_id("register-note.noted@1"), 0)}, StrikesElsewhere),
    ],
)
def test_a_draft_that_breaks_the_format_is_refused(
    place: Place, record: Record, draft: dict[str, Any], refusal: type[Exception]
) -> None:
    def decide(command: Command, context: Context) -> Decided:
        event = tiny.Noted(text="x", manifest=None)
        return Decided((Draft(stream="note/1", event=event, audience=(), **draft),))

    with place.open(rules=tiny.rules(decide)) as other, pytest.raises(refusal):
        other.submit(say("a"))


def cells(record: Record, cut: Cut) -> list[tuple[str | None, str, int]]:
    rows = record.cell("KEN", 1, tiny.CELL, cut)
    return [(row.value, row.kind, row.position) for row in rows if row.known_at <= cut.known_at]


def on_every_path(record: Record, commands: list[Command]) -> list[Callable[[], object]]:
    return [lambda: [record.submit(each) for each in commands], lambda: record.submit_all(commands)]


@pytest.mark.parametrize("path", [0, 1], ids=["one by one", "as a batch"])
def test_the_index_says_what_stands_at_every_cut(record: Record, path: int) -> None:
    assessed = tiny.Assess(id="a", actor="x", cell=tiny.CELL, value="X", known="2013-01-01T00:00:00Z")
    corrected = tiny.Assess(id="b", actor="x", cell=tiny.CELL, value="?", strikes="a#0", known="2013-01-01T00:00:00Z")
    voided = tiny.Assess(id="c", actor="x", cell=tiny.CELL, value="", strikes="b#0", void=True)
    on_every_path(record, [assessed, corrected, voided])[path]()
    first = REGISTERED + 1
    assert cells(record, Cut(position=first)) == [("X", "cell", first)]
    assert cells(record, Cut(position=first + 1)) == [("?", "cell", first + 1)]
    assert [row[:2] for row in cells(record, Cut(position=first + 2))] == [("X", "cell")]
    believed = Cut(known_at="2014-01-01T00:00:00.000000Z", position=first + 2, reading="stood")
    assert cells(record, believed) == [("X", "cell", first)]
    assert cells(record, Cut(known_at="2012-01-01T00:00:00.000000Z")) == []


def test_the_index_is_read_revision_by_revision(record: Record) -> None:
    for revision, value in ((1, "X"), (2, "?")):
        record.submit(tiny.Assess(id=f"r{revision}", actor="x", cell=tiny.CELL, value=value, revision=revision))
    found = [record.cells("KEN", revision, Cut()).last([tiny.CELL]) for revision in (1, 2, 3)]
    assert [{cell: stands.value for cell, stands in cells.items()} for cells in found] == [
        {tiny.CELL: "X"},
        {tiny.CELL: "?"},
        {},
    ]
    assert record.cells("UGA", 1, Cut()).last([tiny.CELL]) == {}
    assert record.acts("KEN", Cut()) == []


def test_an_instant_means_the_last_position_recorded_by_then(record: Record) -> None:
    record.submit(say("a"))
    record.submit(say("b", times=3))
    times = [event.header.recorded_at for event in record.recorded()]
    assert record.position_at("2000-01-01T00:00:00.000000Z") == 0
    assert record.position_at(times[0]) == REGISTERED
    assert record.position_at(times[REGISTERED]) == REGISTERED + 1
    assert record.position_at(times[-1]) == REGISTERED + 4
    assert record.position_at("9999-12-31T23:59:59.999999Z") == REGISTERED + 4
    assert record.recorded_at(REGISTERED + 4) == times[-1]


def test_streams_are_listed_by_their_beginning(record: Record) -> None:
    for name in ("note/10", "note/1", "notes/1"):
        record.submit(say(name, stream=name))
    assert list(record.stream_names("note/")) == ["note/1", "note/10"]
    assert list(record.stream_names()) == ["note/1", "note/10", "notes/1", "record/types"]
    notes = record.histories("note/", lambda stream: stream != "note/1")
    assert [(name, history == record.history(name)) for name, history in notes] == [("note/10", True)]


def test_reading_takes_any_range_of_positions(record: Record) -> None:
    record.submit(say("a", times=2_500))
    size = record.last_position
    assert [stored.position for stored in record.read()] == list(range(1, size + 1))
    assert [stored.position for stored in record.read(5, 7)] == [5, 6, 7]
    assert list(record.read(size + 1)) == []
    assert [stored.position for stored in record.read(size, size + 10)] == [size]
    assert [event.position for event in record.after(size - 2)] == [size - 1, size]


def test_one_seed_gives_one_root_in_whatever_database(place: Place) -> None:
    def simulate(place: Place, seed: int) -> bytes:
        clock = SimulatedClock("2004-04-28T00:00:00.000000Z")
        with place.create(origin=SIMULATION, seed=seed, clock=clock) as record:
            record.submit_all(tiny.registrations())
            clock.set("2013-12-31T00:00:00.000000Z")
            record.submit(say("a"))
            assert all(event.header.synthetic for event in record.recorded())
            assert record.recorded_at(record.last_position) == "2013-12-31T00:00:00.000000Z"
            return record.root()

    assert simulate(place, 1) == simulate(SQLitePlace(place.home.with_name("again")), 1)
    assert simulate(place.beside("2"), 1) != simulate(place.beside("3"), 2)


def test_a_simulation_goes_on_with_its_seed_when_opened_again(place: Place) -> None:
    def simulate(place: Place, *, reopened: bool) -> bytes:
        clock = SimulatedClock("2004-04-28T00:00:00.000000Z")
        record = place.create(origin=SIMULATION, seed=10**30, clock=clock)
        record.submit_all(tiny.registrations())
        if reopened:
            record.close()
            record = place.open(clock=clock)
        record.submit(say("a"))
        with record:
            return record.root()

    assert simulate(place, reopened=False) == simulate(place.beside("b"), reopened=True)


def test_who_waits_for_the_record_is_told_as_soon_as_another_process_has_recorded(record: Record, place: Place) -> None:
    last = record.last_position
    with ThreadPoolExecutor(1) as waiting, place.open() as other:
        found = waiting.submit(record.wait, last, 30.0)
        assert other.submit(say("later")).last_position == found.result() == last + 1


def test_who_waits_in_vain_is_told_the_last_position(record: Record) -> None:
    last = record.last_position
    assert record.wait(last, 0.01) == last
    assert record.wait(last - 1, 30.0) == last
