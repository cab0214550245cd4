"""`ledger1540 consequences DECISION`: what a decision moved, opened, closed and took back, and what was sent."""

from typing import Annotated

import typer

from interfaces.cli.reading import OF_THE_RECORD, Answer, Request, reading


@reading(OF_THE_RECORD)
def consequences(
    request: Request,
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="The decision; `decisions` lists them.")],
) -> Answer:
    """Say what followed from a decision, also where it was voided: deadlines, approvals, publications, messages.

    Told is what rests on it, what rests on that, and so on, each with whether it still stands.
    """
    from interfaces.cli.screens.consequences import write_consequences
    from projections.consequences import consequences as followed

    found = followed(request.of_record, decision)
    return Answer(found, lambda: write_consequences(found))
