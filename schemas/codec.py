"""Bodies on the wire: Avro out of decoded JSON and back, losing nothing.

The law: canonical JSON of `from_avro(schema, to_avro(schema, json))` is the stored body. fastavro is imported
when it is first needed, because answering a question needs none of it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Protocol, TypeAlias, cast

Parsed: TypeAlias = dict[str, Any]


class NotOfSchema(ValueError):
    """A body that its Avro schema does not describe."""


class NotAvro(ValueError):
    """Bytes that are not one body, whole and nothing but it, of their Avro schema."""


def to_avro(schema: str, body: Mapping[str, object]) -> bytes:
    """Return the Avro form of a decoded body, without header or length.

    Raises:
        NotOfSchema: a member is missing, unknown or of another type.
    """
    parsed = _parsed(schema)
    # What fastavro would say quotes the whole body, and bodies stay out of messages and logs.
    if not _fastavro().validate(body, parsed, raise_errors=False, strict=True):
        raise NotOfSchema(f"not a body of {parsed['name']}: a member is missing, unknown or of another type")
    return written(schema, body)


def written(schema: str, body: Mapping[str, object]) -> bytes:
    """Return the same of a body whose types are known to be right: checking them takes twice as long as writing.

    Raises:
        NotOfSchema: a member is missing, unknown or of a type that cannot be written.
    """
    parsed = _parsed(schema)
    out = io.BytesIO()
    try:
        _fastavro().schemaless_writer(out, parsed, body, strict=True)
    except (ValueError, TypeError) as error:
        raise NotOfSchema(f"not a body of {parsed['name']}: {type(error).__name__}") from None
    return out.getvalue()


def from_avro(schema: str, data: bytes) -> dict[str, object]:
    """Return the decoded body that `data` holds, its members as JSON would give them.

    Raises:
        NotAvro: the bytes end early, go on, or say something else.
    """
    parsed = _parsed(schema)
    source = io.BytesIO(data)
    try:
        body = _fastavro().schemaless_reader(source, parsed, None)
    except (EOFError, ValueError, IndexError, TypeError, OverflowError) as error:
        raise NotAvro(f"not a body of {parsed['name']}: {type(error).__name__}") from None
    if source.tell() != len(data):
        raise NotAvro(f"{len(data) - source.tell()} bytes follow a body of {parsed['name']}")
    return cast("dict[str, object]", body)


class _Fastavro(Protocol):
    """What is used of fastavro, whose own types leave parts unsaid."""

    def parse_schema(self, schema: object) -> Parsed: ...
    def validate(self, datum: object, schema: Parsed, *, raise_errors: bool, strict: bool) -> bool: ...
    def schemaless_writer(self, fo: io.BytesIO, schema: Parsed, record: object, *, strict: bool) -> None: ...
    def schemaless_reader(self, fo: io.BytesIO, writer_schema: Parsed, reader_schema: None) -> object: ...


def _fastavro() -> _Fastavro:
    import fastavro

    return cast("_Fastavro", fastavro)


@lru_cache(maxsize=512)
def _parsed(schema: str) -> Parsed:
    return _fastavro().parse_schema(json.loads(schema))
