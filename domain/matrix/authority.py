"""The second person whose authority a correction after approval needs (section 4 of the record)."""

from domain.deciding import Context
from domain.decision import CorrectionAuthorised
from domain.matrix.events import (
    CellAssessed,
    CellCorrected,
)
from domain.matrix.file import StateFile
from domain.recorded import Recorded
from domain.records import BatchImported
from domain.refusals import Refusal


class NeedsSecondPerson(Refusal):
    """A correction after approval needs an authority, given by another person."""


def authorised(context: Context, target: Recorded, concerned: Recorded) -> None:
    """Refuse to strike what concerns a cell of an approved revision, unless a second person allowed it.

    `target` is what is struck, `concerned` the cell event that it is or that it voids in the end. The authority is an
    event named as causation.
    """
    body = concerned.body
    if not isinstance(body, CellAssessed | CellCorrected) or (context.importing and _came_late(context, concerned)):
        return
    file = StateFile(context, body.state)
    members = {member.id for member in file.facts.family(concerned).members}
    if _approvals(file, body.revision) or _approved_elsewhere(file, members):
        _second_person(file, body.revision, {target.id})


def _came_late(context: Context, event: Recorded) -> bool:
    """Return whether an event entered in a batch: the weaker rules of late history reach no fact recorded live."""
    cause = None if event.header.causation_id is None else context.record.event(event.header.causation_id)
    return cause is not None and isinstance(cause.body, BatchImported)


def _approved_elsewhere(file: StateFile, members: set[str]) -> bool:
    """True where an approved manifest, of whatever revision, names one of these events."""
    manifests = {row.manifest for row in file.now.acts if row.kind == "approved" and row.manifest is not None}
    return any(cell.event_id in members for each in manifests for cell in file.facts.manifest(each).cells)


def repair_authorised(file: StateFile, revision: int) -> None:
    """Refuse a new fact that repairs an error of an approved revision, unless a second person allowed it.

    There is nothing to strike, so what the authority names is an approval of the revision.
    """
    approvals = _approvals(file, revision)
    if approvals and not file.context.importing:
        _second_person(file, revision, approvals)


def _approvals(file: StateFile, revision: int) -> set[str]:
    return {row.event_id for row in file.now.acts if row.kind == "approved" and row.about == revision}


def _second_person(file: StateFile, revision: int, targets: set[str]) -> None:
    context = file.context
    cause = None if context.causation is None else context.record.event(context.causation)
    if (
        cause is None
        or not isinstance(cause.body, CorrectionAuthorised)
        or cause.body.target not in targets
        or not context.record.history(cause.header.stream).stands(cause.id, file.now.cut)
    ):
        raise NeedsSecondPerson(
            f"revision {revision} of {file.state} is approved",
            remedy="a second person records `authorise-correction`; name that event as the cause",
        )
    if cause.header.actor == context.actor:
        raise NeedsSecondPerson(f"{context.actor} gave the authority and cannot also correct")
