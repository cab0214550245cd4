"""The story of one duty: every event known by a cut that opened it, served it, did a step, moved it or dropped it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

import msgspec

from domain.calendar.acts import acts_of, judged
from domain.calendar.answering import NO_FACTS, at_cut, wanted_at
from domain.calendar.entries import Expected
from domain.closing import Facts
from domain.closing.rules import place
from domain.deadline import DeadlineDropped, DeadlineExtended, DeadlineResumed, DeadlineSuspended
from domain.recorded import Recorded
from domain.standing import Stands
from domain.times import FAR_FUTURE, FAR_PAST
from domain.values import Instant

What = Literal["opens", "serves", "does a step", "moves", "suspends", "resumes", "drops"]


class Deed(msgspec.Struct, frozen=True):
    """An event of a duty's story, what it did, and whether what it opened still is; `of` names that."""

    event: Recorded
    what: tuple[What, ...]
    open: str | None


def story(
    standing: Stands, known_at: Instant, duty: str, *, facts: Facts = NO_FACTS, states: Sequence[str] = ()
) -> tuple[Expected, tuple[Deed, ...]] | None:
    """Return a duty as the last programme has it that had begun, and its events in order; None of one nobody named.

    The whole record is told, whatever programme was running.

    Raises:
        MalformedInput: the cut is not dated.
    """
    at = at_cut(standing, known_at, facts, states)
    named = [each for each in wanted_at(at) if each.duty == duty]
    if not named:
        return None
    ever = msgspec.structs.replace(named[-1], begins=FAR_PAST, since=FAR_PAST, until=FAR_FUTURE)
    found = judged(ever, at)
    events: dict[str, Recorded] = {}
    did: dict[str, list[What]] = defaultdict(list)

    def tell(event: Recorded, what: What) -> None:
        events[event.id] = event
        did[event.id].append(what)

    for event in found.openings:
        tell(event, "opens")
    for event in found.acts:
        tell(event, "serves")
    for event in acts_of(standing, ever):
        tell(event, _what(event))
    opened = {item.opened.id: item.of for item in found.items}
    for item in found.items:
        if item.opened.id not in events:
            tell(item.opened, "opens")
    deeds = (Deed(event, tuple(did[event.id]), opened.get(event.id)) for event in sorted(events.values(), key=place))
    return named[-1], tuple(deeds)


def _what(event: Recorded) -> What:
    match event.body:
        case DeadlineExtended():
            return "moves"
        case DeadlineSuspended():
            return "suspends"
        case DeadlineResumed():
            return "resumes"
        case DeadlineDropped():
            return "drops"
        case _:
            return "does a step"
