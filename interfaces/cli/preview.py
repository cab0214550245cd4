"""`ledger1540 preview STATE`: what a consent or a publication would open, and to whom, before it is given."""

from typing import Annotated, Literal

import typer

from interfaces.cli import options as o
from interfaces.cli.reading import OF_A_CELL, Answer, Request, reading
from projections.preview import preview as previewed


@reading((*OF_A_CELL, "standing"))
def preview(
    request: Request,
    state: o.State,
    scope: Annotated[
        Literal["publish", "share"], typer.Option("--scope", help="What the State would consent to.")
    ] = "publish",
    partners: Annotated[
        list[str] | None,
        typer.Option("--partner", metavar="PARTY", help="With whom it would be shared; may be repeated."),
    ] = None,
) -> Answer:
    """Show exactly what a consent or publication would open, and to whom, before it is given."""
    question = request.question(state)
    view = previewed(question, request.now, scope, tuple(partners or ()))

    def screen() -> None:
        from interfaces.cli.screens.preview import write_preview

        write_preview(question, view)

    return Answer(view, screen)
