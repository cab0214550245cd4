"""Who set each cell: in what role, when known and recorded, from which page, and where it was first approved."""

from collections.abc import Mapping

import msgspec

from domain.index import Row
from domain.matrix.events import MatrixApproved, Source
from domain.values import Instant, Precision
from projections.claims import Claims, LateBatch
from projections.matrix import CarriedFrom, CellView, show
from projections.question import Heading, Question, members


class Approval(msgspec.Struct, frozen=True, kw_only=True):
    """The first approval whose manifest holds an event; all null but `withheld` where the reader may not see it."""

    event_id: str | None = None
    position: int | None = None
    known_at: Instant | None = None
    revision: int | None = None
    decision_id: str | None = None
    claimed_by_import: str | None = None
    withheld: bool = False


class Blamed(msgspec.Struct, frozen=True, kw_only=True):
    """One cell and who set it; `approval` is null where the event shown is not yet approved.

    `claimed_by_import` names the batch of late history whose claims role and dates are, null where recorded live.
    """

    cell: str
    value: str | None
    role: str | None
    claimed_by_import: str | None
    event_id: str | None
    position: int | None
    known_at: Instant | None
    known_precision: Precision | None
    recorded_at: Instant | None
    sources: tuple[Source, ...] | None
    carried_from: CarriedFrom | None
    approval: Approval | None
    withheld: bool


class Blame(Heading, frozen=True, kw_only=True):
    """A matrix, who set each of its cells, and the batches of late history that claim so."""

    cells: tuple[Blamed, ...]
    batches: tuple[LateBatch, ...]


def blame(question: Question) -> Blame:
    """Return who set each cell of a matrix, as far as the reader may see."""
    shown = show(question).view
    wanted = {cell.event_id for cell in shown.cells if cell.event_id is not None}
    claims = Claims(question.record)
    approvals = first_approvals(question, wanted, claims)
    cells = tuple(_blamed(question, cell, approvals, claims) for cell in shown.cells)
    return msgspec.convert(members(shown) | {"cells": cells, "batches": claims.batches}, Blame)


def first_approvals(question: Question, wanted: set[str], claims: Claims) -> Mapping[str, Approval]:
    """Return, by event, the first approval known by the cut whose manifest holds it."""
    found: dict[str, Approval] = {}
    for row in question.matrix().known("approved"):
        if len(found) == len(wanted):
            break
        if row.manifest is not None:
            held = {cell.event_id for cell in question.facts.manifest(row.manifest).cells if cell.event_id is not None}
            new = (wanted & held) - found.keys()
            if new:
                found |= dict.fromkeys(new, _approval(question, row, claims))
    return found


def _approval(question: Question, row: Row, claims: Claims) -> Approval:
    event = question.facts.event(row.event_id)
    if not question.rights.may(event):
        return Approval(withheld=True)
    body = event.body
    assert isinstance(body, MatrixApproved)  # noqa: S101 - the row's kind says so
    return Approval(
        event_id=event.id,
        position=event.position,
        known_at=event.header.known_at,
        revision=body.revision,
        decision_id=body.decision_id,
        claimed_by_import=claims.of(event),
    )


def _blamed(question: Question, cell: CellView, approvals: Mapping[str, Approval], claims: Claims) -> Blamed:
    event = None if cell.event_id is None else question.facts.event(cell.event_id)
    return Blamed(
        cell=cell.cell,
        value=cell.value,
        role=None if event is None else event.header.role,
        claimed_by_import=claims.of(event),
        event_id=cell.event_id,
        position=cell.position,
        known_at=cell.known_at,
        known_precision=cell.known_precision,
        recorded_at=cell.recorded_at,
        sources=cell.sources,
        carried_from=cell.carried_from,
        approval=None if cell.event_id is None else approvals.get(cell.event_id),
        withheld=cell.withheld,
    )
