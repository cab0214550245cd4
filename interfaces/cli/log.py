"""`ledger1540 log STATE CELL`: every change of one cell, with what it said before."""

from typing import Annotated

import typer

from domain.matrix.answer import answer
from domain.refusals import MalformedInput
from interfaces.bootstrap import opened, question_of, settings
from interfaces.cli import options as o
from interfaces.cli.output import write_json
from projections.axes import Asked
from projections.log import log as logged
from projections.matrix import full_name
from projections.question import Question


def log(
    state: o.State,
    cell: Annotated[str, typer.Argument(metavar="CELL", help="The cell, with or without its template in front.")],
    home: o.Home = None,
    actor: o.Actor = None,
    as_of: o.AsOf = None,
    recorded_by: o.RecordedBy = None,
    reading: o.ReadingOption = "corrected",
    json: o.Json = False,
    replay: o.Replay = False,
) -> None:
    """Tell every change of a cell, the last first, and of the cells of earlier templates that it reads through."""
    asked = Asked(as_of=as_of, recorded_by=recorded_by, standing="working", reading=reading)
    chosen = settings(home, actor)
    with opened(chosen) as record:
        question = question_of(record, chosen.actor, state, asked, replay=replay)
        view = logged(question, _full(question, cell))
        if json:
            write_json(view)
            return
        from interfaces.cli.screens.trace import write_log

        write_log(question, view)


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
