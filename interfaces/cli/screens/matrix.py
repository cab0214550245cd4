"""A matrix, or one cell of it, on a screen."""

from collections.abc import Sequence

from domain.matrix.cells import cell_body
from domain.matrix.events import Source
from domain.template import by_cell
from interfaces.cli.output import line, table, talk
from interfaces.cli.screens.claims import batch_words, write_claims
from interfaces.cli.screens.heading import date_words, value_words, write_heading
from interfaces.text import _, some
from projections.claims import Claims
from projections.matrix import CellView, Matrix, MatrixView
from projections.question import Question
from projections.states import name_of
from projections.waiting import Waiting


def write_matrix(question: Question, matrix: Matrix, waiting: Sequence[Waiting]) -> None:
    """Write a whole matrix."""
    view, template = matrix.view, matrix.answer.template
    write_heading(name_of(question.record, view.state, question.axes.cut), view, template, extra=_in_force(question))
    if template is not None:
        fields = by_cell(template)
        table(
            (_("Cell"), _("Obligation"), _("Says"), _("Known"), _("Source"), _("Beside it")),
            (
                (
                    short(each.cell),
                    fields[each.cell].label,
                    value_words(each.value, withheld=each.withheld),
                    date_words(each.known_at, each.known_precision),
                    source_words(each.sources),
                    _beside(each, each.cell in view.differs),
                )
                for each in view.cells
            ),
        )
        line()
    write_claims(question, view.cells)
    if view.possibly_known:
        line(
            some(
                "{} fact dated only to a month or a year may have been known by then.",
                "{} facts dated only to a month or a year may have been known by then.",
                view.possibly_known,
            )
        )
    _write_waiting(waiting)
    _say_draft(question, view)
    withheld = sum(each.withheld for each in view.cells)
    if withheld:
        talk(some("{} cell is withheld from you.", "{} cells are withheld from you.", withheld))


def write_cell(question: Question, matrix: Matrix) -> None:
    """Write one cell with all that is known of it."""
    view, template, cell = matrix.view, matrix.answer.template, matrix.view.cells[0]
    name = name_of(question.record, view.state, question.axes.cut)
    # What the cell's value means stands beside it, so the legend would say it twice.
    write_heading(name, view, template, extra=_in_force(question), values=())
    field = None if template is None else by_cell(template)[cell.cell]
    if field is not None:
        line(f"{cell.cell}: {field.label} ({_('confidence of the row')}: {field.confidence})")
    meaning = next((e.meaning for e in view.legend or () if e.value == cell.value), "")
    if cell.value is None and not cell.withheld:
        meaning = _("nothing is recorded")
    line(f"  {_('Says'):<11} {value_words(cell.value, withheld=cell.withheld)}  {meaning}".rstrip())
    if cell.event_id is not None:
        event = question.facts.event(cell.event_id)
        body = cell_body(event)
        line(f"  {_('Known'):<11} {date_words(cell.known_at, cell.known_precision)} ({cell.known_at})")
        line(f"  {_('Recorded'):<11} {cell.recorded_at}, {_('position')} {cell.position}, {_('event')} {cell.event_id}")
        claims = Claims(question.record)
        if claims.of(event) is not None:
            line(f"  {_('Claimed'):<11} {_('by')} {batch_words(claims.batches[0])}")
        if body.in_force_from or body.in_force_to:
            line(f"  {_('In force'):<11} {body.in_force_from or '…'} – {body.in_force_to or '…'}")
        if body.note:
            line(f"  {_('Note'):<11} {body.note}")
        write_sources(cell.sources or ())
    beside = _beside(cell, cell.cell in view.differs)
    if beside:
        line(f"  {_('Beside it'):<11} {beside}")


def write_sources(sources: Sequence[Source]) -> None:
    """Write sources with their words."""
    for source in sources:
        place = f", {source.locator}" if source.locator else ""
        language = f" [{source.language}]" if source.language else ""
        line(f"  {_('Source'):<11} {source.document_id}{place}{language}")
        if source.quotation:
            line(f"  {'':<11} “{source.quotation}”")
        if source.translation:
            line(f"  {'':<11} {_('unofficial translation')}: {source.translation}")


def short(cell: str) -> str:
    """Return a cell's name without its template, which the heading names."""
    return cell.partition("/")[2]


def source_words(sources: Sequence[Source] | None) -> str:
    """Return the first source, and how many more there are."""
    if not sources:
        return ""
    more = f" (+{len(sources) - 1})" if len(sources) > 1 else ""
    place = f", {sources[0].locator}" if sources[0].locator else ""
    return f"{sources[0].document_id}{place}{more}"


def _in_force(question: Question) -> list[tuple[str, str]]:
    on = question.axes.in_force_on
    return (
        [] if on is None else [(_("In force"), f"{on.isoformat()}: {_('cells not in force on that day are blanked')}")]
    )


def _beside(cell: CellView, differs: bool) -> str:
    notes: list[str] = []
    if cell.carried_from is not None:
        notes.append(f"{_('carried from')} {cell.carried_from.revision} {cell.carried_from.cell}")
    if cell.corrected_by is not None:
        notes.append(f"{_('corrected by')} {cell.corrected_by}")
    if cell.later_fact is not None:
        notes.append(f"{_('later fact')} {cell.later_fact}")
    if differs:
        notes.append(_("differs in the other reading"))
    return "; ".join(notes)


def _say_draft(question: Question, view: MatrixView) -> None:
    """Say where nothing stands in the standing asked that there is a draft, to who may read it."""
    draft = question.matrix().working_revision() if view.revision is None and question.rights.reads_file else None
    if draft is not None and view.standing != "working":
        talk(_("{} has revision {} as a draft there: add --standing working").format(view.state, draft))


def _write_waiting(waiting: Sequence[Waiting]) -> None:
    if not waiting:
        return
    line(_("Received and not yet reflected in any cell:"))
    table(
        (_("Submission"), _("Kind"), _("Received"), _("Documents")),
        (
            (each.submission, each.kind, date_words(each.received_at, "day"), ", ".join(each.documents))
            for each in waiting
        ),
    )
