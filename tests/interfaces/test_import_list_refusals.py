"""Lists of others that are refused, whole or in rows: what is said of them, and what is set aside to be mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.records import BatchImported
from domain.refusals import MalformedInput
from interfaces.importing.faults import RowsRefused
from interfaces.importing.lists.reading import ListUnfit
from interfaces.importing.outcomes import Rows
from ledger.record import Record
from tests.interfaces.lists import HEADER, MADE_UP, REQUEST, Feed, feed_file, last, requests, write


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
    assert not [each for each in done.said if "refused because" in each]
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
        ("list.csv", b"", "the file is empty"),
        ("list.csv", b"request,requester\rMU-1,Kenya\r", "its lines end as no text file's do today"),
    ],
)
def test_a_file_that_is_of_another_kind_than_its_name_says_so(
    home: Path, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(MalformedInput, match=says):
        feed_file(home, tmp_path / name, "assistance-requests")


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
