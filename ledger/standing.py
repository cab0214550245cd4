"""The as-of index as a table: rows that the domain derives, written with their event and read by range."""

from collections.abc import Iterable
from typing import cast

from domain.index import Change, Kind, Row, change, noticed_cut, placed_row
from domain.recorded import Recorded
from domain.rectangles import BEYOND
from domain.standing import NO_LIMIT, Cut, History, alone
from domain.standing import history as history_of
from domain.times import FAR_PAST
from domain.values import Precision
from ledger.database import Database
from ledger.mapper import uuid_bytes, uuid_text
from ledger.tables import STANDING

COLUMNS = (
    "state, revision, cell, known_at, root_position, from_position, from_noticed, to_position, to_noticed,"
    " kind, position, event_id, about, value, manifest, known_precision, repairs"
)
_CLOSE = """UPDATE standing SET to_position = ?
WHERE state = ? AND revision = ? AND cell = ? AND root_position = ? AND to_position = ?"""
_OF_CELL = f"""SELECT {COLUMNS} FROM standing WHERE state = ? AND revision = ? AND cell = ?
AND from_position <= ? AND to_position > ? AND from_noticed <= ? AND to_noticed > ?
ORDER BY known_at, root_position"""  # noqa: S608 - fixed columns

Columns = tuple[str, int, str, str, int, int, str, int, str, str, int, bytes, int, str | None, str | None, str, int]


def derived(event: Recorded, history: History | None) -> Change | None:
    """Return what an event does to the index; `history` of its stream up to it is needed only where it strikes."""
    if event.header.strikes is not None and history is not None:
        return change(history, event)
    if event.header.noticed_at is None:
        # An ordinary fact stands from its position on, in both readings: no need to look along the noticed axis.
        row = placed_row(alone(event), event, event, event.position, (FAR_PAST, BEYOND))
        return None if row is None else Change(row.state, event.position, None, (row,))
    return change(history_of([event]), event)


def write(database: Database, changes: Iterable[Change]) -> None:
    """Write changes in their order: what one adds, a later one of the same transaction may close."""
    added: list[Columns] = []
    for each in changes:
        if each.closes_at is not None:
            database.insert(STANDING, added)
            added = []
            revision, cell = each.rows[0].revision, each.rows[0].cell
            database.execute(_CLOSE, (each.closes_at, each.state, revision, cell, each.root_position, NO_LIMIT))
        added += [columns(row) for row in each.rows]
    database.insert(STANDING, added)


def acts(database: Database, state: str, cut: Cut) -> list[Row]:
    """Return the acts of a State that stand at a cut whatever their known date, and what voids struck ones."""
    return of_cell(database, state, 0, "", cut)


def of_cell(database: Database, state: str, revision: int, cell: str, cut: Cut) -> list[Row]:
    """Return the rows of one cell that hold at a cut whatever their known date, those of kind `void` too."""
    noticed = noticed_cut(cut.known_at, cut.reading)
    position = min(cut.position, NO_LIMIT - 1)  # open rows end at NO_LIMIT, which they do not include
    at = (position, position, noticed, noticed)
    return [row_of(found) for found in database.rows(_OF_CELL, (state, revision, cell, *at))]


def columns(row: Row) -> Columns:
    """Return the columns of a row."""
    return (
        row.state,
        row.revision,
        row.cell,
        row.known_at,
        row.root_position,
        row.from_position,
        row.from_noticed,
        row.to_position,
        row.to_noticed,
        row.kind,
        row.position,
        uuid_bytes(row.event_id),
        row.about,
        row.value,
        row.manifest,
        row.known_precision,
        int(row.repairs),
    )


def row_of(found: Columns) -> Row:
    """Return the row that columns hold."""
    return Row(
        state=found[0],
        revision=found[1],
        cell=found[2],
        known_at=found[3],
        root_position=found[4],
        from_position=found[5],
        from_noticed=found[6],
        to_position=found[7],
        to_noticed=found[8],
        kind=cast(Kind, found[9]),
        position=found[10],
        event_id=uuid_text(found[11]),
        about=found[12],
        value=found[13],
        manifest=found[14],
        known_precision=cast(Precision, found[15]),
        repairs=bool(found[16]),
    )
