from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.canonical import encode
from domain.matrix.events import CellAssessed
from schemas.codec import NotAvro, NotOfSchema, from_avro, to_avro
from schemas.generate import avro_schema, json_schema
from schemas.samples import sample

SCHEMA = avro_schema(CellAssessed, CellAssessed.TYPE, 1)
BODY: Any = sample(json.loads(json_schema(CellAssessed, CellAssessed.TYPE, 1)), "codec", full=True)
WIRE = to_avro(SCHEMA, BODY)


def test_a_body_comes_back_as_it_was() -> None:
    assert from_avro(SCHEMA, WIRE) == BODY
    assert encode(from_avro(SCHEMA, WIRE)) == encode(BODY)


@pytest.mark.parametrize(
    "change",
    [
        {"zeal": 1},
        {"revision": True},
        {"revision": 1.0},
        {"revision": "1"},
        {"revision": None},
        {"revision": 2**63},
        {"state": 1},
        {"state": b"KEN"},
        {"state": "\ud800"},
        {"sources": None},
        {"sources": ["x"]},
        {"sources": [{**BODY["sources"][0], "zeal": 1}]},
        {"sources": [{"locator": "p. 1"}]},
    ],
)
def test_a_body_of_another_shape_is_refused_without_being_quoted(change: dict[str, Any]) -> None:
    with pytest.raises(NotOfSchema) as refused:
        to_avro(SCHEMA, {**BODY, **change})
    assert "example" not in str(refused.value)


@pytest.mark.parametrize("member", sorted(BODY))
def test_a_missing_member_is_refused(member: str) -> None:
    with pytest.raises(NotOfSchema):
        to_avro(SCHEMA, {name: value for name, value in BODY.items() if name != member})


@pytest.mark.parametrize("end", range(0, len(WIRE), 7))
def test_bytes_that_end_early_are_refused(end: int) -> None:
    with pytest.raises(NotAvro):
        from_avro(SCHEMA, WIRE[:end])


def test_bytes_that_go_on_are_refused() -> None:
    with pytest.raises(NotAvro, match="1 bytes follow"):
        from_avro(SCHEMA, WIRE + b"\x00")


@given(st.binary(max_size=200), st.integers(0, len(WIRE)))
def test_any_other_bytes_are_a_body_or_refused_by_name(noise: bytes, at: int) -> None:
    try:
        body = from_avro(SCHEMA, WIRE[:at] + noise + WIRE[at + len(noise) :])
    except NotAvro:
        return
    assert set(body) == set(BODY)


def test_reading_golden_files_needs_no_avro_library() -> None:
    look = "import sys, schemas.codec, schemas.golden; print('fastavro' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, check=True).stdout == b"False\n"
