"""Where a database is, as a setting says it; a password in it is shown nowhere."""

import logging
from pathlib import Path

import psycopg
import pytest
from eventsourcing.persistence import PersistenceError
from psycopg.conninfo import conninfo_to_dict

from domain.refusals import MalformedInput, Refusal
from ledger import archive, opening
from ledger.address import PostgresAddress, SQLiteAddress, address, postgres_address
from ledger.opening import database
from ledger.refusals import RecordUnavailable
from tests import postgres


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("sqlite:/srv/1540/record.sqlite", "/srv/1540/record.sqlite"),
        ("sqlite:///srv/1540/record.sqlite", "/srv/1540/record.sqlite"),
        ("sqlite:////srv/1540/record.sqlite", "/srv/1540/record.sqlite"),
        ("sqlite:record.sqlite", "record.sqlite"),
        ("sqlite:a folder/a:b?c", "a folder/a:b?c"),
    ],
)
def test_a_file_is_named_with_and_without_the_slashes_of_other_programs(written: str, path: str) -> None:
    found = address(written)
    assert found == SQLiteAddress(Path(path))
    assert str(found) == f"sqlite:{path}"
    assert address(str(found)) == found


def test_a_file_may_be_in_the_users_own_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/sec")
    assert address("sqlite:~/record.sqlite") == SQLiteAddress(Path("/home/sec/record.sqlite"))


@pytest.mark.parametrize(
    ("written", "url", "schema", "shown"),
    [
        ("postgresql://app@localhost/d", "postgresql://app@localhost/d", "ledger1540", "app@localhost/d"),
        ("postgres://app@localhost:5433/d", "postgresql://app@localhost:5433/d", "ledger1540", "app@localhost:5433/d"),
        ("postgresql://app@[::1]:5432/d?schema=two", "postgresql://app@[::1]:5432/d", "two", "app@[::1]:5432/d"),
        ("postgresql://app@/d?host=/run/pg", "postgresql://app@/d?host=/run/pg", "ledger1540", "app@/d"),
        (
            "postgresql://my%20app@127.0.0.1/d",
            "postgresql://my%20app@127.0.0.1/d",
            "ledger1540",
            "my%20app@127.0.0.1/d",
        ),
        (
            "postgresql://app@localhost/d?connect_timeout=3&schema=s_2",
            "postgresql://app@localhost/d?connect_timeout=3",
            "s_2",
            "app@localhost/d",
        ),
    ],
)
def test_a_schema_of_a_server_is_named_by_a_url(written: str, url: str, schema: str, shown: str) -> None:
    found = address(written)
    assert found == PostgresAddress(url, schema)
    assert str(found) == f"postgresql://{shown}?schema={schema}"
    assert isinstance(found, PostgresAddress)
    assert address(found.whole) == found


@pytest.mark.parametrize(
    "place",
    [
        "db.example.org/d",
        "10.0.0.7/d",
        "localhost,db.example.org/d",
        "localhost/d?host=db.example.org",
        "/d?host=/run/pg,db.example.org",
        "localhost/d?hostaddr=10.0.0.7",
        "/d",
    ],
)
def test_beyond_this_machine_the_servers_certificate_is_verified_unless_the_address_says_otherwise(place: str) -> None:
    written = f"postgresql://app@{place}"
    mark = "&" if "?" in written else "?"
    url = postgres_address(written).url
    assert "sslmode=verify-full" in url
    assert "sslrootcert=system" in url
    assert "sslmode=disable" in postgres_address(f"{written}{mark}sslmode=disable").url
    assert "sslrootcert=system" not in postgres_address(f"{written}{mark}sslmode=require").url
    own = postgres_address(f"{written}{mark}sslrootcert=/etc/ca.pem").url
    assert "sslmode=verify-full" in own
    assert own.count("sslrootcert") == 1


def test_on_this_machine_no_certificate_is_asked_for() -> None:
    for place in ("localhost/d", "127.0.0.1:5432/d", "[::1]/d", "/d?host=/run/pg", "db.example.org/d?host=localhost"):
        assert "ssl" not in postgres_address(f"postgresql://app@{place}").url


@pytest.mark.parametrize(
    "written",
    [
        "postgresql://app:s3/cret@localhost/d",
        "postgresql://app:s3?cret@localhost/d",
        "postgresql://app:s3#cret@localhost/d",
        "postgresql://app:s3@cret@localhost/d",
        "postgresql://app:s3 cret@localhost/d",
        "postgresql://app:s3%cret@localhost/d",
        "postgresql://app:s3%00cret@localhost/d",
        "postgresql://app:s3crét@localhost/d",
        "postgresql://app:s3cret@localhost:port/d",
        "postgresql://app:s3cret@[::1/d",
        "postgresql://app:s3cret@localhost/d?sslmode",
        "postgresql://app:s3cret@localhost/d?=",
        "postgresql://app:s3cret@localhost/d?schema=Two",
        "postgresql://app:s3cret@localhost/d?schema=pg_1540",
        "postgresql://app:s3cret@localhost/d?schema=",
        "postgresql:app:s3cret@localhost/d",
        "postgresql:",
        "mysql://app:s3cret@localhost/d",
        "/srv/1540/record.sqlite",
        "sqlite:",
        "sqlite://localhost/record.sqlite",
        "",
    ],
)
def test_what_is_no_address_is_refused_with_what_to_write_and_without_a_password(written: str) -> None:
    with pytest.raises(MalformedInput) as refused:
        address(written)
    assert refused.value.where == "database"
    assert refused.value.remedy
    told = str(refused.value.at("LEDGER1540_DATABASE"))
    assert told.startswith("LEDGER1540_DATABASE: ")
    assert not any(part in told for part in ("s3", "cret", "crét"))


SECRET = "s3cr%t"


def test_a_password_is_shown_in_no_form_of_the_address() -> None:
    for written in ("postgresql://app:s3cr%25t@localhost/d", "postgresql://app@localhost/d?password=s3cr%25t"):
        found = postgres_address(written)
        assert "s3cr%25t" in found.url
        for shown in (str(found), repr(found), f"{found}", f"{[found]}", str(archive.absent(found))):
            assert "s3cr" not in shown


def test_a_password_is_in_no_refusal_and_in_no_log(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    caplog.set_level(logging.DEBUG)
    role = f"secretive_{tmp_path.name[:8]}".replace("-", "_")
    here = postgres.database_url()
    for url in (
        postgres.as_role(here, role, SECRET),
        postgres.as_role(postgres.in_database(here, "none"), postgres.USER, SECRET),
        f"postgresql://app:s3cr%25t@localhost/d?host={tmp_path}",
        "postgresql://app:s3cr%25t@localhost/d?sslmode=perhaps",
        "postgresql://app:s3cr%25t@localhost/d?unheard_of=1",
    ):
        found = postgres_address(url)
        with pytest.raises(RecordUnavailable) as refused:
            opening.read(found)
        told = [str(refused.value)]
        with pytest.raises(PersistenceError) as failed, database(found).immediate():
            pass
        told.append(str(failed.value))
        assert not any("s3cr" in each or "\n" in each for each in told)
        assert "s3cr" not in caplog.text


def test_the_owner_of_a_record_on_postgresql_is_on_postgresql_too(tmp_path: Path) -> None:
    found = postgres_address(f"{postgres.database_url()}&schema={postgres.fresh_schema()}")
    with pytest.raises(Refusal, match="owner: the owner's address"):
        opening.make(tmp_path, found, archive.Archive(1, "x", None), owner=SQLiteAddress(tmp_path / "x"))


def test_a_server_that_the_environment_names_may_be_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    url = postgres.database_url()
    host = conninfo_to_dict(url).get("host")
    monkeypatch.setenv("PGHOST", str(host))
    found = postgres_address(url.replace(f"host={host}", "connect_timeout=9"))
    assert "sslmode=verify-full" in found.url
    with psycopg.connect(found.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
