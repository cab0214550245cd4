"""Reaching a PostgreSQL server: one that is gone is told of at once, and what an operator sets is kept."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.address import PostgresAddress, postgres_address
from ledger.postgres.connecting import connect, settings
from ledger.record import Record
from tests import postgres
from tests.ledger import tiny


@pytest.fixture
def address() -> Iterator[PostgresAddress]:
    schema = postgres.fresh_schema()
    yield postgres_address(f"{postgres.database_url()}&schema={schema}")
    postgres.drop_schema(schema)


@pytest.mark.parametrize(("given", "seconds"), [("", 5), ("&connect_timeout=2", "2"), ("&connect_timeout=30", "30")])
def test_a_server_is_waited_for_as_long_as_its_address_says_and_else_a_few_seconds(
    given: str, seconds: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGCONNECT_TIMEOUT", raising=False)
    address = postgres_address(f"postgresql://127.0.0.1/ledger?application_name=x{given}")
    assert settings(address, "ledger1540")["connect_timeout"] == seconds


def test_a_record_whose_server_is_gone_says_so_at_the_first_read(home: Path, address: PostgresAddress) -> None:
    Record.create(home, origin="example.org/ledger1540/1", rules=tiny.rules(), address=address).close()
    with socket.socket() as silent:  # it takes connections and never answers
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        gone = f"postgresql://127.0.0.1:{silent.getsockname()[1]}/ledger?connect_timeout=2&schema={address.schema}"
        with pytest.raises(Exception, match="timeout"):
            Record.open(home, rules=tiny.rules(), address=postgres_address(gone)).last_position  # noqa: B018


def test_options_of_an_address_are_kept_beside_ours(address: PostgresAddress) -> None:
    told = f"{address.whole}&options=-c%20statement_timeout%3D7s%20-c%20search_path%3Dpublic"
    with connect(postgres_address(told)) as connection:
        shown = [
            connection.execute(f"SHOW {name}".encode()).fetchone() for name in ("statement_timeout", "search_path")
        ]
    assert shown == [("7s",), (address.schema,)]
