"""Schemas of the stream by fingerprint: what a consumer looks up to know how a value was written.

A fingerprint is Avro's own: SHA-256 of the schema in parsing canonical form, in hex. `fingerprints.json` beside the
golden files has them all, so that any program that reads JSON finds the schema file.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, cast

import msgspec

from schemas import golden

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

INDEX = "fingerprints.json"


class UnknownSchema(LookupError):
    """A fingerprint of no frozen schema: the value was written by another program, or by a later version."""


class Subject(msgspec.Struct, frozen=True):
    """The schema of the values of one type version: its fingerprint, and its file in the folder."""

    fingerprint: str
    schema: str


def fingerprint(schema: str) -> str:
    """Return the fingerprint of an Avro schema."""
    import fastavro.schema as of

    form = cast("Callable[[object], str]", of.to_parsing_canonical_form)
    taken = cast("Callable[[str, str], str]", of.fingerprint)
    return taken(form(json.loads(schema)), "SHA-256")


@cache
def subjects() -> Mapping[str, Subject]:
    """Return every type version with its schema, sorted by name."""
    data = golden.folder().joinpath(INDEX).read_bytes()
    return msgspec.json.decode(data, type=dict[str, Subject])


@cache
def _by_fingerprint() -> Mapping[str, str]:
    return {subject.fingerprint: kind for kind, subject in subjects().items()}


def kind_of(found: str) -> str:
    """Return the type version whose values are written by the schema with a fingerprint.

    Raises:
        UnknownSchema: there is none.
    """
    try:
        return _by_fingerprint()[found]
    except KeyError:
        raise UnknownSchema(f"no schema here has the fingerprint {found}") from None
