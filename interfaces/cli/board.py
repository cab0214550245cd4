"""`ledger1540 board`: how far each duty of a programme of work is."""

from typing import Annotated

import typer
from msgspec.structs import replace

from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading


@reading(OF_A_VIEW)
def board(
    request: Request,
    programme: Annotated[
        int | None,
        typer.Option("--programme", metavar="N", help="Which programme; by default the last that has begun."),
    ] = None,
) -> Answer:
    """Show the duties of a programme by paragraph: done, open, overdue or dropped, late or extended, and by what."""
    from interfaces.cli.screens.board import write_board
    from projections.bearing import VIEWS
    from projections.board import board as boarded

    with request.asking(*VIEWS) as asking:
        found = boarded(replace(asking, axes=request.today), request.record, programme)
    return Answer(found, lambda: write_board(found))
