"""Seeded chance: the same seed gives the same history on every machine and every Python."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


class Dice:
    """Chance built on `random()` alone, whose sequence Python promises to keep for a seed."""

    def __init__(self, *seed: object) -> None:
        self._next = Random("/".join(str(each) for each in seed)).random  # noqa: S311 - a seed, not secrecy

    def chance(self, of: float) -> bool:
        """Return true in the share `of` all cases."""
        return self._next() < of

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self._next() * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        """Return one of `items`."""
        return items[int(self._next() * len(items))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return `items` in an order of chance."""
        return [item for _, _, item in sorted((self._next(), place, item) for place, item in enumerate(items))]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """Return `count` different `items`, or all if there are fewer, in the order in which they are given."""
        order = sorted(range(len(items)), key=lambda _: self._next())[: max(count, 0)]
        return [items[place] for place in sorted(order)]

    def day(self, first: date, last: date) -> date:
        """Return a day from `first` to `last`; `first` where that is the later of the two."""
        return first + timedelta(days=self.whole(0, max((last - first).days, 0)))
