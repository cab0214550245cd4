"""Who acts in the simulation: opaque ids that say of themselves that they are simulated, with roles on record."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from domain.actor import DelegateRole, GrantRole, RegisterActor, WithdrawRole
from interfaces.demo.dates import START, instant, weekday

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interfaces.demo.plan import Plan

SECRETARIAT = "sim-secretariat-1"
SECOND_SECRETARIAT = "sim-secretariat-2"
EXPERTS = 8
"""Up to eight by resolution 1977 (2011), up to nine since 2055 (2012)."""
NINTH_EXPERT = date(2012, 7, 16)
CHAIRS = (2004, 2006, 2008, 2010, 2011, 2013, 2015, 2017, 2019, 2021, 2023, 2025, 2027)
"""The years in which a Chair begins, and after the last the year in which it ends."""


def expert(number: int) -> str:
    """Return the id of an expert, from 1."""
    return f"sim-expert-{number}"


def chair(day: date) -> str:
    """Return the id of who is in the chair on a day."""
    return f"sim-chair-{sum(year <= day.year for year in CHAIRS)}"


def of_state(code: str) -> str:
    """Return the id of who acts for a State."""
    return f"sim-state-{code.lower()}"


class Cast:
    """Registers actors and grants their roles."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def founder(self) -> None:
        """Register the first actor, who grants all others their roles."""
        self._enter(START, SECRETARIAT, "office", "secretariat")

    def everyone(self, codes: Sequence[str], admitted: Mapping[str, date]) -> None:
        """Register the others: at the start, or when their time comes; for a State admitted since, the day after."""
        for number in range(1, EXPERTS + 1):
            self._enter(date(2005, 3, 1), expert(number), "person", "expert")
        self._enter(NINTH_EXPERT, expert(EXPERTS + 1), "person", "expert")
        self._enter(date(2008, 1, 2), SECOND_SECRETARIAT, "office", "secretariat")
        self._enter(date(2006, 9, 1), "sim-auditor-1", "person", "auditor")
        for number in (1, 2, 3):
            self._enter(START, f"sim-member-{number}", "office", "member")
        for first, end in pairwise(CHAIRS):
            begins = max(weekday(date(first, 1, 1)), START)
            self._enter(begins, chair(begins), "office", "chair", until=date(end - 1, 12, 31))
        for code in codes:
            day = weekday(admitted[code] + timedelta(days=1)) if code in admitted else date(2004, 5, 3)
            self._enter(day, of_state(code), "office", "state", code)
        self._stand_in()

    def _enter(self, day: date, name: str, kind: str, role: str, scope: str = "", until: date | None = None) -> None:
        at = instant(day, 14)
        registered = RegisterActor(
            id=f"sim/actor/{name}",
            actor=SECRETARIAT,
            name=name,
            kind="person" if kind == "person" else "office",
        )
        self._plan.add(at, registered)
        granted = GrantRole(
            id=f"sim/actor/{name}/{role}",
            actor=SECRETARIAT,
            to=name,
            granted_role=role,
            scope=scope,
            valid_from=None if until is None else day.isoformat(),
            valid_to=None if until is None else until.isoformat(),
        )
        self._plan.add(at, granted)

    def _stand_in(self) -> None:
        """Let an expert pass the role on for a summer, and leave years later."""
        self._enter(date(2009, 6, 1), "sim-expert-reserve", "person", "public")
        delegated = DelegateRole(
            id="sim/actor/sim-expert-reserve/delegated",
            actor=expert(2),
            to="sim-expert-reserve",
            delegated_role="expert",
            valid_from="2009-06-01",
            valid_to="2009-09-30",
        )
        self._plan.add(instant(date(2009, 6, 1), 15), delegated)
        left = WithdrawRole(
            id="sim/actor/sim-member-3/left",
            actor=SECRETARIAT,
            of="sim-member-3",
            withdrawn_role="member",
            reason="SIMULATED: the term of this member ended",
        )
        self._plan.add(instant(date(2013, 12, 31), 14), left)
