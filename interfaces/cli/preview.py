"""`ledger1540 preview STATE`: what a consent or a publication would open, and to whom, before it is given."""

from typing import Annotated, Literal

import typer

from domain.refusals import MalformedInput
from interfaces.cli import options as o
from interfaces.cli.reading import OF_A_CELL, Answer, Request, reading


@reading((*OF_A_CELL, "standing"))
def preview(
    request: Request,
    state: o.State,
    scope: Annotated[
        Literal["publish", "share", "official-list", "direct-contact"],
        typer.Option("--scope", help="What the State would consent to."),
    ] = "publish",
    partners: Annotated[
        list[str] | None,
        typer.Option(
            "--partner", metavar="PARTY", help="With whom it is shared, or who is contacted; may be repeated."
        ),
    ] = None,
) -> Answer:
    """Show exactly what a consent or publication would open, and to whom, before it is given."""
    from projections.preview import preview as previewed

    named = tuple(partners or ())
    if scope in ("official-list", "direct-contact"):
        return _of_no_matrix(request, state, scope, named)
    question = request.question(state)
    view = previewed(question, request.now, scope, named)

    def screen() -> None:
        from interfaces.cli.screens.preview import write_preview

        write_preview(question, view)

    return Answer(view, screen)


def _of_no_matrix(request: Request, state: str, scope: str, partners: tuple[str, ...]) -> Answer:
    from interfaces.cli.screens.preview import write_contacting, write_listing
    from projections.preview_consent import AskingConsent, preview_contact, preview_listing
    from projections.states import find

    asking = AskingConsent(
        source=request.record,
        reader=request.reader,
        axes=request.axes,
        now=request.now,
        state=find(request.record, state),
    )
    if scope == "direct-contact":
        contacting = preview_contact(asking, partners)
        return Answer(contacting, lambda: write_contacting(contacting))
    if partners:
        raise MalformedInput("the official list names no partners", where="--partner", remedy="leave it out")
    listing = preview_listing(asking)
    return Answer(listing, lambda: write_listing(listing))
