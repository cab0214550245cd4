"""What anyone may see of a State's matrix: the version published now, as it stands on the stream of what is public."""

import msgspec

from domain.consent import Published
from domain.matrix.events import Source
from domain.template import LegendEntry
from domain.values import Instant, Integer, Position, Precision, Sha256, StateCode, Uuid
from projections.matrix import CellView
from projections.publications import current, versions
from projections.question import Question

TYPE, VERSION = "published.matrix", 1


class PublishedCell(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cell of a published matrix: value and event are null where nothing stands."""

    cell: str
    value: str | None
    event_id: Uuid | None
    position: Position | None
    known_at: Instant | None
    known_precision: Precision | None
    sources: tuple[Source, ...]
    corrected_by: Uuid | None
    withheld: bool


class PublishedMatrix(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The version of a State's matrix that is published now, with the notice and the legend that belong to it."""

    log: str
    state: StateCode
    revision: Integer
    template: str
    manifest: Sha256
    published: Uuid
    position: Position
    known_at: Instant
    recorded_at: Instant
    synthetic: bool
    notice: str
    legend: tuple[LegendEntry, ...]
    cells: tuple[PublishedCell, ...]


def published_matrix(question: Question, log: str) -> PublishedMatrix | None:
    """Return what is published now and open to whoever asks, None where nothing is."""
    shown = current(question, versions(question))
    if shown is None:
        return None
    view, act = shown.matrix.view, shown.published
    assert isinstance(act.body, Published)  # noqa: S101 - the act of a publication
    assert view.revision is not None  # noqa: S101 - a manifest is of a revision
    return PublishedMatrix(
        log=log,
        state=view.state,
        revision=view.revision,
        template=view.template or "",
        manifest=act.body.manifest,
        published=act.id,
        position=act.position,
        known_at=act.header.known_at,
        recorded_at=act.header.recorded_at,
        synthetic=view.synthetic,
        notice=view.notice or "",
        legend=view.legend or (),
        cells=tuple(_cell(cell) for cell in view.cells),
    )


def _cell(view: CellView) -> PublishedCell:
    return PublishedCell(
        cell=view.cell,
        value=view.value,
        event_id=view.event_id,
        position=view.position,
        known_at=view.known_at,
        known_precision=view.known_precision,
        sources=view.sources or (),
        corrected_by=view.corrected_by,
        withheld=view.withheld,
    )
