"""Given a Committee, for every test of a State's matrix."""

import pytest

from tests.committee import Committee


@pytest.fixture
def committee() -> Committee:
    return Committee()
