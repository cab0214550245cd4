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
            # The owner of the record made it where roles are apart; `IF NOT EXISTS` would ask for the right even so.
            if not sa.inspect(connection).has_schema(store.schema):
                connection.execute(sa.schema.CreateSchema(store.schema))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return before
