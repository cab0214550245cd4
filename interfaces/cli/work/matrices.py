"""Verbs on a State's matrix: open, assess, confirm, remark, seal, send, examine, approve."""

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from domain.contact.commands import ReaffirmContact
from domain.matrix import commands as c
from domain.matrix.events import Source
from domain.refusals import MalformedInput, NotFound
from interfaces.cli import options as o
from interfaces.cli.work import meaning
from interfaces.cli.work.doing import Session, working
from interfaces.importing.reading import OnRecord
from projections.states import find

Matrix = Annotated[
    str, typer.Argument(metavar="MATRIX", help="A revision, as KEN/7; KEN alone is its last, opened and not withdrawn.")
]
Note = Annotated[str, typer.Option("--note", help="A note.")]


@working
def open_(
    session: Session,
    state: o.State,
    template: Annotated[str, typer.Option("--template", help="The template, as T2011.")],
    seeded_from: Annotated[
        int | None, typer.Option("--seeded-from", metavar="REVISION", help="The sealed revision to carry over from.")
    ] = None,
    revision: Annotated[int | None, typer.Option("--revision", help="Its number; by default the next.")] = None,
) -> c.OpenRevision:
    """Begin a revision of a State's matrix, empty or carried over from a sealed one."""
    code = find(session.record, state)
    return c.OpenRevision(**session.said, state=code, template=template, revision=revision, seeded_from=seeded_from)


@working
def assess(
    session: Session,
    matrix: Matrix,
    cells: Annotated[
        list[str],
        typer.Argument(metavar="CELL=VALUE...", help="Cells and values: op3cd-5-nw-legal=X; nothing is blank."),
    ],
    document: Annotated[str | None, typer.Option("--document", help="The document they rest on, by its id.")] = None,
    locator: Annotated[str, typer.Option("--locator", "--page", help="The page or place in it.")] = "",
    quotation: Annotated[str, typer.Option("--quotation", help="Its words, verbatim.")] = "",
    language: Annotated[str, typer.Option("--language", help="The language of these words.")] = "",
    translation: Annotated[str, typer.Option("--translation", help="An unofficial translation.")] = "",
    in_force_from: Annotated[
        str | None, typer.Option("--in-force-from", metavar="DATE", help="From when the law applied.")
    ] = None,
    in_force_to: Annotated[
        str | None, typer.Option("--in-force-to", metavar="DATE", help="Until when the law applied.")
    ] = None,
    note: Note = "",
) -> c.AssessCells:
    """Assess cells of a revision, many for one source."""
    state, number = meaning.matrix(session, matrix)
    named = [meaning.pair(each, "CELL=VALUE", "CELL=VALUE, as op3cd-5-nw-legal=X") for each in cells]
    full = meaning.cells(session, state, number, [name for name, _ in named])
    cited = (locator, quotation, language, translation)
    return c.AssessCells(
        **session.said,
        state=state,
        revision=number,
        cells=tuple(
            c.AssessedCell(cell=cell, value=value, in_force_from=in_force_from, in_force_to=in_force_to, note=note)
            for cell, (_, value) in zip(full, named, strict=True)
        ),
        sources=_sources(session, document, *cited),
    )


def _sources(
    session: Session, document: str | None, locator: str, quotation: str, language: str, translation: str
) -> tuple[Source, ...]:
    if document is None:
        if locator or quotation or language or translation:
            raise MalformedInput("a page or words without a document", where="--document", remedy="name the document")
        return ()
    if not OnRecord(session.record).has_document(document):
        raise NotFound(
            f"document {document} is not on record", where="--document", remedy="register it: ledger1540 register FILE"
        )
    return (
        Source(document_id=document, locator=locator, quotation=quotation, language=language, translation=translation),
    )


@working
def confirm(
    session: Session,
    matrix: Annotated[
        str, typer.Argument(metavar="MATRIX|contact/ID", help="The matrix: KEN/7, or KEN for its last; or a contact.")
    ],
    cells: Annotated[
        list[str] | None, typer.Argument(metavar="CELL...", help="The cells that were looked at again.")
    ] = None,
    note: Note = "",
    document: Annotated[
        str | None,
        typer.Option("--document", metavar="ID", help="Of a contact: the document in which its party says so."),
    ] = None,
) -> c.ConfirmCells | ReaffirmContact:
    """Record that cells were looked at again and still stand; or that a party says its contact has not changed."""
    kind, _, contact = matrix.partition("/")
    if kind == "contact":
        if cells or note:
            raise MalformedInput("a contact has no cells and no note", where="CELL", remedy="confirm contact/ID")
        return ReaffirmContact(**session.said, contact=contact, document=document)
    if not cells or document is not None:
        raise MalformedInput("cells are confirmed by name", where="CELL", remedy="confirm KEN/7 CELL...")
    state, number = meaning.matrix(session, matrix)
    full = meaning.cells(session, state, number, cells)
    return c.ConfirmCells(**session.said, state=state, revision=number, cells=tuple(full), note=note)


@working
def remark(
    session: Session,
    matrix: Matrix,
    row: Annotated[str, typer.Argument(metavar="ROW", help="A row: section and item, as op3cd-5.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The remark.")],
) -> c.RemarkRow:
    """Put a remark on a row: all cells of one section and item."""
    state, number = meaning.matrix(session, matrix)
    section, item = meaning.row(row)
    return c.RemarkRow(**session.said, state=state, revision=number, section=section, item=item, remark=text)


@working
def seal(session: Session, matrix: Matrix) -> c.SealRevision:
    """Close a revision and fix its manifest."""
    state, number = meaning.matrix(session, matrix)
    return c.SealRevision(**session.said, state=state, revision=number)


@working
def send(
    session: Session,
    matrix: Matrix,
    basis: Annotated[
        list[str] | None, typer.Option("--basis", metavar="EVENT", help="What it rests on; by default the seal.")
    ] = None,
) -> c.SendMatrix:
    """Record that a sealed revision was sent to the State."""
    state, number = meaning.matrix(session, matrix)
    events = tuple(session.event(each, "--basis").id for each in basis or ())
    return c.SendMatrix(**session.said, state=state, revision=number, basis=events)


@working
def examine(
    session: Session,
    matrix: Matrix,
    manifest: Annotated[str | None, typer.Option("--manifest", help="The manifest that was examined, by hash.")] = None,
    note: Note = "",
) -> c.ExamineMatrix:
    """Record that the Committee has examined a matrix; its approval is another fact."""
    state, number = meaning.matrix(session, matrix)
    return c.ExamineMatrix(**session.said, state=state, revision=number, manifest=manifest, note=note)


@working
def approve(
    session: Session,
    matrix: Matrix,
    decision: Annotated[str, typer.Option("--decision", help="The adopted decision that rests on its manifest.")],
    manifest: Annotated[str | None, typer.Option("--manifest", help="The manifest that is meant, by hash.")] = None,
) -> c.ApproveMatrix:
    """Record the approval of a sealed revision under an adopted decision."""
    state, number = meaning.matrix(session, matrix)
    return c.ApproveMatrix(**session.said, state=state, revision=number, decision=decision, manifest=manifest)


VERBS: Mapping[str, Callable[..., None]] = {
    "open": open_,
    "assess": assess,
    "confirm": confirm,
    "remark": remark,
    "seal": seal,
    "send": send,
    "examine": examine,
    "approve": approve,
}
