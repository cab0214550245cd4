"""On PostgreSQL one role owns the record's tables and another uses them, with no right to change what is recorded."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict

from ledger.address import PostgresAddress, postgres_address
from ledger.postgres.making import excessive_rights
from ledger.record import Record
from ledger.refusals import RecordAbsent, RecordExists, RecordUnavailable
from ledger.verify import Verification
from tests import postgres
from tests.ledger import tiny

KEPT = ("events", "bodies", "nodes", "commands", "archive")
CHANGES = {
    "events": "header = event_id",
    "bodies": "body = nonce",
    "nodes": "hashes = hashes",
    "commands": "request_sha256 = command_id",
    "archive": "origin = 'other'",
}
Connection = psycopg.Connection[Any]
Act = Callable[[str], None]


@pytest.fixture(scope="module")
def urls() -> Iterator[dict[str, str]]:
    with postgres.roles("owner", "app", "auditor", "stranger") as found:
        name = found["owner"].partition("?")[0].rpartition("/")[2]
        with postgres.connected(postgres.database_url()) as connection:
            connection.execute(f'GRANT CREATE ON DATABASE "{name}" TO "{role("owner", found)}"'.encode())
        yield found


def role(name: str, urls: dict[str, str]) -> str:
    return str(conninfo_to_dict(urls[name])["user"])


@pytest.fixture
def schema() -> Iterator[str]:
    found = postgres.fresh_schema()
    yield found
    postgres.drop_schema(found)


@pytest.fixture
def addresses(urls: dict[str, str], schema: str) -> dict[str, PostgresAddress]:
    return {name: postgres_address(f"{url}&schema={schema}") for name, url in urls.items()}


def made(home: Path, addresses: dict[str, PostgresAddress]) -> Record:
    origin, rules = "example.org/ledger1540/1", tiny.rules()
    return Record.create(home, origin=origin, rules=rules, address=addresses["app"], owner=addresses["owner"])


@pytest.fixture
def record(home: Path, addresses: dict[str, PostgresAddress]) -> Iterator[Record]:
    with made(home, addresses) as found:
        found.submit_all(tiny.registrations())
        found.submit(tiny.Note(id="a", actor="x", text="one", document="a document", times=3))
        yield found


@pytest.fixture
def acting(urls: dict[str, str], schema: str, record: Record) -> Iterator[Callable[[str], Act]]:
    """Each role's way to say something to the database."""
    opened: list[Connection] = []

    def act(name: str) -> Act:
        connection = psycopg.connect(urls[name], autocommit=True, options=f"-c search_path={schema}")
        opened.append(connection)
        return lambda statement: connection.execute(statement.encode()).close()

    yield act
    for connection in opened:
        connection.close()


def test_the_applications_role_records_reads_follows_and_verifies(
    record: Record, addresses: dict[str, PostgresAddress]
) -> None:
    size = record.last_position
    with record.follow(size) as pages:
        record.submit(tiny.Assess(id="b", actor="x", cell=tiny.CELL, value="X"))
        assert [event.position for event in next(iter(pages))] == [size + 1]
    record.submit(tiny.Assess(id="c", actor="x", cell=tiny.CELL, value="?", strikes="b#0"))
    assert [event.position for event in record.recorded()] == list(range(1, size + 3))
    assert list(Verification(record.home, address=addresses["app"], rules=tiny.rules())) == []


@pytest.mark.parametrize("table", KEPT)
def test_the_applications_role_can_change_nothing_that_is_recorded(
    acting: Callable[[str], Act], urls: dict[str, str], table: str
) -> None:
    act = acting("app")
    for statement in (
        f"UPDATE {table} SET {CHANGES[table]}",
        f"DELETE FROM {table}",
        f"TRUNCATE {table}",
        f"TRUNCATE {table} CASCADE",
        f"DROP TABLE {table}",
        f"ALTER TABLE {table} ADD COLUMN more text",
        f"ALTER TABLE {table} RENAME TO other",
        f"ALTER TABLE {table} DISABLE TRIGGER {table}_keep",
        f"ALTER TABLE {table} DISABLE TRIGGER ALL",
        f"DROP TRIGGER {table}_keep ON {table}",
        f"CREATE TRIGGER mine BEFORE INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION kept()",
        f"CREATE RULE mine AS ON INSERT TO {table} DO INSTEAD NOTHING",
        f'ALTER TABLE {table} OWNER TO "{role("app", urls)}"',
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            act(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SET session_replication_role = replica",
        'SET ROLE "{owner}"',
        "DELETE FROM heads",
        "TRUNCATE heads",
        "DELETE FROM counter",
        "TRUNCATE counter, standing",
        "DROP SCHEMA {schema} CASCADE",
        "CREATE TABLE {schema}.mine (one int)",
        "CREATE OR REPLACE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "ALTER FUNCTION kept() SET search_path = public",
        "DROP FUNCTION events_follow() CASCADE",
    ],
)
def test_the_applications_role_cannot_get_round_that(
    acting: Callable[[str], Act], urls: dict[str, str], schema: str, statement: str
) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        acting("app")(statement.format(owner=role("owner", urls), schema=schema))


@pytest.mark.parametrize("table", KEPT)
def test_even_the_owner_is_refused_by_the_rules(acting: Callable[[str], Act], record: Record, table: str) -> None:
    act = acting("owner")
    for statement in (
        f"UPDATE {table} SET {CHANGES[table]}",
        f"DELETE FROM {table}",
        f"TRUNCATE {table}",
        f"TRUNCATE {table}, heads, standing CASCADE",
    ):
        with pytest.raises(psycopg.IntegrityError, match="append-only"):
            act(statement)
    assert list(Verification(record.home, address=record.address, rules=tiny.rules())) == []


@pytest.mark.parametrize("name", ["app", "owner"])
def test_whoever_may_add_adds_at_the_end_alone(acting: Callable[[str], Act], record: Record, name: str) -> None:
    act, last = acting(name), record.last_position
    for row in (
        f"SELECT {last} + 2, '\\x99', 'note/1', 4, 't', ''",
        f"SELECT {last} + 1, '\\x99', 'note/1', 3, 't', ''",
        f"SELECT {last} + 1, '\\x99', 'note/1', 5, 't', ''",
    ):
        with pytest.raises(psycopg.IntegrityError):
            act(f"INSERT INTO events {row}")
    with pytest.raises((psycopg.IntegrityError, errors.InsufficientPrivilege)):
        act("INSERT INTO events SELECT * FROM events ON CONFLICT (position) DO UPDATE SET topic = 'x'")
    assert list(Verification(record.home, address=record.address, rules=tiny.rules())) == []


def test_what_is_too_much_is_named_for_an_owner_and_nothing_for_the_application(
    record: Record, addresses: dict[str, PostgresAddress], acting: Callable[[str], Act], urls: dict[str, str]
) -> None:
    assert excessive_rights(addresses["app"]) == []
    named = excessive_rights(addresses["owner"])
    kept = ", ".join(sorted(KEPT))
    assert f"UPDATE of {kept}" in named
    assert {each.partition(" ")[0] for each in named} == {"UPDATE", "DELETE", "TRUNCATE", "TRIGGER", "ownership"}
    acting("owner")(f'GRANT DELETE ON heads TO "{role("app", urls)}"')
    assert excessive_rights(addresses["app"]) == ["DELETE of heads"]


def test_no_role_deletes_a_body_that_no_disposal_names(acting: Callable[[str], Act]) -> None:
    for name, statement in (("app", "SELECT dispose(2)"), ("owner", "DELETE FROM bodies WHERE position = 2")):
        with pytest.raises(errors.IntegrityConstraintViolation, match="by a recorded disposal alone"):
            acting(name)(statement)


def test_a_role_that_may_become_the_owner_has_too_much(
    record: Record, addresses: dict[str, PostgresAddress], urls: dict[str, str]
) -> None:
    owner, app = role("owner", urls), role("app", urls)
    with postgres.connected(postgres.database_url()) as connection:
        connection.execute(f'ALTER ROLE "{app}" NOINHERIT; GRANT "{owner}" TO "{app}"'.encode())
        try:
            assert [each.partition(" ")[0] for each in excessive_rights(addresses["app"])] == ["ownership"]
        finally:
            connection.execute(f'REVOKE "{owner}" FROM "{app}"; ALTER ROLE "{app}" INHERIT'.encode())


def test_a_role_without_rights_is_told_so_once_and_clearly(
    record: Record,
    addresses: dict[str, PostgresAddress],
    urls: dict[str, str],
    schema: str,
    acting: Callable[[str], Act],
) -> None:
    stranger = role("stranger", urls)

    def refused() -> None:
        for use in (
            lambda: Record.open(record.home, address=addresses["stranger"], rules=tiny.rules()),
            lambda: Verification(record.home, address=addresses["stranger"], rules=tiny.rules()),
        ):
            with pytest.raises(RecordUnavailable) as told:
                use()
            assert stranger in told.value.what
            assert "may not read" in told.value.what
            assert told.value.where == "database"

    refused()
    acting("owner")(f'GRANT USAGE ON SCHEMA {schema} TO "{stranger}"')
    refused()


def test_an_auditor_who_may_only_read_verifies_and_records_nothing(
    record: Record,
    addresses: dict[str, PostgresAddress],
    urls: dict[str, str],
    schema: str,
    acting: Callable[[str], Act],
) -> None:
    act, auditor = acting("owner"), role("auditor", urls)
    act(f'GRANT USAGE ON SCHEMA {schema} TO "{auditor}"')
    act(f'GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO "{auditor}"')
    assert list(Verification(record.home, address=addresses["auditor"], rules=tiny.rules())) == []
    with Record.open(record.home, address=addresses["auditor"], rules=tiny.rules()) as found:
        assert found.root() == record.root()
        with pytest.raises(RecordUnavailable, match="permission denied"):
            found.submit(tiny.Note(id="b", actor="x", text="two"))
    assert excessive_rights(addresses["auditor"]) == []


def test_a_role_that_may_make_no_schema_makes_no_record(home: Path, addresses: dict[str, PostgresAddress]) -> None:
    with pytest.raises(RecordUnavailable) as told:
        made(home, addresses | {"owner": addresses["stranger"]})
    assert "may not make a record" in told.value.what
    assert told.value.where == "owner"
    with pytest.raises(RecordAbsent):
        Record.open(home, address=addresses["app"])


def test_where_the_applications_role_does_not_exist_nothing_is_left_behind(
    home: Path, addresses: dict[str, PostgresAddress], schema: str
) -> None:
    nobody = postgres_address(f"{postgres.as_role(postgres.database_url(), 'no such role')}&schema={schema}")
    with pytest.raises(RecordUnavailable, match="no such role"):
        made(home, addresses | {"app": nobody})
    made(home, addresses).close()
    with pytest.raises(RecordExists, match=schema):
        made(home, addresses)


def test_who_begins_a_record_can_take_it_back(home: Path, addresses: dict[str, PostgresAddress]) -> None:
    made(home, addresses).unmake(owner=addresses["owner"])
    with pytest.raises(RecordAbsent):
        Record.open(home, address=addresses["app"])
    made(home, addresses).close()
