"""The second person whose authority a correction after approval needs (section 4 of the record)."""

from collections.abc import Iterable, Sequence

from domain import ids
from domain.deciding import Context
from domain.decision import CorrectionAuthorised
from domain.matrix.approving import Approvable, approvals, approvals_of, ever_approved, names_any
from domain.matrix.events import MatrixApproved
from domain.matrix.file import StateFile
from domain.matrix.late import imported_late
from domain.recorded import Recorded
from domain.records import came_late
from domain.refusals import Refusal
from domain.standing import Cut


class NeedsSecondPerson(Refusal):
    """A correction after approval needs an authority, given by another person."""


def authorised(context: Context, target: Recorded, concerned: Recorded) -> None:
    """Refuse to strike an approval, or what it speaks of or rests on, unless a second person allowed it.

    `target` is what is struck, `concerned` the event that it is or that it voids in the end. The authority is an
    event named as causation. An approval that was voided guards as it did before. An import needs no authority where
    all of this came late.
    """
    body = concerned.body
    if not isinstance(body, Approvable):
        return
    given = approvals_of(context.record, concerned, body)
    if given and not (context.importing and came_late(context.record, (target, concerned, *given))):
        _second_person(
            context, given, {target.id}, (ids.matrix(body.state), ids.matrix_revision(body.state, body.revision))
        )


def repair_authorised(file: StateFile, revision: int) -> None:
    """Refuse a new fact that repairs an error of an approved revision, unless a second person allowed it.

    There is nothing to strike, so what the authority names is an approval of the revision.
    """
    given = ever_approved(file.context.record, file.state, revision)
    if given and not imported_late(file, revision, *given):
        streams = (ids.matrix(file.state), ids.matrix_revision(file.state, revision))
        _second_person(file.context, given, {approval.id for approval in given}, streams)


def reversal_authorised(context: Context, batch: Recorded, states: Iterable[str], reversed_ids: frozenset[str]) -> None:
    """Refuse to reverse cells that an approval recorded live names, unless a second person allowed it.

    The authority names the event that began the batch.
    """
    for state in states:
        for approval, approved in approvals(context.record, state):
            if not came_late(context.record, (approval,)) and names_any(context.record, approved, reversed_ids):
                _second_person(context, (approval,), {batch.id}, (batch.header.stream,))


def _second_person(context: Context, given: Sequence[Recorded], targets: set[str], streams: Sequence[str]) -> None:
    """Refuse unless the cause is an authority for one of `targets` that was not used yet in any of `streams`."""
    if context.importing:
        raise NeedsSecondPerson(
            f"{_approved(context, given)}; an import does not strike or repair that",
            remedy="give this live, on the authority of a second person",
        )
    cause = None if context.causation is None else context.record.event(context.causation)
    if (
        cause is None
        or not isinstance(cause.body, CorrectionAuthorised)
        or cause.body.target not in targets
        or not context.record.history(cause.header.stream).stands(cause.id, Cut(position=context.before))
    ):
        raise NeedsSecondPerson(
            _approved(context, given),
            remedy=f"a second person records `authorise-correction` of {min(targets)}; name that event as the cause",
        )
    if came_late(context.record, (cause,)):
        raise NeedsSecondPerson(f"authority {cause.id} was imported: who gave it is a claim", remedy="ask for it here")
    if cause.header.actor == context.actor:
        raise NeedsSecondPerson(f"{context.actor} gave the authority and cannot also correct")
    if any(
        event.header.causation_id == cause.id for stream in streams for event in context.record.history(stream).events
    ):
        raise NeedsSecondPerson(f"authority {cause.id} has been used", remedy="each correction has one of its own")


def _approved(context: Context, given: Sequence[Recorded]) -> str:
    """Say which revision is approved, or was."""
    standing = {event.id for event in context.standing(given[0].header.stream)}
    approval = next((each for each in reversed(given) if each.id in standing), given[-1])
    assert isinstance(approval.body, MatrixApproved)  # noqa: S101 - only approvals are given
    revision = f"revision {approval.body.revision} of {approval.body.state}"
    return (
        f"{revision} is approved" if approval.id in standing else f"{revision} was approved, and that guards it still"
    )
