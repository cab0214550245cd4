"""Another client of Kafka and another implementation of Avro, in another language, come to the same root hash."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from domain.catalogue import TYPES
from ledger.merkle import Growth
from schemas import golden
from tests import node
from tests.broker import fresh_place
from tests.interfaces.planted import make
from tests.ledger.relaying.streams import relay


def stranger(*words: str) -> Any:
    return node.run("stranger.js", str(golden.folder()), *words)


def test_a_stranger_reads_every_frozen_value_and_writes_it_again_to_the_same_bytes() -> None:
    tree = Growth(0, [])
    for kind in TYPES:
        name, _, version = kind.partition("@")
        for instance in golden.instances(name, int(version)):
            tree.append(bytes.fromhex(instance.leaf))
    assert stranger("files", *TYPES) == {"events": tree.size, "root": tree.root().hex()}


def test_a_stranger_reads_the_topic_to_the_root_of_the_record(tmp_path: Path) -> None:
    place = fresh_place()
    with make(tmp_path / "home") as record:
        relay(record, place)
        told = stranger(place.servers, place.record, str(record.last_position))
        assert told == {"events": record.last_position, "root": record.root().hex()}
