"""The Committee itself: fifteen members on any day, chairs with a vacancy between two, groups and their chairs.

Real are the permanent members, those of 2013 and 2014, and which member presided until 2024; all others sit by chance.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from domain.committee.groups import CloseGroup, EstablishGroup
from domain.committee.members import SeatMember
from domain.committee.offices import HoldOffice, LeaveOffice
from interfaces.demo.cast import CHAIRS, SECRETARIAT
from interfaces.demo.dates import END, START, meeting_from, weekday
from interfaces.demo.reference import admitted_late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.committee.offices import Office as OfficeName
    from interfaces.demo.office import Office

PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA")
KNOWN = {
    2004: ("ROU",),
    2006: ("SVK",),
    2008: ("CRI",),
    2009: ("MEX",),
    2011: ("ZAF",),
    2012: ("AZE", "GTM", "MAR", "PAK", "TGO"),
    2013: ("ARG", "AUS", "KOR", "LUX", "RWA"),
    2014: ("CHL", "JOR", "LTU", "NGA", "TCD"),
    2015: ("ESP",),
    2017: ("BOL",),
    2019: ("IDN",),
    2021: ("MEX",),
    2023: ("ECU",),
}
"""Whose term is known to begin in a year: all five of 2012 to 2014, else the member that came to preside."""
PRESIDED = ("ROU", "SVK", "CRI", "MEX", "ZAF", "KOR", "ESP", "BOL", "IDN", "MEX", "ECU")
EACH_YEAR = 5
GROUPS = {
    "monitoring": ("Monitoring and national implementation", "Suivi et mise en œuvre au niveau national"),
    "assistance": ("Assistance", "Assistance"),
    "cooperation": ("Cooperation with international organizations", "Coopération avec les organisations"),
    "transparency": ("Transparency and media outreach", "Transparence et relations avec les médias"),
}
ESTABLISHED = meeting_from(date(2009, 2, 10)).day
AD_HOC = ("comprehensive-review", meeting_from(date(2015, 5, 1)).day, date(2016, 12, 15))
"""A group for the comprehensive review of 2016, which then ends."""
VACANT_UNTIL, ACTING_UNTIL = date(2025, 1, 10), date(2025, 1, 26)
ELECTED = date(2025, 1, 24)
"""In January 2025 the chair is vacant, then an acting Chair presides until the one elected on the 24th begins."""


class Term(NamedTuple):
    """The days on which a State is a member."""

    state: str
    first: date
    last: date | None

    def covers(self, first: date, last: date) -> bool:
        """True where both days, and so all between, belong to the term."""
        return self.first <= first and (self.last is None or last <= self.last)


class Committee:
    """Seats members and gives them offices."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.terms = tuple(_terms(office.states))

    def members(self, day: date) -> tuple[str, ...]:
        """Return the fifteen members on a day."""
        return tuple(sorted(each.state for each in self.terms if each.covers(day, day)))

    def elected(self, first: date, last: date) -> list[str]:
        """Return the elected members that sit from one day to another, in an order of chance."""
        return self._office.dice.shuffled(
            [each.state for each in self.terms if each.last is not None and each.covers(first, last)]
        )

    def enter(self) -> None:
        """Enter terms, chairs and groups."""
        for term in self.terms:
            seated = SeatMember(
                id=f"sim/committee/{term.state}/{term.first}",
                actor=SECRETARIAT,
                state=term.state,
                valid_from=term.first.isoformat(),
                valid_to=None if term.last is None else term.last.isoformat(),
            )
            self._office.enter(max(weekday(date(term.first.year - 1, 11, 5)), START), 17, seated)
        self._chairs()
        self._groups()

    def _chairs(self) -> None:
        for (begins, ends), known in zip(pairwise(CHAIRS), (*PRESIDED, ""), strict=True):
            first, last = max(date(begins, 1, 1), START), date(ends - 1, 12, 31)
            others = self.elected(first, last)
            presides = known or others[0]
            vices = [each for each in others if each != presides][:2]
            for vice in vices:
                self._hold("vice-chair", vice, first, last)
            if begins != VACANT_UNTIL.year:
                self._hold("chair", presides, first, last)
                continue
            self._hold("acting-chair", vices[0], VACANT_UNTIL, date(2025, 3, 31), entered=VACANT_UNTIL)
            self._leave("acting-chair", vices[0], ACTING_UNTIL, "SIMULATED: a Chair was elected")
            self._hold("chair", presides, date(2025, 1, 27), last, entered=ELECTED)

    def _groups(self) -> None:
        self._office.decided("sim-working-groups", "establishment of four working groups", ESTABLISHED)
        for group, (title, title_fr) in GROUPS.items():
            self._establish(group, title, title_fr, ESTABLISHED, "sim-working-groups")
            for year in range(ESTABLISHED.year, END.year + 1):
                first, last = max(date(year, 1, 1), ESTABLISHED), date(year, 12, 31)
                chairs = self.elected(first, last)
                entered = max(weekday(date(year, 1, 2)), ESTABLISHED)
                self._hold("group-chair", chairs[0], first, last, group=group, entered=entered)
        name, begins, ends = AD_HOC
        title = "SIMULATED group on the comprehensive review"
        self._establish(name, title, "Groupe SIMULÉ sur l'examen d'ensemble", begins, None)
        closed = CloseGroup(
            id=f"sim/group/{name}/closed",
            actor=SECRETARIAT,
            group=name,
            valid_to=ends.isoformat(),
            reason="SIMULATED: the review is adopted",
        )
        self._office.enter(ends, 17, closed)

    def _establish(self, group: str, title: str, title_fr: str, day: date, decision: str | None) -> None:
        established = EstablishGroup(
            id=f"sim/group/{group}",
            actor=SECRETARIAT,
            group=group,
            title=title,
            title_fr=title_fr,
            valid_from=day.isoformat(),
            decision=decision,
        )
        self._office.enter(day, 17, established)

    def _hold(
        self,
        office: OfficeName,
        state: str,
        first: date,
        last: date,
        *,
        group: str | None = None,
        entered: date | None = None,
    ) -> None:
        held = HoldOffice(
            id=f"sim/office/{office}/{group or ''}/{state}/{first}",
            actor=SECRETARIAT,
            office=office,
            state=state,
            valid_from=first.isoformat(),
            valid_to=last.isoformat(),
            group=group,
        )
        self._office.enter(entered or max(weekday(date(first.year - 1, 12, 18)), START), 18, held)

    def _leave(self, office: OfficeName, state: str, last: date, reason: str) -> None:
        left = LeaveOffice(
            id=f"sim/office/{office}/{state}/left",
            actor=SECRETARIAT,
            office=office,
            state=state,
            valid_to=last.isoformat(),
            reason=reason,
        )
        self._office.enter(ELECTED, 17, left)


def signing_day(day: date) -> date:
    """Return the first working day from a day on on which somebody presides."""
    vacant = date(VACANT_UNTIL.year, 1, 1) <= day < VACANT_UNTIL
    return weekday(VACANT_UNTIL if vacant else day)


def _terms(states: Sequence[str]) -> Iterator[Term]:
    """Yield every term: the permanent ones, and five of two years beginning every year."""
    named = {state for known in KNOWN.values() for state in known} | {*PERMANENT, *admitted_late()}
    others = (state for state in states if state not in named)
    for state in PERMANENT:
        yield Term(state, START, None)
    for year in range(START.year - 1, END.year + 1):
        known = KNOWN.get(year, ())
        for state in (*known, *(next(others) for _ in range(EACH_YEAR - len(known)))):
            yield Term(state, max(date(year, 1, 1), START), date(year + 1, 12, 31))
