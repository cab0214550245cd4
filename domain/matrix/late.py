"""Where the weaker rules of late history apply to a matrix: to a text that came late as a whole, and to no other."""

from collections.abc import Iterator

from domain import ids
from domain.matrix.file import StateFile
from domain.recorded import Recorded
from domain.records import came_late


def imported_late(file: StateFile, revision: int, *acts: Recorded) -> bool:
    """Return whether this is an import about a sealed text that came late, and so did these acts on it.

    The text is the opening of the revision, its seal and every event that its manifest names, carried ones too.
    """
    context = file.context
    return context.importing and came_late(context.record, acts) and came_late(context.record, _text(file, revision))


def _text(file: StateFile, revision: int) -> Iterator[Recorded]:
    own = file.context.record.history(ids.matrix_revision(file.state, revision)).by_id
    yield file.facts.event(file.opening(revision)[0].event_id)
    yield file.facts.event(file.seal(revision).event_id)
    for cell in file.facts.manifest(file.manifest(revision)).cells:
        if cell.event_id is not None:
            yield own.get(cell.event_id) or file.facts.event(cell.event_id)
