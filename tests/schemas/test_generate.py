from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import fastavro
import msgspec
import pytest

from schemas.generate import NoSchema, avro_name, avro_schema, json_schema, without_words
from schemas.samples import NoSample, sample
from schemas.words import first_sentence, said


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Leg(Strict, frozen=True, kw_only=True):
    """A leg of a journey. It has two ends."""

    from_place: str


class Journey(Strict, frozen=True, kw_only=True):
    """A journey was made:
    by train. Nothing else is known.
    """

    mode: Literal["train", "boat"] | None
    day: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
    count: Annotated[int, msgspec.Meta(ge=1, le=9)]
    first: Leg
    legs: tuple[Leg, ...]
    paid: bool


def test_json_schema_is_inlined_sorted_and_closed() -> None:
    schema = json.loads(json_schema(Journey, "travel.journey-made", 3))
    assert schema["$id"] == "ledger1540:travel.journey-made@3"
    assert schema["title"] == "travel.journey-made"
    assert schema["description"] == "A journey was made: by train. Nothing else is known."
    assert schema["required"] == ["count", "day", "first", "legs", "mode", "paid"]
    assert schema["properties"]["day"] == {
        "description": "Day: date, YYYY-MM-DD",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        "type": "string",
    }
    assert schema["properties"]["legs"]["items"] == schema["properties"]["first"]
    assert schema["properties"]["first"]["additionalProperties"] is False


def test_avro_schema_names_each_record_once_and_has_no_enum() -> None:
    schema = json.loads(avro_schema(Journey, "travel.journey-made", 3))
    fastavro.parse_schema(schema)
    assert (schema["namespace"], schema["name"]) == ("org.ledger1540.travel", "JourneyMade_v3")
    assert schema["doc"] == "A journey was made: by train"
    fields = {field["name"]: field for field in schema["fields"]}
    assert list(fields) == sorted(fields)
    assert fields["mode"]["type"] == ["null", "string"]
    assert fields["mode"]["doc"] == "Mode: one of boat, train, or null"
    assert fields["first"]["type"]["name"] == "JourneyMade_v3_Leg"
    assert fields["first"]["type"]["doc"] == "A leg of a journey"
    assert fields["legs"]["type"] == {"type": "array", "items": "JourneyMade_v3_Leg"}
    assert fields["count"] == {"name": "count", "type": "long", "doc": "Count: integer from 1 to 9"}


def test_avro_names_follow_the_type() -> None:
    assert avro_name("matrix.cell-assessed", 1) == ("org.ledger1540.matrix", "CellAssessed_v1")
    assert avro_name("header", 1) == ("org.ledger1540", "Header_v1")


class Floating(Strict, frozen=True):
    x: float


class Mapped(Strict, frozen=True):
    x: dict[str, str]


class Open(Strict, frozen=True):
    x: Any


class Inherited(Strict, frozen=True):
    x: str = ""


class Loop(Strict, frozen=True):
    x: tuple[Loop, ...]


class Pair(Strict, frozen=True):
    x: tuple[str, int]


class Lax(msgspec.Struct, frozen=True):
    x: str


@pytest.mark.parametrize("struct", [Floating, Mapped, Open, Inherited, Loop, Lax, Pair])
def test_a_struct_that_the_wire_contract_has_no_form_for_is_refused(struct: type[msgspec.Struct]) -> None:
    with pytest.raises(NoSchema):
        json_schema(struct, "example.made", 1)


class Number(Strict, frozen=True):
    x: Literal[1, 2]


def test_what_avro_cannot_say_plainly_is_refused() -> None:
    with pytest.raises(NoSchema, match="Made_v1"):
        avro_schema(Number, "example.made", 1)


def test_words_do_not_count_but_members_of_that_name_do() -> None:
    def schema(words: str, *members: str) -> str:
        return json.dumps({"description": words, "properties": {name: {"doc": words} for name in members}})

    assert without_words(schema("one", "doc")) == without_words(schema("other", "doc"))
    assert without_words(schema("one", "doc")) != without_words(schema("one", "description"))


@pytest.mark.parametrize(
    ("docstring", "sentence"),
    [
        (None, ""),
        ("One. Two.", "One"),
        ("Of 6(a)(iii), v1.2 only.", "Of 6(a)(iii), v1.2 only"),
        ("Over\n    two lines.\n\n    More.", "Over two lines"),
        ("Is it? Yes.", "Is it?"),
    ],
)
def test_the_first_sentence_of_a_docstring(docstring: str | None, sentence: str) -> None:
    assert first_sentence(docstring) == sentence


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string"}, "A b: text"),
        ({"type": "integer", "minimum": 0, "maximum": 2**53 - 1}, "A b: integer from 0"),
        ({"type": "integer", "minimum": -(2**53) + 1, "maximum": 2**53 - 1}, "A b: integer"),
        ({"type": "string", "pattern": "^x+$"}, "A b: text of the form ^x+$"),
        ({"type": "string", "description": "A place. Any."}, "A b: A place"),
        ({"type": "array", "items": {"type": "boolean"}}, "A b: list, each true or false"),
    ],
)
def test_a_field_is_described_by_its_name_and_kind(schema: dict[str, Any], words: str) -> None:
    assert said("a_b", schema) == words


def test_a_sample_is_the_same_each_time_and_of_its_type() -> None:
    schema = json.loads(json_schema(Journey, "travel.journey-made", 3))
    for full in (False, True):
        value = sample(schema, "seed", full=full)
        assert value == sample(schema, "seed", full=full)
        assert msgspec.to_builtins(msgspec.convert(value, Journey)) | {"legs": []} == value | {"legs": []}  # type: ignore[operator]


def test_a_pattern_without_a_sample_is_refused() -> None:
    with pytest.raises(NoSample, match="seed"):
        sample({"type": "string", "pattern": "^x+$"}, "seed", full=True)
