"""`ledger1540 due`: what is due, and by which rule; of one role, working group or State; or as a calendar."""

from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading


@reading(OF_A_VIEW)
def due(
    request: Request,
    of: Annotated[
        str | None,
        typer.Option("--for", metavar="ROLE|GROUP|STATE", help="Only what is due of one, as chair, assistance or KEN."),
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write it as iCalendar to a file ending in .ics.")
    ] = None,
) -> Answer | None:
    """Say what is due now or was as of a date: dated duties by date, then those that are never overdue.

    With --for a State also the replies that are awaited of it, what is with the Committee, and its points of contact.
    """
    from interfaces.cli.outgoing import export_due
    from interfaces.cli.screens.duties import write_due_for, write_duties
    from projections.bearing import VIEWS
    from projections.due_for import due_for
    from projections.duties import duties

    if to is not None:
        export_due(request, to, of)
        return None
    with request.asking(*VIEWS) as asking:
        if of is not None:
            one = due_for(replace(asking, axes=request.today), request.record, of)
            return Answer(one, lambda: write_due_for(one))
        found = duties(replace(asking, axes=request.today), request.record)
    return Answer(found, lambda: write_duties(request.today, found, synthetic=request.record.simulation))
