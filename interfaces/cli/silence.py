"""`ledger1540 silence [DECISION]`: what runs under the no-objection procedure, until when, and whom it waits for."""

from typing import Annotated

import typer

from interfaces.cli.reading import OF_THE_RECORD, Answer, Request, reading


@reading(OF_THE_RECORD)
def silence(
    request: Request,
    name: Annotated[str | None, typer.Argument(metavar="DECISION", help="One procedure, in full.")] = None,
) -> Answer:
    """List no-objection procedures, or show one: its items, New York's clock, and each delegation with what it said."""
    from interfaces.cli.screens.silence import write_silence, write_silences
    from projections.silence import silence as of_decision
    from projections.silence import silences

    if name is not None:
        one = of_decision(request.of_record, name)
        return Answer(one, lambda: write_silence(one))
    found = silences(request.of_record)
    return Answer(found, lambda: write_silences(found))
