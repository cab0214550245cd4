"""Whether values written by one schema are read by another, by the rules of Avro's schema resolution.

Versions of a type are compatible in full and transitively: each reads what each other has written. A change that
cannot be read so is no new version but a new type.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from typing import Any, TypeAlias, cast

Schema: TypeAlias = Mapping[str, Any]  # Any: a schema is what JSON gave, and `match` looks into it


def breaks(reader: str, writer: str) -> list[str]:
    """Return why the reader's schema cannot read what the writer's has written; nothing where it can."""
    reading, writing = json.loads(reader), json.loads(writer)
    return list(_Resolving(reading, writing).differences(reading, writing, reading["name"]))


def breaks_among(versions: Mapping[str, str]) -> list[str]:
    """Return the same for every pair of the versions of a type, in both directions."""
    return [
        f"{new} cannot read {old}: {why}"
        for (new, reader), (old, writer) in permutations(versions.items(), 2)
        for why in breaks(reader, writer)
    ]


def by_type(kinds: Iterable[str]) -> dict[str, list[str]]:
    """Return the versions of each type, `consent.given` with `consent.given@1` and `consent.given@2`."""
    found: dict[str, list[str]] = {}
    for kind in kinds:
        found.setdefault(kind.partition("@")[0], []).append(kind)
    return found


class _Resolving:
    """Two schemas, and the records and fixed types that each has named."""

    def __init__(self, reader: Schema, writer: Schema) -> None:
        self._reading = dict(_named(reader))
        self._writing = dict(_named(writer))

    def differences(self, reader: Any, writer: Any, at: str) -> Iterator[str]:
        """Yield what the reader cannot take from the writer."""
        reading: Any = self._reading.get(reader, reader) if isinstance(reader, str) else reader
        writing: Any = self._writing.get(writer, writer) if isinstance(writer, str) else writer
        kinds = _kind(reading), _kind(writing)
        if "union" in kinds:
            yield from self._one_of(_choices(reading), _choices(writing), at)
        elif kinds[0] != kinds[1]:
            yield f"{at} was {kinds[1]} and is {kinds[0]}"
        elif kinds[0] == "record":
            yield from self._records(reading, writing, at)
        elif kinds[0] == "array":
            yield from self.differences(reading["items"], writing["items"], f"{at}[]")
        elif kinds[0] == "fixed" and (reading["name"], reading["size"]) != (writing["name"], writing["size"]):
            yield f"{at} is another fixed type"

    def _one_of(self, reading: list[Any], writing: list[Any], at: str) -> Iterator[str]:
        for written in writing:
            if len(reading) == 1:
                yield from self.differences(reading[0], written, at)
            elif all(any(self.differences(choice, written, at)) for choice in reading):
                same = [choice for choice in reading if _kind(choice) == _kind(written) in ("record", "array")]
                yield from (why for choice in same for why in self.differences(choice, written, at))
                if not same:
                    yield f"{at} was {_kind(written)}, which is none of its choices"

    def _records(self, reading: Schema, writing: Schema, at: str) -> Iterator[str]:
        if reading["name"] != writing["name"]:
            yield f"{at} is another record"
        written = {field["name"]: field for field in writing["fields"]}
        for field in reading["fields"]:
            place = f"{at}.{field['name']}"
            if field["name"] in written:
                yield from self.differences(field["type"], written[field["name"]]["type"], place)
            elif "default" not in field:
                yield f"{place} was not written and has no default"


def _named(node: Any) -> Iterator[tuple[str, Schema]]:
    for choice in _choices(node):
        if isinstance(choice, str):
            continue
        schema: Schema = choice
        if "items" in schema:
            yield from _named(schema["items"])
        else:
            yield schema["name"], schema
            for field in schema.get("fields", ()):
                yield from _named(field["type"])


def _choices(node: Any) -> list[Any]:
    return list(cast("Sequence[Any]", node)) if isinstance(node, list) else [node]


def _kind(node: Any) -> str:
    if isinstance(node, list):
        return "union"
    return node if isinstance(node, str) else str(node["type"])
