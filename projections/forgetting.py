"""Taking out of the views what was disposed of: no generation goes on holding it, and no freed page either."""

from collections.abc import Sequence

import sqlalchemy as sa

from ledger.vault.private_files import destroy
from projections.engine.generations import generations
from projections.engine.store import Store
from projections.views import texts


def forget(store: Store, positions: Sequence[int], documents: Sequence[int]) -> None:
    """Take out the rows of events at positions, and the texts of documents registered at others.

    A file of views is destroyed, and made anew when somebody reads; in a database the rows are deleted and their tables
    written anew.
    """
    if store.embedded:
        store.close()
        for suffix in ("-wal", "-shm", ""):
            path = store.file.with_name(f"{store.file.name}{suffix}")
            if path.exists():
                destroy(path)
        return
    if store.migration() is None:
        return
    with store.writing() as connection:
        found = generations(connection)
        tables = [
            (each.view, sa.table(f"{each.view}_{each.number}", *map(sa.column, ("position", "kind", "part"))))
            for each in found
        ]
        for view, table in tables:
            connection.execute(sa.delete(table).where(table.c.position.in_(positions)))
            if view == texts.VIEW.name:
                of_text = (
                    table.c.position.in_(documents) & (table.c.kind == "text") & (table.c.part != texts.UNSEARCHED)
                )
                connection.execute(sa.delete(table).where(of_text))
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for _, table in tables:
            connection.exec_driver_sql(f"VACUUM FULL {table.name}")
