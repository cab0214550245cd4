from __future__ import annotations

import json
from multiprocessing import active_children
from pathlib import Path
from threading import Event, Thread

import pytest

from ledger.record import Record
from ledger.relaying import client
from ledger.relaying.comparing import compare
from ledger.relaying.message import Message, message_of, stored_of
from ledger.relaying.pages import Pages
from ledger.relaying.place import Place
from ledger.relaying.reading import reading
from ledger.relaying.refusals import Fenced, StreamDamaged, StreamOfAnother, StreamUnavailable, TopicUnfit
from ledger.relaying.relay import Progress, Relay
from ledger.relaying.relayed import Lag, lag, relayed
from ledger.relaying.sending import Sending
from tests.broker import fresh_place
from tests.ledger.relaying.streams import altered, deleted, held, recorded_more, relay, send, topic

on_each_database = pytest.mark.parametrize("record", ["sqlite", "postgresql"], indirect=True)


@on_each_database
def test_the_topic_holds_every_event_in_order_with_the_stored_bytes(record: Record, place: Place) -> None:
    relay(record, place)
    assert held(place) == list(record.read())
    assert lag(record, place) == Lag(record.last_position, record.last_position)
    compared = compare(record, place)
    assert (compared.first, compared.repeated) == (None, 0)
    assert compared.root == record.root().hex()


@on_each_database
def test_what_is_recorded_later_follows_and_a_relay_that_begins_again_repeats_nothing(
    record: Record, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.relaying.pages.AT_ONCE", 100)
    relay(record, place)
    for count in (1, 350, 2):
        recorded_more(record, count)
        relay(record, place)
        relay(record, place)
    assert held(place) == list(record.read())
    assert compare(record, place).repeated == 0


@on_each_database
def test_what_is_recorded_while_a_relay_runs_is_sent_at_once(record: Record, place: Place) -> None:
    level, stop, seen = Event(), Event(), list[int]()

    def told(progress: object) -> None:
        seen.append(progress.lag.topic)  # type: ignore[attr-defined]
        level.set()

    running = Thread(target=Relay(record, place, told=told).run, args=(stop,))
    running.start()
    try:
        assert level.wait(60)
        for _ in range(5):
            level.clear()
            recorded_more(record, 1)
            assert level.wait(60)
    finally:
        stop.set()
        running.join(60)
    assert seen == sorted(seen)
    assert held(place) == list(record.read())


def test_each_message_is_a_cloud_event_that_names_its_schema(record: Record, place: Place) -> None:
    relay(record, place)
    with reading(place, place.record) as read:
        for message, stored in zip(read.between(*read.bounds()), record.read(), strict=True):
            header = json.loads(stored.header)
            named = {name: value.decode() for name, value in message.headers}
            assert (named["ce_specversion"], named["content-type"]) == ("1.0", "application/avro")
            assert (named["ce_id"], named["ce_source"], named["ce_time"]) == (
                header["event_id"],
                header["log"],
                header["recorded_at"],
            )
            assert named["ce_type"] == f"{header['type']}@{header['type_version']}"
            assert named.get("ce_subject") == header["subject"]
            assert (message.key or b"").decode() == named["ce_partitionkey"] == header["stream"]
            assert stored_of(message) == stored


def test_pages_are_the_same_beside_the_relay_and_where_the_process_for_them_has_gone(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given pages of events, when the process beside the relay reads them or is killed, then no message differs."""
    monkeypatch.setattr("ledger.relaying.pages.AT_ONCE", 100)
    recorded_more(record, 500)
    with Pages(record) as pages:
        taken, lasts = list[Message](), list[int]()
        for page in pages.between(1, record.last_position):
            taken += page.messages
            lasts.append(page.last)
            assert page.last == len(taken)
            if len(lasts) == 3:
                (beside,) = (each for each in active_children() if each.name == "relay-pages")
                beside.kill()
                beside.join()
    assert taken == [message_of(each) for each in record.read()]
    assert len(lasts) > 5


def test_a_second_relay_fences_the_first_off_and_a_fenced_one_commits_nothing_more(
    record: Record, place: Place
) -> None:
    relay(record, place)
    last = record.last_position
    recorded_more(record, 2)
    one, two = (message_of(stored) for stored in record.read(last + 1))
    with Sending(place) as first, Sending(place) as second:
        with pytest.raises(Fenced):
            first.send([(place.record, one)])
        with pytest.raises(Fenced):  # what the library raises from then on carries it
            first.send([(place.record, one)])
        second.send([(place.record, one), (place.record, two)])
    assert held(place) == list(record.read())


def test_two_relays_at_once_send_each_event_once(home: Path, record: Record, place: Place) -> None:
    stop = Event()
    with Record.open(home) as other:
        relays = [Thread(target=Relay(each, place).run, args=(stop,)) for each in (record, other)]
        for each in relays:
            each.start()
        try:
            for _ in range(10):
                recorded_more(record, 50)
            with record.awaiting() as waiting:
                for _ in range(240):
                    if lag_or_none(record, place) == 0:
                        break
                    waiting.beyond(record.last_position, 0.5)
        finally:
            stop.set()
            for each in relays:
                each.join(60)
    assert held(place) == list(record.read())
    assert compare(record, place).repeated == 0


def lag_or_none(record: Record, place: Place) -> int | None:
    try:
        return lag(record, place).behind
    except StreamUnavailable:
        return None


@pytest.mark.parametrize(
    ("settings", "partitions", "why"),
    [
        ({"cleanup.policy": "compact"}, 1, "cleanup.policy is compact and must be delete"),
        ({"retention.ms": "604800000"}, 1, "retention.ms is 604800000 and must be -1"),
        ({"retention.bytes": "1000"}, 1, "retention.bytes is 1000 and must be -1"),
        ({"retention.ms": "-1", "max.message.bytes": "1000"}, 1, "max.message.bytes is 1000"),
        ({"retention.ms": "-1"}, 3, "it has 3 partitions"),
    ],
)
def test_a_topic_that_would_lose_or_mix_up_events_is_refused(
    record: Record, settings: dict[str, str], partitions: int, why: str
) -> None:
    place = fresh_place()
    topic(place, settings, partitions=partitions)
    with pytest.raises(TopicUnfit, match=why):
        Relay(record, place).run(Event())


def test_a_topic_that_is_deleted_and_made_anew_while_a_relay_runs_is_filled_from_the_beginning(
    record: Record, place: Place
) -> None:
    """Given a relay that has sent all there is, when its topic is another one, then nothing is sent behind a gap."""
    stop, sent, told = Event(), Event(), list[Progress]()

    def tell(progress: Progress) -> None:
        told.append(progress)
        if progress.lag is not None and not progress.lag.behind:
            sent.set()

    running = Thread(target=Relay(record, place, told=tell).run, args=(stop,))
    running.start()
    try:
        assert sent.wait(60)
        deleted(place)
        sent.clear()
        recorded_more(record, 1)
        assert sent.wait(60)
    finally:
        stop.set()
        running.join(60)
    assert held(place) == list(record.read())
    assert any(each.trouble is not None and "begins anew" in str(each.trouble) for each in told)


def test_a_topic_that_was_altered_or_emptied_is_noticed_by_a_relay_that_has_nothing_to_send(
    record: Record, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.relaying.relay.CHECK_SECONDS", 0.0)
    relay(record, place)
    stop, level = Event(), Event()
    refused = list[BaseException]()

    def tell(progress: Progress) -> None:
        if progress.lag is not None and not progress.lag.behind:
            level.set()

    def run() -> None:
        try:
            Relay(record, place, told=tell).run(stop)
        except TopicUnfit as unfit:
            refused.append(unfit)

    running = Thread(target=run)
    running.start()
    try:
        assert level.wait(60)
        deleted(place)
        waited = Event()
        while (lag_or_none(record, place) or 0) > 0 or lag_or_none(record, place) is None:
            assert running.is_alive()
            waited.wait(0.1)
        altered(place, "retention.ms", "604800000")
        running.join(60)
    finally:
        stop.set()
        running.join(60)
    assert held(place) == list(record.read())
    assert "retention.ms is 604800000" in str(refused[0])


def test_a_topic_without_its_beginning_is_refused(record: Record, place: Place) -> None:
    topic(place)
    send(place, [message_of(each) for each in record.read(5, 9)])
    for asked in (relayed, lag):
        with pytest.raises(StreamDamaged, match="begins with position 5"):
            asked(record, place)
    with pytest.raises(StreamDamaged, match="begins with position 5"):
        Relay(record, place).run(Event())


def test_a_topic_made_as_it_must_be_by_someone_else_is_used(record: Record, place: Place) -> None:
    topic(place)
    relay(record, place)
    assert held(place) == list(record.read())


def test_the_topic_of_another_record_is_refused(record: Record, place: Place, tmp_path: Path) -> None:
    from interfaces.cli.work.beginning import begin

    begin(tmp_path / "other", "example.org/other/1", "sec")
    with Record.open(tmp_path / "other") as other:
        relay(other, place)
    with pytest.raises(StreamOfAnother, match="not on record here"):
        Relay(record, place).run(Event())
    assert (compare(record, place).first or "").startswith("position 1 has another header")


def test_a_record_that_was_restored_too_early_is_not_written_over(record: Record, home: Path, place: Place) -> None:
    import shutil

    before = Path(shutil.copytree(home, home.with_name("before")))
    recorded_more(record, 3)
    relay(record, place)
    with Record.open(before) as earlier:
        with pytest.raises(StreamOfAnother, match="not on record here"):
            Relay(earlier, place).run(Event())
        last = earlier.last_position
        assert compare(earlier, place).first == f"position {last + 1} is in the topic and not on record"


def test_a_gap_an_event_again_and_a_spoiled_message_are_told(record: Record, place: Place) -> None:
    recorded_more(record, 3)
    stored = list(record.read())
    relay_part = [message_of(each) for each in stored[:10]]
    topic(place)
    send(place, [*relay_part, relay_part[-1]])
    assert compare(record, place).repeated == 1
    assert held(place) == stored[:10]
    other = fresh_place()
    topic(other)
    send(other, [*relay_part[:5], *relay_part[6:]])
    assert compare(record, other).first == "position 6 is missing in the topic, which goes on with 7"
    with pytest.raises(StreamDamaged, match="position 6"):
        held(other)
    spoiled = relay_part[5]._replace(value=(relay_part[5].value or b"") + b"\x00")
    third = fresh_place()
    topic(third)
    send(third, [*relay_part[:5], spoiled])
    assert "1 bytes follow" in (compare(record, third).first or "")
    swapped = relay_part[5]._replace(headers=relay_part[4].headers)
    send(third, [swapped])
    with pytest.raises(StreamDamaged):
        held(third)


@pytest.mark.parametrize("change", ["ce_id", "ce_position", "ce_partitionkey", "ce_source"])
def test_headers_that_are_not_those_of_the_event_are_refused(record: Record, change: str) -> None:
    class Arriving:
        offset = 7

        def __init__(self) -> None:
            made = message_of(next(iter(record.read(300, 300))))
            self.value = made.value
            self.headers = [(name, b"another" if name == change else value) for name, value in made.headers]

    with pytest.raises(StreamDamaged, match="offset 7: its headers are not those of its event"):
        stored_of(Arriving())


def test_where_no_kafka_answers_this_is_said_in_time(record: Record) -> None:
    nowhere = Place("127.0.0.1:9", "nothing")
    with pytest.raises(StreamUnavailable):
        relayed(record, nowhere)


def test_a_producer_that_was_given_up_leaves_no_thread(record: Record, place: Place) -> None:
    import threading

    before = threading.active_count()
    for _ in range(3):
        Sending(place).close()
    assert threading.active_count() <= before
    assert client.error("KafkaError")
