"""`ledger1540 stats`: what the Committee did, in figures."""

from typing import Annotated, Literal

import typer

from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading


@reading(OF_A_VIEW)
def stats(
    request: Request,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="From the first day of a date, month or year.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="To the last day of a date, month or year.")
    ] = None,
    by: Annotated[Literal["month", "year"] | None, typer.Option("--by", help="Also for each month or year.")] = None,
    show: Annotated[
        str | None, typer.Option("--show", metavar="FIGURE", help="The events that one figure rests on.")
    ] = None,
) -> Answer:
    """Count the Committee's own work: what was received and done, and how long it took; by no State, never a score."""
    from interfaces.cli.screens.statistics import write_statistics
    from projections.periods import between
    from projections.statistics import VIEWS, statistics

    asked = between(first, last)
    with request.asking(*VIEWS) as asking:
        found = statistics(asking, request.record, asked, by=by, show=show)
    return Answer(found, lambda: write_statistics(found, by=by, show=show))
