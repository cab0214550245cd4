"""`ledger1540 list KIND`: what the record keeps, by kind."""

from typing import Annotated

import typer

from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading
from projections.kinds import KINDS


@reading(OF_A_VIEW)
def list(  # noqa: A001 - a verb is a function of its name
    request: Request,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of {', '.join(KINDS)}.")],
) -> Answer:
    """List all that is on record of one kind: States, actors and their roles, meetings, letters, laws and others."""
    from interfaces.cli.screens.references import write_references
    from projections.views.references import VIEW, references

    with request.asking(VIEW) as asking:
        found = references(asking, kind)
    return Answer(found, lambda: write_references(found))
