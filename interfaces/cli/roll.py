"""`ledger1540 roll`: who the Committee is on a day."""

from typing import Annotated

import typer

from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading


@reading(OF_A_VIEW)
def roll(
    request: Request,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Who it is on that day; else on the day asked about.")
    ] = None,
) -> Answer:
    """Say who the Committee is on a day: its members, who presides, offices, working groups and experts."""
    from interfaces.cli.screens.roll import write_roll
    from projections.roll import roll as on_a_day
    from projections.views.references import VIEW

    with request.asking(VIEW) as asking:
        found = on_a_day(asking, on)
    return Answer(found, lambda: write_roll(found))
