"""`ledger1540 search WORDS`: what on record says these words."""

from typing import Annotated

import typer

from domain.refusals import NotFound
from interfaces.cli import options as o
from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading
from projections.states import find


@reading(OF_A_VIEW)
def search(
    request: Request,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS...",
            help="All of these words, accents and case aside; law* is any word that begins so, '\"national law\"' these"
            " words one after the other.",
        ),
    ],
    kind: Annotated[
        str | None,
        typer.Option("--kind", help="Texts of one kind: state, document, text, cell, remark, decision or submission."),
    ] = None,
    state: Annotated[str | None, typer.Option("--state", help="Texts about one State: its code or its name.")] = None,
    purpose: o.Purpose = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Show at most so many texts; all are counted.")] = 100,
) -> Answer:
    """Search names of States, documents and their texts, cells, remarks, decisions and submissions as of a date."""
    from interfaces.cli.screens.hits import write_hits
    from interfaces.papers import papers
    from projections.documents import registration
    from projections.searching import kind_named
    from projections.searching import search as searched
    from projections.views.texts import VIEW

    named = None if kind is None else kind_named(kind)
    try:
        code = None if state is None else find(request.record, state)
    except NotFound as refusal:
        raise refusal.at("--state") from None
    with request.asking(VIEW) as asking:
        found = searched(asking, request.facts, " ".join(words), kind=named, state=code, most=limit)
    giving = papers(request, through="search", purpose=purpose)
    for name in sorted({hit.where for hit in found.hits if hit.kind == "text"}):
        registered = registration(request.record, request.reader, request.now, name, request.axes.cut)
        giving.log(registered, request.axes.as_of, given=True)
    return Answer(found, lambda: write_hits(found))
