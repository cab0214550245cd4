"""Whether one person did what two should: assessed and sealed or approved, corrected and authorised."""

from collections.abc import Iterator, Sequence

from domain import ids
from domain.decision import CorrectionAuthorised
from domain.matrix.approving import Approvable, approvals_of, ever_approved, names_any
from domain.matrix.events import CellAssessed, CellCorrected, MatrixApproved, RevisionSealed
from domain.recorded import Recorded
from projections.audit.check import Check, Found
from projections.audit.trail import Trail


def own_work(trail: Trail) -> Iterator[Found]:
    """Yield seals and approvals by an actor who assessed cells of the revision."""
    for event in trail.standing("matrix/", RevisionSealed, MatrixApproved):
        body = event.body
        assert isinstance(body, RevisionSealed | MatrixApproved)  # noqa: S101 - `standing` yields nothing else
        stream = ids.matrix_revision(body.state, body.revision)
        cells = trail.standing_in(stream, CellAssessed, CellCorrected)
        assessed = sum(cell.header.actor == event.header.actor for cell in cells)
        if assessed:
            did = "sealed" if isinstance(body, RevisionSealed) else "approved"
            yield Found(
                event,
                f"revision {body.revision} of {body.state} was {did} by {event.header.actor}, "
                f"who assessed {assessed} of its cells",
            )


def alone(trail: Trail) -> Iterator[Found]:
    """Yield corrections of what was approved by then that no second person allowed."""
    for act in trail.acts():
        approvals = _guards(trail, act)
        if not approvals:
            continue
        cause = None if act.header.causation_id is None else trail.event(act.header.causation_id)
        if cause is None or not isinstance(cause.body, CorrectionAuthorised):
            yield Found(
                act, "changes what was approved, and no second person's authority is its cause", (approvals[-1],)
            )
        elif trail.came_late(cause):
            yield Found(act, f"rests on the authority at position {cause.position}, which an import claims", (cause,))
        elif cause.header.actor == act.header.actor:
            yield Found(act, f"rests on the authority at position {cause.position}, given by the same actor", (cause,))


def _guards(trail: Trail, act: Recorded) -> list[Recorded]:
    """Return the approvals, recorded before it, because of which an act needs a second person."""
    concerned, given = _approvals(trail, act)
    before = [each for each in given if each.position < act.position]
    if act.header.command_id in trail.reversals:
        before = [each for each in before if _names(trail, each, concerned)]
    elif not trail.came_late(act):
        return before
    return [each for each in before if not trail.came_late(each)]


def _approvals(trail: Trail, act: Recorded) -> tuple[Recorded, Sequence[Recorded]]:
    """Return what an act corrects, voids or repairs, and every approval of that."""
    concerned = act
    while concerned.header.strikes is not None and (concerned is act or concerned.header.voids):
        struck = trail.event(concerned.header.strikes)
        if struck is None:
            return act, ()
        concerned = struck
    if concerned is not act and isinstance(concerned.body, Approvable):
        return concerned, approvals_of(trail, concerned, concerned.body)
    if act.header.noticed_at is not None and isinstance(act.body, CellAssessed):
        return act, ever_approved(trail, act.body.state, act.body.revision)
    return act, ()


def _names(trail: Trail, approval: Recorded, concerned: Recorded) -> bool:
    assert isinstance(approval.body, MatrixApproved)  # noqa: S101 - only approvals are given
    return names_any(trail, approval.body, {concerned.id})


OWN_WORK = Check(
    name="own-work-sealed",
    says="Who assessed cells of a revision does not also seal or approve it.",
    find=own_work,
)
ALONE = Check(
    name="corrected-alone",
    says="What was approved is corrected on the authority of a second person.",
    find=alone,
)
