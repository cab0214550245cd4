"""What may be voided in a State's file, and what may stand again: openings and seals bear what was done since."""

from domain import ids
from domain.consent import Published, Unpublished
from domain.deciding import Context, RecordView
from domain.exchange.sending import MatrixSent
from domain.foreseen import Foreseen
from domain.index import Row
from domain.matrix.approving import check_approved_once
from domain.matrix.authority import authorised
from domain.matrix.events import (
    CellAssessed,
    CellConfirmed,
    CellCorrected,
    MatrixApproved,
    RevisionOpened,
    RevisionSealed,
    RevisionWithdrawn,
)
from domain.matrix.facts import FactsOnRecord
from domain.matrix.file import StateFile, in_order
from domain.matrix.replacing import check_correction
from domain.recorded import Recorded
from domain.standing import Cut
from domain.undermining import RestsOnIt, SourceDoesNotStand


def may_void(context: Context, target: Recorded, then: Foreseen) -> None:
    """Refuse to void what something standing rests on, or what is approved without a second person."""
    _may_fall(context, target)
    if isinstance(target.body, RevisionOpened):
        before = then.history(target.header.stream).family(target.id).stands
        if before is not None:
            check_correction(context, target, before.body, before.header.known_at)
    authorised(context, target, target)


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
            if isinstance(body, MatrixApproved):
                check_approved_once(context.standing(ids.matrix(body.state)), body)
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
    """Refuse a record in which something of a State stands without the seal that it rests on, or is approved twice."""
    facts = FactsOnRecord(record)
    rows = facts.acts(state, Cut())
    opened = {row.about for row in rows if row.kind == "opened"}
    seals = [row for row in rows if row.kind == "sealed" and row.about in opened]
    sealed = {row.about: row.manifest for row in seals}
    approvals: list[Recorded] = []
    for row in rows:
        event = facts.event(row.event_id)
        body = event.body
        match body:
            case RevisionOpened():
                hangs = body.seeded_from is not None and body.seeded_from not in sealed
            case MatrixApproved():
                check_approved_once(approvals, body)
                approvals.append(event)
                hangs = body.manifest not in sealed.values()
            case MatrixSent() | Published():
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
