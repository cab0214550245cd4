"""What may be corrected or voided in a State's file, and what rests on it."""

from domain import ids
from domain.consent import Published, Unpublished
from domain.deciding import Context
from domain.decision import CorrectionAuthorised
from domain.exchange import MatrixSent
from domain.matrix.events import (
    CellAssessed,
    CellConfirmed,
    CellCorrected,
    MatrixApproved,
    RevisionOpened,
    RevisionSealed,
    RevisionWithdrawn,
)
from domain.matrix.file import StateFile, in_order
from domain.recorded import Event, Recorded
from domain.refusals import Refusal

NONE: frozenset[str] = frozenset()


class RestsOnIt(Refusal):
    """Something that stands rests on what was to be struck; strike that first."""


class SourceDoesNotStand(Refusal):
    """A void is undone only where what the event rests on stands."""


class NeedsSecondPerson(Refusal):
    """A correction after approval needs an authority, given by another person."""


class NeverReplaced(Refusal):
    """A seal is not replaced: void it, while nothing rests on it, and seal again."""


def may_void(context: Context, target: Recorded, also_struck: frozenset[str] = NONE) -> None:
    """Refuse to void what something standing rests on; `also_struck` is voided in the same breath."""
    body = target.body
    match body:
        case RevisionOpened() | RevisionSealed():
            file = StateFile(context, body.state)
            seal = file.now.sealed.get(body.revision)
            resting = [file.seeded(body.revision)]
            if seal is not None:
                resting.append(file.rests_on(seal.manifest))
            for row in resting:
                if row is not None and row.event_id not in also_struck:
                    raise RestsOnIt(
                        f"{row.kind} {row.event_id} (position {row.position}) rests on revision {body.revision}",
                        remedy="strike that first",
                    )
        case CellAssessed() | CellCorrected():
            if not also_struck:
                authorised(context, target)
        case _:
            pass


def authorised(context: Context, target: Recorded) -> None:
    """Refuse to strike a cell of an approved revision without a second person's authority, named as causation."""
    body = target.body
    if context.importing or not isinstance(body, CellAssessed | CellCorrected):
        return
    file = StateFile(context, body.state)
    if not any(row.kind == "approved" and row.about == body.revision for row in file.now.acts):
        return
    cause = None if context.causation is None else context.record.event(context.causation)
    if cause is None or not isinstance(cause.body, CorrectionAuthorised) or cause.body.target != target.id:
        raise NeedsSecondPerson(
            f"revision {body.revision} of {body.state} is approved",
            remedy="a second person records `authorise-correction`; name that event as causation",
        )
    if cause.header.actor == context.actor:
        raise NeedsSecondPerson(f"{context.actor} gave the authority and cannot also correct")


def may_stand_again(context: Context, event: Recorded) -> None:
    """Refuse to undo the void of an event whose source does not stand."""
    body = event.body
    missing: str | None = None
    match body:
        case RevisionOpened() if body.seeded_from is not None:
            file = StateFile(context, body.state)
            missing = None if body.seeded_from in file.now.sealed else f"the seal of revision {body.seeded_from}"
        case CellAssessed() | CellCorrected() | CellConfirmed() | RevisionWithdrawn() | RevisionSealed():
            file = StateFile(context, body.state)
            missing = None if body.revision in file.now.opened else f"the opening of revision {body.revision}"
            if isinstance(body, RevisionSealed) and body.revision in file.now.sealed:
                raise RestsOnIt(f"revision {body.revision} has been sealed again since")
        case MatrixApproved() | MatrixSent() | Published() | Unpublished():
            file = StateFile(context, body.state)
            seals = {row.manifest for row in file.now.sealed.values()}
            missing = None if body.manifest in seals else f"the seal of manifest {body.manifest}"
        case _:
            pass
    if missing is not None:
        raise SourceDoesNotStand(f"{missing} does not stand")


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
            authorised(context, target)
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
