"""The procedure's steps for a request, each with the day that the text or the house gives it, and when it was done."""

from collections.abc import Callable
from datetime import date
from typing import Literal

import msgspec

from domain.assistance.dates import a_year_after, allowed_from
from domain.assistance.life import Request
from domain.duty_station import HolidaysUnknown, WorkingDays
from domain.times import new_york_date
from domain.values import Instant

HANDLING_DAYS = 5
"""Full working days that the house gives itself for a step whose text has no number."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A step: its number in the procedure, when it falls, on which basis, when it was done, and if it is not to be.

    `on` is None where the procedure gives no day, or where the holidays that it depends on are not on record.
    """

    number: int
    name: str
    on: date | None
    basis: Literal["text", "internal", "none"]
    done: Instant | None
    waived: bool


def steps(request: Request, working_days: WorkingDays) -> tuple[Step, ...]:
    """Return the steps of a request in the order of the procedure; those after the finding are waived if informal."""
    received_at = request.received.received_at
    handled = _day(lambda: working_days.after(new_york_date(received_at), HANDLING_DAYS))
    discussed = bool({"discussion-asked", "discussed"} & request.done.keys())
    stopped = request.informal or request.condition in ("withdrawn", "closed")

    def step(
        number: int, name: str, on: date | None, basis: Literal["text", "internal", "none"], *, wish: str = ""
    ) -> Step:
        done = request.done.get(name)
        waived = done is None and (stopped or wish == "not")
        return Step(number=number, name=name, on=None if waived else on, basis=basis, done=done, waived=waived)

    def wished(wish: str) -> date | None:
        return _day(lambda: allowed_from(wish, received_at, working_days))

    listed = [
        step(1, "authenticated", handled, "internal"),
        step(2, "circulated", handled, "internal"),
        step(3, "acknowledged", handled, "internal"),
        step(4, "sent-on", wished(request.sending), "text", wish=request.sending),
        step(5, "summary-posted", wished(request.posting), "text", wish=request.posting),
        step(6, "match-proposed", None, "none"),
        step(8, "if-met-asked", a_year_after(received_at), "text"),
    ]
    return (*listed, step(10, "discussed", None, "none")) if discussed else tuple(listed)


def _day(work_out: Callable[[], date | None]) -> date | None:
    try:
        return work_out()
    except HolidaysUnknown:
        return None
