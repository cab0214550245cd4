"""The events under a bundle of leaves, as a published log has them: headers, and lines of the export."""

from collections.abc import Sequence

import msgspec

from domain.header import leaf_hash
from ledger.mapper import Stored
from ledger.mirroring.refusals import HeaderWrong

_LENGTH_BYTES = 2


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    header: msgspec.Raw
    body: msgspec.Raw = msgspec.Raw(b"")
    nonce: str = ""


_line = msgspec.json.Decoder(_Line)


def entries_in(data: bytes) -> list[bytes]:
    """Return the entries of a bundle.

    Raises:
        HeaderWrong: it ends in the middle of one.
    """
    found: list[bytes] = []
    place = 0
    while place < len(data):
        start = place + _LENGTH_BYTES
        place = start + int.from_bytes(data[place:start], "big")
        found.append(data[start:place])
    if place != len(data):
        raise HeaderWrong("a bundle of headers is cut")
    return found


def event_in(position: int, line: bytes) -> Stored:
    """Return the event in a line of the export.

    Raises:
        HeaderWrong: it is none.
    """
    try:
        found = _line.decode(line)
        nonce = bytes.fromhex(found.nonce)
    except (msgspec.DecodeError, ValueError):
        raise HeaderWrong("this is no line of an event", where=f"position {position}") from None
    told = bool(found.nonce)
    return Stored(position, bytes(found.header), bytes(found.body) if told else None, nonce if told else None)


def events_of(first: int, leaves: Sequence[bytes], entries: bytes | None, lines: bytes | None) -> list[Stored] | None:
    """Return the events from a position on whose leaves are given; None where only the tree is published.

    Raises:
        HeaderWrong: a header is missing, or is not the one of its leaf.
    """
    if entries is None and lines is None:
        return None
    headers = None if entries is None else entries_in(entries)[: len(leaves)]
    told = None if lines is None else lines.splitlines()[: len(leaves)]
    if told is None:
        events = [Stored(first + place, header, None, None) for place, header in enumerate(headers or ())]
    else:
        events = [event_in(first + place, line) for place, line in enumerate(told)]
    if headers is not None and [each.header for each in events] != headers:
        raise HeaderWrong("the lines of events are not those of the headers", where=f"from position {first} on")
    if len(events) != len(leaves):
        raise HeaderWrong(f"{len(events)} events are shown for {len(leaves)} leaves", where=f"from position {first} on")
    for event, leaf in zip(events, leaves, strict=True):
        if leaf_hash(event.header) != leaf:
            raise HeaderWrong("the header is not the one of its leaf", where=f"position {event.position}")
    return events
