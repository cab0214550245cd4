"""`ledger1540 show STATE [CELL]`: what a State's matrix says."""

from typing import Annotated

import typer

from interfaces.cli import options as o
from interfaces.cli.reading import OF_A_MATRIX, Answer, Request, reading
from projections.matrix import only
from projections.matrix import show as shown


@reading(OF_A_MATRIX)
def show(
    request: Request,
    state: o.State,
    cell: Annotated[
        str | None, typer.Argument(metavar="CELL", help="One cell, with or without its template in front.")
    ] = None,
) -> Answer:
    """Show what a State's matrix says, now or as of any past date."""
    question = request.question(state)
    matrix = shown(question) if cell is None else only(question, shown(question), cell)

    def screen() -> None:
        from interfaces.cli.screens.matrix import write_cell, write_matrix
        from projections.waiting import waiting

        if cell is not None and matrix.view.cells:
            write_cell(question, matrix)
        else:
            write_matrix(question, matrix, waiting(question, request.record))

    return Answer(matrix.view, screen)
