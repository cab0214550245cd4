"""Looking for rows by the words of a text: an index beside the table of a generation, on either database.

What holds which words is said in `projections.words` alone. The databases are given words that were made plain before,
separated by spaces, and are asked only which rows may hold what is looked for. SQLite keeps the words of every event
once, however many rows say where it stands; PostgreSQL indexes the rows themselves.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from domain.rectangles import BEYOND
from projections.engine.view import Columns, Value, View
from projections.words import Wanted, folded

FOLDED = "folded"
_ORDINALS = 20
"""Bits of an id in the index of SQLite that say which of an event's rows it is; the others are its position."""


def folded_of(view: View[Columns], columns: Columns) -> Iterator[Value]:
    """Yield what a row holds beside its columns: its words in plain letters, if they can be looked for."""
    if view.full_text is not None:
        yield " ".join(folded(_text(view, columns)))


def holds(view: View[Columns], columns: Columns, words: Wanted) -> bool:
    """Return whether the text of a row holds what is looked for."""
    return words.held_by(_text(view, columns))


def _text(view: View[Columns], columns: Columns) -> str:
    text: str | None = getattr(columns, view.full_text or "")
    return text or ""


def searched(table: str) -> str:
    """Return the name of the index of a table where it is a table of its own."""
    return f"{table}_{FOLDED}"


def make_searchable(table: sa.Table, kind: sa.types.TypeEngine[str]) -> None:
    """Give a table what it needs for looking by words."""
    index = searched(table.name)
    table.append_column(sa.Column(FOLDED, kind, nullable=False))
    sa.Index(f"{index}_words", _lexemes(table), postgresql_using="gin").ddl_if(dialect="postgresql")
    sa.Index(f"{index}_place", table.c.position, table.c.ordinal).ddl_if(dialect="sqlite")


def begin_searching(connection: sa.Connection, table: sa.Table) -> None:
    """Make what fills the index of a table row by row, where the database needs that; the table is empty."""
    if FOLDED not in table.c or connection.dialect.name != "sqlite":
        return
    name, index = table.name, searched(table.name)
    place, last = f"NEW.position << {_ORDINALS} | NEW.ordinal", f"NEW.to_noticed = '{BEYOND}'"
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE {index} USING fts5({FOLDED}, content='', detail=none, tokenize='ascii')"
    )
    connection.exec_driver_sql(  # of each event one rectangle begins at its position and never ends in noticing
        f"CREATE TRIGGER {index}_row AFTER INSERT ON {name} WHEN NEW.from_position = NEW.position AND {last}"  # noqa: S608 - our own names
        f" BEGIN INSERT INTO {index} (rowid, {FOLDED}) VALUES ({place}, NEW.{FOLDED}); END"
    )


def may_hold(table: sa.Table, words: Wanted, *, embedded: bool) -> sa.ColumnElement[bool]:
    """Return the condition on rows that hold every word looked for, one after the other or not."""
    each = [
        (word, term.open and place == len(term.words))
        for term in words.terms
        for place, word in enumerate(term.words, 1)
    ]
    if not embedded:
        said = " & ".join(f"'{word}':*" if is_open else f"'{word}'" for word, is_open in each)
        return _lexemes(table).op("@@")(sa.cast(said, TSQUERY))
    said = " AND ".join(f'"{word}" *' if is_open else f'"{word}"' for word, is_open in each)
    index = sa.table(searched(table.name), sa.column("rowid", sa.BigInteger))
    place = index.c.rowid
    found = sa.select(place.op(">>")(_ORDINALS), place.op("&")(2**_ORDINALS - 1)).where(
        sa.literal_column(index.name).op("MATCH")(said)
    )
    return sa.tuple_(table.c.position, table.c.ordinal).in_(found)


def _lexemes(table: sa.Table) -> sa.ColumnElement[str]:
    return sa.func.array_to_tsvector(sa.func.string_to_array(table.c[FOLDED], sa.literal_column("' '")))
