"""Events of a matrix. These are the stored format: a new field is a new version (the record's section 2)."""

from typing import ClassVar

import msgspec

from domain.recorded import Event, RecordedInError
from domain.values import CellId, Date, Integer, Name, Revision, Sha256, StateCode, Uuid


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Where a cell's value was found: a document, the place in it, and its words, verbatim."""

    document_id: Name
    locator: str
    quotation: str
    language: str
    translation: str


class RevisionOpened(Event, frozen=True, kw_only=True):
    """A new revision of a State's matrix is begun on a template, seeded or not from an earlier revision."""

    TYPE: ClassVar[str] = "matrix.revision-opened"
    state: StateCode
    revision: Revision
    template: Name
    seeded_from: Revision | None
    carried: Sha256 | None


class RevisionWithdrawn(Event, frozen=True, kw_only=True):
    """A revision is given up; what was approved of it remains."""

    TYPE: ClassVar[str] = "matrix.revision-withdrawn"
    state: StateCode
    revision: Revision
    reason: str


class RevisionSealed(Event, frozen=True, kw_only=True):
    """A revision is closed and its manifest fixed."""

    TYPE: ClassVar[str] = "matrix.revision-sealed"
    state: StateCode
    revision: Revision
    manifest: Sha256


class MatrixExamined(Event, frozen=True, kw_only=True):
    """The Committee has examined a State's matrix: a fact apart from its approval (6(a)(iii))."""

    TYPE: ClassVar[str] = "matrix.examined"
    state: StateCode
    revision: Revision
    manifest: Sha256 | None
    note: str


class MatrixApproved(Event, frozen=True, kw_only=True):
    """The Committee has approved a manifest by a decision."""

    TYPE: ClassVar[str] = "matrix.approved"
    state: StateCode
    revision: Revision
    manifest: Sha256
    decision_id: Name
    basis: tuple[Uuid, ...]


class MatrixSuperseded(Event, frozen=True, kw_only=True):
    """An approved revision has been replaced by a later one; says so, changes no answer."""

    TYPE: ClassVar[str] = "matrix.superseded"
    state: StateCode
    revision: Revision
    by_revision: Revision


class CellAssessed(Event, frozen=True, kw_only=True):
    """A cell was assessed: its value on the strength of its sources. `replaces` is what the author saw."""

    TYPE: ClassVar[str] = "matrix.cell-assessed"
    state: StateCode
    revision: Revision
    cell: CellId
    value: str
    sources: tuple[Source, ...]
    in_force_from: Date | None
    in_force_to: Date | None
    note: str
    replaces: Uuid | None


class CellCorrected(Event, frozen=True, kw_only=True):
    """What was recorded of a cell was wrong (our typo, wrong page, misread article) and is put right."""

    TYPE: ClassVar[str] = "matrix.cell-corrected"
    state: StateCode
    revision: Revision
    cell: CellId
    value: str
    sources: tuple[Source, ...]
    in_force_from: Date | None
    in_force_to: Date | None
    note: str
    reason: str
    replaces: Uuid | None


class CellConfirmed(Event, frozen=True, kw_only=True):
    """A cell was looked at again and still stands; never changes an answer."""

    TYPE: ClassVar[str] = "matrix.cell-confirmed"
    state: StateCode
    revision: Revision
    cell: CellId
    note: str


class RowRemarked(Event, frozen=True, kw_only=True):
    """A remark on a row of the matrix: all cells of one section and item."""

    TYPE: ClassVar[str] = "matrix.row-remarked"
    state: StateCode
    revision: Revision
    section: str
    item: Integer
    remark: str


class MatrixRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a matrix should never have been recorded."""

    TYPE: ClassVar[str] = "matrix.recorded-in-error"


INSIDE = (
    CellAssessed,
    CellConfirmed,
    CellCorrected,
    MatrixApproved,
    MatrixExamined,
    RevisionSealed,
    RevisionWithdrawn,
    RowRemarked,
)
"""What is inside a revision, and falls with its opening."""
EVENTS: tuple[type[Event], ...] = (
    RevisionOpened,
    RevisionWithdrawn,
    RevisionSealed,
    MatrixExamined,
    MatrixApproved,
    MatrixSuperseded,
    CellAssessed,
    CellCorrected,
    CellConfirmed,
    RowRemarked,
    MatrixRecordedInError,
)
