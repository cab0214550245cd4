"""Lists of others: read by a profile, every row accounted for, recorded whole or with what is refused set aside."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.records import BatchImported, ReverseBatch
from domain.refusals import MalformedInput, Refusal
from interfaces.cli.work.beginning import begin
from interfaces.importing.batch import import_files
from interfaces.importing.faults import RowsRefused
from interfaces.importing.lists import profiles
from interfaces.importing.lists.reading import ListUnfit
from interfaces.importing.outcomes import Imported, Rows
from interfaces.importing.reading import Given
from ledger.record import Record
from tests import postgres
from tests.interfaces.lists import HEADER, MADE_UP, REQUEST, Feed, feed_file, last, requests, write


@pytest.fixture
def feed(home: Path, tmp_path: Path) -> Feed:
    def import_rows(*rows: Sequence[str], profile: str = "assistance-requests", **options: Any) -> Imported:
        path = tmp_path / "list.csv"
        write(path, HEADER, *rows)
        return feed_file(home, path, profile, **options)

    return import_rows


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


def test_without_a_file_for_them_refused_rows_refuse_the_list(home: Path) -> None:
    before = last(home)
    with pytest.raises(RowsRefused, match="row 9, date received: 3/4/2013 is either of two days"):
        feed_file(home, MADE_UP, "assistance-requests")
    assert last(home) == before


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_list_that_is_refused_names_all_its_rows_and_accounts_for_them(
    feed: Feed, home: Path, *, dry_run: bool
) -> None:
    feed(REQUEST)
    before = last(home)
    unread = ("MU-2", "Kenya", "Export controls", "Training", "3/4/2013")
    against_a_rule = ("MU-1", "Kenya", "Another subject", "Training", "2013-05-03")
    good = ("MU-3", "Kenya", "Export controls", "Training", "2013-05-03")
    with pytest.raises(RowsRefused) as refused:
        feed(REQUEST, unread, against_a_rule, good, (), good, dry_run=dry_run)
    said = str(refused.value)
    assert "6 rows: 1 can be recorded, 1 on record already, 2 refused, 1 doubtful" in said
    assert "1 blank" in said
    assert "list.csv, row 3, received: 3/4/2013 is either of two days" in said
    assert "list.csv, row 4" in said
    assert last(home) == before


def test_rows_that_are_set_aside_are_mended_and_imported(home: Path, tmp_path: Path) -> None:
    aside = tmp_path / "refused.csv"
    feed_file(home, MADE_UP, "assistance-requests", aside=aside)
    aside.write_text(aside.read_text().replace("3/4/2013", "2013-04-03").replace("Kenia", "Kenya"))
    done = feed_file(home, aside, "assistance-requests")
    assert done.rows == Rows(rows=1, commands=1, on_record=0, doubtful=0, refused=0, blank=0)


def test_all_rows_that_a_rule_refuses_are_named_and_nothing_is_recorded(feed: Feed, home: Path) -> None:
    before = last(home)
    bad = [(f"MU-{number}", "Kenya", "Subject", "Needs", "2413-05-03") for number in (2, 3)]
    with pytest.raises(RowsRefused, match="is refused: 2 faults; nothing was recorded") as refused:
        feed(REQUEST, *bad)
    assert "row 3, received" in refused.value.what
    assert "row 4, received" in refused.value.what
    assert last(home) == before


def test_with_a_file_for_them_what_rules_refuse_is_set_aside_too(feed: Feed, home: Path, tmp_path: Path) -> None:
    late = ("MU-2", "Kenya", "Subject", "Needs", "2413-05-03")
    done = feed(REQUEST, late, ("MU-3", *REQUEST[1:]), aside=tmp_path / "aside.csv")
    assert done.rows == Rows(rows=3, commands=2, on_record=0, doubtful=0, refused=1, blank=0)
    assert [each.request for each in requests(home)] == ["MU-1", "MU-3"]
    assert "2413-05-03" in (tmp_path / "aside.csv").read_text()
    with Record.open(home) as record:
        (batch,) = [event.body for event in record.recorded() if isinstance(event.body, BatchImported)]
    assert batch.commands == 2


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


def test_a_list_without_the_columns_of_its_profile_is_refused(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    write(path, ("state", "remark"), ("KEN", "x"))
    with pytest.raises(ListUnfit, match="no column request or reference or request no nor subject"):
        feed_file(home, path, "assistance-requests")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("list.csv", ",".join(HEADER).encode("utf-16"), "the file is UTF-16"),
        ("list.csv", ",".join(HEADER).encode("utf-16-le"), "if the file is UTF-16, save it as UTF-8"),
        ("list.xlsx", b"hello", "it is not a workbook"),
    ],
)
def test_a_file_that_is_of_another_kind_than_its_name_says_so(
    home: Path, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(MalformedInput, match=says):
        feed_file(home, tmp_path / name, "assistance-requests")


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


def test_a_list_whose_rows_are_all_refused_records_nothing(feed: Feed, home: Path, tmp_path: Path) -> None:
    before = last(home)
    done = feed(("MU-1", *REQUEST[1:4], "2413-05-03"), aside=tmp_path / "aside.csv")
    assert done.rows == Rows(rows=1, commands=0, on_record=0, doubtful=0, refused=1, blank=0)
    assert (done.events, done.repeated, last(home)) == (0, False, before)


def test_rows_are_set_aside_in_a_new_file_only(feed: Feed, home: Path, tmp_path: Path) -> None:
    (tmp_path / "aside.csv").write_text("somebody's")
    before = last(home)
    with pytest.raises(MalformedInput, match="cannot write"):
        feed(REQUEST, ("MU-2", *REQUEST[1:4], "2413-05-03"), aside=tmp_path / "aside.csv")
    assert (last(home), (tmp_path / "aside.csv").read_text()) == (before, "somebody's")
