"""The as-of index: for each State, which event stands where on the axes of time, as rectangles.

A row says: from position `from_position` up to (not including) `to_position`, for errors noticed by anything from
`from_noticed` up to (not including) `to_noticed`, this event stands in the family of `root_position`. The reading
`corrected` asks at the end of the noticed axis, the reading `stood` at the known date. So one range read answers
both readings at any known date and any position.
"""

from typing import Literal

import msgspec

from domain.consent import Published, Unpublished
from domain.exchange.sending import MatrixSent
from domain.matrix.events import (
    CellAssessed,
    CellCorrected,
    MatrixApproved,
    RevisionOpened,
    RevisionSealed,
    RevisionWithdrawn,
)
from domain.recorded import Event, Recorded
from domain.rectangles import rectangles
from domain.standing import NO_LIMIT, Family, History
from domain.times import FAR_FUTURE
from domain.values import Precision

Kind = Literal["opened", "sealed", "withdrawn", "approved", "sent", "published", "unpublished", "cell", "void"]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One rectangle of the index. Acts of a State lie under revision 0 and cell ``""``; `about` names their revision.

    `position` is that of the event that stands (or, for kind `void`, of the one that voids). `repairs` is true
    where the root was entered to repair an error, so that it is never a late fact.
    """

    state: str
    revision: int
    cell: str
    known_at: str
    root_position: int
    from_position: int
    to_position: int
    from_noticed: str
    to_noticed: str
    kind: Kind
    position: int
    event_id: str
    about: int
    value: str | None
    manifest: str | None
    known_precision: Precision
    repairs: bool


class Change(msgspec.Struct, frozen=True):
    """What one event does to the index: close the open rows of this root (if any) at this position, add these."""

    state: str
    root_position: int
    closes_at: int | None
    rows: tuple[Row, ...]


def _placed(body: Event) -> tuple[Kind, str, int, str | None, str | None] | None:
    """Return kind, State, revision, value and manifest of what the index follows, or None."""
    match body:
        case CellAssessed() | CellCorrected():
            return "cell", body.state, body.revision, body.value, None
        case RevisionOpened():
            return "opened", body.state, body.revision, None, None
        case RevisionWithdrawn():
            return "withdrawn", body.state, body.revision, None, None
        case RevisionSealed():
            return "sealed", body.state, body.revision, None, body.manifest
        case MatrixApproved():
            return "approved", body.state, body.revision, None, body.manifest
        case MatrixSent():
            return "sent", body.state, 0, None, body.manifest
        case Published():
            return "published", body.state, 0, None, body.manifest
        case Unpublished():
            return "unpublished", body.state, 0, None, body.manifest
        case _:
            return None


def placed_row(family: Family, stands: Recorded, shown: Recorded, since: int, span: tuple[str, str]) -> Row | None:
    """Return the row of what stands (or of what voids `shown`) in a family; None for what the index does not follow."""
    placed = _placed(shown.body)
    if placed is None:
        return None
    kind, state, about, value, manifest = placed
    is_cell = kind == "cell"
    root = family.root.header
    return Row(
        state=state,
        revision=about if is_cell else 0,
        cell=(root.subject or "") if is_cell else "",
        known_at=shown.header.known_at,
        root_position=root.position,
        from_position=since,
        to_position=NO_LIMIT,
        from_noticed=span[0],
        to_noticed=span[1],
        kind="void" if stands.header.voids else kind,
        position=stands.position,
        event_id=stands.id,
        about=about,
        value=None if stands.header.voids else value,
        manifest=manifest,
        known_precision=shown.header.known_precision,
        repairs=root.noticed_at is not None,
    )


def change(history: History, event: Recorded) -> Change | None:
    """Return what `event`, the last of `history`, does to the index; None for what the index does not follow."""
    family = history.family(event.id)
    placed = _placed(family.root.body)
    if placed is None:
        return None
    state = placed[1]
    rows = (
        placed_row(family, each.stands, each.shown, each.from_position, (each.from_noticed, each.to_noticed))
        for each in rectangles(family, event.position)
    )
    closes = event.position if len(family.members) > 1 else None
    return Change(state, family.root.position, closes, tuple(row for row in rows if row is not None))


def noticed_cut(known_at: str, reading: str) -> str:
    """Return where on the noticed axis a reading asks."""
    return known_at if reading == "stood" else FAR_FUTURE
