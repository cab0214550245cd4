"""JSON as people write it, read strictly: no member twice, no float, no large integer, text in NFC."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from domain.canonical import nfc
from domain.refusals import MalformedInput
from domain.values import LARGEST_INTEGER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]

DEEPEST = 20
VERBATIM = frozenset({"quotation", "words", "original", "json_schema", "avro_schema"})
"""Members that are kept as they stand: the words of a source, and frozen schemas."""


def read(text: str) -> object:
    """Return what a JSON text says, its text as it stands.

    Raises:
        MalformedInput: it is not JSON, or says what the record cannot keep.
    """
    try:
        return cast("object", _decoder.decode(text))
    except json.JSONDecodeError as error:
        place = f"character {error.pos + 1}"
        raise MalformedInput(f"not JSON: {error.msg}", where=place) from None
    except RecursionError:
        raise _too_deep("") from None


def is_plain(text: str) -> bool:
    """True for JSON that `normalised` would leave as it is: ASCII without escaped characters, and hardly nested."""
    return text.isascii() and "\\u" not in text and text.count("{") + text.count("[") <= DEEPEST


def normalised(value: object, *, member: str = "", verbatim: bool = False, depth: int = 0) -> Json:
    """Return decoded JSON with its text in NFC, but for what stands under a verbatim member.

    Raises:
        MalformedInput: text that is no text, or nesting that nobody means.
    """
    if depth > DEEPEST:
        raise _too_deep(member)
    match value:
        case str():
            return _text(value, member) if verbatim else nfc(_text(value, member))
        case bool() | int() | None:
            return value
        case dict():
            members = cast("Mapping[str, object]", value)
            return {
                _name(name, member): normalised(
                    each, member=f"{member}.{name}" if member else name, verbatim=name in VERBATIM, depth=depth + 1
                )
                for name, each in members.items()
            }
        case list() | tuple():
            entries = cast("Sequence[object]", value)
            return [
                normalised(each, member=f"{member}[{place}]", verbatim=verbatim, depth=depth + 1)
                for place, each in enumerate(entries)
            ]
        case _:
            raise MalformedInput(f"{type(value).__name__} is no JSON", where=member)


def _text(text: str, member: str) -> str:
    if "\x00" in text:
        raise MalformedInput("the text holds a NUL character", where=member, remedy="remove it")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise MalformedInput(
                "the text holds half of a surrogate pair", where=member, remedy="write UTF-8"
            ) from None
    return text


def _name(name: str, member: str) -> str:
    if not name.isascii():
        raise MalformedInput(f"member name {name!r} is not ASCII", where=member)
    return name


def _too_deep(member: str) -> MalformedInput:
    return MalformedInput(f"nested more than {DEEPEST} deep", where=member[:80])


def _object(members: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in members:
        if name in found:
            raise MalformedInput(f"member {name!r} stands twice", where=name, remedy="say it once")
        found[name] = value
    return found


def _integer(digits: str) -> int:
    if len(digits) <= 17 and abs(value := int(digits)) <= LARGEST_INTEGER:
        return value
    raise MalformedInput(f"integer {digits[:40]} is outside ±(2^53 - 1)", remedy="write it as text")


def _float(digits: str) -> float:
    raise MalformedInput(f"{digits[:40]} is a float", remedy="write a decimal as text")


_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer, parse_float=_float, parse_constant=_float)
