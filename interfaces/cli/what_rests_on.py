"""`ledger1540 what-rests-on DOCUMENT`: what on record rests on a document; or which cells rest on one that is gone."""

from typing import Annotated

import typer

from domain.refusals import MalformedInput
from domain.values import Standing
from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading


@reading(OF_A_VIEW)
def what_rests_on(
    request: Request,
    document: Annotated[str | None, typer.Argument(metavar="DOCUMENT", help="The document's id.")] = None,
    dead: Annotated[
        bool,
        typer.Option(
            "--dead", help="Instead: standing cells whose source was withdrawn, replaced, voided or is not on record."
        ),
    ] = False,
    standing: Annotated[
        Standing | None, typer.Option("--standing", help="Of cells, only those that stand in this standing.")
    ] = None,
) -> Answer:
    """Say what rests on a document: cells and where they stand, submissions, duties, decisions, steps, consents."""
    from interfaces.cli.screens.resting import write_dead, write_resting
    from projections.resting import dead_sources
    from projections.resting import what_rests_on as resting
    from projections.views.citations import VIEW

    if dead == (document is not None):
        raise MalformedInput("name a document, or say --dead, not both", where="DOCUMENT")
    with request.asking(VIEW) as asking:
        if document is None:
            gone = dead_sources(asking, request.facts, standing)
            return Answer(gone, lambda: write_dead(gone))
        found = resting(asking, request.facts, document, standing)
        return Answer(found, lambda: write_resting(found))
