"""The whole history as a plan: from a seed and a number of States to every command in recorded order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from interfaces.demo import backfill, reference
from interfaces.demo.aftermath import Aftermath
from interfaces.demo.agenda import Agenda
from interfaces.demo.cast import Cast
from interfaces.demo.dates import END, later, weekday
from interfaces.demo.dice import Dice
from interfaces.demo.matrix import Matrix
from interfaces.demo.plan import Plan
from interfaces.demo.reporting import LATE_ADMITTED, MEMBERS, Desk, first_report, more, share
from interfaces.demo.stages import EXAMPLE, stages
from interfaces.demo.yearly import Yearly

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
    fields = reference.enter(plan, order)
    cast.everyone(order, reference.admitted_late())
    agenda, paper = Agenda(plan, dice), backfill.Late()
    informants = more(states, seed)
    matrices = [
        _matrix(plan, agenda, paper, code, slot, (seed, states), fields, slot in informants)
        for slot, code in enumerate(order)
    ]
    backfill.enter_all(plan, paper, matrices, dice)
    agenda.meet()
    Yearly(plan).all()
    return History(plan, order)


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
    plan: Plan,
    agenda: Agenda,
    paper: backfill.Late,
    code: str,
    slot: int,
    seed: tuple[int, int],
    fields: Mapping[str, Sequence[Field]],
    informs: bool,
) -> Matrix:
    dice = Dice(*seed, "State", slot)
    desk = Desk(plan, code, dice)
    reported = first_report(slot, seed[1], dice)
    if reported is not None:
        desk.report(reported)
        if informs:
            _informed(desk, reported, dice)
        elif dice.chance(0.15):
            desk.no_change(dice.day(later(reported, 700), later(END, -30)), reported)
    matrix = Matrix(
        plan, code, slot, desk=desk, aftermath=Aftermath(plan, agenda, code, dice), templates=fields, dice=dice
    )
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
