"""The view on the page about adding one works as it is printed."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from domain.actor import ActorRegistered
from domain.recorded import Recorded
from domain.standing import Cut
from projections.engine.following import Follower
from projections.engine.migrating import migrate
from projections.engine.rows import ReplayedRows, StoredRows
from projections.engine.store import Store, embedded_url
from projections.engine.view import Columns, Lookup, View
from tests.projections.engine.given import registry

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-view.md"
IMPORTED: dict[str, Any] = {
    each.__name__: each for each in (ActorRegistered, Columns, Iterable, Lookup, Recorded, View)
}  # Any: what a module holds


def test_the_view_on_the_page_is_kept_and_read(tmp_path: Path) -> None:
    printed, *_ = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    exec(printed, module := dict(IMPORTED))  # noqa: S102 - our own page
    view, record, store = module["VIEW"], registry(1, 5), Store(embedded_url(tmp_path))
    migrate(store)
    Follower(store, record, [view]).catch_up()
    found = StoredRows(store).at(view, Cut(position=record.last_position), {"kind": "person"})
    store.close()
    assert [row.of.actor for row in found] == ["sec", "sec2", "chair"]
    assert found == ReplayedRows(record).at(view, Cut(position=record.last_position))
