"""The stream: relaying beside a bare producer with the same bytes, mirroring, the codec, and how soon it is read."""

from __future__ import annotations

import io
import json
import shutil
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

import fastavro

from benchmarks.measure import in_turn, table
from domain.actor import RegisterActor
from ledger.mapper import Stored
from ledger.record import Record
from ledger.relaying.following import followed
from ledger.relaying.message import Message, message_of
from ledger.relaying.mirror import Mirror
from ledger.relaying.place import Place
from ledger.relaying.relay import Relay
from ledger.relaying.topics import ensure
from schemas import golden
from schemas.value import Value, decode, encode
from tests import broker
from tests.interfaces.desk import founded


def run(rounds: int, events: int) -> str:
    """Return the tables of the stream."""
    with TemporaryDirectory() as folder, _record(Path(folder), events) as record:
        try:
            return "\n".join((_relaying(record, rounds), _mirroring(record, rounds), _codec(rounds), _soon(record)))
        finally:
            broker.stop()


@contextmanager
def _record(folder: Path, events: int) -> Generator[Record]:
    with Record.open(Path(shutil.copytree(founded(), folder / "home"))) as record:
        record.submit_all(
            RegisterActor(id=f"more-{number}", actor="sec", name=f"expert-{number}") for number in range(events)
        )
        yield record


def _relaying(record: Record, rounds: int) -> str:
    messages = [message_of(stored) for stored in record.read()]

    def relayed() -> int:
        _relay(record, broker.fresh_place())
        return len(messages)

    contenders: dict[str, Callable[[], int]] = {
        "ledger1540: read, encoded, in transactions, each acknowledged": relayed,
        "a bare idempotent producer of confluent-kafka, which is written in C": lambda: _bare_in_c(messages),
        "a bare idempotent producer of kafka-python with the same bytes": lambda: _bare(messages),
    }
    return table(f"Relay, {len(messages):,} events", "events/s", in_turn(contenders, rounds))


def _relay(record: Record, place: Place) -> None:
    stop = Event()
    last = record.last_position
    Relay(record, place, told=lambda told: stop.set() if told.lag is not None and told.lag.topic == last else None).run(
        stop
    )


def _bare(messages: list[Message]) -> int:
    place = broker.fresh_place()
    ensure(place)
    producer = import_module("kafka").KafkaProducer(
        bootstrap_servers=place.servers, linger_ms=20, batch_size=256 << 10, metrics_enabled=False
    )
    for message in messages:
        producer.send(place.record, value=message.value, key=message.key, headers=list(message.headers), partition=0)
    producer.flush()
    producer.close()
    return len(messages)


def _bare_in_c(messages: list[Message]) -> int:
    place = broker.fresh_place()
    ensure(place)
    settings = {"bootstrap.servers": place.servers, "enable.idempotence": True, "linger.ms": 20}
    producer = import_module("confluent_kafka").Producer({**settings, "queue.buffering.max.messages": 10_000_000})
    for message in messages:
        producer.produce(place.record, message.value, message.key, partition=0, headers=list(message.headers))
        producer.poll(0)
    assert producer.flush(60) == 0
    return len(messages)


def _mirroring(record: Record, rounds: int) -> str:
    place = broker.fresh_place()
    _relay(record, place)

    def read() -> int:
        return sum(1 for _ in followed(place, 1, Event(), until_end=True))

    def mirrored() -> int:
        with TemporaryDirectory() as folder, closing(Mirror.opened(Path(folder), None, record.origin)) as mirror:
            mirror.take(followed(place, 1, Event(), until_end=True))
            assert mirror.report().root == record.root().hex()
            return mirror.taken

    contenders: dict[str, Callable[[], int]] = {
        "mirror: a record made anew": mirrored,
        "read, decoded and checked": read,
    }
    return table("Mirror", "events/s", in_turn(contenders, rounds))


def _codec(rounds: int) -> str:
    kind, count = "matrix.cell-assessed@1", 2_000
    instance = golden.instances("matrix.cell-assessed", 1)[1]
    stored = Stored(2, instance.header.encode(), instance.body.encode(), bytes.fromhex(instance.nonce))
    value = Value(stored.header, stored.nonce, stored.body)
    data, schema = golden.value("matrix.cell-assessed", 1, 2), _parsed(golden.value_schema("matrix.cell-assessed", 1))
    plain = {"header": stored.header, "nonce": stored.nonce, "body": json.loads(instance.body)}

    def times(work: Callable[[], object]) -> Callable[[], int]:
        def run_it() -> int:
            for _ in range(count):
                work()
            return count

        return run_it

    writing = {
        "encode: from stored bytes, checked": times(lambda: encode(kind, value)),
        "fastavro alone": times(lambda: fastavro.schemaless_writer(io.BytesIO(), schema, plain)),
        "json.dumps of the body": times(lambda: json.dumps(plain["body"])),
    }
    reading = {
        "decode: to stored bytes, commitment checked": times(lambda: decode(kind, data)),
        "fastavro alone": times(lambda: fastavro.schemaless_reader(io.BytesIO(data), schema, None)),
        "json.loads of the body": times(lambda: json.loads(instance.body)),
    }
    return "\n".join(
        table(f"{name}, a cell with every member filled", "values/s", in_turn(works, rounds))
        for name, works in (("Encode", writing), ("Decode", reading))
    )


def _parsed(schema: str) -> Any:  # Any: what fastavro makes of a schema is its own affair
    return fastavro.parse_schema(json.loads(schema))


def _soon(record: Record, count: int = 100) -> str:
    """Return how long it takes from an append to a consumer that reads it, one event at a time."""
    place, stop, seen = broker.fresh_place(), Event(), Event()
    relaying = Thread(target=Relay(record, place, told=lambda told: seen.set() if told.lag else None).run, args=(stop,))
    relaying.start()
    try:
        while not seen.wait(1) or _topic_end(place) < record.last_position:
            continue
        arriving = followed(place, record.last_position, stop)
        next(arriving)
        taken: list[float] = []
        for number in range(count):
            start = time.perf_counter()
            record.submit(RegisterActor(id=f"soon-{number}", actor="sec", name=f"soon-{number}"))
            next(arriving)
            taken.append((time.perf_counter() - start) * 1000)
    finally:
        stop.set()
        relaying.join()
    taken.sort()
    return (
        "\n### From an append to a consumer, milliseconds\n\n| median | 99 of 100 | events |\n|---|---|---|\n"
        f"| {median(taken):.0f} | {taken[int(len(taken) * 0.99) - 1]:.0f} | {count} |"
    )


def _topic_end(place: Place) -> int:
    return sum(1 for _ in followed(place, 1, Event(), until_end=True))
