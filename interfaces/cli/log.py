"""`ledger1540 log STATE CELL`: every change of one cell, with what it said before; or every event of a duty."""

from typing import Annotated

import typer
from msgspec.structs import replace

from domain.duty import duty_of
from domain.matrix.answer import answer
from domain.refusals import MalformedInput
from interfaces.cli import options as o
from interfaces.cli.reading import OF_A_CELL, Answer, Request, reading
from projections.log import log as logged
from projections.matrix import full_name
from projections.question import Question

DEADLINES = "deadline/"


@reading(OF_A_CELL)
def log(
    request: Request,
    state: Annotated[str | None, typer.Argument(metavar="STATE", help=o.STATE, show_default=False)] = None,
    cell: Annotated[
        str | None,
        typer.Argument(metavar="CELL", help="The cell, with or without its template in front.", show_default=False),
    ] = None,
    duty: Annotated[
        str | None,
        typer.Option("--duty", metavar="DUTY", help="Instead, every event of a duty; `ledger1540 due` names them."),
    ] = None,
) -> Answer:
    """Tell every change of a cell, the last first, and of the cells of earlier templates that it reads through.

    Or with --duty, or of `deadline/annual-review/2013`, tell every event that opened a duty, served it or closed it,
    in order of knowing, and every message about it with its Message-ID.
    """
    if duty is None and cell is None and state is not None and state.startswith(DEADLINES):
        return _of_duty(request, duty_of(state.removeprefix(DEADLINES)))
    if duty is not None and state is None:
        return _of_duty(request, duty)
    if duty is not None or state is None or cell is None:
        raise MalformedInput(
            "a log is of a cell or of a duty",
            where="STATE CELL",
            remedy="name a State and a cell, a deadline, or a --duty",
        )
    question = request.question(state, standing="working")
    view = logged(question, _full(question, cell))

    def screen() -> None:
        from interfaces.cli.screens.trace import write_log

        write_log(question, view)

    return Answer(view, screen)


def _of_duty(request: Request, duty: str) -> Answer:
    from interfaces.cli.screens.duties import write_duty_log
    from projections.bearing import VIEWS
    from projections.duty_log import duty_log

    with request.asking(*VIEWS) as asking:
        found = duty_log(replace(asking, axes=request.today), request.record, duty)
    return Answer(found, lambda: write_duty_log(found))


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
