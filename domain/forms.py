"""What the forms of values are called by people, in place of the patterns that a decoder names."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, get_args, get_type_hints

from msgspec import Meta

from domain import values


def _pattern(kind: object) -> str:
    return next(str(each.pattern) for each in get_args(kind) if isinstance(each, Meta))


WORDS: Final[Mapping[str, str]] = {
    _pattern(kind): words
    for kind, words in (
        (values.Instant, "an instant such as 2013-12-31T22:00:00.000000Z"),
        (values.Date, "a date such as 2013-12-31"),
        (values.Sha256, "a SHA-256 in lower-case hex"),
        (values.Uuid, "a UUID in lower case"),
        (values.StreamName, "a stream: A-Z a-z 0-9 . _ / -"),
        (values.Name, "a name of A-Z a-z 0-9 . _ -"),
        (values.StateCode, "an ISO 3166 alpha-3 code such as KEN"),
        (values.Party, "a party such as state:KEN, organization:wco, sector:industry or other:NAME"),
        (values.Addressee, "an addressee such as state:KEN, role:chair, contact:ID or organization:wco"),
        (values.LetterId, "the number of a letter such as 2013/45"),
        (values.CellId, "a cell such as T2011/op3cd-5-nw-legal"),
    )
}
"""What each pattern asks for."""


def in_words(said: str) -> str:
    """Return what a decoder said, its patterns in words."""
    for pattern, words in WORDS.items():
        said = said.replace(f"Expected `str` matching regex {pattern!r}", f"not {words}")
    return said


_NO_CHOICE = re.compile(r"Invalid enum value (.+) - at `\$\.([a-z_]+)(?:\[\.\.\.\])?`")


def choices_in_words(said: str, kind: type) -> str:
    """Return what a decoder of `kind` said; of a value that is none of a few, those are told."""
    found = _NO_CHOICE.fullmatch(said)
    if found is None:
        return said
    allowed = ", ".join(_choices(get_type_hints(kind).get(found[2])))
    return f"{found[1]} is none of {allowed} - at `$.{found[2]}`" if allowed else said


def _choices(kind: object) -> Iterator[str]:
    for each in get_args(kind):
        if isinstance(each, str):
            yield each
        else:
            yield from _choices(each)
