"""Planning back from a last day: until when each step has to be begun, so that none after it comes too late.

The full working days of a no-objection procedure are a setting of each, five where nothing else is said; all other
intervals are internal, since no resolution and no programme sets them.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

from domain.calendar.entries import Due
from domain.calendar.rungs import without_holidays
from domain.duty_station import HolidaysUnknown, WorkingDays
from domain.no_objection.commands import DAYS


class Intervals(msgspec.Struct, frozen=True, kw_only=True):
    """Full working days that the steps take: of the duty station, none of them the day on which one begins."""

    silence: int = DAYS
    extension: int = DAYS
    symbol: int = 2
    translation: int = 10
    draft: int = 5
    inputs: int = 10


class Latest(msgspec.Struct, frozen=True, kw_only=True):
    """The last day for a step: how many working days it leaves before the next, and by what authority.

    `lost` is a day that is over with the step not on record; `provisional` rests on holidays that nobody has listed.
    """

    step: str
    says: str
    day: date
    working_days: int
    basis: str
    done: bool
    lost: bool
    provisional: bool = False


def planned_back(duty: Due, station: WorkingDays, today: date, takes: Intervals | None = None) -> tuple[Latest, ...]:
    """Return the last day for each step of a duty, the first step first; none where it has no date."""
    if duty.last_day is None:
        return ()
    used = takes or Intervals()
    try:
        found = tuple(_back(duty, duty.last_day, station, today, used))
    except HolidaysUnknown:
        assumed = without_holidays(duty.last_day, station)
        found = tuple(replace(each, provisional=True) for each in _back(duty, duty.last_day, assumed, today, used))
    return found[::-1]


def lost_first(plan: Iterable[Latest]) -> Latest | None:
    """Return the first step whose day is over, else the one whose day is lost first; None where all is done."""
    left = [each for each in plan if not each.done]
    return next((each for each in left if each.lost), left[0] if left else None)


def _back(duty: Due, last: date, station: WorkingDays, today: date, takes: Intervals) -> Iterator[Latest]:
    """Yield the steps from the last one back; what comes before a step that is done is behind us as well."""
    done = {step.step for step in duty.steps if step.event_id is not None}
    day, behind = last, False
    for step, says, working_days, basis in _steps({step.step for step in duty.steps}, takes):
        day = station.before(day, working_days)
        while not station.works(day):
            day -= timedelta(days=1)
        behind = behind or step in done
        yield Latest(
            step=step,
            says=says,
            day=day,
            working_days=working_days,
            basis=basis,
            done=behind,
            lost=not behind and day < today,
        )


def _steps(named: set[str], takes: Intervals) -> Iterator[tuple[str, str, int, str]]:
    """Yield each step from the last one back, with the full working days that it leaves to the step after it."""
    if "transmitted" in named:
        yield "transmitted", "the letter of transmittal goes to the President of the Security Council", 0, "text"
        yield "symbol", "the symbol of the document is asked for", takes.symbol, "internal"
        yield (
            "translation",
            "the adopted text goes to translation into the official languages",
            takes.translation,
            "internal",
        )
    if "adopted" in named:
        yield "adopted", "the time of the no-objection procedure has run out", 0, "internal"
        yield "sent", "it is sent to all delegations, where no more time is asked for", takes.silence, "setting"
        yield (
            "sent-for-extension",
            "it is sent to all delegations, with room for one extension",
            takes.extension,
            "setting",
        )
        yield "draft", "the draft is whole", takes.draft, "internal"
        yield "inputs", "working groups and experts are asked for their parts", takes.inputs, "internal"
        yield "cut-off", "what is known by then goes into the draft", 0, "internal"
    if not named & {"transmitted", "adopted"}:
        yield "done", "the duty is done", 0, "text"
