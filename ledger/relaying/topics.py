"""The topics: made as they must be, and refused where they are otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ledger.relaying import client
from ledger.relaying.client import REQUEST_MS
from ledger.relaying.reading import unavailable
from ledger.relaying.refusals import TopicUnfit

if TYPE_CHECKING:
    from ledger.relaying.client import Admin
    from ledger.relaying.place import Place

LARGEST_MESSAGE = 1 << 20
"""Twice what an event may have, header and all, written in Avro."""
LARGEST_MATRIX = 8 << 20
"""A matrix with all its sources in one message."""
_ANY_TIME = str((1 << 63) - 1)
_ALWAYS: Mapping[str, str] = {
    "unclean.leader.election.enable": "false",
    "message.timestamp.before.max.ms": _ANY_TIME,
    "message.timestamp.after.max.ms": _ANY_TIME,
}
"""A message has the time of its event, however long ago that is, and whatever the broker's clock says."""
RECORD: Mapping[str, str] = {**_ALWAYS, "cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"}
"""Nothing is ever deleted or compacted: the topic is the record in order."""
_DAY_MS = 24 * 60 * 60 * 1000
PUBLISHED: Mapping[str, str] = {
    **_ALWAYS,
    "cleanup.policy": "compact",
    "max.compaction.lag.ms": str(_DAY_MS),
    "delete.retention.ms": str(7 * _DAY_MS),
}
"""What is taken back is compacted away within a day or so; that it was is told for a week."""


def ensure(place: Place) -> None:
    """Make the topics that are not there, and check those that are.

    Raises:
        StreamUnavailable: the servers do not answer.
        TopicUnfit: a topic would lose or mix up events.
    """
    wanted = {place.record: (RECORD, LARGEST_MESSAGE), place.published: (PUBLISHED, LARGEST_MATRIX)}
    with unavailable("the topics cannot be looked at"):
        admin = client.admin(place)
        try:
            there = _described(admin, list(wanted))
            _make(admin, {topic: wanted[topic] for topic in wanted if topic not in there})
            for topic, described in _described(admin, list(wanted)).items():
                _check(topic, described, _settings(admin, topic), *wanted[topic])
        finally:
            admin.close()


def _described(admin: Admin, topics: list[str]) -> dict[str, Mapping[str, Any]]:
    return {found["name"]: found for found in admin.describe_topics(topics) if found.get("error_code", 0) == 0}


def _make(admin: Admin, wanted: Mapping[str, tuple[Mapping[str, str], int]]) -> None:
    for topic, (settings, largest) in wanted.items():
        made = {"num_partitions": 1, "configs": {**settings, "max.message.bytes": str(largest)}}
        try:
            admin.create_topics({topic: made}, timeout_ms=REQUEST_MS)
        except client.error("TopicAlreadyExistsError"):
            continue  # another relay began at the same time; what it made is checked as well


def _settings(admin: Admin, topic: str) -> dict[str, str]:
    found: Mapping[str, Any] = admin.describe_configs([client.topic_settings(topic)], config_filter="all")
    return {name: str(told["value"]) for name, told in found["topic"][topic].items()}


def _check(
    topic: str, described: Mapping[str, Any], settings: Mapping[str, str], wanted: Mapping[str, str], largest: int
) -> None:
    faults = list(_faults(described, settings, wanted, largest))
    if faults:
        raise TopicUnfit(
            "; ".join(faults), where=f"topic {topic}", remedy="alter the topic, or let the relay make another"
        )


def _faults(
    described: Mapping[str, Any], settings: Mapping[str, str], wanted: Mapping[str, str], largest: int
) -> Iterator[str]:
    partitions = described["partitions"]
    if len(partitions) != 1:
        yield f"it has {len(partitions)} partitions, and order needs one"
    for name, value in wanted.items():
        if settings.get(name) != value:
            yield f"{name} is {settings.get(name)} and must be {value}"
    if int(settings.get("max.message.bytes", "0")) < largest:
        yield f"max.message.bytes is {settings.get('max.message.bytes')} and must be {largest} or more"
    replicas = min(len(each["replica_nodes"]) for each in partitions)
    if replicas > 1 and int(settings.get("min.insync.replicas", "1")) < 2:
        yield f"min.insync.replicas is 1 of {replicas} replicas and must be 2 or more"
