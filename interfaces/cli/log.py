"""`ledger1540 log STATE CELL`: every change of one cell, with what it said before."""

from typing import Annotated

import typer

from domain.matrix.answer import answer
from domain.refusals import MalformedInput
from interfaces.cli import options as o
from interfaces.cli.reading import OF_A_CELL, Answer, Request, reading
from projections.log import log as logged
from projections.matrix import full_name
from projections.question import Question


@reading(OF_A_CELL)
def log(
    request: Request,
    state: o.State,
    cell: Annotated[str, typer.Argument(metavar="CELL", help="The cell, with or without its template in front.")],
) -> Answer:
    """Tell every change of a cell, the last first, and of the cells of earlier templates that it reads through."""
    question = request.question(state, standing="working")
    view = logged(question, _full(question, cell))

    def screen() -> None:
        from interfaces.cli.screens.trace import write_log

        write_log(question, view)

    return Answer(view, screen)


def _full(question: Question, cell: str) -> str:
    if "/" in cell:
        return full_name("", cell)
    found = answer(question.facts, question.state, question.axes.cut, "working").template
    if found is None:
        raise MalformedInput(
            f"{question.state} has no revision there, so {cell!r} needs its template",
            where="CELL",
            remedy=f"write T2017/{cell}",
        )
    return full_name(found.template, cell)
