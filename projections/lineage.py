"""The lineage of a cell: the revisions that have it, and the cells it reads through, back to the first template."""

from collections.abc import Iterator, Mapping

import msgspec

from domain import ids
from domain.matrix.events import RevisionOpened
from domain.recorded import Recorded
from projections.question import Question


class Place(msgspec.Struct, frozen=True):
    """A cell in a revision; `inherited` where it is only read through, not asked for."""

    revision: int
    cell: str
    inherited: bool


def openings(question: Question) -> Mapping[int, Recorded]:
    """Return, by revision, the opening of the highest position that may be looked at, standing or not."""
    cut = question.axes.cut
    found: dict[int, Recorded] = {}
    for event in question.record.history(ids.matrix(question.state)).events:
        header = event.header
        if isinstance(event.body, RevisionOpened) and header.position <= cut.position:
            found[event.body.revision] = event
    return {revision: event for revision, event in found.items() if event.header.known_at <= cut.known_at}


def places(question: Question, cell: str) -> tuple[Place, ...]:
    """Return where a cell's story is told, the last revision first: where it stands itself, and what it reads through.

    A revision of another template is here only if the cell reads through to it.
    """
    opened = openings(question)
    found: dict[tuple[int, str], Place] = {}
    for revision in sorted(opened, reverse=True):
        body = opened[revision].body
        if isinstance(body, RevisionOpened) and body.template == ids.prefix(cell):
            for place in _through(question, opened, revision, cell, cell):
                found.setdefault((place.revision, place.cell), place)
    return tuple(found.values())


def _through(
    question: Question, opened: Mapping[int, Recorded], revision: int, cell: str, asked: str
) -> Iterator[Place]:
    yield Place(revision, cell, cell != asked)
    body = opened[revision].body
    if not isinstance(body, RevisionOpened) or body.carried is None or body.seeded_from is None:
        return
    if body.seeded_from not in opened:
        return
    row = question.facts.carry_over(body.carried).get(cell)
    for source in () if row is None else row.from_cells:
        yield from _through(question, opened, body.seeded_from, source, asked)
