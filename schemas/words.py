"""Words for schemas: what a class and a field hold, said from what the struct itself says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

Node: TypeAlias = Mapping[str, Any]


class Form(NamedTuple):
    """A form of text with a name, known by what its pattern takes and refuses, however that is spelled."""

    name: str
    words: str
    fits: str
    misfits: str


FORMS = (
    Form("instant", "instant, UTC, six digits and Z", "2013-12-31T22:00:00.000000Z", "2013-12-31"),
    Form("date", "date, YYYY-MM-DD", "2013-12-31", "2013"),
    Form("sha256", "SHA-256, lower-case hex", "0123456789abcdef" * 4, "0" * 32),
    Form("uuid", "UUID, lower case", "01234567-89ab-cdef-0123-456789abcdef", "0" * 32),
    Form("state", "State, ISO 3166 alpha-3", "KEN", "Ken"),
    Form("party", "State, organization, sector or other, state:KEN", "state:KEN", "KEN"),
    Form("letter", "letter in the register, year/number", "2013/152", "2013"),
    Form("cell", "cell of a template", "T2011/op3cd-5-nw-legal", "T2011"),
    Form("stream", "stream, letters, digits and . _ / -", "matrix/KEN/7", "matrix KEN"),
    Form("name", "name, letters, digits and . _ -", "T2011-T2017", "matrix/KEN"),
)


def form(pattern: str) -> Form | None:
    """Return the form of text that a pattern describes, if it has a name."""
    for known in FORMS:
        if re.search(pattern, known.fits) and not re.search(pattern, known.misfits):
            return known
    return None


def first_sentence(docstring: str | None) -> str:
    """Return the first sentence of a docstring, on one line, without its full stop."""
    line = " ".join((docstring or "").split())
    return re.split(r"(?<=[.!?])\s", line, maxsplit=1)[0].removesuffix(".")


def said(name: str, node: Node) -> str:
    """Return what a member holds: the words of its name, then its kind."""
    words = name.replace("_", " ").strip()
    return f"{words[:1].upper()}{words[1:]}: {kind(node)}"


def kind(node: Node) -> str:
    """Return the kind of value that a JSON Schema describes: `instant, UTC, six digits and Z, or null`."""
    given: object = node.get("description")
    match node:
        case {"anyOf": [*choices]}:
            some = [kind(choice) for choice in choices if choice != {"type": "null"}]
            return " or ".join(some) + (", or null" if {"type": "null"} in choices else "")
        case {"type": "array"}:
            return f"list, each {kind(node['items'])}"
        case {"type": "object", "title": str(title)}:
            return title
        case _ if isinstance(given, str):
            return first_sentence(given)
        case {"enum": [*choices]}:
            return "one of " + ", ".join(map(str, choices))
        case {"type": "string", "pattern": str(pattern)}:
            known = form(pattern)
            return known.words if known else f"text of the form {pattern}"
        case {"type": "integer"}:
            return f"integer{_bounds(node)}"
        case {"type": "boolean"}:
            return "true or false"
        case _:
            return "text"


def _bounds(node: Node) -> str:
    least, most = node.get("minimum"), node.get("maximum")
    largest = 2**53 - 1
    lower = "" if least in (None, -largest) else f" from {least}"
    return lower + ("" if most in (None, largest) else f" to {most}")
