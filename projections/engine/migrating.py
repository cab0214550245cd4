"""Bringing the engine's own tables to the form that this program needs."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from projections.engine.store import Store

_LOCK = 1540_0001


def migrate(store: Store) -> str | None:
    """Run the migrations that are still to be run, all or none; return the one the tables were at before."""
    config = Config()
    config.set_main_option("script_location", "projections:migrations")
    before = store.migration()
    with store.writing() as connection:
        if not store.embedded:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            connection.execute(sa.schema.CreateSchema(store.schema, if_not_exists=True))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return before
