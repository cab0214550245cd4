from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import fastavro
import jsonschema
import msgspec
import pytest

from domain.canonical import decode, encode
from domain.catalogue import TYPES
from domain.header import Header, commitment, decode_body, decode_header, encode_body, encode_header, leaf_hash
from domain.recorded import Event
from projections.published import PublishedMatrix
from schemas import golden, registry
from schemas.codec import from_avro, to_avro
from schemas.generate import avro_schema, json_schema, without_words

FOLDER = Path(str(files("schemas"))) / "golden"
STRUCTS: Mapping[str, type[msgspec.Struct]] = {"header@1": Header, "published.matrix@1": PublishedMatrix, **TYPES}
EVENTS = pytest.mark.parametrize("kind", TYPES.values(), ids=TYPES)
EVERY = pytest.mark.parametrize("name", STRUCTS)


def split(name: str) -> tuple[str, int]:
    type_name, _, version = name.partition("@")
    return type_name, int(version)


def objects(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from objects(inner)


def test_no_golden_file_was_changed_lost_or_slipped_in() -> None:
    found = {
        path.relative_to(FOLDER).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in FOLDER.rglob("*")
        if path.is_file() and path.name not in (golden.INDEX, registry.INDEX)
    }
    assert found == golden.index()
    assert list(golden.index()) == sorted(golden.index())


def test_every_type_of_the_catalogue_is_frozen_and_every_frozen_type_is_in_it() -> None:
    assert golden.names() == tuple(sorted(TYPES))
    for name in STRUCTS:
        assert {"schema.json", "schema.avsc", "instance-1.json", "instance-2.json"} <= {
            path.name for path in (FOLDER / name).iterdir()
        }


def test_a_type_that_is_not_frozen_is_refused() -> None:
    for ask in (golden.json_schema, golden.avro_schema, golden.instances):
        with pytest.raises(golden.NotFrozen, match=r"matrix\.dreamt@1"):
            ask("matrix.dreamt", 1)


@EVERY
def test_the_struct_still_has_the_schemas_that_were_frozen(name: str) -> None:
    frozen = golden.json_schema(*split(name)), golden.avro_schema(*split(name))
    now = json_schema(STRUCTS[name], *split(name)), avro_schema(STRUCTS[name], *split(name))
    advice = "a changed struct needs a new type version"
    assert [without_words(text) for text in now] == [without_words(text) for text in frozen], advice


@EVERY
def test_frozen_schemas_are_valid_and_sorted_and_end_in_a_line_feed(name: str) -> None:
    for text in (golden.json_schema(*split(name)), golden.avro_schema(*split(name))):
        assert text == json.dumps(json.loads(text), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    schema = json.loads(golden.json_schema(*split(name)))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert (schema["title"], schema["$id"]) == (split(name)[0], f"ledger1540:{name}")
    for node in objects(schema):
        assert "$ref" not in node
        if node.get("type") == "object":
            assert node["additionalProperties"] is False
            assert node["required"] == sorted(node["properties"])


@EVERY
def test_avro_schemas_have_no_enum_and_no_map_and_words_for_every_field(name: str) -> None:
    schema = json.loads(golden.avro_schema(*split(name)))
    fastavro.parse_schema(schema)
    assert {node["type"] for node in objects(schema) if isinstance(node.get("type"), str)} <= {
        *("record", "array", "string", "long", "boolean"),
        *(node["name"] for node in objects(schema) if node.get("type") == "record"),
    }
    for record in objects(schema):
        if record.get("type") == "record":
            assert record["doc"]
            assert all(field["doc"].strip() for field in record["fields"])
            assert [field["name"] for field in record["fields"]] == sorted(f["name"] for f in record["fields"])


def test_avro_names_are_different_for_every_record() -> None:
    schemas = [json.loads(golden.avro_schema(*split(name))) for name in STRUCTS]
    named = [
        f"{schema['namespace']}.{node['name']}"
        for schema in schemas
        for node in objects(schema)
        if node.get("type") == "record"
    ]
    assert len(named) == len(set(named))


@EVENTS
def test_an_instance_is_read_and_written_again_to_the_same_bytes(kind: type[Event]) -> None:
    previous = None
    for number, instance in enumerate(golden.instances(kind.TYPE, kind.VERSION), start=1):
        header, body = instance.header.encode(), instance.body.encode()
        read = decode_header(header)
        assert encode_header(read) == header
        assert encode_body(decode_body(body, kind)) == body
        assert (read.type, read.type_version) == (kind.TYPE, kind.VERSION)
        assert (read.position, read.version, read.previous) == (number, number, previous)
        assert commitment(bytes.fromhex(instance.nonce), body) == read.body_commitment
        assert len(bytes.fromhex(instance.nonce)) == 16
        previous = leaf_hash(header).hex()
        assert instance.leaf == previous


@EVENTS
def test_an_instance_satisfies_both_schemas_and_survives_avro(kind: type[Event]) -> None:
    for type_name, version, part in ((kind.TYPE, kind.VERSION, "body"), ("header", 1, "header")):
        validator = jsonschema.Draft202012Validator(json.loads(golden.json_schema(type_name, version)))
        schema = golden.avro_schema(type_name, version)
        for instance in golden.instances(kind.TYPE, kind.VERSION):
            text = getattr(instance, part)
            validator.validate(json.loads(text))
            assert encode(from_avro(schema, to_avro(schema, json.loads(text)))) == text.encode()


@EVENTS
def test_instances_show_nulls_and_every_member_filled(kind: type[Event]) -> None:
    bare, full = (json.loads(instance.body) for instance in golden.instances(kind.TYPE, kind.VERSION))
    properties = json.loads(golden.json_schema(kind.TYPE, kind.VERSION))["properties"]
    for name, schema in properties.items():
        assert ("anyOf" in schema) == (bare[name] is None)
        assert full[name] is not None
        if schema.get("type") == "array":
            assert (len(bare[name]), len(full[name])) == (0, 2)


def test_a_frozen_published_matrix_is_read_and_written_again_to_the_same_bytes() -> None:
    schema = golden.avro_schema(*golden.PUBLISHED)
    for number in (1, 2):
        data = golden.value(*golden.PUBLISHED, number)
        text = (FOLDER / "published.matrix@1" / f"instance-{number}.json").read_bytes()
        found = from_avro(schema, data)
        assert encode(found) + b"\n" == text
        assert to_avro(schema, found) == data
        assert encode(decode(encode(found), PublishedMatrix)) == encode(found)


def test_the_headers_instances_fill_and_leave_out_every_member() -> None:
    bare, full = (decode_header(i.header.encode()) for i in golden.instances("header", 1))
    optional = {"previous", "subject", "strikes", "noticed_at", "causation_id", "correlation_id"}
    assert {name for name in Header.__struct_fields__ if getattr(bare, name) is None} == optional
    assert None not in msgspec.structs.astuple(full)


def test_some_texts_are_awkward() -> None:
    bodies = "".join(golden.instances(kind.TYPE, kind.VERSION)[1].body for kind in TYPES.values())
    assert all(piece in bodies for piece in ('\\"', "\\\\", "\\u0000", "\\t", "\x7f", "\u2028", "é", "中", "🕊"))
