"""Which revisions a State's matrix goes through, and when: one for each template, and some between."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from interfaces.demo.dates import later
from interfaces.demo.revision import Stage

if TYPE_CHECKING:
    from interfaces.demo.dice import Dice

LAST_ON_T2005 = date(2010, 3, 1)
EXAMPLE = 0
"""The place in the list whose matrix the documentation follows: it has every stage, and its dates suit the tour."""


def stages(slot: int, reported: date | None, dice: Dice) -> list[Stage]:
    """Return the revisions to come, in order; each is sealed well before the next is opened."""
    found = [*_on_t2005(slot, reported, dice)]
    found += _on_t2011(slot, bool(found), reported, dice)
    opened = dice.day(date(2017, 3, 6), date(2018, 8, 3))
    found.append(Stage("T2017", opened, later(opened, dice.whole(70, 150)), dice.whole(90, 125), "new template"))
    if slot == EXAMPLE or dice.chance(0.3):
        opened = dice.day(date(2019, 9, 2), date(2023, 3, 3))
        found.append(Stage("T2017", opened, later(opened, dice.whole(60, 110)), dice.whole(40, 80), "maintenance"))
    return found


def _on_t2005(slot: int, reported: date | None, dice: Dice) -> list[Stage]:
    if reported is None or reported >= LAST_ON_T2005:
        return []
    opened = max(dice.day(date(2005, 4, 18), date(2006, 10, 27)), later(reported, dice.whole(40, 160)))
    sealed = later(opened, dice.whole(70, 150))
    found = [Stage("T2005", opened, sealed, dice.whole(170, 265), "first")]
    if sealed < date(2008, 5, 1) and (slot == EXAMPLE or dice.chance(0.25)):
        opened = dice.day(date(2008, 9, 1), date(2010, 4, 1))
        found.append(Stage("T2005", opened, later(opened, dice.whole(50, 110)), dice.whole(25, 45), "maintenance"))
    return found


def _on_t2011(slot: int, goes_on: bool, reported: date | None, dice: Dice) -> list[Stage]:
    opened = dice.day(date(2011, 5, 2), date(2012, 12, 14))
    kind, cells = "new template", dice.whole(100, 145)
    sealed = later(opened, dice.whole(70, 150))
    if slot == EXAMPLE:
        opened, sealed, cells = date(2013, 1, 15), date(2013, 5, 14), 150
    elif not goes_on:
        opened = dice.day(date(2012, 3, 1), date(2013, 10, 1))
        kind = "first" if reported is not None and reported < opened else "pre-filled"
        cells = dice.whole(*((170, 265) if kind == "first" else (90, 150)))
        sealed = later(opened, dice.whole(70, 150))
    found = [Stage("T2011", opened, sealed, cells, kind)]
    if slot == EXAMPLE or dice.chance(0.3):
        opened = dice.day(date(2014, 9, 1), date(2016, 7, 1))
        found.append(Stage("T2011", opened, later(opened, dice.whole(50, 110)), dice.whole(30, 60), "maintenance"))
    return found
