"""Canonical JSON: RFC 8785 on the narrow profile of the record, and reading that refuses anything else."""

import hashlib
import unicodedata
from collections.abc import Sequence
from typing import TypeVar, cast

import msgspec

from domain.forms import in_words
from domain.refusals import Refusal
from domain.values import LARGEST_INTEGER

T = TypeVar("T")

_encoder = msgspec.json.Encoder(order="sorted")


class NotCanonical(Refusal):
    """The bytes are not the one canonical form of what they say."""


class UnknownMember(Refusal):
    """A member that this type version does not have."""


class InvalidValue(Refusal):
    """A value outside what the record's profile allows."""


def encode(value: object) -> bytes:
    """Return the canonical bytes of `value`: a struct, mapping, list, text, integer, boolean or null.

    Member names sorted, no spaces, no floats (RFC 8785 3.2 on the profile of the record's section 1).
    """
    return _encoder.encode(value)


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def decode(data: bytes, kind: type[T], *, where: str = "") -> T:
    """Return `data` read as `kind`.

    Raises:
        UnknownMember: a member that `kind` does not have.
        InvalidValue: a value of the wrong type, form or range.
        NotCanonical: spaces, duplicate keys, another order or another spelling of the same value.
    """
    try:
        value = msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        refusal = UnknownMember if "unknown field" in str(error) else InvalidValue
        raise refusal(in_words(str(error)), where=where) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotCanonical(f"not JSON: {error}", where=where) from error
    if _encoder.encode(value) != data:
        raise NotCanonical("the bytes are not the canonical form of what they say", where=where)
    return value


def check_profile(value: object, *, where: str = "") -> None:
    """Refuse, anywhere inside decoded JSON, what the profile leaves out: floats, large integers, non-ASCII names."""
    match value:
        case bool() | None | str():
            return
        case int():
            if abs(value) > LARGEST_INTEGER:
                raise InvalidValue(f"integer {value} is outside ±(2^53 - 1)", where=where)
        case float():
            raise InvalidValue(f"{value} is a float; write a decimal as text", where=where)
        case dict():
            for name, member in cast("dict[object, object]", value).items():
                if not (isinstance(name, str) and name.isascii()):
                    raise InvalidValue(f"member name {name!r} is not ASCII", where=where)
                check_profile(member, where=f"{where}.{name}")
        case list() | tuple():
            for place, member in enumerate(cast("Sequence[object]", value)):
                check_profile(member, where=f"{where}[{place}]")
        case _:
            raise InvalidValue(f"{type(value).__name__} has no canonical form", where=where)


def nfc(text: str) -> str:
    """Return `text` in Unicode normal form C, as all text but quotations is kept."""
    return unicodedata.normalize("NFC", text)
