"""`ledger1540 what-rests-on DOCUMENT|law/LAW`: what rests on a document or a law; or on one that is gone."""

from typing import Annotated

import typer

from domain.refusals import MalformedInput
from domain.values import Standing
from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading


@reading(OF_A_VIEW)
def what_rests_on(
    request: Request,
    document: Annotated[
        str | None, typer.Argument(metavar="DOCUMENT", help="The document's id; `law/` and the id of a law.")
    ] = None,
    dead: Annotated[
        bool,
        typer.Option(
            "--dead",
            help="Instead: standing cells whose source was withdrawn, replaced, voided, is not on record, or is a "
            "repealed law.",
        ),
    ] = False,
    standing: Annotated[
        Standing | None, typer.Option("--standing", help="Of cells, only those that stand in this standing.")
    ] = None,
) -> Answer:
    """Say what rests on a document: cells and where they stand, submissions, duties, laws; or which cells on a law."""
    from interfaces.cli.screens.resting import write_dead, write_law, write_resting
    from projections.laws import what_rests_on_law
    from projections.resting import dead_sources
    from projections.resting import what_rests_on as resting
    from projections.views.citations import VIEW

    if dead == (document is not None):
        raise MalformedInput("name a document or a law, or say --dead, not both", where="DOCUMENT")
    with request.asking(VIEW) as asking:
        if document is None:
            gone = dead_sources(asking, request.facts, standing)
            return Answer(gone, lambda: write_dead(gone))
        if document.startswith("law/"):
            of_law = what_rests_on_law(asking, request.facts, document.removeprefix("law/"), standing)
            return Answer(of_law, lambda: write_law(of_law))
        found = resting(asking, request.facts, document, standing)
        return Answer(found, lambda: write_resting(found))
