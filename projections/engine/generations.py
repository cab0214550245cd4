"""Generations of a view: tables beside each other, of which one is live, and how far each has come."""

from collections.abc import Sequence
from typing import Literal

import msgspec
import sqlalchemy as sa

from domain.refusals import Conflict
from projections.engine.full_text import begin_searching, searched
from projections.engine.source import Followed, leaf_at
from projections.engine.tables import DEAD_LETTERS, GENERATIONS, TRACKING, table
from projections.engine.view import Columns, View

State = Literal["building", "rebuilding", "live", "kept"]
"""`building`: the engine's own first or changed one; `rebuilding`: a rebuild's; `kept`: live before the present one."""

_G, _T = GENERATIONS.c, TRACKING.c


class LostLead(Conflict):
    """Another engine has moved this generation on, or taken it away; nothing was written."""


class Generation(msgspec.Struct, frozen=True):
    """One generation of a view, the position that all of it has come to, and the leaf hash of the event there."""

    view: str
    number: int
    version: int
    state: State
    position: int
    leaf: str = ""

    def belongs_to(self, record: Followed) -> bool:
        """True unless it was made from another record, or from what a restored one no longer holds."""
        return self.leaf == leaf_at(record, self.position)


def generations(connection: sa.Connection, view: str | None = None) -> list[Generation]:
    """Return the generations of a view, or of all views, the oldest first."""
    joined = GENERATIONS.join(TRACKING, (_G.view == _T.view) & (_G.generation == _T.generation))
    found = (
        sa.select(_G.view, _G.generation, _G.version, _G.state, sa.func.min(_T.position), sa.func.min(_T.leaf))
        .select_from(joined)
        .group_by(_G.view, _G.generation, _G.version, _G.state)
        .order_by(_G.view, _G.generation)
    )
    if view is not None:
        found = found.where(_G.view == view)
    return [Generation(*row) for row in connection.execute(found)]


def live(connection: sa.Connection, view: str) -> Generation | None:
    """Return the live generation of a view."""
    return next((each for each in generations(connection, view) if each.state == "live"), None)


def readable(connection: sa.Connection, view: View[Columns]) -> Generation | None:
    """Return the generation that a program with this version of a view reads: the live one, or the one just before.

    So a program that goes on while a newer one switches still reads the rows that it knows.
    """
    found = [e for e in generations(connection, view.name) if e.version == view.version and e.state in ("live", "kept")]
    return found[-1] if found else None


def begin(connection: sa.Connection, view: View[Columns], state: State, now: str, shares: int = 1) -> Generation:
    """Make the table of a new generation, which has come to position 0; its indexes come when it is filled."""
    last: int | None = connection.scalar(sa.select(sa.func.max(_G.generation)).where(_G.view == view.name))
    number = (last or 0) + 1
    connection.execute(
        GENERATIONS.insert().values(view=view.name, generation=number, version=view.version, state=state, began_at=now)
    )
    rows = [
        {"view": view.name, "generation": number, "share": share, "position": 0, "leaf": ""} for share in range(shares)
    ]
    connection.execute(TRACKING.insert(), rows)
    made = table(view, number)
    connection.execute(sa.schema.CreateTable(made))
    begin_searching(connection, made)
    return Generation(view.name, number, view.version, state, 0)


def index(connection: sa.Connection, view: View[Columns], generation: Generation) -> None:
    """Make the indexes of a generation that was filled without: at once they cost less than row by row."""
    for each in table(view, generation.number).indexes:
        each.create(connection, checkfirst=True)


def tracked(
    connection: sa.Connection, generation: Generation, share: int, before: int, position: int, leaf: str
) -> None:
    """Say that a share of a generation has come from one position to another.

    Raises:
        LostLead: it is not where it was thought to be.
    """
    moved = connection.execute(
        TRACKING.update()
        .where(
            _T.view == generation.view,
            _T.generation == generation.number,
            _T.share == share,
            _T.position == before,
        )
        .values(position=position, leaf=leaf)
    )
    if moved.rowcount != 1:
        raise LostLead(f"{generation.view}, generation {generation.number}, is no longer at position {before}")


def join_shares(connection: sa.Connection, generation: Generation) -> None:
    """Go on with one tracking row for a generation whose shares have all come to one position."""
    mine = (_T.view == generation.view) & (_T.generation == generation.number)
    connection.execute(TRACKING.delete().where(mine, _T.share > 0))


def switch(connection: sa.Connection, to: Generation, now: str) -> bool:
    """Make a generation the live one, keep the one before it, and drop older ones; False while it is behind."""
    mine = _G.view == to.view
    others = generations(connection, to.view)
    before = next((each for each in others if each.state == "live"), None)
    here = next((each for each in others if each.number == to.number), None)
    if here is None:
        raise LostLead(f"{to.view}, generation {to.number}, is gone")
    if before is not None and here.position < before.position:
        return False
    drop(connection, [each for each in others if each.state == "kept"])
    connection.execute(GENERATIONS.update().where(mine, _G.state == "live").values(state="kept"))
    new = mine & (_G.generation == to.number)
    connection.execute(GENERATIONS.update().where(new).values(state="live", switched_at=now))
    return True


def drop(connection: sa.Connection, gone: Sequence[Generation]) -> None:
    """Drop generations with all that is known of them."""
    for each in gone:
        name = f"{each.view}_{each.number}"
        for one in (name, searched(name)):
            connection.execute(sa.schema.DropTable(sa.Table(one, sa.MetaData()), if_exists=True))
        for own in (DEAD_LETTERS, TRACKING, GENERATIONS):
            connection.execute(own.delete().where(own.c.view == each.view, own.c.generation == each.number))
