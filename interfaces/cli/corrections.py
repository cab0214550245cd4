"""`ledger1540 corrections`: what was corrected, voided and entered late."""

from typing import Annotated

import typer

from domain.refusals import MalformedInput
from domain.times import parse
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

    if month is not None:
        check_month(month)
    with request.asking(VIEW) as asking:
        found = listed(asking, month=month)
    return Answer(found, lambda: write_corrections(found))


def check_month(written: str) -> None:
    """Refuse what is no month of a year."""
    try:
        precision = parse(written)[1]
    except MalformedInput:
        precision = None
    if precision != "month":
        raise MalformedInput(f"{written!r} is no month", where="--month", remedy="write a month as 2013-12")
