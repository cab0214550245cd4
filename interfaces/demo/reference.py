"""The reference facts, each entered when the simulated clock has reached its date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.state import RegisterState
from domain.template import AdoptTemplate
from interfaces import initialise
from interfaces.demo.cast import SECRETARIAT
from interfaces.demo.dates import START, instant, later, weekday

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.template import Field
    from interfaces.demo.plan import Plan

TEMPLATES = {"T2005": date(2005, 2, 15), "T2011": date(2011, 2, 15), "T2017": date(2017, 2, 14)}
"""When a template enters the simulated record; of the real ones we know the year."""
ADMITTED = (7, 15)
PROGRAMME = date(2013, 5, 31)


def registered_on(command: RegisterState) -> date:
    """Return when a State enters the simulated record: at the start, or in the summer of its admission."""
    return START if command.admitted <= START.year else date(command.admitted, *ADMITTED)


def codes(states: int) -> list[str]:
    """Return which States take part: Kenya, which the documentation uses, then by code."""
    found = sorted(c.state for c in initialise.states(SECRETARIAT) if isinstance(c, RegisterState))
    return ["KEN", *(code for code in found if code != "KEN")][:states]


def admitted_late() -> Mapping[str, date]:
    """Return the States admitted since the simulated record began, and when they enter it."""
    found = (c for c in initialise.states(SECRETARIAT) if isinstance(c, RegisterState))
    return {command.state: registered_on(command) for command in found if command.admitted > START.year}


def enter(plan: Plan) -> Mapping[str, Sequence[Field]]:
    """Enter everything at its date; return the fields of each template."""
    for command in initialise.types(SECRETARIAT):
        plan.add(instant(START, 13), command)
    for command in initialise.states(SECRETARIAT):
        day = registered_on(command) if isinstance(command, RegisterState) else _since(command.known)
        plan.add(instant(day, 15), command)
    for command in initialise.mandates(SECRETARIAT):
        plan.add(instant(weekday(_since(command.known)), 16), command)
    fields: dict[str, Sequence[Field]] = {}
    for command in initialise.templates(SECRETARIAT):
        if isinstance(command, AdoptTemplate):
            fields[command.template] = command.fields
            plan.add(instant(TEMPLATES[command.template], 15), command)
    for command, day in zip(initialise.mappings(SECRETARIAT), list(TEMPLATES.values())[1:], strict=True):
        plan.add(instant(day, 16), command)
    documents = initialise.documents()
    for place, command in enumerate(initialise.programme(SECRETARIAT)):
        plan.add(instant(PROGRAMME, 17), command, document=documents[0] if place == 0 else None)
    return fields


def _since(known: str | None) -> date:
    """Return a day by which what is known in a year, month or day can be entered."""
    match (known or START.isoformat()).split("-"):
        case [year]:
            return date(int(year), 7, 15)
        case [year, month]:
            return later(date(int(year), int(month), 1), 31)
        case written:
            return date(*map(int, written))
