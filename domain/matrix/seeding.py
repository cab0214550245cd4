"""Manifest and carry-over as a decision works them out."""

from collections.abc import Mapping

from domain.canonical import encode
from domain.header import encode_header, leaf_hash
from domain.mapping import MappingAdopted, sources_of
from domain.mapping import stream as mapping_stream
from domain.matrix.documents import CarriedCell, CarryOver, Manifest, ManifestCell
from domain.matrix.file import StateFile
from domain.recorded import Recorded
from domain.refusals import NotFound
from domain.standing import Cut


def manifest(file: StateFile, revision: int, known_at: str) -> bytes:
    """Return the manifest of a revision: its working standing, reading `stood`, at (known_at, the last position)."""
    _, opened = file.opening(revision)
    matrix = file.at(Cut(known_at=known_at, position=file.context.before, reading="stood"))
    names = list(matrix.fields(opened.template))
    found = matrix.works(revision, names)
    events = file.facts.at({stands.position for stands in found.values()})
    cells = [_cell(cell, None if (stands := found.get(cell)) is None else events[stands.position]) for cell in names]
    return encode(
        Manifest(kind=Manifest.KIND, state=file.state, revision=revision, template=opened.template, cells=tuple(cells))
    )


def _cell(cell: str, event: Recorded | None) -> ManifestCell:
    if event is None:
        return ManifestCell(cell=cell, event_id=None, leaf=None)
    return ManifestCell(cell=cell, event_id=event.id, leaf=leaf_hash(encode_header(event.header)).hex())


def carry_over(file: StateFile, revision: int, template: str, source: int, known_at: str) -> bytes:
    """Return how revision `revision` on `template` reads through to the sealed revision `source`."""
    _, opened = file.opening(source)
    matrix = file.at(Cut(known_at=known_at, position=file.context.before, reading="stood"))
    sources = _sources(file, opened.template, template)
    through = {cell: sources[cell] for cell in matrix.fields(template) if sources.get(cell)}
    read = matrix.read_through(source, template, through)
    events = file.facts.at({stands.position for stands in read.values()})
    cells = [
        CarriedCell(
            cell=cell,
            from_cells=from_cells,
            event_id=None if (stands := read.get(cell)) is None else events[stands.position].id,
        )
        for cell, from_cells in through.items()
    ]
    return encode(
        CarryOver(kind=CarryOver.KIND, state=file.state, revision=revision, from_revision=source, cells=tuple(cells))
    )


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
