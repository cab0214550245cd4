"""Answers with their proofs, as a reader may have them."""

import re
from collections.abc import Iterable

from domain.header import decode_header
from domain.matrix.documents import read_manifest
from domain.refusals import MalformedInput, NotFound, NotPermitted, Refusal
from ledger.mapper import Stored
from ledger.record import Record
from projections.axes import Asked as Written
from projections.axes import resolve
from projections.openness import MaySee
from projections.proving import bundle
from projections.proving.asked import Asked
from projections.proving.bundle import Point
from verifier.verify_bundle import Json, Refused, of_matrix, of_stream, whole

_HASH = re.compile(r'"([0-9a-f]{64})"')


class UpTo:
    """A record's positions, as far as they are sealed: what axes of time are found on."""

    def __init__(self, record: Record, through: int) -> None:
        self._record = record
        self.last_position = through

    def position_at(self, instant: str) -> int:
        """Return the last sealed position recorded by an instant."""
        return min(self._record.position_at(instant), self.last_position)

    def recorded_at(self, position: int) -> str:
        """Return when a position was recorded."""
        return self._record.recorded_at(position)


def matrix(record: Record, point: Point, seen: MaySee, *, state: str, cell: str | None, written: Written) -> bytes:
    """Return the bundle of what a State's matrix says at a place on the axes, or one cell of it.

    Raises:
        MalformedInput: a date that is none, or a time or position that is not sealed.
        NotPermitted: it rests on what the reader may not see.
    """
    axes = resolve(UpTo(record, point.through), written, record.now())
    position, recorded_at = axes.recorded_by.position, axes.recorded_by.recorded_at
    if recorded_at is None:
        raise MalformedInput("nothing was recorded by then", where="--recorded-by", remedy="name a later date")
    asked = Asked(record, point.through, seen)
    question: Json = {
        "about": "matrix",
        "state": state,
        "cell": cell,
        "as_of": written.as_of,
        "known_cut": axes.cut.known_at,
        "recorded_by": written.recorded_by,
        "position": position,
        "standing": axes.standing,
        "reading": axes.cut.reading,
    }
    try:
        found = of_matrix(asked, question, {"position": position, "recorded_at": recorded_at}, record.origin)
    except Refused as refused:
        raise NotPermitted(
            f"the answer rests on what you may not see ({refused})",
            remedy="ask for `--standing published`, or as somebody who reads the State's file",
        ) from None
    bundle.with_openings(record, asked)
    moments = (position, position + 1) if position < point.through else (position,)
    return bundle.of_answer(record, point, question | {"whole": whole(found)}, asked, moments)


def stream(record: Record, point: Point, seen: MaySee, name: str) -> bytes:
    """Return the bundle of all that is recorded in a stream, or that nothing is, with the manifests that it names."""
    asked = Asked(record, point.through, seen)
    readable = (each for each in record.stored_stream(name, point.through) if seen(decode_header(each.header)))
    documents = sorted(_manifests(record, readable))
    bundle.with_openings(record, asked)
    found = of_stream(asked, name, documents)
    question: Json = {"about": "stream", "stream": name, "documents": documents, "whole": whole(found)}
    return bundle.of_answer(record, point, question, asked, ())


def event(record: Record, point: Point, seen: MaySee, position: int) -> bytes:
    """Return the bundle that shows that an event is on record; that of a submission is its receipt.

    Raises:
        NotFound: there is no such position under the checkpoint.
    """
    if not 0 < position <= point.size:
        raise NotFound(f"position {position} is not on record", where="--event", remedy=f"the last is {point.size}")
    (stored,) = record.read(position, position)
    return bundle.of_event(record, point, position, disclosed=seen(decode_header(stored.header)))


def _manifests(record: Record, events: Iterable[Stored]) -> set[str]:
    """Return the hashes in some bodies that are those of manifests."""
    named = {digest for each in events for digest in _HASH.findall((each.body or b"").decode())}
    return {digest for digest in named if _is_manifest(record.document(digest))}


def _is_manifest(data: bytes | None) -> bool:
    try:
        return data is not None and bool(read_manifest(data))
    except Refusal:
        return False
