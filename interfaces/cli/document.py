"""`ledger1540 document ID`: one document, its corrected readings, and who cites it; with --to its bytes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from interfaces.cli import options as o
from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading

if TYPE_CHECKING:
    from domain.recorded import Recorded
    from interfaces.papers import Papers


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """Where the bytes of a document were written; `r` where it was sealed, which with them gives its commitment."""

    document: str
    to: str
    bytes: int
    commitment: str | None
    r: str | None


@reading(OF_A_VIEW)
def document(
    request: Request,
    name: Annotated[str, typer.Argument(metavar="DOCUMENT", help="The document's id.")],
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Write its bytes to a file.")] = None,
    purpose: o.Purpose = None,
) -> Answer:
    """Show a document: how it was registered, its corrected reading beside the original, and who cites it."""
    from domain.document import DocumentRegistered
    from interfaces.letter_names import sealed_name
    from interfaces.papers import papers
    from projections.documents import document as found
    from projections.documents import registration
    from projections.views.citations import VIEW

    axes, giving = request.axes, papers(request, through="document", purpose=purpose)
    registered = registration(request.record, request.reader, request.now, name, axes.cut)
    if to is not None:
        return _written(giving, registered, axes.as_of, to)
    with request.asking(VIEW) as asking:
        view = found(asking, request.facts, name)
    if view.withheld or view.original is not None:
        giving.log(registered, axes.as_of, given=not view.withheld)
    if not view.withheld and isinstance(registered.body, DocumentRegistered):
        called = sealed_name(request.record, giving, registered.body, axes.as_of)
        view = msgspec.structs.replace(view, sealed_name=called)

    def screen() -> None:
        from interfaces.cli.screens.document import write_document

        write_document(view)

    return Answer(view, screen)


def _written(giving: Papers, registered: Recorded, as_of: str | None, to: Path) -> Answer:
    from interfaces.cli.output import line
    from interfaces.cli.writing import written

    paper = giving.give(registered, as_of)
    written(to, [paper.data])
    given = Given(
        document=paper.body.document,
        to=str(to),
        bytes=len(paper.data),
        commitment=paper.body.content.commitment,
        r=None if paper.blinding is None else paper.blinding.hex(),
    )

    def screen() -> None:
        for name in Given.__struct_fields__:
            value = getattr(given, name)
            if value is not None:
                line(f"{name:<10}  {value}")

    return Answer(given, screen)
