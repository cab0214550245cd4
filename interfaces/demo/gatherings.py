"""One meeting in the simulation, from its plan to its record: noticed, papers sent before the start, held."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.meetings.holding import HoldMeeting, RecordMeeting
from domain.meetings.notice import AnnounceMeeting, DistributePapers
from domain.meetings.planning import PlanMeeting
from interfaces.demo.cast import SECRETARIAT
from interfaces.demo.dates import instant, later, weekday

if TYPE_CHECKING:
    from datetime import date

    from domain.meetings.planning import Kind
    from interfaces.demo.committee import Committee
    from interfaces.demo.office import Office

PLANNED, ANNOUNCED, PAPERS = 40, 14, 7
"""So many days before it, a meeting is planned and announced, and its papers go out."""
AFTER = 6
"""So many days after it, its summary is on record."""
RECORDED = 22
"""The hour at which what a meeting was is entered."""


class Gathering(NamedTuple):
    """A meeting to be: its name, day and hours."""

    name: str
    kind: Kind
    day: date
    starts: int
    ends: int
    group: str | None = None
    beside: tuple[str, ...] = ()


class Meetings:
    """Takes meetings through their life."""

    def __init__(self, office: Office, committee: Committee) -> None:
        self._office = office
        self._committee = committee

    def plan(self, meeting: Gathering) -> None:
        """Plan a meeting and announce it to the members on its day."""
        planned = PlanMeeting(
            id=f"sim/meeting/{meeting.name}",
            actor=SECRETARIAT,
            meeting=meeting.name,
            kind=meeting.kind,
            starts=instant(meeting.day, meeting.starts),
            ends=instant(meeting.day, meeting.ends),
            language="en",
            group=meeting.group,
            beside=meeting.beside,
        )
        self._office.enter(weekday(later(meeting.day, -PLANNED)), 19, planned)
        day = weekday(later(meeting.day, -ANNOUNCED))
        announced = AnnounceMeeting(
            id=f"sim/meeting/{meeting.name}/announced",
            actor=SECRETARIAT,
            meeting=meeting.name,
            sent=instant(day, 16),
        )
        self._office.enter(day, 20, announced)

    def papers(self, meeting: Gathering, title: str, *, late: bool = False) -> None:
        """Distribute a paper of a meeting to the members on its day, before the start or late."""
        day = meeting.day if late else weekday(later(meeting.day, -PAPERS))
        name = f"{meeting.name}-paper{'-late' if late else ''}"
        self._office.paper(name, title, day)
        sent = DistributePapers(
            id=f"sim/meeting/{name}",
            actor=SECRETARIAT,
            meeting=meeting.name,
            documents=(name,),
            sent=instant(day, meeting.starts, 30) if late else instant(day, 16),
        )
        self._office.enter(day, RECORDED - 1, sent)

    def held(self, meeting: Gathering, *, summary: bool = False, symbol: str | None = None) -> None:
        """Record that a meeting was held, by whom it was attended, and its record or summary."""
        there = self._committee.members(meeting.day)
        held = HoldMeeting(
            id=f"sim/meeting/{meeting.name}/held",
            actor=SECRETARIAT,
            meeting=meeting.name,
            started=instant(meeting.day, meeting.starts),
            attendance=there if meeting.group is None else tuple(self._office.dice.some(there, 11)),
        )
        self._office.enter(meeting.day, RECORDED, held)
        if not summary:
            return
        day, name = weekday(later(meeting.day, AFTER)), f"{meeting.name}-summary"
        self._office.paper(name, "summary of a meeting", day)
        recorded = RecordMeeting(
            id=f"sim/meeting/{name}",
            actor=SECRETARIAT,
            meeting=meeting.name,
            form="summary" if symbol is None else "record",
            document=name,
            symbol=symbol,
        )
        self._office.enter(day, 17, recorded)
