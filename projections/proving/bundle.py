"""The file that carries an answer: what it rests on, with a proof for each part."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from domain.header import decode_header
from ledger.mapper import Stored
from ledger.proving.head_tree import HeadProof, HeadTree
from ledger.record import Record
from projections.proving.asked import Asked
from verifier.verify_bundle import FORMAT, KEYS, KIND, LOG_OPENED, Json, number_of, written


class Point(NamedTuple):
    """Where a record stands proven: a signed checkpoint and its size; a seal under it, and the heads that it seals."""

    checkpoint: str
    size: int
    seal: int
    through: int
    heads: HeadTree


def of_answer(record: Record, point: Point, question: Json, asked: Asked, moments: Iterable[int]) -> bytes:
    """Return the bundle of an answer that rests on what was asked of the record; `moments` are positions it names."""
    whole = {name: asked.streams[name] for name in sorted(asked.streams) if asked.streams[name]}
    absent = [name for name in asked.streams if not asked.streams[name]]
    return _bundle(
        record,
        point,
        question,
        streams=[_whole(name, asked, point.heads) for name in whole],
        ranges={name: _gap(name, point.heads) for name in absent}
        | {prefix: _range(prefix, point.heads) for prefix in asked.prefixes},
        moments=[_header_alone(record, point, position) for position in moments],
        documents=list(asked.documents.values()),
    )


def with_openings(record: Record, asked: Asked) -> None:
    """Have an answer rest on the openings of the log too, if there were others before it."""
    if number_of(record.origin) > 1:
        asked.stream(KEYS)


def of_list(record: Record, point: Point, prefix: str) -> bytes:
    """Return the bundle of the list of all streams that begin with a prefix."""
    inside = [each for each in point.heads.under(prefix) if each.head.stream.startswith(prefix)]
    asked = Asked(record, point.through, lambda _header: True)  # keys are public
    with_openings(record, asked)
    keys = [_whole(KEYS, asked, point.heads)] if asked.streams.get(KEYS) else []
    streams = [_head(each) for each in inside if not keys or each.head.stream != KEYS]
    absent = {KEYS: _gap(KEYS, point.heads)} if KEYS in asked.streams and not keys else {}
    question: Json = {"about": "list", "prefix": prefix}
    ranges = {prefix: _range(prefix, point.heads)} | absent
    return _bundle(record, point, question, streams=[*streams, *keys], ranges=ranges)


def of_event(record: Record, point: Point, position: int, *, disclosed: bool) -> bytes:
    """Return the bundle of one event: that it is on record, not that nothing came after it."""
    event = _included(record, point, position, disclosed=disclosed)
    keys = record.stored_stream(KEYS, point.size) if number_of(record.origin) > 1 else []
    openings = [each.position for each in keys if decode_header(each.header).type == LOG_OPENED]
    moments = [_included(record, point, each, disclosed=True) for each in openings]
    question: Json = {"about": "event", "position": position, "whole": "body" in event}
    return _bundle(record, point, question, moments=moments, event=event)


def _bundle(
    record: Record,
    point: Point,
    question: Json,
    *,
    streams: Sequence[Json] = (),
    ranges: Json | None = None,
    moments: Sequence[Json] = (),
    documents: Sequence[str] = (),
    event: Json | None = None,
) -> bytes:
    seal = None if event is not None else _included(record, point, point.seal, disclosed=True)
    return written(
        {
            "bundle": KIND,
            "format": FORMAT,
            "question": question,
            "checkpoint": point.checkpoint,
            "seal": seal,
            "streams": list(streams),
            "ranges": ranges or {},
            "moments": list(moments),
            "event": event,
            "documents": sorted(documents),
        }
    )


def _whole(name: str, asked: Asked, heads: HeadTree) -> Json:
    found = heads.proof(name)
    assert found is not None  # noqa: S101 - it has events that are sealed
    events = [_event(stored, disclosed=disclosed) for stored, disclosed in asked.disclosed(name)]
    return {"stream": name, "events": events, "index": found.index, "proof": _coded(found.path)}


def _event(stored: Stored, *, disclosed: bool) -> Json:
    header = {"header": stored.header.decode()}
    if not disclosed or stored.body is None or stored.nonce is None:
        return header
    return header | {"body": stored.body.decode(), "nonce": stored.nonce.hex()}


def _included(record: Record, point: Point, position: int, *, disclosed: bool) -> Json:
    (stored,) = record.read(position, position)
    return _event(stored, disclosed=disclosed) | {"proof": _coded(record.inclusion(position, point.size))}


def _header_alone(record: Record, point: Point, position: int) -> Json:
    return _included(record, point, position, disclosed=False)


def _head(found: HeadProof) -> Json:
    head = found.head
    return {
        "stream": head.stream,
        "version": head.version,
        "leaf": head.leaf.hex(),
        "index": found.index,
        "proof": _coded(found.path),
    }


def _gap(name: str, heads: HeadTree) -> Json:
    before, after = (None if each is None else _head(each) for each in heads.neighbours(name))
    return {"before": before, "after": after}


def _range(prefix: str, heads: HeadTree) -> Json:
    under = heads.under(prefix)
    inside = [each.head.stream for each in under if each.head.stream.startswith(prefix)]
    before = [_head(each) for each in under if each.head.stream < prefix]
    after = [_head(each) for each in under if each.head.stream > prefix and each.head.stream not in inside]
    return {
        "before": before[0] if before else None,
        "after": after[0] if after else None,
        "names": inside,
    }


def _coded(hashes: Iterable[bytes]) -> list[str]:
    return [b64encode(each).decode() for each in hashes]
