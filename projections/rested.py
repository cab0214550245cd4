"""Something that rests on a document, as an answer tells it."""

from collections.abc import Container

import msgspec

from domain.values import Instant, Precision, Standing
from projections.cited_cells import Cells, Found, StandsIn
from projections.views.citations import What


class Resting(msgspec.Struct, frozen=True, kw_only=True):
    """Something that rests on a document; `stands` says for a cell in which matrices that the reader may see.

    `law` is the law that it rests on, where that was asked. `struck` is a cell event that was corrected or voided since
    and stands in a manifest only, to whom that is told.
    """

    document: str
    law: str | None
    what: What
    name: str
    state: str | None
    revision: int | None
    value: str | None
    locator: str
    quotation: str
    stands: tuple[StandsIn, ...]
    struck: bool
    event_id: str
    position: int
    known_at: Instant
    known_precision: Precision
    recorded_at: Instant
    synthetic: bool


def within(each: Resting, standing: Standing | None) -> bool:
    """Return whether something stands in a standing, if one is asked for."""
    return standing is None or any(place.standing == standing for place in each.stands)


def resting(
    document: str, row: Found, cells: Cells, standing_now: Container[object], law: str | None = None
) -> Resting:
    """Return what a row tells."""
    of = row.of
    return Resting(
        document=document,
        law=law,
        what=of.what,
        name=of.name,
        state=of.state,
        revision=of.revision,
        value=of.value,
        locator=of.locator,
        quotation=of.quotation,
        stands=cells.stands(row),
        struck=of.what == "cell" and row.event_id not in standing_now and cells.addressed(row),
        event_id=row.event_id,
        position=row.position,
        known_at=row.known_at,
        known_precision=row.known_precision,
        recorded_at=row.recorded_at,
        synthetic=row.synthetic,
    )
