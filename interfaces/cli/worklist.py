"""`ledger1540 worklist`: what is to be done."""

from typing import Annotated

import typer

from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading
from projections.states import find


@reading(OF_A_VIEW)
def worklist(
    request: Request,
    states: Annotated[
        list[str] | None,
        typer.Argument(metavar="[STATE]...", help="Of these States; else of those that your roles are limited to."),
    ] = None,
) -> Answer:
    """Say what is to be done, the oldest first: what came in, drafts, comments, replies awaited, sources gone."""
    from interfaces.cli.screens.worklist import write_worklist
    from projections.worklist.listing import VIEWS
    from projections.worklist.listing import worklist as listed

    codes = [find(request.record, state) for state in states or ()]
    with request.asking(*VIEWS) as asking:
        found = listed(asking, request.facts, codes)
    return Answer(found, lambda: write_worklist(found))
