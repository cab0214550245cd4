"""`ledger1540 document ID`: one document, its corrected readings, and who cites it."""

from typing import Annotated

import typer

from interfaces.bootstrap import now_of, opened, reader_of, settings
from interfaces.cli import options as o
from interfaces.cli.output import write_json
from projections.axes import Asked, resolve
from projections.documents import document as found


def document(
    name: Annotated[str, typer.Argument(metavar="DOCUMENT", help="The document's id.")],
    home: o.Home = None,
    actor: o.Actor = None,
    as_of: o.AsOf = None,
    recorded_by: o.RecordedBy = None,
    reading: o.ReadingOption = "corrected",
    json: o.Json = False,
) -> None:
    """Show a document: how it was registered, its corrected reading beside the original, and who cites it."""
    chosen = settings(home, actor)
    with opened(chosen) as record:
        now = now_of(record)
        axes = resolve(record, Asked(as_of=as_of, recorded_by=recorded_by, reading=reading), now)
        view = found(record, reader_of(record, chosen.actor), name, axes, now)
        if json:
            write_json(view)
            return
        from interfaces.cli.screens.document import write_document

        write_document(view)
