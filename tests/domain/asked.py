"""What is due, asked of the events themselves: every stream is read, and what stands of it kept."""

from collections.abc import Sequence

from domain.calendar import Due, Facts, due
from domain.deciding import RecordView, stands_at
from domain.standing import Cut


def facts_at(record: RecordView, cut: Cut) -> Facts:
    """Return everything that stands at a cut, in order of (known_at, root position)."""
    streams = dict.fromkeys(event.header.stream for event in record.after(0))
    families = (family for stream in streams for family in record.history(stream).families())
    found = [(family.root.position, family.standing(cut.position, cut.noticed_by)) for family in families]
    known = [(root, event) for root, event in found if event is not None and event.header.known_at <= cut.known_at]
    known.sort(key=lambda each: (each[1].header.known_at, each[0]))
    return Facts(event for _, event in known)


def due_at(record: RecordView, cut: Cut, states: Sequence[str] = ()) -> tuple[Due, ...]:
    """Return what is due at a cut."""
    return due(stands_at(record, cut), cut.known_at, facts=facts_at(record, cut), states=states)
