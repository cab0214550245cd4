"""What bears on a duty among the events that stand: what does its steps, and what the table of closing says."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from domain import mandate, programme
from domain.calendar.entries import Expected
from domain.closing import Asked, Facts, Judged, rule_of
from domain.closing.rules import place
from domain.deadline import StepDone, stream
from domain.duty import deadline_of
from domain.programme import ProgrammeAdopted, ProgrammeTransmitted
from domain.recorded import Recorded
from domain.standing import Stands
from domain.values import Instant

Acts = Sequence[Recorded]
"""Events in the order in which they were known."""


class AtCut(msgspec.Struct, frozen=True, kw_only=True):
    """A cut at which duties are asked about: what stands there, the facts that close them, the Members, the day."""

    standing: Stands
    facts: Facts
    states: Sequence[str]
    known_at: Instant
    day: date


def acts_of(standing: Stands, wanted: Expected) -> Acts:
    """Return what bears on a duty: the events of its deadline, and of the programme of work that it asks for."""
    events = list(standing(stream(deadline_of(wanted.duty))))
    yearly = mandate.occurrence(wanted.duty)
    if yearly is not None and yearly[0] == "PoW":
        number = yearly[1] - mandate.FIRST_PROGRAMME
        there = standing(programme.stream(number))
        events += (event for event in there if isinstance(event.body, ProgrammeAdopted | ProgrammeTransmitted))
        events.sort(key=lambda event: event.header.known_at)
    return [event for event in events if wanted.since <= event.header.known_at < wanted.until]


def step_of(event: Recorded) -> str | None:
    """Return the step that an event does."""
    match event.body:
        case StepDone(step=step):
            return step
        case ProgrammeAdopted():
            return "adopted"
        case ProgrammeTransmitted():
            return "transmitted"
        case _:
            return None


def stepped(wanted: Expected, acts: Acts) -> Mapping[str, Recorded]:
    """Return the event of each step that is done: the first, or the last of a duty that goes on."""
    found: dict[str, Recorded] = {}
    for event in acts:
        step = step_of(event)
        if step is not None and not (wanted.closes and step in found):
            found[step] = event
    return found


def judged(wanted: Expected, at: AtCut) -> Judged:
    """Return what events say of a duty by its row of the table; nothing of one that the table does not know."""
    rule = rule_of(wanted.duty)
    if rule is None:
        return Judged()
    asked = Asked(
        facts=at.facts.until(wanted.until),
        standing=at.standing,
        states=at.states,
        at=at.known_at,
        day=at.day,
        begins=max(wanted.begins, wanted.since),
        until=wanted.until,
        due=wanted.due,
        period=wanted.period,
    )
    return rule.judge(asked)


def done_by(wanted: Expected, acts: Acts, found: Judged) -> Mapping[str, Recorded]:
    """Return the event of each step that is done, by its deadline or by what the table says.

    It is the first, or the last of a duty that goes on.
    """
    once = wanted.kind == "aim" or (wanted.closes and not wanted.encouraged)
    closing = found.closed if once else (found.acts or (None,))[-1]
    steps: dict[str, list[Recorded]] = {step.step: [] for step in wanted.steps}
    if not found.decides:
        for step, event in stepped(wanted, acts).items():
            steps.setdefault(step, []).append(event)
    for step, events in steps.items():
        told = found.steps.get(step) or (None if found.steps else closing)
        events.extend(() if told is None else (told,))
    chosen = min if wanted.closes else max
    return {step: chosen(events, key=place) for step, events in steps.items() if events}
