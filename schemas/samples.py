"""Values that satisfy a JSON Schema, the same ones each time: what golden instances are made of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any, TypeAlias
from uuid import NAMESPACE_URL, uuid5

from schemas.words import form

Node: TypeAlias = Mapping[str, Any]

# Everything that a careless encoder spells another way: quotes, escapes, controls, beyond ASCII, beyond U+FFFF.
AWKWARD = 'Loi n° 2013-12, « armes »: "A\\B"/C\t1\n2\r3\b4\f5\x00\x1f\x7f\u2028 – é, ß, Ж, 中文, \ufffd, 🕊'
_PLAIN: Mapping[str, tuple[str, ...]] = {
    "allowed": ("X", "?"),
    "aspect": ("legal", "enforcement"),
    "confidence": ("high", "medium"),
    "language": ("en", "fr"),
    "media_type": ("text/plain", "application/pdf"),
    "section": ("op2", "op3cd"),
    "value": ("X", "?"),
    "weapon": ("nw", "cw"),
}
_STATES = ("KEN", "FRA", "GBR", "ZAF", "NZL", "URY", "JPN")


class NoSample(ValueError):
    """A schema for which no value is known; a new form of text needs a sample here and words beside it."""


def sample(schema: Node, seed: str, *, full: bool) -> object:
    """Return a value that `schema` admits, chosen by `seed`.

    Args:
        schema: a JSON Schema as `schemas.generate` writes it.
        seed: what the choice depends on, and nothing else.
        full: every member filled, lists of two and awkward texts; else nulls, the shortest lists, plain texts.

    Raises:
        NoSample: a pattern for which no value is known.
    """
    match schema:
        case {"anyOf": [*choices]}:
            some = [choice for choice in choices if choice != {"type": "null"}]
            return sample(some[0], seed, full=full) if full or len(some) == len(choices) else None
        case {"type": "object"}:
            named: Mapping[str, Node] = schema["properties"]
            return {name: sample(member, f"{seed}.{name}", full=full) for name, member in named.items()}
        case {"type": "array"}:
            size: int = 2 if full else schema.get("minItems", 0)
            return [sample(schema["items"], f"{seed}.{place}", full=full) for place in range(size)]
        case {"enum": [*choices]}:
            return choices[_number(seed) % len(choices)]
        case {"type": "boolean"}:
            return full
        case {"type": "integer"}:
            return _integer(schema, seed)
        case {"type": "string"}:
            return _text(schema, seed, full)
        case _:
            raise NoSample(f"{seed}: no sample for {schema}")


def _number(seed: str) -> int:
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:6], "big")


def _integer(schema: Node, seed: str) -> int:
    least: int = max(schema.get("minimum", 0), 0)
    most: int = min(schema.get("maximum", least + 98), least + 98)
    return least + _number(seed) % (most - least + 1)


def _text(schema: Node, seed: str, full: bool) -> str:
    pattern: str | None = schema.get("pattern")
    if pattern is not None:
        known = form(pattern)
        found = _of_form(known.name if known else "", seed)
        if not re.search(pattern, found):
            raise NoSample(f"{seed}: no sample for the pattern {pattern}")
        return found
    name = [part for part in seed.split(".") if not part.isdigit()][-1]
    plain = _PLAIN.get(name)
    text = plain[_number(seed) % len(plain)] if plain else f"The {name.replace('_', ' ')} of this example"
    awkward = f"{text}. {AWKWARD}" if full and plain is None else text
    longest: int | None = schema.get("maxLength")
    return awkward[:longest]


def _of_form(name: str, seed: str) -> str:
    number = _number(seed)
    year = 2020 + number % 6 if seed.endswith("_to") else 2000 + number % 17  # periods end after they begin
    day = f"{year}-{1 + number % 12:02}-{1 + number % 28:02}"
    match name:
        case "instant":
            return f"{day}T{number % 24:02}:{number % 60:02}:{number % 59:02}.{number % 1_000_000:06}Z"
        case "date":
            return day
        case "sha256":
            return hashlib.sha256(seed.encode()).hexdigest()
        case "uuid":
            return str(uuid5(NAMESPACE_URL, f"ledger1540:{seed}"))
        case "state":
            return _STATES[number % len(_STATES)]
        case "party":
            return f"organization:example-{number % 100}"
        case "letter":
            return f"{2000 + number % 17}/{1 + number % 300}"
        case "cell":
            return f"T2011/op3cd-{1 + number % 14}-{('nw', 'cw', 'bw')[number % 3]}-legal"
        case "stream":
            return f"example/{number % 100}"
        case "name":
            return f"example-{number % 100}"
        case _:
            return ""
