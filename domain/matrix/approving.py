"""Approving a manifest, and what was ever approved."""

from collections.abc import Sequence, Set

from domain import ids
from domain.audiences import COMMITTEE
from domain.deciding import Context, RecordView, earliest, fold_of
from domain.decision import adopts
from domain.matrix.commands import ApproveMatrix
from domain.matrix.events import CellAssessed, CellCorrected, MatrixApproved, RevisionOpened, RevisionSealed
from domain.matrix.facts import FactsOnRecord
from domain.matrix.file import StateFile, in_order
from domain.matrix.late import imported_late
from domain.recorded import Decided, Draft, Recorded
from domain.refusals import Conflict, Refusal

Approvable = CellAssessed | CellCorrected | MatrixApproved | RevisionOpened | RevisionSealed
"""What an approval speaks of or rests on, and the approval."""


class NotDecided(Refusal):
    """No adopted decision on record rests on this manifest."""


class AlreadyApproved(Refusal):
    """A decision approves a manifest once."""


def approve(command: ApproveMatrix, context: Context) -> Decided:
    """Approve a sealed revision's manifest under a decision that adopted exactly it.

    An import needs no decision where the whole text came late.
    """
    file = StateFile(context, command.state)
    sealed = file.seal(command.revision)
    in_order(sealed.known_at, context.known_at, "approved before the seal")
    approved = file.manifest(command.revision)
    if command.manifest is not None and command.manifest != approved:
        raise Conflict(f"revision {command.revision} was sealed with manifest {approved}, not {command.manifest}")
    adoption = adopts(context, command.decision, approved)
    if adoption is None and not imported_late(file, command.revision):
        raise NotDecided(
            f"decision {command.decision} does not adopt manifest {approved}",
            remedy="propose that manifest, adopt it, then approve",
        )
    if adoption is not None:
        begins = earliest(sealed.known_at, sealed.known_precision)
        in_order(begins, adoption.header.known_at, "adopted before the seal of what it adopts")
        in_order(adoption.header.known_at, context.known_at, "approved before the decision was adopted")
    basis = (sealed.event_id,) if adoption is None else (adoption.id, sealed.event_id)
    event = MatrixApproved(
        state=command.state, revision=command.revision, manifest=approved, decision_id=command.decision, basis=basis
    )
    check_approved_once(context.standing(ids.matrix(command.state)), event)
    return Decided((Draft(stream=ids.matrix(command.state), event=event, audience=COMMITTEE),))


def check_approved_once(standing: Sequence[Recorded], approval: MatrixApproved) -> None:
    """Refuse an approval beside a standing one of the same manifest under the same decision."""
    for event in fold_of(tuple(standing), MatrixApproved):
        body = event.body
        assert isinstance(body, MatrixApproved)  # noqa: S101 - `fold_of` returns nothing else
        if (body.manifest, body.decision_id) == (approval.manifest, approval.decision_id):
            raise AlreadyApproved(
                f"decision {body.decision_id} has approved revision {body.revision} of {body.state} already: "
                f"event {event.id} (position {event.position})",
                remedy="a new approval of the same text is a new decision",
            )


def approvals(record: RecordView, state: str) -> list[tuple[Recorded, MatrixApproved]]:
    """Return every approval of a State's matrix ever recorded: one that was voided may have been acted on."""
    events = record.history(ids.matrix(state)).events
    return [(event, event.body) for event in events if isinstance(event.body, MatrixApproved)]


def ever_approved(record: RecordView, state: str, revision: int) -> tuple[Recorded, ...]:
    """Return every approval of a revision ever recorded."""
    return tuple(event for event, body in approvals(record, state) if body.revision == revision)


def approvals_of(record: RecordView, event: Recorded, body: Approvable) -> tuple[Recorded, ...]:
    """Return every approval ever recorded of what an event says, or of what rests on it, of whatever revision."""
    said: tuple[Recorded, ...] = ()
    if isinstance(body, CellAssessed | CellCorrected):
        said = record.history(event.header.stream).family(event.id).members
    elif isinstance(body, RevisionOpened | RevisionSealed):
        said = record.history(ids.matrix_revision(body.state, body.revision)).events
    named, since = {each.id for each in said}, min((each.position for each in said), default=0)
    return tuple(
        approval
        for approval, approved in approvals(record, body.state)
        if approved.revision == body.revision or (approval.position > since and names_any(record, approved, named))
    )


def names_any(record: RecordView, approved: MatrixApproved, event_ids: Set[str]) -> bool:
    """Return whether the manifest of an approval names any of some events."""
    return any(cell.event_id in event_ids for cell in FactsOnRecord(record).manifest(approved.manifest).cells)
