"""Which States had not submitted a first report by a date: a list that can be cited and asked for again, to the letter.

It needs no event that freezes it (ADR 0015): what was known at a date is, at a position, the same for good.
"""

import msgspec

from domain import ids
from domain.access import may
from domain.canonical import encode, sha256
from domain.exchange.non_reporting import reason
from projections.duties import reads_progress
from projections.engine.answering import Answered, Asking, answer, over
from projections.meant import plain
from projections.received import inbox
from projections.states import NamedStreams, members, name_of


class NonReporter(msgspec.Struct, frozen=True, kw_only=True):
    """A State, under the name it had at the date asked, and why it has not reported, as it was learnt last."""

    state: str
    name: str
    reason: str | None


class NonReporters(Answered, frozen=True, kw_only=True):
    """The States by name, and of how many Members; None where that is withheld.

    `list_id` is the SHA-256 of the canonical JSON of `codes` (in order), `known_cut`, `position` and `reading`.
    """

    list_id: str | None
    members: int
    states: tuple[NonReporter, ...] | None


def non_reporters(asking: Asking, record: NamedStreams) -> NonReporters:
    """Return the Members without a first report at the place asked; a report that was taken back is none."""
    cut = asking.axes.cut
    found, states = inbox(asking), members(record, cut)
    heading = over(asking, found.withheld, any(row.synthetic for row in found.received))
    if not reads_progress(asking.reader, asking.now) or found.withheld:
        return answer(NonReporters, heading, list_id=None, members=len(states), states=None)
    reported = found.first_reports()
    missing = [state for state in states if state not in reported]
    frozen = {
        "codes": sorted(missing),
        "known_cut": cut.known_at,
        "position": cut.position,
        "reading": cut.reading,
    }
    listed = [
        NonReporter(state=state, name=name_of(record, state, cut), reason=_reason(asking, state)) for state in missing
    ]
    return answer(
        NonReporters,
        heading,
        list_id=sha256(encode(frozen)),
        members=len(states),
        states=tuple(sorted(listed, key=lambda each: (plain(each.name), each.state))),
    )


def _reason(asking: Asking, state: str) -> str | None:
    """Return what was learnt last of why a State has not reported, as far as the reader may see it."""
    standing = asking.source.history(ids.exchange(state)).standing(asking.axes.cut)
    found = reason(event for event in standing if may(asking.reader, event.header, asking.now))
    return None if found is None else found.reason
