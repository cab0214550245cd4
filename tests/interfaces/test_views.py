"""The verbs that read views and keep them: for a reader, at a place, up to date; and what doctor says of them."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from domain.records import EventSkipped
from domain.submission import ReadSubmission
from interfaces.bootstrap import opened, settings
from interfaces.cli import app
from interfaces.run import projector
from interfaces.views import skipper
from ledger.address import address
from ledger.archive import DATABASE, in_home
from ledger.copying import Place, copy
from ledger.record import Record
from projections.engine import reaching
from projections.engine.store import Store, embedded_url
from tests.postgres import postgres_url
from tests.projections.kenya import make

PROGRAM = [sys.executable, "-m", "interfaces.cli"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("views") / "home"
    make(home).close()
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of one's own."""
    found = tmp_path / "home"
    shutil.copytree(made, found)
    monkeypatch.setenv("LEDGER1540_HOME", str(found))
    monkeypatch.setenv("LEDGER1540_ACTOR", "sec")
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("LEDGER1540_DATABASE", raising=False)
    return found


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where the views of that record are."""
    if request.param == "sqlite":
        yield embedded_url(home)
        return
    with on_postgresql(home, monkeypatch) as url:
        assert run("migrate").exit_code == 0
        yield url


@contextmanager
def on_postgresql(home: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[str]:
    """Move the record to a database of its own, and name that in the settings."""
    with postgres_url() as url:
        copy(Place(in_home(home), home), Place(address(url), home))
        (home / DATABASE).unlink()
        monkeypatch.setenv("LEDGER1540_DATABASE", url)
        yield url


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def answer(*words: str, exit_code: int = 0) -> Any:
    done = run(*words, "--json")
    assert done.exit_code == exit_code, done.stderr
    return json.loads(done.stdout)


def test_documents_are_listed_at_a_date_and_a_replay_says_the_same(home: Path) -> None:
    found = answer("documents", "--as-of", "2013-01-15")
    assert found == answer("documents", "--as-of", "2013-01-15", "--replay")
    assert [(each["document"], each["readings"]) for each in found["documents"]] == [("ken-2013", 0), ("ken-secret", 0)]
    later = answer("documents")
    assert [each["readings"] for each in later["documents"]] == [1, 0]
    assert later["recorded_by"]["position"] == answer("show", "KEN")["recorded_by"]["position"]


def test_who_may_not_read_a_document_is_told_that_something_is_withheld(home: Path) -> None:
    found = answer("documents", "--actor", "someone")
    assert [each["document"] for each in found["documents"]] == ["ken-2013"]
    assert found["withheld"] == 1
    assert "1 row is withheld from you" in run("documents", "--actor", "someone").stderr
    assert answer("submissions", "--actor", "someone")["submissions"] == []


def test_submissions_are_listed_by_state_and_kind(home: Path) -> None:
    found = answer("submissions", "Kenya", "--kind", "additional-information")
    assert [each["submission"] for each in found["submissions"]] == ["ken-1", "ken-2", "ken-3"]
    assert found["submissions"][2]["read"].startswith("2013-07-02")
    assert found["submissions"][0]["documents"] == ["ken-2013"]
    assert found["kinds"] == {"additional-information": 3}
    assert answer("submissions", "France")["submissions"] == []
    assert answer("submissions", "KEN", "--as-of", "2013-02")["kinds"] == {"additional-information": 1}


def test_corrections_and_late_entries_are_counted_by_month_and_told_act_by_act(home: Path) -> None:
    found = answer("corrections")
    assert found == answer("corrections", "--replay")
    (month,) = {line["month"] for line in found["months"]}
    counted = {(line["role"], line["what"]): line["count"] for line in found["months"]}
    assert counted["secretariat", "correction"] == counted["secretariat", "void"] == 1
    assert counted["expert", "late entry"] == 7
    assert all(line["longest_delay_days"] > 365 for line in found["months"])
    acts = answer("corrections", "--month", month)["acts"]
    assert {each["actor"] for each in acts} <= {"sec", "sec2", "expert", "chair"}
    by_member = answer("corrections", "--month", month, "--actor", "member")["acts"]
    assert by_member
    assert {each["actor"] for each in by_member} == {None}
    assert len(acts) == sum(line["count"] for line in found["months"])
    (void,) = [act for act in acts if act["what"] == "void"]
    assert (void["struck"], void["reason"], void["batch"]) == (
        "matrix.cell-assessed",
        "another State's report",
        "history",
    )


def test_what_was_just_recorded_is_in_the_next_answer(home: Path, database: str) -> None:
    assert database
    following = [*PROGRAM, "follow-views"]
    with subprocess.Popen(following, stderr=subprocess.PIPE) as follower:
        try:
            until_up_to_date()
            assert answer("submissions", "KEN")["submissions"][1]["read"] is None
            with opened(settings()) as record:
                record.submit(ReadSubmission(id="read-2", actor="sec", submission="ken-2"))
            found = answer("submissions", "KEN")
            assert found["submissions"][1]["read"] is not None
        finally:
            follower.send_signal(signal.SIGTERM)
            assert follower.wait(30) == 0
            assert follower.stderr is not None
            assert follower.stderr.read().decode().endswith("stopped\n")


def test_a_projector_outlives_a_database_that_drops_its_connections(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(projector, "RETRY_SECONDS", 0.01)
    with on_postgresql(home, monkeypatch) as url:
        assert run("migrate").exit_code == 0
        stop = Event()
        working = Thread(target=projector.follow, args=(settings(), stop))
        working.start()
        try:
            until_up_to_date()
            with psycopg.connect(url, autocommit=True) as connection:
                others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                assert connection.execute(f"{others} AND pid <> pg_backend_pid()").fetchall()
            with opened(settings()) as record:
                record.submit(ReadSubmission(id="read-2", actor="sec", submission="ken-2"))
            until_up_to_date()
            assert answer("submissions", "KEN")["submissions"][1]["read"] is not None
        finally:
            stop.set()
            working.join(30)
    assert "psycopg" not in capfd.readouterr().err


def until_up_to_date() -> None:
    end = monotonic() + 60
    while any(each["behind"] or each["state"] != "live" for each in answer("views")):
        assert monotonic() < end, answer("views")
        sleep(0.05)


def test_views_that_are_far_behind_are_not_waited_for_in_silence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "SMALL_LAG", 10)
    monkeypatch.setattr(reaching, "WAIT_SECONDS", 0.0)
    done = run("documents")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "documents is not built, at position 0 of" in done.stderr
    assert "ledger1540 rebuild documents" in done.stderr


def test_a_rebuild_is_the_same_and_one_that_is_not_ends_with_1_and_shows_rows(home: Path, database: str) -> None:
    first = run("rebuild", "documents")
    assert (first.exit_code, "built anew to position" in first.stdout) == (0, True)
    assert "documents: the same at position" in run("rebuild", "documents", "--processes", "2").stdout
    store = Store(database)
    with store.writing() as connection:
        connection.execute(sa.text("UPDATE documents_2 SET title = 'forged' WHERE document = 'ken-2013'"))
    store.close()
    done = run("rebuild", "documents")
    assert done.exit_code == 1
    assert "title='forged'" in done.stdout
    assert "title='Made-up report ken-2013'" in done.stdout
    assert "what was live stays live" in done.stderr
    unseen = answer("rebuild", "documents", "--check", "--actor", "someone", exit_code=1)
    assert (unseen["comparison"]["differences"], unseen["switched"]) == ([], False)
    assert "rows that differ are withheld" in run("rebuild", "documents", "--check", "--actor", "someone").stderr
    assert answer("rebuild", "documents", "--accept", exit_code=1)["switched"]
    assert "documents: the same" in run("rebuild", "documents", "--check").stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("corrections", "--month", "2013-13"), "'2013-13' is no month"),
        (("corrections", "--month", "2013"), "'2013' is no month"),
        (("submissions", "--kind", "letter"), "first-report, additional-information"),
        (("rebuild", "documents", "--check", "--accept"), "--check changes nothing, --accept does"),
    ],
)
def test_what_is_asked_wrongly_is_no_empty_answer(home: Path, words: tuple[str, ...], says: str) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr


def test_a_view_that_is_mistyped_is_named(home: Path) -> None:
    done = run("rebuild", "document")
    assert done.exit_code == 2
    assert "did you mean documents?" in done.stderr


def test_views_on_postgresql_are_migrated_by_a_step_of_its_own(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with on_postgresql(home, monkeypatch):
        done = run("documents")
        assert (done.exit_code, "run `ledger1540 migrate`" in done.stderr) == (2, True)
        assert checks()["views"] == (
            False,
            "no tables yet, and what reads them is refused: run `ledger1540 migrate`",
        )
        assert "were at migration none, and are at 0001 now" in run("migrate").stdout
        assert "nothing to do" in run("migrate").stdout
        assert run("rebuild", "documents").exit_code == 0
        assert len(answer("documents")["documents"]) == 2


def test_doctor_tells_of_views_their_lag_and_whether_their_tables_are_old(home: Path) -> None:
    assert checks()["views"] == (True, "none yet: they are made when they are first read")
    assert run("documents").exit_code == 0
    found = checks()
    assert found["views"] == (True, "migration 0001")
    assert found["view documents"] == (True, "live, up to date")
    assert found["view corrections"][1].startswith("not built, ")
    with_older_tables(home)
    assert checks()["views"] == (False, "migration 0000: run `ledger1540 migrate`")


def with_older_tables(home: Path) -> None:
    store = Store(embedded_url(home))
    with store.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    store.close()


def test_doctor_tells_of_what_was_set_aside(home: Path) -> None:
    assert run("documents").exit_code == 0
    set_aside(home)
    assert checks()["view documents"] == (False, "stopped, up to date, 1 set aside: see `ledger1540 views`")


def checks() -> dict[str, tuple[bool, str]]:
    done = run("doctor", "--json")
    return {each["name"]: (each["ok"], each["found"]) for each in json.loads(done.stdout)}


def set_aside(home: Path) -> None:
    """Set an event aside as the engine does."""
    store = Store(embedded_url(home))
    with store.writing() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO dead_letters VALUES ('documents', 1, 5, 'an id', 'a/stream', 'a.type', :error, 3, 0, '')"
            ),
            {"error": "quotes a restricted document"},
        )
    store.close()


def test_what_was_set_aside_is_shown_and_its_error_only_to_those_who_read_all(home: Path) -> None:
    assert run("documents").exit_code == 0
    set_aside(home)
    done = run("views")
    assert "quotes a restricted document" in done.stdout
    assert "the view stops before it" in done.stdout
    (first, *_) = answer("views", "--actor", "someone")
    assert first["dead_letters"][0]["error"] == "withheld"


def test_a_damaged_file_of_views_is_no_damage_to_the_record(home: Path) -> None:
    assert run("documents").exit_code == 0
    for path in home.glob("views.sqlite*"):
        path.unlink()
    (home / "views.sqlite").write_bytes(b"not a database, but something that is long enough to be looked at" * 20)
    done = run("documents")
    assert done.exit_code == 2
    assert "they are not the record" in done.stderr
    assert "Traceback" not in done.stderr
    (home / "views.sqlite").unlink()
    assert run("documents").exit_code == 0


def test_a_skip_is_put_on_record_once_in_the_name_of_an_actor(home: Path) -> None:
    with Record.open(home) as record:
        last = record.last_position
        skip = skipper(record, "sec")
        skip("documents", 7, "cannot be read")
        skip("documents", 7, "cannot be read, in other words")
        (event,) = record.recorded(last + 1)
        assert event.body == EventSkipped(view="documents", position=7, reason="cannot be read")


def test_a_projector_that_has_no_record_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "follow-views", "--home", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ},
    )
    assert (done.returncode, "there is no record in" in done.stderr) == (2, True)
