"""`ledger1540 show STATE [CELL]`: what a State's matrix says."""

from typing import Annotated

import typer

from interfaces.bootstrap import opened, question_of, settings
from interfaces.cli import options as o
from interfaces.cli.output import write_json
from projections.axes import Asked
from projections.matrix import only
from projections.matrix import show as shown


def show(
    state: o.State,
    cell: Annotated[
        str | None, typer.Argument(metavar="CELL", help="One cell, with or without its template in front.")
    ] = None,
    home: o.Home = None,
    actor: o.Actor = None,
    as_of: o.AsOf = None,
    recorded_by: o.RecordedBy = None,
    standing: o.StandingOption = "approved",
    reading: o.ReadingOption = "corrected",
    in_force_on: o.InForceOn = None,
    json: o.Json = False,
    replay: o.Replay = False,
) -> None:
    """Show what a State's matrix says, now or as of any past date."""
    asked = Asked(as_of=as_of, recorded_by=recorded_by, standing=standing, reading=reading, in_force_on=in_force_on)
    chosen = settings(home, actor)
    with opened(chosen) as record:
        question = question_of(record, chosen.actor, state, asked, replay=replay)
        matrix = shown(question)
        if cell is not None:
            matrix = only(matrix, cell)
        if json:
            write_json(matrix.view)
            return
        from interfaces.cli.screens.matrix import write_cell, write_matrix
        from projections.waiting import waiting

        if cell is not None and matrix.view.cells:
            write_cell(question, matrix)
        else:
            write_matrix(question, matrix, waiting(question, record))
