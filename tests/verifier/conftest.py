from collections.abc import Iterator
from pathlib import Path

import pytest

from projections.axes import Asked
from tests.histories.playing import played, random_ops
from tests.verifier.asking import Place, bundle
from tests.verifier.proven import Proven, proven


@pytest.fixture(scope="session")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proven]:
    """A record in which a matrix is approved, sent and published, sealed and witnessed."""
    found = proven(
        Path(tmp_path_factory.mktemp("proven"), "record"), played(random_ops(34, 150)).record, witnessed=True
    )
    with found.record:
        yield found


@pytest.fixture(scope="session")
def place() -> Place:
    return Place("KEN", Asked(standing="working"))


@pytest.fixture(scope="session")
def sound(here: Proven, place: Place) -> bytes:
    """The bundle of a whole matrix as it stands."""
    return bundle(here, place)
