"""The whole history as a plan: from a seed and a number of States to every command in recorded order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from interfaces.demo import (
    backfill,
    correspondence,
    deadlines,
    laws,
    meetings,
    mistakes,
    organizations,
    outreach,
    people,
    practices,
    reference,
    silences,
    treaties,
    visits,
    working_days,
    working_groups,
)
from interfaces.demo.aftermath import Aftermath
from interfaces.demo.agenda import Agenda
from interfaces.demo.assistance import Assistance
from interfaces.demo.cast import Cast
from interfaces.demo.committee import Committee
from interfaces.demo.contacts import Contacts
from interfaces.demo.dates import END, later, weekday
from interfaces.demo.dice import Dice
from interfaces.demo.exchange import Exchange
from interfaces.demo.matrix import Matrix
from interfaces.demo.office import Office
from interfaces.demo.plan import Plan
from interfaces.demo.register import Register
from interfaces.demo.reporting import LATE_ADMITTED, MEMBERS, Desk, first_report, more, share
from interfaces.demo.stages import EXAMPLE, stages
from interfaces.demo.yearly import Yearly
from ledger.vault import simulated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from domain.template import Field

ON_PAPER = 3
"""A place in the list whose first revision was on paper only and is entered years later."""


class History(NamedTuple):
    """A plan, and the States in it in their shuffled order."""

    plan: Plan
    codes: Sequence[str]


def history(seed: int, states: int = MEMBERS) -> History:
    """Return the history that a seed gives; the same seed and number give the same commands."""
    plan, dice = Plan(), Dice(seed, states, "Committee")
    cast = Cast(plan)
    cast.founder()
    order = shuffled(reference.codes(states), dice)
    fields = reference.enter(plan)
    office = Office(plan, Dice(seed, states, "office"), _since_the_start(Dice(seed, states, "others")), order)
    cast.everyone(order, reference.admitted_late())
    agenda, paper = Agenda(plan, dice), backfill.Late()
    informants = more(states, seed)
    matrices = [
        _matrix(office, agenda, paper, code, slot, (seed, states), fields, slot in informants)
        for slot, code in enumerate(order)
    ]
    backfill.enter_all(plan, paper, matrices, dice)
    agenda.meet()
    Yearly(office).all()
    _committee(office, seed, matrices)
    return History(plan, order)


def _since_the_start(dice: Dice) -> list[str]:
    """Return the States that are on record since the start, in an order of chance."""
    return dice.shuffled([code for code in reference.codes(MEMBERS) if code not in reference.admitted_late()])


def _committee(office: Office, seed: int, matrices: Sequence[Matrix]) -> None:
    """Plan what the Committee, its Secretariat and its experts do beside the matrices."""
    committee, register = Committee(office), Register(office)
    committee.enter()
    working_days.enter(office)
    people.enter(office, committee)
    meetings.enter(office, committee)
    working_groups.enter(office, committee)
    organizations.enter(office)
    correspondence.enter(office, register, [each.code for each in matrices if each.silent])
    Contacts(office, partial(simulated.sealed, seed)).enter()
    Assistance(office, committee).enter()
    visits.enter(office)
    practices.enter(office)
    laws.enter(office, matrices)
    treaties.enter(office)
    outreach.enter(office)
    deadlines.enter(office)
    silences.enter(office, committee)
    mistakes.enter(office, register)


def shuffled(codes: Sequence[str], dice: Dice) -> list[str]:
    """Return States in the order of chance that decides about their stories.

    The first of `codes` is the example and stays first. A State admitted since 2004 is put where reports come late
    enough: that is all that a real fact decides here.
    """
    late = [code for code in codes if code in reference.admitted_late()]
    order = [codes[0], *dice.shuffled([code for code in codes[1:] if code not in late])]
    for code in late:
        order.insert(dice.whole(min(share(LATE_ADMITTED, len(codes)), len(order)), len(order)), code)
    return order


def _matrix(
    office: Office,
    agenda: Agenda,
    paper: backfill.Late,
    code: str,
    slot: int,
    seed: tuple[int, int],
    fields: Mapping[str, Sequence[Field]],
    informs: bool,
) -> Matrix:
    dice = Dice(*seed, "State", slot)
    plan = office.plan
    desk = Desk(plan, code, dice)
    exchange = Exchange(office, code, Dice(*seed, "exchange", slot), always=slot == EXAMPLE)
    reported = first_report(slot, seed[1], dice)
    if reported is not None:
        desk.report(reported)
        if informs:
            _informed(desk, reported, dice)
        elif dice.chance(0.15):
            desk.no_change(dice.day(later(reported, 700), later(END, -30)), reported)
    aftermath = Aftermath(plan, agenda, exchange, code, dice)
    matrix = Matrix(plan, code, slot, desk=desk, aftermath=aftermath, templates=fields, dice=dice)
    for place, stage in enumerate(stages(slot, reported, dice)):
        on_paper = slot != EXAMPLE and (slot == ON_PAPER or dice.chance(0.06))
        if place == 0 and on_paper and stage.template == "T2005" and stage.sealed < backfill.SEALED_BY:
            revision = backfill.from_paper(paper, matrix, stage)
            matrix.aftermath.settled(revision, weekday(later(backfill.PAPER_FILES, 1)))
        else:
            matrix.go_through(stage)
    matrix.aftermath.examined(matrix.revisions)
    return matrix


def _informed(desk: Desk, reported: date, dice: Dice) -> None:
    for _ in range(dice.whole(1, 4)):
        desk.additional(dice.day(later(reported, 300), later(END, -60)))
