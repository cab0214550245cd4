"""The yearly work step by step: which step of a programme of work or an annual review is missing, and on which day.

No programme and no resolution says when a step is taken, so the days are internal and shown as such.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import timedelta

import msgspec

from domain import programme
from domain.calendar.entries import Due
from domain.calendar.rungs import Offset, rung_at
from domain.calendar.short_clocks import Falling, falling
from domain.committee import groups
from domain.duty_station import WorkingDays
from domain.mandate import FIRST_PROGRAMME, instance, occurrence
from domain.period import holds
from domain.programme import ProgrammeAdopted
from domain.programme_papers import stage
from domain.recorded import Recorded
from domain.review import preparing
from domain.review.preparing import preparation
from domain.review.priorities import priorities
from domain.standing import Stands
from domain.times import new_york_date
from domain.values import Instant

OPEN = ("open", "overdue")
BEFORE_ADOPTION = frozenset(("cut-off", "input", "drafted"))
PRIORITIES_BEFORE = Offset(30)
"""How long before the last day of a programme it is said which priorities of the review it says nothing of."""


class Step(msgspec.Struct, frozen=True):
    """A step of a yearly duty, what is said while it is missing, and when, against the duty's last day."""

    name: str
    missing: str
    when: Offset


STEPS: Mapping[str, tuple[Step, ...]] = {
    "PoW": (
        Step("drafted", "no draft is on record", Offset(45)),
        Step("adopted", "it is not adopted", Offset(14)),
        Step("transmitted", "it is not transmitted to the President of the Security Council", Offset(5)),
        Step("symbol", "the symbol of its document is not on record", Offset(-21)),
    ),
    "REV": (
        Step("cut-off", "no data cut-off is set", Offset(60)),
        Step("input", "input is not on record of", Offset(35)),
        Step("drafted", "no draft is on record", Offset(21)),
        Step("adopted", "it is not adopted", Offset(14)),
        Step("transmitted", "it is not transmitted to the President of the Security Council", Offset(5)),
    ),
}
"""The steps in order; `T-45` of a programme due in May is in April, of one due in January in December."""


def when(step: str, duty: Due, station: WorkingDays) -> Instant | None:
    """Return the hour of a step of a yearly duty; None where it has no last day."""
    found = _steps(duty)
    if duty.last_day is None or step not in found:
        return None
    return rung_at(duty.last_day, found[step].when, station).at


def of_the_year(standing: Stands, duties: Sequence[Due], station: WorkingDays, since: Instant) -> Iterator[Falling]:
    """Yield the steps of yearly duties that are missing, on their days; moved with the duty where it is extended."""
    for duty in duties:
        if duty.last_day is None or occurrence(duty.duty) is None:
            continue
        for step in _missing(standing, duty):
            rung = rung_at(duty.last_day, step.when, station)
            says = f"{duty.text} ({duty.duty}): {step.missing}; the last day is {duty.last_day}"
            yield falling(duty.deadline, step.name, says, rung.day, rung.basis, since)


def _missing(standing: Stands, duty: Due) -> Iterator[Step]:
    done = _done(standing, duty)
    for name, step in _steps(duty).items():
        if name == "input":
            lacking = ", ".join(() if name in done else _without_input(standing, duty))
            if lacking and duty.status in OPEN:
                yield msgspec.structs.replace(step, missing=f"{step.missing} {lacking}")
        elif name not in done and ("transmitted" in done if name == "symbol" else duty.status in OPEN):
            yield step


def _steps(duty: Due) -> Mapping[str, Step]:
    yearly = occurrence(duty.duty)
    return {} if yearly is None else {step.name: step for step in STEPS[yearly[0]]}


def _done(standing: Stands, duty: Due) -> Set[str]:
    """Return the steps that are on record; what comes after a step leaves nothing to say of that."""
    kind, year = occurrence(duty.duty) or ("", 0)
    done = {step.step for step in duty.steps if step.event_id is not None}
    if kind == "PoW":
        found = stage(standing(programme.stream(year - FIRST_PROGRAMME)))
        told = (("drafted", bool(found.drafts)), ("symbol", found.symbol is not None))
    else:
        prepared = preparation(standing(preparing.stream(year)))
        told = (("cut-off", prepared.cut_off is not None), ("drafted", bool(prepared.drafted)))
    done |= {name for name, is_done in told if is_done}
    return done | (BEFORE_ADOPTION if "adopted" in done else frozenset())


def _without_input(standing: Stands, duty: Due) -> tuple[str, ...]:
    """Return the working groups of the last day that gave no input yet."""
    _, year = occurrence(duty.duty) or ("", 0)
    given = {each.group for each in preparation(standing(preparing.stream(year))).input}
    there = groups.groups(standing(groups.STREAM))
    return tuple(each.group for each in there if each.group not in given and holds(each, str(duty.last_day)))


def of_priorities(
    events: Sequence[Recorded], adopted: Mapping[int, Recorded], duties: Sequence[Due], station: WorkingDays
) -> Iterator[Falling]:
    """Yield the priorities of a review that are neither taken up nor set aside: before the next programme and after it.

    `adopted` are the programmes by the year in which they were due.
    """
    last_days = {duty.duty: duty.last_day for duty in duties}
    for name, priority in priorities(events).items():
        if priority.settled is not None:
            continue
        year, since = priority.stated.year, priority.event.header.recorded_at
        next_one = instance("PoW", year + 1)
        says = f"priority {name} of the review of {year} is neither taken up nor set aside"
        last, there = last_days.get(next_one), adopted.get(year + 1)
        if there is not None:
            day = new_york_date(there.header.known_at) + timedelta(days=1)
            after = max(since, there.header.recorded_at)
            told = f"{says} by {next_one}, which is adopted"
            yield falling(preparing.stream(year), f"priority.{name}.after", told, day, "internal", after)
        elif last is not None:
            rung = rung_at(last, PRIORITIES_BEFORE, station)
            told = f"{says}; {next_one} is due by {last}"
            yield falling(preparing.stream(year), f"priority.{name}.before", told, rung.day, rung.basis, since)


def adoptions(programmes: Sequence[Recorded]) -> Mapping[int, Recorded]:
    """Return the events by which programmes were adopted, by the year in which each was due."""
    return {
        event.body.programme + FIRST_PROGRAMME: event
        for event in programmes
        if isinstance(event.body, ProgrammeAdopted)
    }
