from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from ledger.address import address
from tests import postgres
from tests.workflows.mail.given import Office, Post, record_at, serving, smtp
from workflows.mail.smtp import SmtpMailer


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with record_at(tmp_path / "home") as record:
        yield Office.made(record)


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """The Secretariat on each of the two databases."""
    place = None
    if request.param == "postgresql":
        place = address(f"{postgres.database_url()}&schema={postgres.fresh_schema()}")
    with record_at(tmp_path / "home", place) as record:
        yield Office.made(record)


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def mailer(post: Post) -> Iterator[SmtpMailer]:
    with ExitStack() as stack:
        yield smtp(stack.enter_context(serving(post)))
