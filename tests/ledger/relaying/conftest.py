from __future__ import annotations

import gc
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger import archive
from ledger.address import Address, postgres_address
from ledger.copying import Place as At
from ledger.copying import copy
from ledger.record import Record
from ledger.relaying.place import Place
from tests import postgres
from tests.broker import fresh_place
from tests.interfaces.desk import founded


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A record as it is when the Committee begins: its types and the programme with its duties."""
    return Path(shutil.copytree(founded(), tmp_path / "home"))


@pytest.fixture
def record(home: Path, request: pytest.FixtureRequest) -> Iterator[Record]:
    """That record in its home, or, where a test asks for it, on a PostgreSQL server."""
    address: Address | None = None
    if getattr(request, "param", "sqlite") == "postgresql":
        elsewhere = home.with_name("on-postgresql")
        address = postgres_address(f"{postgres.database_url()}&schema={postgres.fresh_schema()}")
        copy(At(archive.in_home(home), home), At(address, elsewhere))
        home = elsewhere
    with Record.open(home, address=address) as found:
        yield found


@pytest.fixture
def place() -> Place:
    return fresh_place()


@pytest.fixture
def sockets_left_by_the_client() -> Iterator[None]:
    """Let go of the sockets that the client's library leaves to the collector where a connection fails."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
