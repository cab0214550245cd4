"""`ledger1540 export`: the log as lines of JSON, a matrix, calendars, the feed, or what the annual review rests on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from domain.refusals import MalformedInput
from interfaces.cli import options as o
from interfaces.cli.output import talk
from interfaces.cli.progress import Progress
from interfaces.cli.reading import OF_A_MATRIX, Request, reading
from interfaces.cli.writing import written
from interfaces.text import _, some

if TYPE_CHECKING:
    from projections.openness import MaySee

Language = Literal["en", "fr"]


@reading(tuple(name for name in OF_A_MATRIX if name != "json"))
def export(
    request: Request,
    state: Annotated[str | None, typer.Argument(metavar="STATE", help="The State whose matrix to export.")] = None,
    log: Annotated[bool, typer.Option("--log", help="Export the log: one event a line, in order of position.")] = False,
    documents: Annotated[
        Path | None,
        typer.Option("--documents", metavar="DIR", help="With --log: write the stored documents there too."),
    ] = None,
    purpose: o.Purpose = None,
    calendar: Annotated[
        bool, typer.Option("--calendar", help="Export the calendar of events and the meetings as iCalendar.")
    ] = False,
    due: Annotated[bool, typer.Option("--due", help="Export what is due on a day as iCalendar.")] = False,
    feed: Annotated[
        bool, typer.Option("--feed", help="Export the Atom feed of what was published and anyone may read.")
    ] = False,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="With --feed: where the site is that it leads to.")
    ] = None,
    annual_review: Annotated[
        int | None,
        typer.Option(
            "--annual-review",
            metavar="YEAR",
            help="Export the figures of a year, by their events, at the cut-off asked.",
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="FILE", help="Where to; for a matrix a name ending in .xlsx, .docx, .csv or .json."
        ),
    ] = None,
    language: Annotated[
        Language, typer.Option("--language", help="The language of the layout in .xlsx and .docx.", show_choices=True)
    ] = "en",
) -> None:
    """Export the log, a matrix or other views with how to cite them; what you may not read is left out or withheld."""
    if documents is not None and not log:
        raise MalformedInput("documents are exported with the log", where="--documents", remedy="add --log")
    if url is not None and not feed:
        raise MalformedInput("it is the feed that leads to a site", where="--url", remedy="add --feed")
    others = sum((calendar, due, feed, annual_review is not None))
    if others + (state is not None) + log > 1:
        _refuse_several(state, log=log)
    elif state is not None:
        _export_matrix(request, state, to, language)
    elif log:
        _export_log(request, documents, to, purpose)
    elif others:
        from interfaces.cli.outgoing import export_calendar, export_due, export_feed, export_review

        if annual_review is not None:
            export_review(request, annual_review, to)
        elif feed:
            export_feed(request, url, to)
        else:
            (export_calendar if calendar else export_due)(request, to)
    else:
        raise MalformedInput(
            "say what to export",
            where="export",
            remedy="STATE, --log, --calendar, --due, --feed or --annual-review YEAR",
        )
    if to is not None:
        talk(_("written to {}").format(to))


def _refuse_several(state: str | None, *, log: bool) -> NoReturn:
    if state is not None and log:
        raise MalformedInput(
            "the log is one for all States and is exported whole",
            where="--log",
            remedy=f"leave out {state}; or for its matrix leave out --log; "
            f"the story of one cell is `ledger1540 log {state} CELL --json`",
        )
    raise MalformedInput("one thing is exported at a time", where="export", remedy="leave out the others")


def _export_log(request: Request, documents: Path | None, to: Path | None, purpose: str | None) -> None:
    from ledger.export import export_documents, log_lines
    from projections.openness import seen_by

    record = request.record
    seen = seen_by(record, request.reader, request.now)
    last = record.last_position
    with Progress(_("events exported"), last) as progress:
        lines = _counted(log_lines(record.read(1, last), seen), progress)
        if to is None:
            sys.stdout.flush()
            sys.stdout.buffer.writelines(lines)
            sys.stdout.buffer.flush()
        else:
            written(to, lines)
    if documents is not None:
        count = export_documents(_given(request, seen, purpose), documents)
        talk(some("{} document exported", "{} documents exported", count))


def _given(request: Request, seen: MaySee, purpose: str | None) -> Iterator[tuple[str, bytes | None]]:
    """Yield the documents that the reader may see: opened where they are sealed, logged where they are restricted."""
    from domain.document import DocumentRegistered
    from interfaces.papers import papers
    from projections.openness import documents_seen

    giving = papers(request, through="export", purpose=purpose)
    for name, event in documents_seen(request.record, seen):
        if isinstance(event.body, DocumentRegistered):
            yield name, giving.give(event, None).data
        else:
            yield name, request.record.document(name)


def _counted(lines: Iterable[bytes], progress: Progress) -> Iterator[bytes]:
    for done, each in enumerate(lines, 1):
        yield each
        if done % 1_000 == 0:
            progress(done)


def _export_matrix(request: Request, state: str, to: Path | None, language: Language) -> None:
    from interfaces.exporting.matrix_file import FORMS, matrix_file
    from projections.citation import citation
    from projections.matrix import show

    if to is None or to.suffix.lower() not in FORMS:
        raise MalformedInput(
            f"a matrix is exported to a file whose name ends in {', '.join(FORMS)}",
            where="--to",
            remedy="--to ken.xlsx",
        )
    question = request.question(state)
    matrix = show(question)
    cited = citation(question, matrix, request.record)
    written(to, [matrix_file(to.suffix.lower(), question, matrix, cited, language)])
    if matrix.view.revision is None:
        talk(_("The file holds no cell: nothing stands there as {}.").format(matrix.view.standing))
    withheld = sum(cell.withheld for cell in matrix.view.cells)
    if withheld:
        talk(some("{} cell is withheld from you.", "{} cells are withheld from you.", withheld))
