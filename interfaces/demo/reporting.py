"""Who reports when: the counts are the Committee's, which State it is follows from its place in a shuffled list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain.canonical import sha256
from domain.document import RegisterDocument, WithdrawDocument
from domain.submission import DeclareNoChange, ReadSubmission, ReceiveSubmission, WithdrawSubmission
from interfaces.demo.cast import SECRETARIAT, expert
from interfaces.demo.dates import instant, later, office_day, weekday
from interfaces.demo.dice import Dice

if TYPE_CHECKING:
    from interfaces.demo.plan import Plan

MEMBERS = 193
COUNTS = (
    (date(2004, 5, 10), date(2004, 12, 30), 97),
    (date(2005, 1, 4), date(2006, 4, 18), 129),
    (date(2006, 5, 1), date(2008, 7, 7), 155),
    (date(2008, 8, 1), date(2011, 4, 14), 168),
    (date(2011, 5, 2), date(2013, 12, 13), 169),
    (date(2014, 1, 6), date(2014, 4, 8), 172),
    (date(2014, 4, 14), date(2014, 11, 14), 173),
    (date(2014, 12, 1), date(2016, 4, 14), 176),
    (date(2016, 5, 2), date(2022, 12, 16), 185),
)
"""First reports received: from, to, and how many there were at the end of it."""
MORE = 124
"""States that had given additional information, after 2022."""
LATE_ADMITTED = 168
"""From this place in the list on, first reports come after every State of today had been admitted."""


class Paper(NamedTuple):
    """A simulated document that cells can cite."""

    name: str
    known: date
    pages: int


def share(count: int, states: int) -> int:
    """Return how many of `states` stand for `count` of all Member States."""
    return round(count * states / MEMBERS)


def first_report(slot: int, states: int, dice: Dice) -> date | None:
    """Return when the State in a place of the list sends its first report; None if it has not by 2024."""
    for first, last, count in COUNTS:
        if slot < max(share(count, states), 1):
            return weekday(dice.day(first, last))
    return None


def more(states: int, seed: int) -> frozenset[int]:
    """Return the places in the list of those who give additional information."""
    reporters = range(share(COUNTS[-1][2], states))
    return frozenset(Dice(seed, "more").some(reporters, share(MORE, states)))


class Desk:
    """Receives what a State sends, and finds what it has published."""

    def __init__(self, plan: Plan, code: str, dice: Dice) -> None:
        self._plan = plan
        self._code = code
        self._dice = dice
        self.papers: list[Paper] = []

    def paper(self, kind: str, title: str, day: date, source: str, distribution: str = "general") -> Paper:
        """Register a simulated document, whose text says that it is one."""
        name = f"sim-{kind}-{self._code.lower()}-{day.year}"
        while any(paper.name == name for paper in self.papers):
            name += "-bis"
        text = (
            f"SIMULATED. {title} {name}: this text stands for a document that does not exist. No State wrote it, "
            "and nothing in it is a fact about any State.\n"
        ).encode()
        command = RegisterDocument(
            id=f"sim/document/{name}",
            actor=SECRETARIAT,
            known=day.isoformat(),
            document=name,
            title=f"SIMULATED {title}",
            sha256=sha256(text),
            size=len(text),
            media_type="text/plain; charset=utf-8",
            language=self._dice.pick(("en", "en", "fr", "es", "ar", "ru", "zh")),
            source=source,
            dated=later(day, -self._dice.whole(0, 20)).isoformat(),
            received_at=instant(day, 15),
            sender="SIMULATED",
            distribution=distribution,
        )
        self._plan.add(instant(office_day(day), 16), command, document=text)
        paper = Paper(name, day, self._dice.whole(6, 40))
        self.papers.append(paper)
        return paper

    def report(self, day: date) -> None:
        """Receive the first report."""
        self._receive("first-report", self.paper("report", "first report", day, "simulated national report"))

    def _receive(self, kind: str, paper: Paper) -> str:
        name = paper.name
        command = ReceiveSubmission(
            id=f"sim/submission/{name}",
            actor=SECRETARIAT,
            known=paper.known.isoformat(),
            submission=name,
            state=self._code,
            kind=kind,
            documents=(name,),
            received=paper.known.isoformat(),
            note="SIMULATED",
        )
        self._plan.add(instant(office_day(paper.known), 16), command)
        return name

    def found(self, day: date) -> Paper:
        """Register what an expert found on simulated public websites."""
        return self.paper("website", "information from a public website", weekday(day), "simulated public website")

    def additional(self, day: date) -> Paper:
        """Receive additional information; some of it turns out to hold nothing new, or is taken back."""
        paper = self.paper("information", "additional information", weekday(day), "simulated national report")
        name = self._receive("additional-information", paper)
        if self._dice.chance(0.12):
            read = ReadSubmission(
                id=f"sim/submission/{name}/read",
                actor=expert(self._dice.whole(1, 8)),
                submission=name,
                note="SIMULATED: read, nothing new for the matrix",
            )
            self._plan.add(instant(office_day(later(max(paper.known, date(2005, 3, 7)), 20)), 20), read)
        elif self._dice.chance(0.04):
            withdrawn = WithdrawSubmission(
                id=f"sim/submission/{name}/withdrawn",
                actor=SECRETARIAT,
                submission=name,
                reason="SIMULATED: sent by mistake",
            )
            self._plan.add(instant(office_day(later(paper.known, 9)), 16), withdrawn)
        elif self._dice.chance(0.05):
            gone = WithdrawDocument(
                id=f"sim/document/{name}/withdrawn",
                actor=SECRETARIAT,
                document=name,
                reason="SIMULATED: the page is no longer there",
            )
            self._plan.add(instant(office_day(later(paper.known, 200)), 16), gone)
        return paper

    def no_change(self, day: date, since: date) -> None:
        """Receive the message that nothing has changed."""
        day = weekday(day)
        command = DeclareNoChange(
            id=f"sim/no-change/{self._code}/{day.year}",
            actor=SECRETARIAT,
            known=day.isoformat(),
            submission=f"sim-no-change-{self._code.lower()}-{day.year}",
            state=self._code,
            since=since.isoformat(),
            received=day.isoformat(),
        )
        self._plan.add(instant(office_day(day), 16), command)

    def on_hand(self, day: date) -> list[Paper]:
        """Return what cells can cite on a day."""
        return sorted((paper for paper in self.papers if paper.known < day), key=lambda paper: paper.known)
