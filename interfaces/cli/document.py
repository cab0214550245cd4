"""`ledger1540 document ID`: one document, its corrected readings, and who cites it."""

from typing import Annotated

import typer

from interfaces.cli.reading import OF_THE_RECORD, Answer, Request, reading
from projections.documents import document as found


@reading(OF_THE_RECORD)
def document(
    request: Request, name: Annotated[str, typer.Argument(metavar="DOCUMENT", help="The document's id.")]
) -> Answer:
    """Show a document: how it was registered, its corrected reading beside the original, and who cites it."""
    view = found(request.record, request.reader, name, request.axes, request.now)

    def screen() -> None:
        from interfaces.cli.screens.document import write_document

        write_document(view)

    return Answer(view, screen)
