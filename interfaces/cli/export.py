"""`ledger1540 export`: the log as lines of JSON, or one matrix as a file with how to cite it."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from domain.refusals import MalformedInput
from interfaces.cli.output import talk
from interfaces.cli.progress import Progress
from interfaces.cli.reading import OF_A_MATRIX, Request, reading
from interfaces.cli.writing import written
from interfaces.text import _, some

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
    """Export the log, or a matrix with how to cite it; what you may not read is left out or marked withheld."""
    if documents is not None and not log:
        raise MalformedInput("documents are exported with the log", where="--documents", remedy="add --log")
    if state is None and log:
        _export_log(request, documents, to)
    elif state is not None and not log:
        _export_matrix(request, state, to, language)
    elif state is None:
        raise MalformedInput("say what to export", where="export", remedy="either --log, or STATE --to FILE.csv")
    else:
        raise MalformedInput(
            "the log is one for all States and is exported whole",
            where="--log",
            remedy=f"leave out {state}; or for its matrix leave out --log; "
            f"the story of one cell is `ledger1540 log {state} CELL --json`",
        )


def _export_log(request: Request, documents: Path | None, to: Path | None) -> None:
    from ledger.export import export_documents, log_lines
    from projections.openness import documents_seen, seen_by

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
        count = export_documents(record.documents, documents_seen(record, seen), documents)
        talk(some("{} document exported", "{} documents exported", count))


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
    withheld = sum(cell.withheld for cell in matrix.view.cells)
    if withheld:
        talk(some("{} cell is withheld from you.", "{} cells are withheld from you.", withheld))
