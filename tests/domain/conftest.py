"""Given a Committee, for every test that wants one."""

import pytest

from tests.committee import Committee


@pytest.fixture
def committee() -> Committee:
    return Committee()
