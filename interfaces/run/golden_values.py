"""The golden files of the stream: the schema of each type's values, and its instances in Avro."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from schemas import golden, registry
from schemas.codec import to_avro
from schemas.samples import sample
from schemas.value import value_schema

VALUE = "value.avsc"
PUBLISHED = "{}@{}".format(*golden.PUBLISHED)
_PLAIN = "schema.avsc"


def values(folder: Path, types: Iterable[str]) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield, for each frozen type that has none, the files that say how it is written in the stream."""
    for name in types:
        if not (folder / name / VALUE).exists():
            yield name, _of_events(folder, name)
    if not (folder / PUBLISHED / "value-1.avro").exists():
        yield PUBLISHED, _of_published(folder / PUBLISHED)


def samples(schema: str) -> dict[str, bytes]:
    """Return instances of the published matrix: one bare, one full."""
    made: dict[str, bytes] = {}
    for number, full in enumerate((False, True), start=1):
        value = sample(json.loads(schema), f"golden/{PUBLISHED}/{number}", full=full)
        made[f"instance-{number}.json"] = msgspec.json.encode(value, order="sorted") + b"\n"
    return made


def subjects(folder: Path, types: Iterable[str]) -> dict[str, registry.Subject]:
    """Return every schema of the stream with its fingerprint and its file."""
    files = {name: f"{name}/{VALUE}" for name in types} | {PUBLISHED: f"{PUBLISHED}/{_PLAIN}"}
    return {
        name: registry.Subject(registry.fingerprint((folder / file).read_text("utf-8")), file)
        for name, file in sorted(files.items())
    }


def derived(folder: Path, name: str) -> str:
    """Return the schema of the values of a frozen type, which follows from those of its bodies up to this version."""
    kind, _, version = name.partition("@")
    texts = [(folder / f"{kind}@{each}" / _PLAIN).read_text("utf-8") for each in range(1, int(version) + 1)]
    return value_schema(texts[-1], texts[:-1])


def _of_events(folder: Path, name: str) -> dict[str, bytes]:
    schema = derived(folder, name)
    made = {VALUE: schema.encode()}
    for number, data in _instances(folder / name):
        read = msgspec.json.decode(data, type=golden.Instance)
        value = {"header": read.header.encode(), "nonce": bytes.fromhex(read.nonce), "body": json.loads(read.body)}
        made[f"value-{number}.avro"] = to_avro(schema, value)
    return made


def _of_published(folder: Path) -> dict[str, bytes]:
    schema = (folder / _PLAIN).read_text("utf-8")
    return {f"value-{number}.avro": to_avro(schema, json.loads(data)) for number, data in _instances(folder)}


def _instances(folder: Path) -> Iterator[tuple[int, bytes]]:
    for number, path in enumerate(sorted(folder.glob("instance-*.json")), start=1):
        yield number, path.read_bytes()
