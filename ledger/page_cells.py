"""Searching pages: the cell events of a revision that stand at a cut, a binary search for each cell."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from domain.matrix.cells import Stands
from domain.standing import NO_LIMIT
from domain.values import Instant, Precision
from ledger.page import APART, Code, Page, instant

_LONGEST_PERIOD = 367 * 86_400_000_000
"""Microseconds: a fact dated to a month or year is known less than this after the period began."""


class Place(NamedTuple):
    """A cut in a page's numbers: known by, recorded by, and how far along the noticed axis."""

    known: int
    recorded: int
    noticed: int


class PageCells:
    """Cells of one revision from the State's page; what was touched since then has a later page for each cell."""

    def __init__(self, revision: int, place: Place, page: Page, later: Mapping[str, Page]) -> None:
        self._revision = revision
        self._place = place
        self._page = page
        self._later = later

    def last(self, cells: Iterable[str], before: int = NO_LIMIT) -> dict[str, Stands]:
        """Return, by cell, the last event known by the cut, late facts after position `before` left out."""
        if not self._later:
            return self._last(self._page, cells, before)
        names = list(cells)
        found = self._last(self._page, (cell for cell in names if cell not in self._later), before)
        for cell in names:
            if cell in self._later:
                found |= self._last(self._later[cell], (cell,), before)
        return found

    def _last(self, page: Page, cells: Iterable[str], before: int) -> dict[str, Stands]:
        # One call for all cells, and local names: this loop is what an answer waits for.
        found: dict[str, Stands] = {}
        place_of, starts = page.cells.get(self._revision, {}).get, page.starts
        known, position = page.known, page.position
        code, values, known_by = page.code, page.values, self._dates(page)
        recorded_by = min(self._place.recorded, before)
        page.draw_near()
        for cell in cells:
            place = place_of(cell)
            if place is None:
                continue
            first = starts[place]
            row = bisect_right(known, known_by, first, starts[place + 1])
            while row > first:
                row -= 1
                if code[row] != APART:
                    if position[row] <= recorded_by:
                        found[cell] = Stands(position[row], values[code[row]])
                        break
                else:
                    root, said = self._holds(page, row)
                    if said is not None and (root <= before or said.repairs):
                        found[cell] = Stands(position[row], said.value or "")
                        break
        return found

    def _dates(self, page: Page) -> int:
        """Return the number of the last date of a page that is known by the cut, -1 where none is."""
        return bisect_right(page.dates, self._place.known) - 1

    def _holds(self, page: Page, row: int) -> tuple[int, Code | None]:
        """Return a row's root, and its code if it is a cell's event that stands at the cut."""
        place, code = self._place, page.code[row]
        if code != APART:
            root = page.position[row]
            return root, page.codes[code] if root <= place.recorded else None
        apart = page.apart
        at = bisect_left(apart.row, row)
        said = page.codes[apart.code[at]]
        holds = (
            said.kind == "cell"
            and apart.from_position[at] <= place.recorded < apart.to_position[at]
            and apart.from_noticed[at] <= place.noticed < apart.to_noticed[at]
        )
        return apart.root[at], said if holds else None

    def late(self, after: int) -> Mapping[str, Stands]:
        """Return, by cell, the last late fact after a position that is known by the cut."""
        found: dict[str, Stands] = {}
        for page, cell, first, end in self._groups(later_than=after):
            for row in reversed(range(first, bisect_right(page.known, self._dates(page), first, end))):
                root, said = self._holds(page, row)
                if said is not None and root > after and not said.repairs:
                    found[cell] = Stands(page.position[row], said.value or "")
                    break
        return found

    def in_chain(self, cell: str, root: int) -> int | None:
        """Return the position of what stands in the chain of a root of a cell, whatever its known date."""
        page = self._later.get(cell, self._page)
        first, end = page.rows(self._revision, cell)
        apart = page.apart.row
        struck = apart[bisect_left(apart, first) : bisect_left(apart, end)]
        rows = [row for row in struck if self._holds(page, row)[0] == root]
        if not rows:
            return root if root <= self._place.recorded else None  # never struck: it stands itself
        return next((page.position[row] for row in rows if self._holds(page, row)[1] is not None), None)

    def perhaps_known(self) -> Iterator[tuple[Instant, Precision]]:
        """Yield the dates of events dated to a month or year that are known after the cut."""
        for page, _, first, end in self._groups():
            if page.imprecise:
                for row in range(bisect_right(page.known, self._dates(page), first, end), end):
                    known_at, (_, said) = page.dates[page.known[row]], self._holds(page, row)
                    if known_at - self._place.known > _LONGEST_PERIOD:
                        break
                    if said is not None and said.known_precision in ("month", "year"):
                        yield instant(known_at), said.known_precision

    def _groups(self, later_than: int = 0) -> Iterator[tuple[Page, str, int, int]]:
        """Yield where each cell's rows are, pages without an event after a position left out."""
        for page in (self._page, *self._later.values()):
            if page.latest(self._revision) > later_than:
                for cell, place in page.cells.get(self._revision, {}).items():
                    if page is not self._page or cell not in self._later:
                        yield page, cell, page.starts[place], page.starts[place + 1]
