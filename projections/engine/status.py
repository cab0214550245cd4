"""How views are: how far each has come, how far behind that is, and what was set aside."""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec
import sqlalchemy as sa

from domain.times import moment
from domain.values import Instant
from projections.engine.generations import Generation, generations
from projections.engine.source import Followed
from projections.engine.store import Store
from projections.engine.tables import DEAD_LETTERS
from projections.engine.view import Columns, View

WITHHELD = "withheld"
State = Literal["not built", "being built", "live", "stopped"]


class DeadLetter(msgspec.Struct, frozen=True, kw_only=True):
    """An event that a view could not take in; where it was not `skipped`, the view is stopped before it."""

    position: int
    event_id: str
    stream: str
    type: str
    error: str
    attempts: int
    skipped: bool
    set_aside_at: Instant


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """One view; `behind` is in positions, `behind_seconds` the age of the first event that it has not taken in."""

    view: str
    state: State
    version: int
    generation: int | None
    position: int
    behind: int
    behind_seconds: float
    dead_letters: tuple[DeadLetter, ...]

    def without_errors(self) -> "Status":
        """Return the same for someone who may not read all events: an error may quote what an event says."""
        hidden = tuple(msgspec.structs.replace(each, error=WITHHELD) for each in self.dead_letters)
        return msgspec.structs.replace(self, dead_letters=hidden)


def status(store: Store, record: Followed, views: Iterable[View[Columns]], now: str) -> list[Status]:
    """Return how each of some views is."""
    last = record.last_position
    with store.reading() as connection:
        found = generations(connection)
        letters = {(each.view, each.number): _letters(connection, each) for each in found}
    told: list[Status] = []
    for view in views:
        mine = [e for e in found if e.view == view.name and e.version == view.version and e.belongs_to(record)]
        shown = next((each for state in ("live", "building") for each in mine if each.state == state), None)
        position = 0 if shown is None else shown.position
        aside = () if shown is None else letters[shown.view, shown.number]
        told.append(
            Status(
                view=view.name,
                state=_state(shown, aside),
                version=view.version,
                generation=None if shown is None else shown.number,
                position=position,
                behind=max(last - position, 0),
                behind_seconds=_age(record, position, now) if position < last else 0.0,
                dead_letters=tuple(aside),
            )
        )
    return told


def _letters(connection: sa.Connection, generation: Generation) -> tuple[DeadLetter, ...]:
    columns = DEAD_LETTERS.c
    found = (
        sa.select(*(columns[name] for name in DeadLetter.__struct_fields__))
        .where(columns.view == generation.view, columns.generation == generation.number)
        .order_by(columns.position)
    )
    return tuple(DeadLetter(**dict(row)) for row in connection.execute(found).mappings())


def _state(shown: Generation | None, aside: Sequence[DeadLetter]) -> State:
    if shown is None:
        return "not built"
    if any(not each.skipped for each in aside):
        return "stopped"
    return "live" if shown.state == "live" else "being built"


def _age(record: Followed, position: int, now: str) -> float:
    return max((moment(now) - moment(record.recorded_at(position + 1))).total_seconds(), 0.0)
