from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from projections.engine.migrating import migrate
from projections.engine.store import Store, embedded_url
from tests.postgres import postgres_url

Stores = Callable[[], Store]


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where views are to be kept: an empty place on each of the two databases."""
    with ExitStack() as stack:
        yield embedded_url(tmp_path) if request.param == "sqlite" else stack.enter_context(postgres_url())


@pytest.fixture
def stores(url: str) -> Iterator[Stores]:
    """Open the same views several times, as several processes would."""
    opened: list[Store] = []

    def another() -> Store:
        opened.append(Store(url))
        return opened[-1]

    migrate(another())
    yield another
    for store in opened:
        store.close()


@pytest.fixture
def store(stores: Stores) -> Store:
    return stores()
