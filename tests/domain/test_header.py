from __future__ import annotations

import hashlib
from uuid import UUID, uuid5

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.canonical import InvalidValue, NotCanonical, UnknownMember
from domain.header import (
    BodyTooLong,
    Header,
    HeaderTooLong,
    commitment,
    decode_body,
    decode_header,
    encode_body,
    encode_header,
    leaf_hash,
)
from domain.ids import command_id, consent, event_id, exchange, matrix, matrix_revision, prefix
from domain.values import LARGEST_BODY

COMMAND = "0d5b0e4e-4c0e-5f0e-8f0e-0e4e0d5b0e4e"
HEADER = Header(
    format=1,
    log="example.org/ledger1540/1",
    position=2,
    event_id=event_id(COMMAND, 0),
    stream="matrix/KEN/7",
    version=1,
    previous=None,
    subject="T2011/op3cd-5-nw-legal",
    type="matrix.cell-assessed",
    type_version=1,
    body_commitment="0a" * 32,
    recorded_at="2026-01-02T03:04:05.000000Z",
    known_at="2014-01-01T04:59:59.999999Z",
    known_precision="day",
    strikes=None,
    noticed_at=None,
    command_id=COMMAND,
    actor="expert-3",
    role="expert",
    causation_id=None,
    correlation_id=None,
    audience=("committee", "expert", "secretariat"),
    synthetic=False,
)


def changed(**members: object) -> bytes:
    return msgspec.json.encode({**msgspec.to_builtins(HEADER), **members}, order="sorted")


def test_a_header_has_23_members_and_is_read_as_it_was_written() -> None:
    data = encode_header(HEADER)
    assert len(msgspec.json.decode(data)) == 23
    assert decode_header(data) == HEADER
    assert b'"noticed_at":null' in data


@pytest.mark.parametrize(
    "members",
    [
        {"position": 0},
        {"version": 2**53},
        {"format": 2**53},
        {"type_version": -(2**53)},
        {"recorded_at": "2026-01-02T03:04:05Z"},
        {"known_at": "2026-01-02T03:04:05.000Z"},
        {"noticed_at": "2026-01-02"},
        {"known_precision": "week"},
        {"body_commitment": "0A" * 32},
        {"command_id": COMMAND.upper()},
        {"event_id": COMMAND.replace("-", "")},
        {"stream": "matrix/KEN 7"},
        {"stream": "matrix/KEN\n"},
        {"actor": "Jane Doe"},
        {"actor": "a" * 101},
        {"previous": ""},
        {"previous": "None"},
        {"strikes": COMMAND[:-1]},
        {"causation_id": ""},
        {"correlation_id": "x"},
        {"audience": None},
        {"synthetic": 0},
    ],
)
def test_a_header_with_a_wrong_value_is_refused(members: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        decode_header(changed(**members))


def test_a_header_with_another_member_or_one_too_few_or_other_bytes_is_refused() -> None:
    with pytest.raises(UnknownMember):
        decode_header(changed(mood="good"))
    data = encode_header(HEADER)
    with pytest.raises(InvalidValue):
        decode_header(data.replace(b',"synthetic":false', b""))
    with pytest.raises(NotCanonical):
        decode_header(data.replace(b",", b", ", 1))
    with pytest.raises(NotCanonical):
        decode_header(data.replace(b'"format":1,', b'"format":1,"format":1,'))


def test_a_header_stays_under_4_kib() -> None:
    room = 4095 - len(encode_header(msgspec.structs.replace(HEADER, subject="")))
    assert len(encode_header(msgspec.structs.replace(HEADER, subject="s" * room))) == 4095
    with pytest.raises(HeaderTooLong):
        encode_header(msgspec.structs.replace(HEADER, subject="s" * (room + 1)))


def test_a_body_has_at_most_256_kib_written_or_read() -> None:
    longest = "s" * (LARGEST_BODY - 2)
    assert decode_body(encode_body(longest), str) == longest
    with pytest.raises(BodyTooLong, match="document"):
        encode_body(longest + "s")
    with pytest.raises(BodyTooLong, match="position 7"):
        decode_body(b'"' + longest.encode() + b's"', str, where="position 7")


def test_the_leaf_is_the_hash_of_a_zero_byte_and_the_header() -> None:
    # RFC 6962 2.1.3: the leaf hash of an empty entry.
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert leaf_hash(encode_header(HEADER)) == hashlib.sha256(b"\x00" + encode_header(HEADER)).digest()


def test_a_commitment_needs_the_nonce() -> None:
    assert commitment(bytes(16), b"{}") == hashlib.sha256(bytes(16) + b"{}").hexdigest()
    assert commitment(bytes(16), b"{}") != commitment(bytes(15) + b"\x01", b"{}")


def test_types_ending_in_recorded_in_error_void() -> None:
    assert not HEADER.voids
    assert msgspec.structs.replace(HEADER, type="matrix.recorded-in-error").voids


def test_a_uuid_is_its_own_command_id_and_a_text_key_becomes_one() -> None:
    assert command_id(COMMAND) == COMMAND == command_id(COMMAND.upper())
    name_space_of_urls = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
    assert command_id("row 7") == str(uuid5(name_space_of_urls, "ledger1540:row 7"))
    assert event_id(COMMAND, 10) == str(uuid5(UUID(COMMAND), "10"))


@given(st.text(max_size=40))
def test_the_same_key_gives_the_same_ids_and_they_are_uuids(key: str) -> None:
    command = command_id(key)
    assert command == command_id(key) == str(UUID(command))
    assert len({event_id(command, index) for index in range(5)}) == 5


def test_streams_are_named_by_what_they_are_about() -> None:
    assert matrix("KEN") == "matrix/KEN"
    assert matrix_revision("KEN", 7) == "matrix/KEN/7"
    assert exchange("KEN") == "exchange/KEN"
    assert consent("KEN") == "consent/KEN"
    assert prefix("matrix/KEN/7") == "matrix"
