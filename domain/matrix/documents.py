"""The two documents that the matrix itself produces: manifest and carry-over, canonical JSON named by hash."""

from functools import lru_cache
from typing import ClassVar

import msgspec

from domain.canonical import decode
from domain.values import CellId, Name, Revision, Sha256, StateCode, Uuid


class ManifestCell(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cell of a manifest: the event that stands there and its leaf, or null."""

    cell: CellId
    event_id: Uuid | None
    leaf: Sha256 | None


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a sealed revision says, cell by cell in template order."""

    KIND: ClassVar[str] = "manifest"
    kind: str
    state: StateCode
    revision: Revision
    template: Name
    cells: tuple[ManifestCell, ...]


class CarriedCell(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A target cell, the source cells it reads through, and what it read just before the opening."""

    cell: CellId
    from_cells: tuple[CellId, ...]
    event_id: Uuid | None


class CarryOver(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a seeded revision reads through to the revision it was seeded from."""

    KIND: ClassVar[str] = "carry-over"
    kind: str
    state: StateCode
    revision: Revision
    from_revision: Revision
    cells: tuple[CarriedCell, ...]


@lru_cache(maxsize=512)
def read_manifest(data: bytes) -> Manifest:
    """Return the manifest that stored bytes hold."""
    return decode(data, Manifest, where="manifest")


@lru_cache(maxsize=512)
def read_carry_over(data: bytes) -> dict[str, CarriedCell]:
    """Return the rows of a stored carry-over by target cell."""
    return {row.cell: row for row in decode(data, CarryOver, where="carry-over").cells}
