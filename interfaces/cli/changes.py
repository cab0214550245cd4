"""`ledger1540 changes`: which cells came to say something in a period."""

from typing import Annotated

import msgspec
import typer

from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading
from projections.axes import span
from projections.states import find

OF_A_PERIOD = tuple(name for name in OF_A_VIEW if name != "as_of")
"""Options of a verb that asks about a period, whose end is the date of knowledge."""


@reading(OF_A_PERIOD)
def changes(
    request: Request,
    since: Annotated[
        str, typer.Option("--from", metavar="DATE", help="Known from a date on: 2013, 2013-12 or 2013-12-31.")
    ],
    until: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Known up to a date; by default the last event.")
    ] = None,
    state: Annotated[str | None, typer.Argument(metavar="STATE", help="Of one State: its code or its name.")] = None,
) -> Answer:
    """List the cells of one State or of all that came to say something in a period, and what they said before."""
    from interfaces.cli.screens.changes import write_changes
    from projections.origin import RecordOrigin
    from projections.views.changes import VIEW
    from projections.views.changes import changes as listed

    code = None if state is None else find(request.record, state)
    known_from, axes = span(request.axes, since, until)
    notice = RecordOrigin(request.record).notice(axes.cut.position)
    with request.asking(VIEW) as asking:
        placed = msgspec.structs.replace(asking, axes=axes)
        found = listed(placed, request.facts, known_from, state=code, notice=notice)
    return Answer(found, lambda: write_changes(found))
