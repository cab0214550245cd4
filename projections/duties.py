"""What is due at a place on the axes, as a reader may see it."""

import msgspec

from domain.access import Reader, may
from domain.audiences import COMMITTEE
from domain.calendar import due, to_json
from domain.times import new_york_date
from ledger.record import Record
from projections.axes import Axes
from projections.states import codes

PUBLIC_MEMBERS = ("duty", "paragraph", "kind", "text", "owes", "due", "due_policy", "last_day", "basis", "words")
"""What the programme itself says, which is public; how far a duty is, is the Committee's."""


class _Steps(msgspec.Struct, frozen=True):
    audience: tuple[str, ...]


def duties(record: Record, reader: Reader, axes: Axes, now: str) -> list[dict[str, object]]:
    """Return the duties at a place on the axes, as `due --json` gives them, each saying the place it was asked at."""
    day = new_york_date(axes.cut.known_at)
    reads = may(reader, _Steps(COMMITTEE), now)
    place = {"as_of": axes.as_of, "known_cut": axes.cut.known_at, "position": axes.recorded_by.position}
    shown: list[dict[str, object]] = []
    for entry in due(record, axes.cut, states=codes(record)):
        told = to_json(entry)
        if not reads and entry.kind == "recurring" and entry.last_day is not None and entry.last_day < day:
            continue  # a month past is only there because it was missed
        if not reads:
            kept = (*PUBLIC_MEMBERS, "wordings", "programme", "mandate")
            told = {name: value if name in kept else None for name, value in told.items()}
            if entry.extended_by is not None:
                told |= {"due": entry.due_before, "last_day": None}
        shown.append({**told, "withheld": not reads, **place})
    return shown
