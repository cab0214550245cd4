import pytest

from tests.ledger.proving.stranger import Stranger, built


@pytest.fixture(scope="session")
def go(tmp_path_factory: pytest.TempPathFactory) -> Stranger:
    return built(tmp_path_factory.mktemp("go"))
