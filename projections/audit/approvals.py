"""Approvals against decisions: adopted, of the very manifest that was put to the Committee and circulated."""

from collections.abc import Iterator

from domain.decision import DecisionAdopted, DecisionCirculated, DecisionProposed, stream
from domain.matrix.documents import read_manifest
from domain.matrix.events import MatrixApproved
from domain.recorded import Recorded
from domain.standing import Family
from projections.audit.check import Check, Found
from projections.audit.trail import Trail


def undecided(trail: Trail) -> Iterator[Found]:
    """Yield approvals whose decision did not adopt, or whose circulation did not hold, what was approved."""
    for event in trail.standing("matrix/", MatrixApproved):
        body = event.body
        assert isinstance(body, MatrixApproved)  # noqa: S101 - `standing` yields nothing else
        acts = trail.known_by(stream(body.decision_id), event.header.known_at)
        what = _amiss(acts, body)
        if what:
            yield Found(event, f"revision {body.revision} of {body.state}: {what}", acts)


def _amiss(acts: tuple[Recorded, ...], approved: MatrixApproved) -> str:
    named = f"decision {approved.decision_id}"
    items = {
        item.number
        for act in acts
        if isinstance(act.body, DecisionProposed)
        for item in act.body.items
        if approved.manifest in item.rests_on
    }
    adoptions = [act for act in acts if isinstance(act.body, DecisionAdopted)]
    if not adoptions:
        return f"no adoption of {named} is on record by then"
    adoption = next((a for a in adoptions if isinstance(a.body, DecisionAdopted) and items & set(a.body.items)), None)
    if adoption is None:
        return f"{named} adopted no item that rests on the manifest approved"
    circulated = [
        act.body
        for act in acts
        if isinstance(act.body, DecisionCirculated) and act.header.known_at <= adoption.header.known_at
    ]
    if not circulated:
        return f"no circulation of {named} is on record before it was adopted"
    papers = {paper for each in circulated for paper in each.documents}
    if papers and approved.manifest not in papers:
        return f"the manifest approved was not among what was circulated with {named}"
    return ""


def not_approved_again(trail: Trail) -> Iterator[Found]:
    """Yield corrections and voids of cells that the State's last approval still names."""
    for approval in {event.header.stream: event for event in trail.standing("matrix/", MatrixApproved)}.values():
        assert isinstance(approval.body, MatrixApproved)  # noqa: S101 - `standing` yields nothing else
        data = trail.document(approval.body.manifest)
        cells = () if data is None else read_manifest(data).cells
        named = {cell.event_id: cell.cell for cell in cells if cell.event_id is not None}
        for revision in trail.streams(f"{approval.header.stream}/"):
            for family in trail.history(revision).families():
                if len(family.members) > 1:
                    yield from _struck(trail, approval, named, family)


def _struck(trail: Trail, approval: Recorded, named: dict[str, str], family: Family) -> Iterator[Found]:
    at = (trail.cut.position, trail.cut.noticed_by)
    stands = family.standing(*at)
    for member in family.members:
        by = stands or family.voids(*at).get(member.id)
        if member.id in named and by is not None and by.id != member.id:
            became = "voided" if by.header.voids else "corrected"
            yield Found(
                by,
                f"{named[member.id]} was {became} after it was approved at position {approval.position}, "
                "and no approval since names what stands",
                (approval, member),
            )


UNDECIDED = Check(
    name="approved-without-decision",
    says="A matrix is approved by a decision that adopted exactly the manifest that was circulated.",
    find=undecided,
)
NOT_AGAIN = Check(
    name="corrected-not-approved-again",
    says="What was corrected after approval counts as approved only by a new approval.",
    find=not_approved_again,
)
