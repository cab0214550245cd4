"""Decisions on the cells of a matrix: assessing, confirming, remarking."""

from domain import ids, period
from domain.audiences import COMMITTEE
from domain.deciding import Command, Context
from domain.document import registered
from domain.matrix import commands as c
from domain.matrix import events as e
from domain.matrix.authority import repair_authorised
from domain.matrix.file import StateFile, in_order
from domain.recorded import Decided, Draft, Event
from domain.refusals import Conflict, NotFound, Refusal
from domain.standing import Cut
from domain.template import by_cell
from domain.times import period_of


class RevisionSealed(Refusal):
    """A sealed revision takes no new cells: a change is a new revision or, of an error, a correction."""


class RevisionGivenUp(Refusal):
    """A withdrawn revision takes no new facts."""


class NotTheLastRevision(Refusal):
    """A late fact enters the revision last opened and not withdrawn when it became known."""


class NothingToDo(Refusal):
    """The command names no cells."""


class CellNamedTwice(Refusal):
    """One command assesses a cell once."""


def assess(command: c.AssessCells, context: Context) -> Decided:
    """Assess cells of an open revision; into a sealed one enter only late facts, by import, and repairs."""
    file = StateFile(context, command.state)
    if not command.cells:
        raise NothingToDo("no cells are named", where="cells")
    named = [cell.cell for cell in command.cells]
    if len(set(named)) != len(named):
        raise CellNamedTwice(f"{next(n for n in named if named.count(n) > 1)} is named twice", where="cells")
    known_at = enter(file, command, command.revision)
    shown = _shown(file, command.revision, named)
    drafts: list[Draft] = []
    check_sources(command.sources, context)
    for place, cell in enumerate(command.cells):
        try:
            file.check_value(command.revision, cell.cell, cell.value)
            replaces = _seen(cell, shown.get(cell.cell))
        except Refusal as refusal:
            raise refusal.at(f"cells[{place}].{refusal.where or 'cell'}") from None
        check_sources(cell.sources or (), context, f"cells[{place}].")
        period.check(cell.in_force_from, cell.in_force_to, where=f"cells[{place}].in_force_{{}}")
        event = e.CellAssessed(
            state=command.state,
            revision=command.revision,
            cell=cell.cell,
            value=cell.value,
            sources=command.sources if cell.sources is None else cell.sources,
            in_force_from=cell.in_force_from,
            in_force_to=cell.in_force_to,
            note=cell.note,
            replaces=replaces,
        )
        drafts.append(_cell(command.state, command.revision, cell.cell, event, known_at))
    return Decided(tuple(drafts))


def check_cell(event: e.CellAssessed | e.CellCorrected, context: Context) -> None:
    """Refuse a cell that cites what is not on record, or was in force until before it was; its value is checked apart.

    That is done with its known date.
    """
    check_sources(event.sources, context)
    period.check(event.in_force_from, event.in_force_to, where="in_force_{}")


def check_sources(sources: tuple[e.Source, ...], context: Context, within: str = "") -> None:
    """Refuse sources whose documents are not on record."""
    for place, source in enumerate(sources):
        registered(context, source.document_id, where=f"{within}sources[{place}].document_id")


def _cell(state: str, revision: int, cell: str, event: Event, known_at: str | None = None) -> Draft:
    stream = ids.matrix_revision(state, revision)
    return Draft(stream=stream, event=event, audience=COMMITTEE, subject=cell, known_at=known_at)


def _shown(file: StateFile, revision: int, cells: list[str]) -> dict[str, str]:
    """Return, by cell, the event that stands in it now, carried or its own."""
    found = file.now.works(revision, cells)
    events = file.facts.at({stands.position for stands in found.values()})
    return {cell: events[stands.position].id for cell, stands in found.items()}


def _seen(cell: c.AssessedCell, shown: str | None) -> str | None:
    """Return the event that the author saw in a cell; refuse when it has changed since."""
    if cell.replaces is not None and cell.replaces != shown:
        raise Conflict(f"{cell.cell} now shows event {shown}, not {cell.replaces}", remedy="look again, then decide")
    return shown


def enter(file: StateFile, command: Command, revision: int) -> str:
    """Return the known date at which a new cell fact enters a revision, or refuse it.

    A date that is imprecise stands no later than the seal of its revision.
    """
    context = file.context
    opened, _ = file.opening(revision)
    known_at = context.known_at
    in_order(opened.known_at, known_at, f"a cell of revision {revision} known before its opening")
    seal = file.now.sealed.get(revision)
    if seal is not None and command.noticed is not None:
        precision = context.known_precision
        if known_at > seal.known_at and precision != "instant" and period_of(known_at, precision)[0] <= seal.known_at:
            known_at = seal.known_at
        in_order(known_at, seal.known_at, f"the seal of revision {revision}")
        repair_authorised(file, revision)
    elif seal is not None:
        if not context.importing:
            raise RevisionSealed(f"revision {revision} is sealed", remedy="open a new revision seeded from it")
        _late(file, revision, known_at)
    withdrawn = file.withdrawal(revision)
    if withdrawn is not None and (not context.importing or known_at > withdrawn.known_at):
        raise RevisionGivenUp(f"revision {revision} was withdrawn", remedy="work on another revision")
    return known_at


def _late(file: StateFile, revision: int, known_at: str) -> None:
    last = file.at(Cut(known_at=known_at, position=file.context.before)).working_revision()
    if last != revision:
        raise NotTheLastRevision(
            f"a fact known {known_at} and recorded after the seal belongs to revision {last}, not {revision}"
        )


def confirm(command: c.ConfirmCells, context: Context) -> Decided:
    """Record that cells were looked at again and still stand."""
    file = StateFile(context, command.state)
    opened, _ = file.opening(command.revision)
    in_order(opened.known_at, context.known_at, "a confirmation known before the opening")
    drafts: list[Draft] = []
    for cell in command.cells:
        file.field(command.revision, cell)
        event = e.CellConfirmed(state=command.state, revision=command.revision, cell=cell, note=command.note)
        drafts.append(_cell(command.state, command.revision, cell, event))
    if not drafts:
        raise NothingToDo("no cells are named", where="cells")
    return Decided(tuple(drafts))


def remark(command: c.RemarkRow, context: Context) -> Decided:
    """Put a remark on a row."""
    event = e.RowRemarked(
        state=command.state,
        revision=command.revision,
        section=command.section,
        item=command.item,
        remark=command.remark,
    )
    check_remark(event, context)
    stream = ids.matrix_revision(command.state, command.revision)
    return Decided((Draft(stream=stream, event=event, audience=COMMITTEE),))


def check_remark(event: e.RowRemarked, context: Context) -> None:
    """Refuse a remark on a row that the template does not have, or known before its revision was opened."""
    file = StateFile(context, event.state)
    opened, body = file.opening(event.revision)
    in_order(opened.known_at, context.known_at, "a remark known before the opening")
    fields = by_cell(file.facts.template(body.template, file.now.cut)).values()
    if not any((f.section, f.item) == (event.section, event.item) for f in fields):
        raise NotFound(f"{body.template} has no row {event.section} {event.item}")
