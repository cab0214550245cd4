from __future__ import annotations

import hashlib
import unicodedata
from typing import Any

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from domain.canonical import InvalidValue, NotCanonical, UnknownMember, check_profile, decode, encode, nfc, sha256
from domain.values import LARGEST_INTEGER, CellId, Date, Instant, Integer, Name, Sha256, StateCode, StreamName, Uuid

INTEGERS = st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
NAMES = st.text(st.characters(max_codepoint=127), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | INTEGERS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)


class Point(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    y: Integer
    x: Integer
    note: str | None


POINT = b'{"note":null,"x":1,"y":2}'


def test_every_code_point_is_written_as_rfc_8785_says() -> None:
    plane = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x10000)]))
    beyond = "".join(map(chr, [*range(0x10000, 0x110000, 251), 0x1F54A, 0x10FFFF]))
    assert encode(plane + beyond) == rfc8785.dumps(plane + beyond)


@given(VALUES)
def test_what_is_written_is_what_another_writer_writes(value: Any) -> None:
    assert encode(value) == rfc8785.dumps(value)


@given(VALUES)
def test_what_is_written_can_be_read_and_is_in_the_profile(value: Any) -> None:
    check_profile(value)
    assert decode(encode(value), object) == value


def test_members_are_sorted_whatever_the_order_of_the_struct() -> None:
    point = Point(y=2, x=1, note=None)
    assert encode(point) == POINT
    assert decode(POINT, Point) == point


@pytest.mark.parametrize(
    "data",
    [
        b'{"note":null,"x":1,"x":1,"y":2}',
        b'{"note":null,"x":7,"x":1,"y":2}',
        b'{"note": null,"x":1,"y":2}',
        b' {"note":null,"x":1,"y":2}',
        b'{"note":null,"x":1,"y":2}\n',
        b'{"x":1,"note":null,"y":2}',
        b'{"note":null,"x":-0,"y":2}',
        b'{"note":"\\u0041","x":1,"y":2}',
        b'{"note":"\\/","x":1,"y":2}',
        b'{"note":"\\u000A","x":1,"y":2}',
        b'{"note":"\x7f\\u00e9","x":1,"y":2}',
        b'{"no\\u0074e":null,"x":1,"y":2}',
        b'{"note":"\\ud800","x":1,"y":2}',
        b'{"note":"\xed\xa0\x80","x":1,"y":2}',
        b'{"note":"\xff","x":1,"y":2}',
        b'\xef\xbb\xbf{"note":null,"x":1,"y":2}',
        b'{"note":null,"x":1,"y":2}{}',
        b'{"note":null,"x":01,"y":2}',
        b'{"note":null,"x":1,"y":2',
        b"",
    ],
)
def test_other_bytes_for_the_same_thing_are_not_canonical(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(data, Point)


@pytest.mark.parametrize("number", [str(2**53), str(-(2**53)), str(2**64), "9" * 400, "1.0", "1e2", '"1"', "true"])
def test_a_number_out_of_range_or_of_another_kind_is_an_invalid_value(number: str) -> None:
    with pytest.raises(InvalidValue):
        decode(POINT.replace(b":1,", b":" + number.encode() + b","), Point)


def test_an_unknown_member_is_refused_by_that_name_and_a_missing_one_is_invalid() -> None:
    with pytest.raises(UnknownMember, match="z"):
        decode(b'{"note":null,"x":1,"y":2,"z":3}', Point, where="position 7")
    with pytest.raises(InvalidValue, match="position 7"):
        decode(b'{"x":1,"y":2}', Point, where="position 7")


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (
            Instant,
            ["2013-12-31T22:00:00.000000Z"],
            [
                *["2013-12-31T22:00:00Z", "2013-12-31T22:00:00.000Z", "2013-12-31T22:00:00.0000000Z"],
                *["2013-12-31T22:00:00.000000+00:00", "2013-12-31 22:00:00.000000Z", "2013-12-31"],
                *["2013-12-31T22:00:00.000000Z\n", "٢٠١٣-12-31T22:00:00.000000Z", "2013-12-31T22:00:00.000000z"],
            ],
        ),
        (Date, ["2013-12-31"], ["2013-12", "31-12-2013", "2013-12-31\n", "٢٠١٣-١٢-٣١"]),
        (Sha256, ["0a" * 32], ["0A" * 32, "0a" * 31, "0a" * 32 + "\n"]),
        (Uuid, ["01234567-89ab-cdef-0123-456789abcdef"], ["01234567-89AB-CDEF-0123-456789ABCDEF", "0" * 32]),
        (StreamName, ["matrix/KEN/7", "a._-"], ["", "a b", "a\n", "é", "a" * 201]),
        (Name, ["T2011-T2017"], ["", "matrix/KEN", "a\n", "a" * 101]),
        (StateCode, ["KEN"], ["ken", "KE", "KENY", "KEN\n"]),
        (CellId, ["T2011/op3cd-5-nw-legal"], ["T2011/op3cd-5-nw-law", "op3cd-5-nw-legal", "T2011/op3cd-5-nw-legal\n"]),
    ],
)
def test_forms_of_text_admit_themselves_alone(kind: Any, good: list[str], bad: list[str]) -> None:
    for text in good:
        assert decode(encode(text), kind) == text
    for text in bad:
        with pytest.raises(InvalidValue):
            decode(encode(text), kind)


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (1.5, ""),
        ({"a": [0, 2**53]}, r"\.a\[1\]"),
        ([{"b": -(2**53)}], r"\[0\]\.b"),
        ({"é": 1}, ""),
        ({1: 1}, ""),
        ({"a": b"x"}, r"\.a"),
    ],
)
def test_what_the_profile_leaves_out_is_refused_with_its_place(value: object, where: str) -> None:
    with pytest.raises(InvalidValue, match=f"^{where}"):
        check_profile(value)


def test_text_is_put_into_normal_form_c_and_hashes_are_lower_case_hex() -> None:
    assert nfc("e\u0301") == "é" == unicodedata.normalize("NFC", "é")
    assert sha256(b"") == hashlib.sha256().hexdigest()
    assert decode(encode("e\u0301"), str) == "e\u0301"
