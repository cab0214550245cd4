"""What the simulated cells say: values by chance, citing simulated documents with placeholder words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from domain.matrix.commands import AssessedCell
from domain.matrix.events import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.template import Field
    from interfaces.demo.dice import Dice
    from interfaces.demo.reporting import Paper

ORDINARY = ("X",) * 11 + ("?",) * 4 + ("NA",) + ("",) * 4
"""The values of an ordinary row, as often as they come."""
SOURCED = tuple(value for value in ORDINARY if value != "NA")
"""Those of a matrix filled in from public sources alone, each value of which cites one."""
STATEMENT = ("YES",) * 7 + ("",) * 3
NOT_APPLICABLE = "SIMULATED: not applicable"


@cache
def source(document: str, page: int, passage: int) -> Source:
    """Return a place in a simulated document, its words a placeholder."""
    return Source(
        document_id=document,
        locator=f"p. {page}, para. {passage}",
        quotation=f"SIMULATED passage {passage} on page {page}",
        language="en",
        translation="",
    )


def somewhere(dice: Dice, papers: Sequence[Paper]) -> Source:
    """Return a place in one of the documents on hand."""
    paper = dice.pick(papers)
    return source(paper.name, dice.whole(1, paper.pages), dice.whole(1, 4))


def assessed(
    dice: Dice, field: Field, papers: Sequence[Paper], year: int, values: Sequence[str] = ORDINARY
) -> AssessedCell:
    """Return a cell as an expert might have filled it in a year; nothing in it depends on which State it is."""
    value = dice.pick(values if "X" in field.allowed else STATEMENT)
    if value in ("NA", "") or not papers:
        return AssessedCell(cell=field.cell, value=value, sources=(), note=NOT_APPLICABLE if value == "NA" else "")
    since = until = None
    if dice.chance(0.25):
        since = f"{dice.whole(1975, year - 1)}-{dice.whole(1, 12):02}-01"
        if dice.chance(0.06):
            until = f"{dice.whole(year, year + 9)}-12-31"
    second = (somewhere(dice, papers),) if dice.chance(0.08) else ()
    return AssessedCell(
        cell=field.cell,
        value=value,
        sources=(somewhere(dice, papers), *second),
        in_force_from=since,
        in_force_to=until,
    )


def another(dice: Dice, field: Field, value: str) -> str:
    """Return a value that a cell's row allows, other than the one it has."""
    return dice.pick([each for each in field.allowed if each != value])
