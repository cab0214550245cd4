from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import msgspec
import msgspec.inspect as i
import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import values
from domain.canonical import InvalidValue, NotCanonical, UnknownMember, check_profile, decode, encode
from domain.catalogue import TYPES
from domain.header import BodyTooLong, Header, decode_body, decode_header, encode_body
from domain.values import LARGEST_BODY, LARGEST_INTEGER
from schemas.codec import from_avro, to_avro
from schemas.generate import avro_schema, json_schema
from schemas.samples import sample

STRUCTS: dict[str, type[msgspec.Struct]] = {"header@1": Header, **TYPES}
EVERY = pytest.mark.parametrize("name", STRUCTS)
FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
INSTANT = rf"^{values.INSTANT}\Z"


def told(kind: Any) -> Any:
    """Return a type with the pattern that its schema tells, where reading checks it in another way."""
    match kind:
        case i.Metadata(type=i.StrType() as text, extra_json_schema={"pattern": pattern}):
            return i.StrType(pattern=pattern, max_length=text.max_length)
        case _:
            return kind


def generated(kind: Any) -> st.SearchStrategy[Any]:
    """Return values of a type, by what msgspec says of it; with what a struct is built from."""
    kind = told(kind)
    match kind:
        case i.StructType():
            return st.builds(kind.cls, **{field.name: generated(field.type) for field in kind.fields})
        case i.VarTupleType():
            return st.lists(generated(kind.item_type), max_size=3).map(tuple)
        case i.UnionType():
            return st.one_of([generated(one) for one in kind.types])
        case i.StrType(pattern=str(pattern)):
            longest = kind.max_length or 1000
            return st.from_regex(pattern, fullmatch=True).filter(lambda text: len(text) <= longest)
        case i.StrType():
            return st.text(max_size=kind.max_length or 30)
        case i.IntType():
            return st.integers(kind.ge, kind.le)
        case i.LiteralType():
            return st.sampled_from(kind.values)
        case i.BoolType():
            return st.booleans()
        case i.NoneType():
            return st.none()
        case _:
            raise AssertionError(f"no strategy for {kind}")


@cache
def events(name: str) -> st.SearchStrategy[Any]:
    return generated(i.type_info(STRUCTS[name]))


@cache
def schema_of(name: str) -> str:
    return avro_schema(STRUCTS[name], *split(name))


def split(name: str) -> tuple[str, int]:
    type_name, _, version = name.partition("@")
    return type_name, int(version)


def read(name: str, data: bytes) -> Any:
    """Return an event, or a header, as it is read from the record."""
    return decode_header(data) if STRUCTS[name] is Header else decode(data, STRUCTS[name])


def full(name: str) -> Any:
    """Return one event of a type as decoded JSON, every member filled."""
    return sample(json.loads(json_schema(STRUCTS[name], *split(name))), name, full=True)


def places(kind: Any, value: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Yield (type, container, key) of everything inside a decoded event."""
    match kind:
        case i.StructType():
            for field in kind.fields:
                yield field.type, value, field.name
                yield from places(field.type, value[field.name])
        case i.VarTupleType():
            for place, item in enumerate(value):
                yield kind.item_type, value, place
                yield from places(kind.item_type, item)
        case i.UnionType(types=(first, *_)):
            yield from places(first, value)
        case _:
            return


def bare(kind: Any) -> Any:
    return told(kind.types[0] if isinstance(kind, i.UnionType) else kind)


def free_text(kind: Any) -> bool:
    return isinstance(kind, i.StrType) and kind.pattern is None and not kind.max_length


def variants(name: str, wanted: Callable[[Any], bool], *changes: Callable[[Any], Any]) -> Iterator[Any]:
    """Yield the full event with one place of the wanted kind at a time changed."""
    kind = i.type_info(STRUCTS[name])
    for number in range(sum(1 for _ in places(kind, full(name)))):
        for change in changes:
            event = full(name)
            found, container, key = list(places(kind, event))[number]
            if wanted(bare(found)):
                container[key] = change(container[key])
                yield event


def always(*values: object) -> list[Callable[[Any], Any]]:
    def to(value: object) -> Callable[[Any], Any]:
        return lambda _: value

    return [to(value) for value in values]


@EVERY
def test_a_type_has_no_defaults_takes_no_unknown_member_and_bounds_its_integers(name: str) -> None:
    def look(kind: Any, at: str) -> None:
        match kind:
            case i.StructType():
                assert kind.forbid_unknown_fields, at
                for field in kind.fields:
                    assert field.required, f"{at}.{field.name} has a default"
                    assert field.encode_name == field.name
                    assert field.name.isascii()
                    look(field.type, f"{at}.{field.name}")
            case i.VarTupleType():
                look(kind.item_type, f"{at}[]")
            case i.UnionType():
                assert len(kind.types) == 2, at
                assert isinstance(kind.types[1], i.NoneType), at
                look(kind.types[0], at)
            case i.IntType():
                assert kind.ge is not None, f"{at}: use Integer, Offset, Position or Revision"
                assert kind.le is not None, f"{at}: use Integer, Offset, Position or Revision"
                assert -LARGEST_INTEGER <= kind.ge <= kind.le <= LARGEST_INTEGER, at
            case _:
                kind = told(kind)
                assert isinstance(kind, i.StrType | i.LiteralType | i.BoolType), f"{at}: {kind}"

    look(i.type_info(STRUCTS[name]), name)


@EVERY
@FEW
@given(st.data())
def test_any_event_is_written_as_rfc_8785_says_and_read_back(name: str, data: st.DataObject) -> None:
    event = data.draw(events(name))
    stored = encode(event)
    plain = json.loads(stored)
    check_profile(plain)
    assert stored == rfc8785.dumps(msgspec.to_builtins(event)) == rfc8785.dumps(plain)
    assert read(name, stored) == event


@EVERY
@FEW
@given(st.data())
def test_any_event_survives_avro(name: str, data: st.DataObject) -> None:
    stored = encode(data.draw(events(name)))
    wire = to_avro(schema_of(name), json.loads(stored))
    assert encode(from_avro(schema_of(name), wire)) == stored


@EVERY
def test_an_unknown_member_is_refused_at_every_depth(name: str) -> None:
    def more(value: dict[str, Any]) -> dict[str, Any]:
        return {**value, "zeal": 1}

    nested = variants(name, lambda kind: isinstance(kind, i.StructType), more)
    for event in (more(full(name)), *nested):
        with pytest.raises(UnknownMember, match="zeal"):
            read(name, encode(event))


@EVERY
def test_other_bytes_for_the_same_event_are_not_canonical(name: str) -> None:
    stored = encode(full(name))
    first, value = next(iter(sorted(full(name).items())))
    doubled = b"{" + encode(first) + b":" + encode(value) + b"," + stored[1:]
    reordered = json.dumps(dict(sorted(full(name).items(), reverse=True)), ensure_ascii=False, separators=(",", ":"))
    escaped = json.dumps(json.loads(stored), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    spaced = stored.replace(b":", b": ", 1)
    assert encode(read(name, stored)) == stored
    for data in (doubled, spaced, stored + b"\n", reordered.encode(), escaped.encode()):
        if data != stored:
            with pytest.raises(NotCanonical):
                read(name, data)


@EVERY
def test_integers_out_of_range_are_invalid_wherever_they_stand(name: str) -> None:
    outside = (LARGEST_INTEGER + 1, -LARGEST_INTEGER - 1, 2**64)
    for event in variants(name, lambda kind: isinstance(kind, i.IntType), *always(*outside)):
        with pytest.raises(InvalidValue):
            read(name, json.dumps(event).encode())


@EVERY
def test_instants_without_six_digits_are_invalid_wherever_they_stand(name: str) -> None:
    wrong = ("2013-12-31T22:00:00Z", "2013-12-31T22:00:00.000Z", "2013-12-31T22:00:00.000000+00:00")
    for event in variants(name, lambda kind: isinstance(kind, i.StrType) and kind.pattern == INSTANT, *always(*wrong)):
        with pytest.raises(InvalidValue):
            read(name, encode(event))


@EVERY
def test_a_body_over_256_kib_is_refused_whether_written_or_read(name: str) -> None:
    huge = always("x" * LARGEST_BODY)
    for event in variants(name, free_text, *huge):
        with pytest.raises(BodyTooLong):
            encode_body(msgspec.convert(event, STRUCTS[name]))
        with pytest.raises(BodyTooLong):
            decode_body(encode(event), STRUCTS[name])
