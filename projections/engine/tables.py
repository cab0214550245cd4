"""The tables: those in which the engine keeps its own affairs, and one for each generation of a view."""

from functools import cache

import msgspec
import sqlalchemy as sa
from msgspec import inspect

from projections.engine.full_text import make_searchable
from projections.engine.view import Columns, View

ENGINE = sa.MetaData()
"""The engine's own tables; a change to them is a migration in projections/migrations."""


WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Text that is compared by its code points on any database."""

GENERATIONS = sa.Table(
    "generations",
    ENGINE,
    sa.Column("view", WORDS, primary_key=True),
    sa.Column("generation", sa.Integer, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", WORDS, nullable=False),
    sa.Column("began_at", WORDS, nullable=False),
    sa.Column("switched_at", WORDS),
)
sa.Index(
    "one_live_generation",
    GENERATIONS.c.view,
    unique=True,
    sqlite_where=GENERATIONS.c.state == "live",
    postgresql_where=GENERATIONS.c.state == "live",
)
TRACKING = sa.Table(
    "tracking",
    ENGINE,
    sa.Column("view", WORDS, primary_key=True),
    sa.Column("generation", sa.Integer, primary_key=True),
    sa.Column("share", sa.Integer, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("leaf", WORDS, nullable=False),
)
DEAD_LETTERS = sa.Table(
    "dead_letters",
    ENGINE,
    sa.Column("view", WORDS, primary_key=True),
    sa.Column("generation", sa.Integer, primary_key=True),
    sa.Column("position", sa.BigInteger, primary_key=True),
    sa.Column("event_id", WORDS, nullable=False),
    sa.Column("stream", WORDS, nullable=False),
    sa.Column("type", WORDS, nullable=False),
    sa.Column("error", WORDS, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("skipped", sa.Boolean, nullable=False),
    sa.Column("set_aside_at", WORDS, nullable=False),
)
KEY = ("root_position", "from_position", "from_noticed", "ordinal")
"""What tells rows of a view apart."""


@cache
def table(view: View[Columns], generation: int) -> sa.Table:
    """Return the table of a generation of a view; its columns are in the order in which placing gives values."""
    name = f"{view.name}_{generation}"
    own = [_column(field) for field in _fields(view.columns)]
    made = sa.Table(
        name,
        sa.MetaData(),
        sa.Column("root_position", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("from_position", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("from_noticed", WORDS, primary_key=True),
        sa.Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("to_position", sa.BigInteger, nullable=False),
        sa.Column("to_noticed", WORDS, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("event_id", WORDS, nullable=False),
        sa.Column("stream", WORDS, nullable=False),
        sa.Column("type", WORDS, nullable=False),
        sa.Column("known_at", WORDS, nullable=False),
        sa.Column("known_precision", WORDS, nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("audience", WORDS, nullable=False),
        sa.Column("synthetic", sa.Boolean, nullable=False),
        *own,
        *(sa.Index(f"{name}_{'_'.join(columns)}", *columns) for columns in view.indexes),
        sqlite_with_rowid=False,
    )
    if view.full_text is not None:
        make_searchable(made, WORDS)
    return made


def _fields(columns: type[Columns]) -> tuple[inspect.Field, ...]:
    found = inspect.type_info(columns)
    assert isinstance(found, inspect.StructType)  # noqa: S101 - Columns is a struct
    return found.fields


def _column(field: inspect.Field) -> sa.Column[str] | sa.Column[int] | sa.Column[bool]:
    kinds = field.type.types if isinstance(field.type, inspect.UnionType) else (field.type,)
    nullable = any(isinstance(kind, inspect.NoneType) for kind in kinds)
    (kind,) = (kind for kind in kinds if not isinstance(kind, inspect.NoneType))
    match kind:
        case inspect.StrType() | inspect.LiteralType():
            return sa.Column(field.name, WORDS, nullable=nullable)
        case inspect.IntType():
            return sa.Column(field.name, sa.BigInteger, nullable=nullable)
        case inspect.BoolType():
            return sa.Column(field.name, sa.Boolean, nullable=nullable)
        case _:
            raise TypeError(f"{field.name}: a column holds text, a whole number, yes or no, or null, not {kind}")


def columns_of(view: View[Columns], values: dict[str, object]) -> Columns:
    """Return a row's own columns as the view's struct."""
    return view.columns(**{name: values[name] for name in view.columns.__struct_fields__})


def audience_of(stored: str) -> tuple[str, ...]:
    """Return the audiences that a row is addressed to."""
    return msgspec.json.decode(stored, type=tuple[str, ...])
