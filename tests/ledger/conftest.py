from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.address import Address
from ledger.record import Record
from tests import postgres
from tests.ledger import tampered, tiny
from tests.ledger.places import KINDS, Hand, Place


@pytest.fixture(scope="session", params=KINDS)
def kind(request: pytest.FixtureRequest) -> type[Place]:
    """Each kind of database; a test that takes this, or what follows from it, runs on each."""
    name: str = request.param
    if name == "postgresql":
        postgres.server_url()
    return KINDS[name]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def place(kind: type[Place], home: Path) -> Place:
    return kind(home)


@pytest.fixture
def address(place: Place) -> Address:
    return place.address


@pytest.fixture
def record(place: Place) -> Iterator[Record]:
    with place.create() as found:
        found.submit_all(tiny.registrations())
        yield found


@pytest.fixture(scope="session")
def sound(kind: type[Place], tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A record that nobody changes."""
    found = kind(tmp_path_factory.mktemp("sound") / "home")
    tampered.fill(found)
    return found


@pytest.fixture
def copy(sound: Place, home: Path) -> Place:
    """The same record, for a stranger to change."""
    return sound.copied(home)


@pytest.fixture
def stranger(copy: Place) -> Iterator[Hand]:
    with copy.stranger() as hand:
        yield hand
