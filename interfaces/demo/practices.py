"""Effective practices, their compilation and voluntary action plans in the simulation."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.practice.compilation import ApproveCompilation, DraftCompilation, ListCompilation, ShareCompilation
from domain.practice.plans import RecordPlan
from domain.practice.practices import RecommendPractice, ReportPractice, WithdrawPractice
from domain.submission import ReceiveSubmission
from interfaces.demo.cast import SECRETARIAT, expert
from interfaces.demo.dates import later, meeting_from, weekday
from interfaces.demo.organizations import MADE_UP

if TYPE_CHECKING:
    from interfaces.demo.office import Office

PRACTICES, PLANS = 30, 39
COMPILED = (2014, 2017, 2021)
"""The years in which a version of the compilation is approved."""
SINCE = date(2011, 9, 1)


def enter(office: Office) -> None:
    """Enter practices, the versions of their compilation, and plans; three practices and two plans at least."""
    names: list[tuple[date, str]] = []
    for number in range(1, office.share(PRACTICES, least=3) + 1):
        day = weekday(office.dice.day(SINCE, date(2013, 12, 2)) if number <= 3 else _any_day(office))
        names.append((day, _practice(office, number, day)))
    for year in COMPILED:
        _compilation(office, year, tuple(name for day, name in names if day.year < year))
    for number in range(1, office.share(PLANS, least=2) + 1):
        _plan(office, number, weekday(_any_day(office)), office.dice.pick(office.states))


def _any_day(office: Office) -> date:
    return office.dice.day(SINCE, date(2022, 6, 1))


def _practice(office: Office, number: int, day: date) -> str:
    """Report a practice; every second one is recommended to a State that asks, every seventh taken back at last."""
    name, key = f"sim-practice-{number}", f"sim/practice/{number}"
    office.paper(name, "description of an effective practice", day)
    reported = ReportPractice(
        id=key,
        actor=SECRETARIAT,
        practice=name,
        state=office.dice.pick(office.states),
        topics=("op3ab-1",),
        title=f"SIMULATED practice {number}",
        text="SIMULATED: how a register is kept",
        documents=(name,),
    )
    office.enter(day, 16, reported)
    if number % 2:
        asked = weekday(later(day, 90))
        office.paper(f"{name}-asked", "letter that asks for guidance", asked)
        office.paper(f"{name}-recommended", "letter of the Chair", weekday(later(asked, 20)))
        recommended = RecommendPractice(
            id=f"{key}/recommended",
            actor=SECRETARIAT,
            practice=name,
            asking_state=office.dice.pick(office.states),
            guidance="specific",
            request_document=f"{name}-asked",
            document=f"{name}-recommended",
        )
        office.enter(weekday(later(asked, 20)), 16, recommended)
    if number % 7 == 3:
        taken_back = WithdrawPractice(
            id=f"{key}/withdrawn", actor=SECRETARIAT, practice=name, reason="SIMULATED: the register was replaced"
        )
        office.enter(date(2023, 3, 1), 16, taken_back)
    return name


def _compilation(office: Office, year: int, practices: tuple[str, ...]) -> None:
    """Draft a version, have it approved by its text, list it and share it."""
    name, key = f"sim-compilation-{year}", f"sim/compilation/{year}"
    drafted, approved = date(year, 2, 3), meeting_from(date(year, 3, 10)).day
    text = office.paper(name, "compilation of effective practices", drafted)
    draft = DraftCompilation(
        id=key,
        actor=expert(2),
        compilation=name,
        title=f"SIMULATED compilation of {year}",
        document=name,
        practices=practices,
    )
    office.enter(drafted, 17, draft)
    office.decided(name, "compilation of effective practices", approved, rests_on=text)
    office.enter(
        approved, 16, ApproveCompilation(id=f"{key}/approved", actor=SECRETARIAT, compilation=name, decision=name)
    )
    shown = weekday(later(approved, 8))
    office.enter(
        shown,
        16,
        ListCompilation(id=f"{key}/listed", actor=SECRETARIAT, compilation=name, place="SIMULATED page of the website"),
    )
    office.paper(f"{name}-letter", "letter that shares the compilation", shown)
    shared = ShareCompilation(
        id=f"{key}/shared",
        actor=SECRETARIAT,
        compilation=name,
        document=f"{name}-letter",
        states=tuple(office.dice.some(office.states, 20)),
        organizations=MADE_UP[:3],
    )
    office.enter(shown, 17, shared)


def _plan(office: Office, number: int, day: date, state: str) -> None:
    """Receive a plan, and for every second one a later version."""
    for version in range(1, 2 + number % 2):
        name = f"sim-plan-{number}-{version}"
        office.paper(name, "voluntary action plan", day)
        received = ReceiveSubmission(
            id=f"sim/submission/{name}",
            actor=SECRETARIAT,
            submission=name,
            state=state,
            kind="action-plan",
            documents=(name,),
            received=day.isoformat(),
            note="SIMULATED",
        )
        office.enter(day, 16, received)
        brought = RecordPlan(
            id=f"sim/plan/{number}/{version}",
            actor=SECRETARIAT,
            plan=f"sim-plan-{number}",
            state=state,
            version=version,
            submission=name,
            valid_from=day.isoformat(),
            valid_to=later(day, 1460).isoformat(),
            note="SIMULATED",
        )
        office.enter(day, 17, brought)
        day = weekday(later(day, 900))
