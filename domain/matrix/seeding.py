"""Manifest and carry-over as a decision works them out."""

from collections.abc import Mapping

from domain import ids
from domain.canonical import encode
from domain.header import encode_header, leaf_hash
from domain.mapping import MappingAdopted, sources_of
from domain.mapping import stream as mapping_stream
from domain.matrix.documents import CarriedCell, CarryOver, Manifest, ManifestCell
from domain.matrix.file import StateFile
from domain.matrix.reading import MatrixFacts
from domain.refusals import NotFound
from domain.standing import Cut


def manifest(file: StateFile, revision: int, known_at: str) -> bytes:
    """Return the manifest of a revision: its working standing, reading `stood`, at (known_at, the last position)."""
    _, opened = file.opening(revision)
    matrix = file.at(Cut(known_at=known_at, position=file.context.before, reading="stood"))
    template = file.facts.template(opened.template, matrix.cut)
    cells: list[ManifestCell] = []
    for field in template.fields:
        row = matrix.works(revision, field.cell)
        leaf: str | None = None
        if row is not None:
            stands = file.context.record.history(ids.matrix_revision(row.state, row.revision)).by_id[row.event_id]
            leaf = leaf_hash(encode_header(stands.header)).hex()
        cells.append(ManifestCell(cell=field.cell, event_id=None if row is None else row.event_id, leaf=leaf))
    return encode(
        Manifest(kind=Manifest.KIND, state=file.state, revision=revision, template=opened.template, cells=tuple(cells))
    )


def carry_over(file: StateFile, revision: int, template: str, source: int, known_at: str) -> bytes:
    """Return how revision `revision` on `template` reads through to the sealed revision `source`."""
    _, opened = file.opening(source)
    matrix = file.at(Cut(known_at=known_at, position=file.context.before, reading="stood"))
    sources = _sources(file, opened.template, template)
    cells: list[CarriedCell] = []
    for field in file.facts.template(template, matrix.cut).fields:
        from_cells = sources.get(field.cell)
        if from_cells:
            event_id = _reads(matrix, source, template, field.cell, from_cells)
            cells.append(CarriedCell(cell=field.cell, from_cells=from_cells, event_id=event_id))
    return encode(
        CarryOver(kind=CarryOver.KIND, state=file.state, revision=revision, from_revision=source, cells=tuple(cells))
    )


def _reads(matrix: MatrixFacts, source: int, template: str, cell: str, from_cells: tuple[str, ...]) -> str | None:
    found = [matrix.reads(source, each) for each in from_cells]
    first = found[0]
    if first is None or len({None if each is None else each.value for each in found}) != 1:
        return None
    return first.event_id if matrix.allows(template, cell, first.value) else None


def _sources(file: StateFile, before: str, after: str) -> Mapping[str, tuple[str, ...]]:
    old = [field.cell for field in file.facts.template(before, file.now.cut).fields]
    if before == after:
        return {cell: (cell,) for cell in old}
    stream = mapping_stream(before, after)
    adopted = [e.body for e in file.context.standing(stream) if isinstance(e.body, MappingAdopted)]
    if not adopted:
        raise NotFound(f"no mapping {before} -> {after} is on record", remedy="seed on the same template, or adopt one")
    place = {cell: index for index, cell in enumerate(old)}
    return {cell: tuple(sorted(cells, key=place.__getitem__)) for cell, cells in sources_of(adopted[-1]).items()}
