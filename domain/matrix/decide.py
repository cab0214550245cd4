"""Decisions on a matrix: opening, assessing, sealing, examining, approving, sending."""

from domain import ids
from domain.audiences import COMMITTEE, with_state
from domain.canonical import sha256
from domain.deciding import Command, Context
from domain.decision import adopts
from domain.exchange import MatrixSent
from domain.matrix import commands as c
from domain.matrix import events as e
from domain.matrix.file import NotSealed, StateFile, in_order
from domain.matrix.guards import repair_authorised
from domain.matrix.seeding import carry_over, manifest
from domain.recorded import Decided, Draft, Event
from domain.refusals import Conflict, NotFound, Refusal
from domain.standing import Cut
from domain.template import by_cell
from domain.times import period_of


class RevisionSealed(Refusal):
    """A sealed revision takes no new cells: a change is a new revision or, of an error, a correction."""


class RevisionTaken(Refusal):
    """A revision number is never used again."""


class RevisionGivenUp(Refusal):
    """A withdrawn revision takes no new facts."""


class NotTheLastRevision(Refusal):
    """A late fact enters the revision last opened and not withdrawn when it became known."""


class NothingToDo(Refusal):
    """The command names no cells."""


class CellNamedTwice(Refusal):
    """One command assesses a cell once."""


class NotDecided(Refusal):
    """No adopted decision on record rests on this manifest."""


def open_revision(command: c.OpenRevision, context: Context) -> Decided:
    """Open the next revision, seeded from a sealed one or empty."""
    file = StateFile(context, command.state)
    acts = context.record.history(ids.matrix(command.state))
    used = {event.body.revision for event in acts.events if isinstance(event.body, e.RevisionOpened)}
    revision = command.revision or max(used, default=0) + 1
    if revision in used:
        raise RevisionTaken(f"revision {revision} of {command.state} has been used", remedy=f"use {max(used) + 1}")
    documents: tuple[bytes, ...] = ()
    source = command.seeded_from
    if source is not None:
        in_order(file.seal(source).known_at, context.known_at, f"opening of a revision seeded from {source}")
        documents = (carry_over(file, revision, command.template, source, context.known_at),)
    else:
        file.facts.template(command.template, file.now.cut)
    event = e.RevisionOpened(
        state=command.state,
        revision=revision,
        template=command.template,
        seeded_from=source,
        carried=sha256(documents[0]) if documents else None,
    )
    return Decided((_act(command.state, event),), documents)


def _act(state: str, event: Event) -> Draft:
    return Draft(stream=ids.matrix(state), event=event, audience=COMMITTEE)


def assess(command: c.AssessCells, context: Context) -> Decided:
    """Assess cells of an open revision; into a sealed one enter only late facts, by import, and repairs."""
    file = StateFile(context, command.state)
    if not command.cells:
        raise NothingToDo("no cells are named", where="cells")
    named = [cell.cell for cell in command.cells]
    if len(set(named)) != len(named):
        raise CellNamedTwice(f"{next(n for n in named if named.count(n) > 1)} is named twice", where="cells")
    known_at = enter(file, command, command.revision)
    drafts: list[Draft] = []
    for place, cell in enumerate(command.cells):
        try:
            file.check_value(command.revision, cell.cell, cell.value)
            replaces = _seen(file, command, cell)
        except Refusal as refusal:
            raise refusal.at(f"cells[{place}]") from None
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


def _cell(state: str, revision: int, cell: str, event: Event, known_at: str | None = None) -> Draft:
    stream = ids.matrix_revision(state, revision)
    return Draft(stream=stream, event=event, audience=COMMITTEE, subject=cell, known_at=known_at)


def _seen(file: StateFile, command: c.AssessCells, cell: c.AssessedCell) -> str | None:
    """Return the event that the author saw in a cell, carried or its own; refuse when it has changed since."""
    row = file.now.works(command.revision, cell.cell)
    shown = None if row is None else row.event_id
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
    """Put a remark on a row that the template has."""
    file = StateFile(context, command.state)
    opened, body = file.opening(command.revision)
    in_order(opened.known_at, context.known_at, "a remark known before the opening")
    fields = by_cell(file.facts.template(body.template, file.now.cut)).values()
    if not any((f.section, f.item) == (command.section, command.item) for f in fields):
        raise NotFound(f"{body.template} has no row {command.section} {command.item}")
    event = e.RowRemarked(
        state=command.state,
        revision=command.revision,
        section=command.section,
        item=command.item,
        remark=command.remark,
    )
    stream = ids.matrix_revision(command.state, command.revision)
    return Decided((Draft(stream=stream, event=event, audience=COMMITTEE),))


def withdraw(command: c.WithdrawRevision, context: Context) -> Decided:
    """Give up a revision that is not given up already."""
    file = StateFile(context, command.state)
    opened, _ = file.opening(command.revision)
    in_order(opened.known_at, context.known_at, "withdrawn before the opening")
    if file.withdrawal(command.revision) is not None:
        raise RevisionGivenUp(f"revision {command.revision} was withdrawn already")
    event = e.RevisionWithdrawn(state=command.state, revision=command.revision, reason=command.reason)
    return Decided((_act(command.state, event),))


def seal(command: c.SealRevision, context: Context) -> Decided:
    """Close a revision: its manifest is its working standing, as believed at the seal's known date."""
    file = StateFile(context, command.state)
    opened, _ = file.opening(command.revision)
    if command.revision in file.now.sealed:
        raise RevisionSealed(f"revision {command.revision} is sealed already")
    if file.withdrawal(command.revision) is not None:
        raise RevisionGivenUp(f"revision {command.revision} was withdrawn")
    last = max((event.header.known_at for event in file.cell_events(command.revision)), default=opened.known_at)
    in_order(max(opened.known_at, last), context.known_at, "a seal known before its cells")
    document = manifest(file, command.revision, context.known_at)
    event = e.RevisionSealed(state=command.state, revision=command.revision, manifest=sha256(document))
    return Decided((_act(command.state, event),), (document,))


def examine(command: c.ExamineMatrix, context: Context) -> Decided:
    """Record an examination of a revision, sealed or not."""
    file = StateFile(context, command.state)
    opened, _ = file.opening(command.revision)
    in_order(opened.known_at, context.known_at, "examined before the opening")
    if command.manifest is not None and command.manifest != file.manifest(command.revision):
        raise NotSealed(f"revision {command.revision} has another manifest than {command.manifest}")
    event = e.MatrixExamined(
        state=command.state, revision=command.revision, manifest=command.manifest, note=command.note
    )
    return Decided((_act(command.state, event),))


def approve(command: c.ApproveMatrix, context: Context) -> Decided:
    """Approve a sealed revision's manifest under a decision that adopted exactly it."""
    file = StateFile(context, command.state)
    sealed = file.seal(command.revision)
    in_order(sealed.known_at, context.known_at, "approved before the seal")
    approved = file.manifest(command.revision)
    if command.manifest is not None and command.manifest != approved:
        raise Conflict(f"revision {command.revision} was sealed with manifest {approved}, not {command.manifest}")
    adoption = adopts(context, command.decision, approved)
    if adoption is None and not context.importing:
        raise NotDecided(
            f"decision {command.decision} does not adopt manifest {approved}",
            remedy="propose that manifest, adopt it, then approve",
        )
    if adoption is not None:
        in_order(adoption.header.known_at, context.known_at, "approved before the decision was adopted")
    basis = (sealed.event_id,) if adoption is None else (adoption.id, sealed.event_id)
    event = e.MatrixApproved(
        state=command.state, revision=command.revision, manifest=approved, decision_id=command.decision, basis=basis
    )
    return Decided((_act(command.state, event),))


def supersede(command: c.SupersedeMatrix, context: Context) -> Decided:
    """Say that an approved revision is replaced by another approved one."""
    file = StateFile(context, command.state)
    approved = {row.about for row in file.now.acts if row.kind == "approved"}
    if command.revision == command.by_revision:
        raise Conflict(f"revision {command.revision} cannot be superseded by itself", where="by_revision")
    for revision in (command.revision, command.by_revision):
        if revision not in approved:
            raise NotFound(f"revision {revision} of {command.state} is not approved")
    event = e.MatrixSuperseded(state=command.state, revision=command.revision, by_revision=command.by_revision)
    return Decided((_act(command.state, event),))


def send(command: c.SendMatrix, context: Context) -> Decided:
    """Send a sealed revision's manifest to the State."""
    file = StateFile(context, command.state)
    sealed = file.seal(command.revision)
    in_order(sealed.known_at, context.known_at, "sent before the seal")
    basis = tuple(context.target(each).id for each in command.basis) or (sealed.event_id,)
    event = MatrixSent(state=command.state, manifest=file.manifest(command.revision), basis=basis)
    draft = Draft(stream=ids.exchange(command.state), event=event, audience=with_state(command.state))
    return Decided((draft,))
