"""The one place that touches kafka-python: what is used of it, by name, and made with the settings that it needs.

Its version is pinned because its faults are known and worked around here and in `sending`: it waits for a commit
without limit, a producer that failed once cannot be trusted again, and unless it is told otherwise it retries slowly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Protocol, cast

from ledger.relaying.place import Place

REQUEST_MS = 10_000
CONNECT_MS = 10_000
DELIVERY_MS = 12_000
TRANSACTION_MS = 60_000
_COMMON: Mapping[str, object] = {
    "request_timeout_ms": REQUEST_MS,
    "reconnect_backoff_max_ms": 500,
    "retry_backoff_ms": 5,
}


class Partition(Protocol):
    """The partition of a topic."""

    topic: str
    partition: int


class Fetched(Protocol):
    """A message as it is fetched."""

    offset: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes]]


class Consumer(Protocol):
    """What is used of a consumer."""

    def assign(self, partitions: Sequence[Partition]) -> None: ...
    def seek(self, partition: Partition, offset: int) -> None: ...
    def poll(self, timeout_ms: int, max_records: int) -> Mapping[Partition, Sequence[Fetched]]: ...
    def position(self, partition: Partition) -> int: ...
    def beginning_offsets(self, partitions: Sequence[Partition]) -> Mapping[Partition, int]: ...
    def end_offsets(self, partitions: Sequence[Partition]) -> Mapping[Partition, int]: ...
    def partitions_for_topic(self, topic: str) -> set[int] | None: ...
    def close(self) -> None: ...


class Sent(Protocol):
    """Where a message is that was sent."""

    offset: int


class Future(Protocol):
    """What becomes of a message that was sent."""

    is_done: bool
    exception: BaseException | None
    value: Sent


class Producer(Protocol):
    """What is used of a producer."""

    def init_transactions(self) -> None: ...
    def begin_transaction(self) -> None: ...
    def send(
        self,
        topic: str,
        *,
        value: bytes | None,
        key: bytes,
        headers: Sequence[tuple[str, bytes]],
        partition: int,
        timestamp_ms: int | None,
    ) -> Future: ...
    def flush(self, timeout: float) -> None: ...


class Admin(Protocol):
    """What is used of an administrator's client."""

    def create_topics(self, new_topics: Mapping[str, object], *, timeout_ms: int) -> object: ...
    def describe_topics(self, topics: Sequence[str]) -> Sequence[Mapping[str, Any]]: ...
    def describe_configs(self, config_resources: Sequence[object], *, config_filter: str) -> Mapping[str, Any]: ...
    def close(self) -> None: ...


def consumer(place: Place) -> Consumer:
    """Return a consumer of what is committed, in no group: who reads knows how far it has come."""
    return cast(
        "Consumer",
        import_module("kafka").KafkaConsumer(
            **_settings(place),
            group_id=None,
            isolation_level="read_committed",
            auto_offset_reset="none",
            enable_auto_commit=False,
            allow_auto_create_topics=False,
            metrics_enabled=False,
            fetch_max_wait_ms=100,
            max_partition_fetch_bytes=16 << 20,
        ),
    )


def producer(place: Place) -> Producer:
    """Return a transactional producer of the relay; making it begin fences off the one before it."""
    return cast(
        "Producer",
        import_module("kafka").KafkaProducer(
            **_settings(place),
            transactional_id=place.relay,
            transaction_timeout_ms=TRANSACTION_MS,
            max_block_ms=REQUEST_MS,
            delivery_timeout_ms=DELIVERY_MS,
            linger_ms=20,
            batch_size=256 << 10,
            max_request_size=16 << 20,
            allow_auto_create_topics=False,
            metrics_enabled=False,
        ),
    )


def committed(maker: Producer, within_ms: int) -> bool:
    """Commit the transaction, and return whether that was answered in time.

    The library's own call waits for ever for an answer that was lost, so its parts are used: they take a time limit.
    """
    parts = vars(maker)
    result = parts["_transaction_manager"].begin_commit()
    parts["_sender"].wakeup()
    return bool(result.wait(within_ms))


def give_up(maker: Producer) -> None:
    """Let go of a producer without waiting for anything: its own way of closing waits, and leaves its thread behind."""
    sender = vars(maker)["_sender"]
    sender.force_close()
    sender.join(5)


def admin(place: Place) -> Admin:
    """Return an administrator's client."""
    return cast("Admin", import_module("kafka").KafkaAdminClient(**_settings(place)))


def partition(topic: str) -> Partition:
    """Return the one partition of a topic."""
    return cast("Partition", import_module("kafka").TopicPartition(topic, 0))


def topic_settings(topic: str) -> object:
    """Return what names the settings of a topic."""
    resources = import_module("kafka.admin")
    return resources.ConfigResource(resources.ConfigResourceType.TOPIC, topic)


def error(name: str) -> type[Exception]:
    """Return one of the library's exceptions by name; `KafkaError` is all of them."""
    return cast("type[Exception]", getattr(import_module("kafka.errors"), name))


def told(error: BaseException) -> str:
    """Return what an error of the library says, its name once."""
    name = type(error).__name__
    return f"{name}: {str(error).removeprefix(f'{name}: ')}"


def _settings(place: Place) -> dict[str, Any]:  # Any: the library's keywords have each a type of their own
    return {
        "bootstrap_servers": place.servers.split(","),
        **_COMMON,
        "bootstrap_timeout_ms": CONNECT_MS,
        **dict(place.security),
    }
