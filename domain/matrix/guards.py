"""What may be corrected or voided in a State's file, and what rests on it."""

from domain import ids
from domain.consent import Published, Unpublished
from domain.deciding import Context, RecordView
from domain.exchange import MatrixSent
from domain.index import Row
from domain.matrix.authority import authorised
from domain.matrix.events import (
    CellAssessed,
    CellConfirmed,
    CellCorrected,
    MatrixApproved,
    MatrixExamined,
    RevisionOpened,
    RevisionSealed,
    RevisionWithdrawn,
    RowRemarked,
)
from domain.matrix.facts import FactsOnRecord
from domain.matrix.file import StateFile, in_order
from domain.matrix.reading import MatrixFacts
from domain.recorded import Event, Recorded
from domain.refusals import Refusal
from domain.standing import Cut, Family
from domain.template import TemplateAdopted
from domain.times import FAR_FUTURE

OF_A_REVISION = (
    CellAssessed,
    CellConfirmed,
    CellCorrected,
    MatrixApproved,
    MatrixExamined,
    RevisionSealed,
    RevisionWithdrawn,
    RowRemarked,
)
"""What is inside a revision, and falls with its opening."""


class RestsOnIt(Refusal):
    """Something that stands rests on what was to be struck; strike that first."""


class SourceDoesNotStand(Refusal):
    """A void is undone only where what the event rests on stands."""


class NeverReplaced(Refusal):
    """A seal is not replaced: void it, while nothing rests on it, and seal again."""


def opening_stands(context: Context, event: Recorded) -> bool:
    """True unless an event belongs to a revision whose opening does not stand, so that it does not stand either."""
    body = event.body
    if not isinstance(body, OF_A_REVISION):
        return True
    cut = Cut(position=context.before)
    return body.revision in MatrixFacts(FactsOnRecord(context.record), body.state, cut).opened


def may_void(context: Context, target: Recorded) -> None:
    """Refuse to void what something standing rests on."""
    _may_fall(context, target)
    body = target.body
    if isinstance(body, TemplateAdopted):
        _unused(context, target, body.template)
    if isinstance(body, RevisionOpened) and target.header.strikes is not None:
        before = _stands_without(context, target)
        if before is not None:
            check_correction(context, target, before.body, before.header.known_at)
    authorised(context, target, target)


def _stands_without(context: Context, target: Recorded) -> Recorded | None:
    """Return what would stand in the place of a correction if that were voided."""
    family = context.record.history(target.header.stream).family(target.id)
    members = tuple(member for member in family.members if member.id != target.id)
    return Family(family.root, members).standing(context.before, FAR_FUTURE)


def _unused(context: Context, target: Recorded, template: str) -> None:
    """Refuse to void a template on which a revision was ever opened: its cells would lose their rows."""
    for event in context.record.after(target.position):
        if isinstance(event.body, RevisionOpened) and event.body.template == template:
            raise RestsOnIt(
                f"revision {event.body.revision} of {event.body.state} (position {event.position}) is on {template}",
                remedy="correct the template instead",
            )


def may_undo(context: Context, void: Recorded) -> None:
    """Refuse to void a void where what then stands again has lost its source, or what then falls is rested on."""
    by_id = context.record.history(void.header.stream).by_id
    struck, stands_again = by_id[void.header.strikes or ""], True
    while struck.header.voids:
        struck, stands_again = by_id[struck.header.strikes or ""], not stands_again
    if stands_again:
        _may_stand_again(context, struck)
    else:
        _may_fall(context, struck)
    authorised(context, void, struck)


def _may_fall(context: Context, target: Recorded) -> None:
    body = target.body
    if isinstance(body, RevisionOpened | RevisionSealed):
        file = StateFile(context, body.state)
        seal = file.now.sealed.get(body.revision)
        resting = file.seeded(body.revision) or (None if seal is None else file.rests_on(seal.manifest))
        if resting is not None:
            raise RestsOnIt(
                f"{resting.kind} {resting.event_id} (position {resting.position}) rests on revision {body.revision}",
                remedy="strike that first",
            )


def _may_stand_again(context: Context, event: Recorded) -> None:
    body, known_at = event.body, event.header.known_at
    match body:
        case RevisionOpened() if body.seeded_from is not None:
            file = StateFile(context, body.state)
            _source(file.now.sealed.get(body.seeded_from), f"the seal of revision {body.seeded_from}", known_at)
        case CellAssessed() | CellCorrected() | CellConfirmed() | RevisionWithdrawn() | RevisionSealed():
            file = StateFile(context, body.state)
            _source(file.now.opened.get(body.revision), f"the opening of revision {body.revision}", known_at)
            if isinstance(body, RevisionSealed):
                _may_be_sealed_again(file, event, body.revision)
        case MatrixApproved() | MatrixSent() | Published() | Unpublished():
            file = StateFile(context, body.state)
            seal = next((row for row in file.now.sealed.values() if row.manifest == body.manifest), None)
            _source(seal, f"the seal of manifest {body.manifest}", known_at)
        case _:
            pass


def _may_be_sealed_again(file: StateFile, seal: Recorded, revision: int) -> None:
    if revision in file.now.sealed:
        raise RestsOnIt(f"revision {revision} has been sealed again since")
    if any(each.position > seal.position and not each.header.voids for each in file.cell_events(revision)):
        raise RestsOnIt(
            f"cells of revision {revision} were entered since; its manifest does not have them", remedy="seal it anew"
        )


def _source(row: Row | None, what: str, known_at: str) -> None:
    if row is None:
        raise SourceDoesNotStand(f"{what} does not stand")
    in_order(row.known_at, known_at, f"{what} is now known later than what would rest on it again")


def check_nothing_hangs(record: RecordView, state: str) -> None:
    """Refuse a record in which something of a State stands without the seal that it rests on."""
    facts = FactsOnRecord(record)
    rows = facts.acts(state, Cut())
    opened = {row.about for row in rows if row.kind == "opened"}
    seals = [row for row in rows if row.kind == "sealed" and row.about in opened]
    sealed = {row.about: row.manifest for row in seals}
    for row in rows:
        body = facts.event(row.event_id).body
        match body:
            case RevisionOpened():
                hangs = body.seeded_from is not None and body.seeded_from not in sealed
            case MatrixApproved() | MatrixSent() | Published():
                hangs = body.manifest not in sealed.values()
            case _:
                hangs = False
        if hangs:
            raise RestsOnIt(
                f"{row.kind} {row.event_id} (position {row.position}) would rest on a revision that no longer stands",
                remedy="strike that first",
            )
    if len(sealed) < len(seals):
        raise RestsOnIt(f"a revision of {state} has been sealed again since")


def check_correction(context: Context, target: Recorded, body: Event, known_at: str) -> None:
    """Refuse a replacement that breaks the order of known dates or the rows' allowed values."""
    match body:
        case CellCorrected():
            file = StateFile(context, body.state)
            opened, _ = file.opening(body.revision)
            file.check_value(body.revision, body.cell, body.value)
            in_order(opened.known_at, known_at, "a cell known before its opening")
            seal, root = file.now.sealed.get(body.revision), file.facts.family(target).root
            if seal is not None and not (root.position > seal.position and root.header.noticed_at is None):
                in_order(known_at, seal.known_at, "a cell known after the seal of its revision")
            authorised(context, target, target)
        case RevisionOpened():
            file = StateFile(context, body.state)
            stream = context.record.history(ids.matrix(body.state)).events
            inside = [event.header.known_at for event in (*file.cell_events(body.revision), *_acts(stream, body))]
            in_order(known_at, min(inside, default=known_at), "an opening known after what is in it")
            if body.seeded_from is not None:
                in_order(file.seal(body.seeded_from).known_at, known_at, "an opening before its source's seal")
        case MatrixApproved():
            file = StateFile(context, body.state)
            in_order(file.seal(body.revision).known_at, known_at, "approved before the seal")
        case MatrixSent() | Published() | Unpublished():
            file = StateFile(context, body.state)
            seals = [row.known_at for row in file.now.sealed.values() if row.manifest == body.manifest]
            in_order(max(seals, default=known_at), known_at, "sent or published before the seal")
        case RevisionWithdrawn():
            file = StateFile(context, body.state)
            in_order(file.opening(body.revision)[0].known_at, known_at, "withdrawn before the opening")
        case RevisionSealed():
            raise NeverReplaced(f"the seal of revision {body.revision} of {body.state} cannot be replaced")
        case _:
            pass


def _acts(events: tuple[Recorded, ...], opened: RevisionOpened) -> list[Recorded]:
    inside = (RevisionSealed, RevisionWithdrawn)
    return [e for e in events if isinstance(e.body, inside) and e.body.revision == opened.revision]
