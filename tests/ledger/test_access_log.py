"""The access log of a home: lines at the end of their day, a root for each, pruned by whole days."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ledger.access_log import Access, AccessLog, LogDamaged, NotLogged

READ = Access(
    at="2027-01-04T10:00:00.000000Z",
    actor="exp",
    roles="expert",
    document="note-1",
    as_of=None,
    purpose="the review",
    through="document",
    given=True,
)


def test_what_is_written_is_read_in_order_and_only_its_owner_reads_the_file(tmp_path: Path) -> None:
    log = AccessLog(tmp_path)
    later = replace(READ, at="2027-01-05T00:00:00.000000Z", given=False)
    for each in (later, READ):
        log.write(each)
    assert list(log.entries()) == [READ, later]
    assert log.days() == ["2027-01-04", "2027-01-05"]
    for path in (log.folder, *log.folder.iterdir()):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077


def test_a_line_that_is_no_entry_is_named(tmp_path: Path) -> None:
    log = AccessLog(tmp_path)
    log.write(READ)
    (path,) = log.folder.iterdir()
    path.write_bytes(path.read_bytes() + b"{}\n")
    with pytest.raises(LogDamaged, match="line 2 of 2027-01-04"):
        list(log.entries())


def test_where_nothing_can_be_logged_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "access").write_text("no folder")
    with pytest.raises(NotLogged):
        AccessLog(tmp_path).write(READ)


def test_days_are_pruned_whole(tmp_path: Path) -> None:
    log = AccessLog(tmp_path)
    for day in ("2027-01-04", "2027-01-05", "2027-01-06"):
        log.write(replace(READ, at=f"{day}T10:00:00.000000Z"))
    assert log.prune("2027-01-05") == 2
    assert log.days() == ["2027-01-06"]
    assert log.root("2027-01-04") is None
    assert log.prune("2027-01-05") == 0


@given(st.lists(st.text(max_size=20), min_size=1, max_size=6), st.data())
def test_a_root_changes_with_any_byte_of_its_day(
    tmp_path_factory: pytest.TempPathFactory, purposes: list[str], draw: st.DataObject
) -> None:
    log = AccessLog(tmp_path_factory.mktemp("home"))
    for purpose in purposes:
        log.write(replace(READ, purpose=purpose))
    before = log.root("2027-01-04")
    assert before is not None
    assert before[0] == len(purposes)
    (path,) = log.folder.iterdir()
    data = bytearray(path.read_bytes())
    data[draw.draw(st.integers(0, len(data) - 1))] ^= draw.draw(st.integers(1, 255))
    path.write_bytes(bytes(data))
    assert log.root("2027-01-04") != before
