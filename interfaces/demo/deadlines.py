"""Deadlines of the twelfth programme that the Committee moves or gives up in the simulation."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.deadline import DropDeadline, ExtendDeadline
from domain.duty import deadline_of
from interfaces.demo.cast import SECRETARIAT
from interfaces.demo.dates import meeting_from

if TYPE_CHECKING:
    from interfaces.demo.office import Office

MOVED, DROPPED = date(2014, 12, 11), meeting_from(date(2015, 3, 10)).day


def enter(office: Office) -> None:
    """Move the aim of reports from all States, and give up a duty that the next programme words anew."""
    office.decided("sim-universal-moved", "date for reports from all States", MOVED)
    moved = ExtendDeadline(
        id="sim/deadline/UNIVERSAL/moved",
        actor=SECRETARIAT,
        deadline=deadline_of("UNIVERSAL"),
        duty="UNIVERSAL",
        due="2016-12-31",
        decision="sim-universal-moved",
        reason="SIMULATED: some States have not reported",
    )
    office.enter(MOVED, 16, moved)
    office.decided("sim-metrics-dropped", "work on ways of quantifying results", DROPPED)
    dropped = DropDeadline(
        id="sim/deadline/METRICS/dropped",
        actor=SECRETARIAT,
        deadline=deadline_of("METRICS"),
        duty="METRICS",
        decision="sim-metrics-dropped",
        reason="SIMULATED: the next programme words it anew",
    )
    office.enter(DROPPED, 16, dropped)
