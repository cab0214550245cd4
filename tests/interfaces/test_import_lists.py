"""Lists of others: read by a profile, every row accounted for, recorded whole or with what is refused set aside."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.records import ReverseBatch
from domain.refusals import Refusal
from interfaces.cli.work.beginning import begin
from interfaces.importing.batch import import_files
from interfaces.importing.lists import profiles
from interfaces.importing.outcomes import Rows
from interfaces.importing.reading import Given
from ledger.record import Record
from tests import postgres
from tests.interfaces.lists import HEADER, MADE_UP, REQUEST, Feed, feed_file, last, requests, write


def test_a_workbook_of_requests_is_imported_and_all_of_its_rows_are_accounted_for(home: Path, tmp_path: Path) -> None:
    aside = tmp_path / "refused.csv"
    done = feed_file(home, MADE_UP, "assistance-requests", aside=aside)
    assert done.rows == Rows(rows=8, commands=5, on_record=0, doubtful=1, refused=1, blank=1)
    assert done.events == 6
    found = requests(home)
    assert [each.requesters for each in found] == [("KEN",), ("KEN",), ("FRA",), ("CIV",), ("KEN",)]
    assert found[2].received_at.startswith("2013-06-18T03:59:59")
    (head, row) = csv.reader(io.StringIO(aside.read_text()))
    assert row[:2] == ["MU-2013-05", "Kenia"]
    assert head[-1] == "refused because"
    assert "either of two days" in row[-1]
    assert "did you mean kenya (KEN)" in row[-1] or "no State is called" in row[-1]
    assert aside.stat().st_mode & 0o077 == 0


def test_a_dry_run_accounts_for_the_rows_and_records_nothing(feed: Feed, home: Path) -> None:
    before = last(home)
    done = feed(REQUEST, dry_run=True)
    assert done.rows is not None
    assert (done.rows.commands, done.dry_run, last(home)) == (1, True, before)


def test_a_list_that_has_grown_records_its_new_rows_alone(feed: Feed) -> None:
    feed(REQUEST)
    done = feed(REQUEST, ("MU-2", *REQUEST[1:]))
    assert done.rows == Rows(rows=2, commands=1, on_record=1, doubtful=0, refused=0, blank=0)
    assert feed(REQUEST, ("MU-2", *REQUEST[1:]), ("", *[""] * 4)).events == 0


def test_what_was_reversed_as_one_batch_is_imported_again(feed: Feed, home: Path) -> None:
    done = feed(REQUEST)
    with Record.open(home) as record:
        record.submit(ReverseBatch(id="reverse", actor="sec", batch=done.batch, reason="another list"))
    again = feed(REQUEST, ("MU-2", *REQUEST[1:]))
    assert again.rows is not None
    assert (again.rows.commands, again.rows.on_record) == (2, 0)


def test_what_a_list_claims_is_marked_by_its_batch(feed: Feed, home: Path) -> None:
    done = feed(REQUEST)
    with Record.open(home) as record:
        begun, request = record.recorded(done.first_position or 0)
    assert (request.header.causation_id, request.header.synthetic) == (begun.id, True)
    assert request.header.known_at.startswith("2013-05-04T03:59:59")


def test_one_workbook_read_by_two_profiles_is_two_batches(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "both.csv"
    write(path, (*HEADER, "offer", "state", "text"), (*REQUEST, "OF-1", "FRA", "We offer training"))
    first, second = (feed_file(home, path, name) for name in ("assistance-requests", "assistance-offers"))
    assert first.batch != second.batch
    assert (first.events, second.events) == (2, 2)


def test_other_lists_are_imported_by_the_profiles_that_come_along(home: Path, tmp_path: Path) -> None:
    lists: dict[str, list[Sequence[str]]] = {
        "organizations": [("Short name", "Type", "Name", "Name in French"), ("mu", "regional", "Made Up", "Inventée")],
        "submissions": [
            ("reference", "state", "type", "document", "date received"),
            ("ken-1", "Kenya", "First report", "twelfth-programme-of-work.fr", "20 July 2005"),
        ],
        "meetings": [("meeting", "type", "date"), ("2013-m1", "Formal meeting", "2013-09-03")],
        "laws": [
            ("law", "state", "topics", "title", "document", "in force from"),
            ("ken-law-1", "KEN", "export; transit", "An act", "twelfth-programme-of-work.fr", "3 May 2010"),
        ],
    }
    for name, rows in lists.items():
        path = tmp_path / f"{name}.csv"
        write(path, *rows)
        assert feed_file(home, path, name, known="2013").events == 2, name


def test_on_postgresql_a_list_is_imported_the_same(tmp_path: Path) -> None:
    from ledger.address import postgres_address

    address = postgres_address(f"{postgres.database_url()}&schema={postgres.fresh_schema()}")
    home = tmp_path / "home"
    begin(home, "example.org/ledger1540/1", "sec", database=address)
    said = Given(actor="sec", synthetic=True, profile=profiles.named(home, "assistance-requests"))
    (done,) = import_files(home, [MADE_UP], said, database=address, aside=tmp_path / "refused.csv")
    assert done.rows == Rows(rows=8, commands=5, on_record=0, doubtful=1, refused=1, blank=1)


CELLS = st.tuples(
    st.sampled_from(["MU-1", "MU-2", "MU-3", "é", ""]),
    st.sampled_from(["Kenya", "KEN", "XXX", "Narnia", ""]),
    st.sampled_from(["Subject", ""]),
    st.sampled_from(["Needs"]),
    st.sampled_from(["2013-05-03", "3/4/2013", "2413", "May 2013", ""]),
)
ROWS = st.lists(st.one_of(CELLS, st.just(("",) * 5), st.just(("one cell too many",) * 6)), max_size=12)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=ROWS, dry=st.booleans())
def test_the_rows_of_a_list_always_add_up(founded: Path, rows: list[tuple[str, ...]], dry: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(shutil.copytree(founded, Path(folder) / "home"))
        path = Path(folder) / "list.csv"
        write(path, HEADER, *rows)
        before = last(home)
        try:
            done = feed_file(home, path, "assistance-requests", aside=Path(folder) / "aside.csv", dry_run=dry)
        except Refusal:
            assert last(home) == before
            return
        found = done.rows
        assert found is not None
        filled = [place for place, row in enumerate(rows, start=1) if any(row)]
        assert found.rows == (filled[-1] if filled else 0)
        assert found.rows == found.commands + found.on_record + found.doubtful + found.refused + found.blank
        assert done.events == (found.commands + 1 if found.commands else 0)
        assert last(home) == before + (0 if dry else done.events)
        aside = Path(folder) / "aside.csv"
        refused = list(csv.reader(io.StringIO(aside.read_text("utf-8")))) if aside.exists() else [[]]
        assert len(refused) - 1 == found.refused
