"""What is due at a place on the axes, as a reader may see it."""

from collections.abc import Iterable, Iterator

import msgspec

from domain.access import Reader, may
from domain.audiences import COMMITTEE
from domain.calendar import Due, due, to_json
from projections.bearing import Bearing
from projections.engine.answering import Asking
from projections.states import NamedStreams, members

PUBLIC_MEMBERS = ("duty", "paragraph", "kind", "text", "owes", "due", "due_policy", "last_day", "basis", "words")
"""What the programme itself says, which is public; how far a duty is, is the Committee's."""


class _Steps(msgspec.Struct, frozen=True):
    audience: tuple[str, ...]


def duties(asking: Asking, record: NamedStreams) -> list[dict[str, object]]:
    """Return the duties at a place on the axes, as `due --json` gives them, each saying the place it was asked at.

    They are judged from the events that the reader may see; `withheld_events` says how many others there are.
    """
    axes, found = asking.axes, Bearing(asking)
    place = {"as_of": axes.as_of, "known_cut": axes.cut.known_at, "position": axes.recorded_by.position}
    place["withheld_events"] = found.withheld
    states = members(record, axes.cut)
    entries = due(found.facts.standing, axes.cut.known_at, facts=found.facts, states=states)
    return [{**duty, **place} for duty in told(entries, reads=reads_progress(asking.reader, asking.now))]


def reads_progress(reader: Reader, now: str) -> bool:
    """True for who may see how far the Committee is."""
    return may(reader, _Steps(COMMITTEE), now)


def told(entries: Iterable[Due], *, reads: bool) -> Iterator[dict[str, object]]:
    """Yield duties as a reader is told of them who `reads` the Committee's progress, or does not.

    Who does not is not told of a month past, which stands before the present one only because it was missed.
    """
    for entry in entries if reads else {each.duty: each for each in entries}.values():
        duty = to_json(entry)
        if not reads:
            kept = (*PUBLIC_MEMBERS, "wordings", "programme", "mandate")
            duty = {name: value if name in kept else None for name, value in duty.items()}
            if entry.extended_by is not None:
                duty |= {"due": entry.due_before, "last_day": None}
        yield {**duty, "withheld": not reads}
