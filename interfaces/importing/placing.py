"""Where in a file that came back stands what a rule refuses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from domain.correcting import Correct
from domain.exchange.comments import CommentOnMatrix
from domain.matrix.commands import AssessCells
from interfaces.importing.returned import ASKED, EDITED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.deciding import Command
    from domain.refusals import Refusal
    from interfaces.importing.comparing import CellChanged

_PART = re.compile(r"(?:cells|comments)\[(\d+)\]")
COLUMNS = {name: name for name in (*EDITED, *ASKED)} | {"document_id": "document"}


def placed_in(name: str, changes: Sequence[CellChanged]) -> Callable[[Command, Refusal], Refusal]:
    """Return what tells of a refused command in which row of a file that stands, and in which column."""
    rows = {each.given.cell: each.given.row for each in changes}
    acts = {each.act.id: each.given.row for each in changes if each.act is not None}

    def placed(command: Command, refusal: Refusal) -> Refusal:
        row = acts.get(command.target) if isinstance(command, Correct) else rows.get(_cell(command, refusal.where))
        if row is None:
            return refusal
        column = COLUMNS.get(refusal.where.rpartition(".")[2])
        return refusal.at(f"{name}, row {row}" + (f", {column}" if column else ""))

    return placed


def _cell(command: Command, where: str) -> str:
    """Return the cell that a refusal is of, empty where it is of the whole command."""
    part = _PART.match(where)
    if part is None:
        return ""
    match command:
        case AssessCells(cells=given) | CommentOnMatrix(comments=given):
            return given[int(part[1])].cell
        case _:
            return ""
