"""`ledger1540 document ID`: one document, its corrected readings, and who cites it."""

from typing import Annotated

import typer

from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading


@reading(OF_A_VIEW)
def document(
    request: Request, name: Annotated[str, typer.Argument(metavar="DOCUMENT", help="The document's id.")]
) -> Answer:
    """Show a document: how it was registered, its corrected reading beside the original, and who cites it."""
    from projections.documents import document as found
    from projections.views.citations import VIEW

    with request.asking(VIEW) as asking:
        view = found(asking, request.facts, name)

    def screen() -> None:
        from interfaces.cli.screens.document import write_document

        write_document(view)

    return Answer(view, screen)
