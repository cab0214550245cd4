from __future__ import annotations

import json
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import fastavro
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.canonical import encode as canonical
from domain.catalogue import TYPES
from domain.header import commitment, leaf_hash
from domain.recorded import Event
from interfaces.run.golden_values import derived
from ledger.upcast import STEPS
from schemas import golden, registry
from schemas.codec import from_avro, to_avro
from schemas.compatibility import breaks, breaks_among, by_type
from schemas.value import NotAvro, NotOfSchema, Value, decode, encode
from tests.schemas.test_properties import events

EVENTS = pytest.mark.parametrize("kind", TYPES.values(), ids=TYPES)
PUBLISHED = "published.matrix@1"
FOLDER = Path(str(golden.folder()))
KIND = "matrix.cell-assessed@1"
FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def stored(kind: str, number: int = 1) -> Value:
    name, _, version = kind.partition("@")
    instance = golden.instances(name, int(version))[number - 1]
    return Value(instance.header.encode(), bytes.fromhex(instance.nonce), instance.body.encode())


def with_commitment(header: bytes, nonce: bytes, body: bytes) -> bytes:
    return json.dumps({**json.loads(header), "body_commitment": commitment(nonce, body)}).encode()


@EVENTS
def test_a_frozen_value_holds_the_stored_bytes_and_is_written_the_same_again(kind: type[Event]) -> None:
    for number, instance in enumerate(golden.instances(kind.TYPE, kind.VERSION), start=1):
        data = golden.value(kind.TYPE, kind.VERSION, number)
        found = decode(kind.topic(), data)
        assert found == stored(kind.topic(), number)
        assert leaf_hash(found.header).hex() == instance.leaf
        assert encode(kind.topic(), found) == data


@EVENTS
def test_the_frozen_schema_follows_from_that_of_the_body_and_gives_it_the_same_bytes(kind: type[Event]) -> None:
    body = golden.avro_schema(kind.TYPE, kind.VERSION)
    assert golden.value_schema(kind.TYPE, kind.VERSION) == derived(FOLDER, kind.topic())
    for number, instance in enumerate(golden.instances(kind.TYPE, kind.VERSION), start=1):
        assert golden.value(kind.TYPE, kind.VERSION, number).endswith(to_avro(body, json.loads(instance.body)))


@pytest.mark.parametrize("name", TYPES)
@FEW
@given(st.data())
def test_any_event_comes_out_of_the_stream_as_it_is_stored(name: str, data: st.DataObject) -> None:
    body, nonce = canonical(data.draw(events(name))), data.draw(st.binary(min_size=16, max_size=16))
    value = Value(with_commitment(stored(name).header, nonce, body), nonce, body)
    assert decode(name, encode(name, value)) == value


def test_a_body_that_was_disposed_of_is_absent_and_its_header_is_not() -> None:
    value = Value(stored(KIND).header, None, None)
    assert decode(KIND, encode(KIND, value)) == value


@pytest.mark.parametrize("cut", [1, 20, 400])
def test_bytes_that_end_early_are_refused(cut: int) -> None:
    with pytest.raises(NotAvro):
        decode(KIND, golden.value("matrix.cell-assessed", 1, 2)[:-cut])


def test_bytes_that_go_on_are_refused() -> None:
    with pytest.raises(NotAvro, match="1 bytes follow"):
        decode(KIND, golden.value("matrix.cell-assessed", 1, 1) + b"\x00")


@EVENTS
def test_what_was_written_by_another_types_schema_is_refused(kind: type[Event]) -> None:
    other = "matrix.cell-assessed@1" if kind.topic() != KIND else "matrix.cell-corrected@1"
    with pytest.raises(NotAvro):
        decode(other, golden.value(kind.TYPE, kind.VERSION, 2))


@pytest.mark.parametrize("part", ["header", "nonce", "body"])
def test_what_the_header_does_not_commit_to_is_refused(part: str) -> None:
    own, other = stored(KIND, 1), stored(KIND, 2)
    mixed = own._replace(**{part: getattr(other, part)})
    with pytest.raises(NotAvro, match="commits to"):
        decode(KIND, encode(KIND, mixed))


@pytest.mark.parametrize("value", [stored(KIND)._replace(nonce=None), stored(KIND)._replace(body=None)])
def test_nonce_and_body_go_together(value: Value) -> None:
    with pytest.raises(NotAvro, match="go together"):
        decode(KIND, encode(KIND, value))


def test_a_header_that_is_none_is_refused() -> None:
    with pytest.raises(NotAvro, match="cannot be read"):
        decode(KIND, encode(KIND, stored(KIND)._replace(header=b"\xff")))


def test_instants_are_texts_and_a_naive_datetime_is_refused() -> None:
    body = {**json.loads(stored(KIND).body or b""), "in_force_from": datetime(2013, 12, 31)}  # noqa: DTZ001
    schema = golden.value_schema("matrix.cell-assessed", 1)
    with pytest.raises(NotOfSchema):
        to_avro(schema, {"header": b"", "nonce": None, "body": body})


def test_a_type_version_that_is_not_frozen_is_refused() -> None:
    for kind in ("matrix.dreamt@1", "matrix.cell-assessed@2", "matrix.cell-assessed"):
        with pytest.raises(golden.NotFrozen):
            decode(kind, b"")


def test_every_type_has_a_fingerprint_of_its_own_by_which_it_is_found() -> None:
    assert list(registry.subjects()) == sorted([*TYPES, PUBLISHED])
    for kind, subject in registry.subjects().items():
        assert registry.kind_of(subject.fingerprint) == kind
    for kind, subject in registry.subjects().items() - {(PUBLISHED, registry.subjects()[PUBLISHED])}:
        assert registry.fingerprint(golden.value_schema(*split(kind))) == subject.fingerprint
        assert (golden.folder() / subject.schema).read_text("utf-8") == golden.value_schema(*split(kind))
    with pytest.raises(registry.UnknownSchema):
        registry.kind_of("0" * 64)


def split(kind: str) -> tuple[str, int]:
    name, _, version = kind.partition("@")
    return name, int(version)


def versions() -> dict[str, dict[str, str]]:
    schemas = {kind: golden.value_schema(*split(kind)) for kind in TYPES}
    return {name: {kind: schemas[kind] for kind in kinds} for name, kinds in by_type(schemas).items()}


def test_all_versions_of_a_type_read_each_other() -> None:
    assert [why for found in versions().values() for why in breaks_among(found)] == []
    assert sum(len(found) > 1 for found in versions().values()) >= 1


def resolved(reader: str, writer: str, data: bytes) -> Any:
    parse = fastavro.parse_schema
    return fastavro.schemaless_reader(BytesIO(data), parse(json.loads(writer)), parse(json.loads(reader)))


@pytest.mark.parametrize("old", STEPS)
@pytest.mark.parametrize("number", [1, 2])
def test_resolving_an_old_value_says_what_bringing_its_body_up_to_date_says(old: str, number: int) -> None:
    name, version = split(old)
    upcast = STEPS[old](msgspec.json.decode(stored(old, number).body or b"", type=TYPES[old]))
    reader, writer = (golden.value_schema(name, each) for each in (version + 1, version))
    assert canonical(resolved(reader, writer, golden.value(name, version, number))["body"]) == canonical(upcast)


SCHEMA: dict[str, Any] = {
    "type": "record",
    "name": "Given",
    "fields": [
        {"name": "scope", "type": "string"},
        {"name": "partners", "type": {"type": "array", "items": "string"}, "default": []},
        {"name": "letter", "type": ["null", "string"], "default": None},
    ],
}


def changed(*fields: dict[str, Any], **own: Any) -> str:
    kept = [field for field in SCHEMA["fields"] if field["name"] not in {f["name"] for f in fields}]
    return json.dumps({**SCHEMA, "fields": [*kept, *fields], **own})


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (changed(), None),
        (changed({"name": "more", "type": ["null", "long"], "default": None}), None),
        (changed({"name": "more", "type": "long"}), "Given.more was not written and has no default"),
        (changed({"name": "scope", "type": "long"}), "Given.scope was string and is long"),
        (changed({"name": "letter", "type": "string"}), "Given.letter was null and is string"),
        (changed({"name": "partners", "type": {"type": "array", "items": "long"}}), "Given.partners[] was string"),
        (changed({"name": "scope", "type": ["null", "long"]}), "Given.scope was string, which is none of"),
        (changed(name="Taken"), "Taken is another record"),
    ],
)
def test_what_resolution_refuses_is_named_and_what_it_reads_is_not(new: str, why: str | None) -> None:
    old = json.dumps(SCHEMA)
    found = breaks(new, old)
    written = to_avro(old, {"scope": "publish", "partners": ["state:KEN"], "letter": None})
    if why is None:
        assert found == []
        assert from_avro(old, written) == {k: v for k, v in resolved(new, old, written).items() if k != "more"}
    else:
        assert [each for each in found if each.startswith(why)]
        with pytest.raises(Exception, match=r".*"):
            resolved(new, old, written)
