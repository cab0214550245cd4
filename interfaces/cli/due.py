"""`ledger1540 due`: what is due, and by which rule."""

from msgspec.structs import replace

from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading


@reading(OF_A_VIEW)
def due(request: Request) -> Answer:
    """Say what is due now or was as of a date: dated duties by date, then those that are never overdue."""
    from interfaces.cli.screens.duties import write_duties
    from projections.bearing import VIEWS
    from projections.duties import duties

    with request.asking(*VIEWS) as asking:
        found = duties(replace(asking, axes=request.today), request.record)
    return Answer(found, lambda: write_duties(request.today, found, synthetic=request.record.simulation))
