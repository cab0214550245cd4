"""What is wrong with a file: file, row, column, and what to do; all of it is collected before anything is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.refusals import MalformedInput, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN = 20
"""How many faults are shown; the rest is counted."""


class RowsRefused(MalformedInput):
    """Rows of a file are refused; nothing was recorded."""


class Fault(NamedTuple):
    """One thing that is wrong, at a row (a line of the file, from 1) and a column or member."""

    file: str
    row: int
    column: str
    what: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}, row {self.row}" + (f", {self.column}" if self.column else "")
        return f"{place}: {self.what}" + (f" ({self.remedy})" if self.remedy else "")


class Counts:
    """How many rows of a list were blank, repeated an earlier one, or were on record already."""

    def __init__(self) -> None:
        self.blank = self.repeated = self.on_record = 0


class Faults:
    """The faults of one import, in the order in which they were found, and what else a reading has to tell."""

    def __init__(self, kept: int = SHOWN) -> None:
        self.first: list[Fault] = []
        self.count = 0
        self.rows: set[int] = set()
        """The rows, of one file, that have a fault."""
        self.counts = Counts()
        self.ended = False
        """True where nothing after the last fault could be read."""
        self._kept = kept
        self.said: dict[str, None] = {}
        """What is no fault, but a person is told: what was not read, and what was done about it."""

    def __bool__(self) -> bool:
        return self.count > 0

    def add(self, file: str, row: int, column: str, what: str, remedy: str = "") -> None:
        """Keep a fault; those beyond the ones that are shown are only counted."""
        self.count += 1
        self.rows.add(row)
        if len(self.first) < self._kept:
            self.first.append(Fault(file, row, column, _one_line(what), _one_line(remedy)))

    def end(self, file: str, row: int, what: str, remedy: str) -> None:
        """Keep a fault after which nothing can be read."""
        self.add(file, row, "", what, remedy)
        self.ended = True

    def say(self, file: str, what: str) -> None:
        """Tell a person what is no fault, once."""
        self.said[_one_line(f"{file}: {what}")] = None

    def take(self, file: str, row: int, refusal: Refusal, column: str = "") -> None:
        """Keep a refusal as a fault; where it was found within the row becomes the column."""
        self.add(file, row, column or refusal.where, refusal.what, refusal.remedy)

    def take_all(self, others: Faults) -> None:
        """Keep the faults of another reading too."""
        self.count += others.count
        self.said |= others.said
        self.first = [*self.first, *others.first][: self._kept]

    def refusal(self, said: str = "cannot be read", also: Sequence[str] = ()) -> RowsRefused:
        """Return the refusal that tells them all, under what else is to be told of the files."""
        rows = "1 fault" if self.count == 1 else f"{self.count} faults"
        listed = [f"  {fault}" for fault in self.first[:SHOWN]]
        if self.count > len(listed):
            listed.append(f"  and {self.count - len(listed)} more")
        head = f"what was to be imported {said}: {rows}; nothing was recorded"
        return RowsRefused("\n".join([head, *(f"  {each}" for each in also), *listed]))


def _one_line(text: str, longest: int = 400) -> str:
    """Return `text` without line breaks and other control characters, and not longer than a person reads."""
    line = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)
    return line if len(line) <= longest else line[: longest - 1] + "…"
