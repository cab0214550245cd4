"""A duty planned back from its last day, as the Committee's own readers see it."""

from datetime import date

import msgspec

from domain import duty_station
from domain.calendar import due
from domain.calendar.planning_back import Intervals, Latest, lost_first, planned_back
from domain.duty_station import NEW_YORK, working_days
from domain.refusals import MalformedInput, NotFound, NotPermitted
from domain.times import new_york_date
from projections.bearing import Bearing
from projections.close import close_to
from projections.duties import reads_progress
from projections.engine.answering import Answered, Asking, answer, over
from projections.states import members


class Plan(Answered, frozen=True, kw_only=True):
    """The last day for each step of a duty, the first step first, and the one that is lost first."""

    duty: str
    text: str
    paragraph: str
    words: str
    last_day: date
    intervals: Intervals
    steps: tuple[Latest, ...]
    lost_first: str | None


def plan_back(asking: Asking, name: str, takes: Intervals) -> Plan:
    """Return how a duty is planned back at the place asked.

    Raises:
        NotPermitted: how far the Committee is, is not the reader's to know.
        NotFound: no such duty is due there.
        MalformedInput: it has no date, or an interval is below nothing.
    """
    if not reads_progress(asking.reader, asking.now):
        raise NotPermitted("how far a duty is, is the Committee's to read", where="actor", remedy="name one who may")
    if min(msgspec.structs.astuple(takes)) < 0:
        raise MalformedInput("no step takes fewer days than none", where="--days", remedy="0 leaves a step out")
    found, cut = Bearing(asking), asking.axes.cut
    states = members(asking.source, cut)
    entries = {each.duty: each for each in due(found.facts.standing, cut.known_at, facts=found.facts, states=states)}
    duty = entries.get(name)
    if duty is None:
        known = close_to(name, {each: each for each in entries})
        raise NotFound(f"no duty {name!r} is due there", where="DUTY", remedy=known or "`ledger1540 due` names them")
    if duty.last_day is None:
        raise MalformedInput(f"{name} has no date", where="DUTY", remedy="`ledger1540 due` shows which have one")
    station = working_days(asking.source.history(duty_station.stream(NEW_YORK)).standing(cut))
    steps = planned_back(duty, station, new_york_date(cut.known_at), takes)
    lost = lost_first(steps)
    return answer(
        Plan,
        over(asking, found.withheld, any(row.synthetic for row in found.rows)),
        duty=duty.duty,
        text=duty.text,
        paragraph=duty.paragraph,
        words=duty.words,
        last_day=duty.last_day,
        intervals=takes,
        steps=steps,
        lost_first=None if lost is None else lost.step,
    )
