"""Questions worth proving: what the house answers at a place on the axes, and the bundle that proves it."""

import json
import random
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from domain.access import Reader
from domain.values import Reading, Standing
from interfaces.bootstrap import facts_of
from projections.axes import Asked, resolve
from projections.matrix import only, show
from projections.openness import MaySee, seen_by
from projections.origin import RecordOrigin
from projections.proving import answers
from projections.question import Question
from projections.rights import Rights
from tests.histories.made_up import STATES
from tests.verifier.proven import Proven

STANDINGS: tuple[Standing, ...] = ("working", "approved", "sent", "published")
READINGS: tuple[Reading, ...] = ("corrected", "stood")
DATES = (None, *(str(year) for year in range(2005, 2015)), "2010-03", "2012-07-01", "2011-05-05T10:00:00Z")


class Everything(Reader, frozen=True):
    """Who may read whatever is on record."""

    def reads_all(self, now: str) -> bool:  # noqa: ARG002 - at any time
        return True

    def audiences(self, now: str) -> frozenset[str]:  # noqa: ARG002 - at any time
        return frozenset(("public", "committee", "secretariat", "expert", *(f"state:{state}" for state in STATES)))


class Place(NamedTuple):
    """What is asked about a State's matrix."""

    state: str
    written: Asked
    cell: str | None = None


def places(proven: Proven, chance: random.Random, count: int) -> Iterator[Place]:
    """Yield questions at random places."""
    for _ in range(count):
        position = chance.randint(1, proven.point.through)
        day = proven.record.recorded_at(position)[:10]
        by = chance.choice((None, None, str(position), day, f"{day}T06:00:00-05:00"))
        if by is not None and "-" in by and day <= proven.record.recorded_at(1)[:10]:
            by = None  # nothing may be recorded by then
        written = Asked(
            as_of=chance.choice(DATES),
            recorded_by=by,
            standing=chance.choice(STANDINGS),
            reading=chance.choice(READINGS),
        )
        yield Place(chance.choice(STATES), written)


def shown(proven: Proven, place: Place, chance: random.Random) -> tuple[Place, dict[str, Any]]:
    """Return what `show --json` says, of the whole matrix or of a cell chosen from it."""
    record, now = proven.record, proven.record.now()
    question = Question(
        state=place.state,
        axes=resolve(answers.UpTo(record, proven.point.through), place.written, now),
        facts=facts_of(record, replay=False),
        rights=Rights(record, Everything(), place.state, now),
        record=record,
        origin=RecordOrigin(record),
    )
    matrix = show(question)
    if matrix.view.cells and chance.random() < 0.5:
        cell = chance.choice(matrix.view.cells).cell
        place, matrix = place._replace(cell=cell), only(question, matrix, cell)
    found: dict[str, Any] = json.loads(msgspec.json.encode(matrix.view))
    return place, found


def bundle(proven: Proven, place: Place, seen: MaySee | None = None) -> bytes:
    """Return the bundle that answers a question."""
    return answers.matrix(
        proven.record,
        proven.point,
        seen or everything(proven),
        state=place.state,
        cell=place.cell,
        written=place.written,
    )


def everything(proven: Proven) -> MaySee:
    """Return the eyes of who may read whatever is on record."""
    return seen_by(proven.record, Everything(), proven.record.now())
