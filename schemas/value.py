"""Values of the stream: an event whole, its header and nonce beside the typed body, and back to the stored bytes.

The law: the body that comes out of a value, as canonical JSON, is the stored body. So whoever reads the stream works
out the leaf (SHA-256 of a zero byte and the header) and the commitment (SHA-256 of nonce and body) without us.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

import msgspec

from schemas import golden
from schemas.codec import NotAvro, NotOfSchema, from_avro, written

if TYPE_CHECKING:
    from collections.abc import Sequence

Schema: TypeAlias = dict[str, Any]
NONCE_BYTES = 16
_SAME = "Stored bytes, canonical JSON; SHA-256 of a zero byte and these is the leaf of the record's tree"
_NONCE = "Disclosed with the body alone; SHA-256 of nonce and body is the body_commitment of the header, or null"
_BODY = "The event itself, as canonical JSON the stored body; null where it was disposed of"
_encode_canonical = msgspec.json.Encoder(order="sorted").encode


class Value(NamedTuple):
    """An event as it is stored; nonce and body are None where the body was disposed of."""

    header: bytes
    nonce: bytes | None
    body: bytes | None


class OfHeader(msgspec.Struct, frozen=True):
    """What a header says of the value around it."""

    type: str
    type_version: int
    body_commitment: str


def value_schema(body_schema: str, earlier: Sequence[str] = ()) -> str:
    """Return the Avro schema of the values of a type version, made of the frozen one of its body.

    Its names have no version in them, and what may be left out has a default, as has a text that not all `earlier`
    versions have, so that all versions of a type are read by the schema of any other.
    """
    body = cast("Schema", json.loads(body_schema))
    name, versioned = re.sub(r"_v[0-9]+\Z", "", body["name"]), body["name"]
    inner: Schema = _evolving(body, versioned, name)
    namespace = inner.pop("namespace")
    known = [{field["name"] for field in json.loads(each)["fields"]} for each in earlier]
    for field in inner["fields"]:
        if field["type"] == "string" and not all(field["name"] in names for names in known):
            field["default"] = ""
    schema = {
        "type": "record",
        "name": name,
        "namespace": namespace,
        "doc": body["doc"],
        "fields": [
            {"name": "header", "type": "bytes", "doc": _SAME},
            {
                "name": "nonce",
                "type": ["null", {"type": "fixed", "name": f"{name}_Nonce", "size": NONCE_BYTES}],
                "default": None,
                "doc": _NONCE,
            },
            {"name": "body", "type": ["null", {**inner, "name": f"{name}_Body"}], "default": None, "doc": _BODY},
        ],
    }
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _evolving(node: Any, versioned: str, name: str) -> Any:
    if isinstance(node, list):
        return [_evolving(choice, versioned, name) for choice in cast("Sequence[Any]", node)]
    if isinstance(node, str):
        return node.replace(versioned, name, 1) if node.startswith(f"{versioned}_") else node
    if "items" in node:
        return {"type": "array", "items": _evolving(node["items"], versioned, name)}
    fields = [_field(field, versioned, name) for field in node["fields"]]
    return {**node, "name": node["name"].replace(versioned, name, 1), "fields": fields}


def _field(field: Schema, versioned: str, name: str) -> Schema:
    kind = _evolving(field["type"], versioned, name)
    if isinstance(kind, list):  # every choice of a frozen schema begins with null
        return {**field, "type": kind, "default": None}
    if isinstance(kind, dict) and "items" in kind:
        return {**field, "type": kind, "default": []}
    return {**field, "type": kind}


def encode(kind: str, value: Value) -> bytes:
    """Return the Avro form of an event of a type version, `matrix.cell-assessed@1`.

    Raises:
        NotFrozen: there is no such type version.
        NotOfSchema: the body is not one of it.
    """
    body = None if value.body is None else msgspec.json.decode(value.body)
    # What is on record has its types; what had not would not come out as what its header commits to.
    return written(_schema(kind), {"header": value.header, "nonce": value.nonce, "body": body})


def decode(kind: str, data: bytes) -> Value:
    """Return the event that `data` holds, written by the schema of a type version; every stored byte as it was.

    Raises:
        NotFrozen: there is no such type version.
        NotAvro: the bytes end early, go on, are of another type, or not what the header commits to.
    """
    found = from_avro(_schema(kind), data)
    header, nonce = cast("bytes", found["header"]), cast("bytes | None", found["nonce"])
    body = None if found["body"] is None else _encode_canonical(found["body"])
    try:
        said = msgspec.json.decode(header, type=OfHeader)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise NotAvro(f"not a value of {kind}: its header cannot be read") from None
    if f"{said.type}@{said.type_version}" != kind:
        raise NotAvro(f"not a value of {kind}: its header is of {said.type}@{said.type_version}")
    if (body is None) != (nonce is None):
        raise NotAvro(f"not a value of {kind}: nonce and body go together")
    if body is not None and nonce is not None and hashlib.sha256(nonce + body).hexdigest() != said.body_commitment:
        raise NotAvro(f"not a value of {kind}: nonce and body are not what the header commits to")
    return Value(header, nonce, body)


@lru_cache(maxsize=512)
def _schema(kind: str) -> str:
    name, _, version = kind.partition("@")
    if not version.isdecimal():
        raise golden.NotFrozen(f"{kind} is no type version")
    return golden.value_schema(name, int(version))


__all__ = ["NotAvro", "NotOfSchema", "Value", "decode", "encode", "value_schema"]
