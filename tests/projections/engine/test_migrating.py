"""The engine's own tables come from migrations, and are those that the program thinks they are."""

from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from projections.engine.migrating import migrate
from projections.engine.store import HEAD, NotMigrated, Store
from projections.engine.tables import ENGINE


def test_the_last_migration_is_the_one_that_the_program_needs() -> None:
    config = Config()
    config.set_main_option("script_location", "projections:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_migrations_make_the_tables_that_the_program_uses(store: Store) -> None:
    with store.reading() as connection:
        # PostgreSQL tells of text that it has a collation, which is then no longer the type that was asked for.
        found = MigrationContext.configure(connection, opts={"compare_type": store.embedded})
        assert compare_metadata(found, ENGINE) == []


def test_a_store_is_migrated_once_and_then_ready(url: str) -> None:
    store = Store(url)
    assert store.migration() is None
    with pytest.raises(NotMigrated):
        store.check()
    assert migrate(store) is None
    store.check()
    assert migrate(store) == HEAD
    store.close()


def test_two_who_migrate_at_once_do_not_disturb_each_other(url: str) -> None:
    stores = [Store(url) for _ in range(3)]
    threads = [Thread(target=migrate, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.check()
        store.close()


def test_tables_of_another_program_are_refused(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NotMigrated, match="9999"):
        store.check()


def test_looking_for_views_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "views.sqlite"
    store = Store(f"sqlite:///{path}")
    assert (store.there, store.migration()) == (False, None)
    assert not path.exists()
    store.close()
