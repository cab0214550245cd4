"""`ledger1540 bounces`: what came back."""

from pathlib import Path
from typing import Annotated

import typer

from interfaces.cli.reading import Answer, Request, reading


@reading(("home", "actor", "json"))
def bounces(
    request: Request,
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A folder of .eml files.", exists=True, file_okay=False)
    ],
) -> Answer:
    """Record what came back: bounces by their status, and automatic replies, which are none; again is nothing twice.

    Only codes are recorded. After a hard bounce nothing more goes to that contact until somebody confirms it.
    """
    from interfaces.cli.screens.outbox import write_returned
    from workflows.mail.bounces import take

    with request.recording() as record:
        found = take(record, folder, actor=request.reader.actor)
    return Answer(found, lambda: write_returned(found))
