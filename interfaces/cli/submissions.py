"""`ledger1540 submissions`: what States submitted."""

from typing import Annotated

import typer

from domain.refusals import MalformedInput
from domain.submission import KINDS
from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading
from projections.states import find


@reading(OF_A_VIEW)
def submissions(
    request: Request,
    state: Annotated[str | None, typer.Argument(metavar="STATE", help="Of one State: its code or its name.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Of one kind, such as first-report or no-change.")] = None,
) -> Answer:
    """List what States submitted, by date of receipt: which kind, read with nothing new, or taken back."""
    from interfaces.cli.screens.lists import write_submissions
    from projections.views.submissions import NO_CHANGE, VIEW
    from projections.views.submissions import submissions as listed

    if kind is not None and kind not in (*KINDS, NO_CHANGE):
        raise MalformedInput(
            f"{kind!r} is no kind of submission", where="--kind", remedy=", ".join((*KINDS, NO_CHANGE))
        )
    code = None if state is None else find(request.record, state)
    with request.asking(VIEW) as asking:
        found = listed(asking, state=code, kind=kind)
    return Answer(found, lambda: write_submissions(found))
