"""`ledger1540 due`: what is due, and by which rule."""

from interfaces.cli.reading import OF_A_LIST, Answer, Request, reading
from projections.duties import duties


@reading(OF_A_LIST)
def due(request: Request) -> Answer:
    """Say what is due now or was as of a date: dated duties by date, then those that are never overdue."""
    found = duties(request.record, request.reader, request.today, request.now)

    def screen() -> None:
        from interfaces.cli.screens.duties import write_duties

        write_duties(request.today, found, synthetic=request.record.simulation)

    return Answer(found, screen)
