"""`ledger1540 corrections`: what was corrected, voided and entered late."""

from typing import Annotated

import typer

from interfaces.cli.reading import OF_ACTS, Answer, Request, reading


@reading(OF_ACTS)
def corrections(
    request: Request,
    month: Annotated[
        str | None, typer.Option("--month", metavar="YYYY-MM", help="One month of recording, act by act.")
    ] = None,
) -> Answer:
    """Say what was corrected, voided and entered late, by month and role, and how long after it was known."""
    from interfaces.cli.screens.lists import write_corrections
    from projections.views.corrections import VIEW
    from projections.views.corrections import corrections as listed

    with request.asking(VIEW) as asking:
        found = listed(asking, month=month)
    return Answer(found, lambda: write_corrections(found))
