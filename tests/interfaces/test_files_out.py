"""Answers as files that can be cited, calendars, the feed and the annual review, opened again by other programs."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from domain.canonical import sha256
from domain.document import RegisterDocument
from domain.meetings.planning import CancelMeeting, MoveMeeting, PlanMeeting
from domain.outreach_calendar import OutreachEvent, PublishEvents
from interfaces.cli import app
from interfaces.demo.build import demo
from interfaces.demo.cast import SECRETARIAT
from interfaces.exporting.icalendar import Entry, calendar
from interfaces.exporting.tables import tables
from ledger.record import Record
from tests.projections import kenya

SEC: dict[str, Any] = {"actor": "sec", "role": "secretariat"}
LISTS = (
    ("documents",),
    ("submissions",),
    ("corrections",),
    ("matrices",),
    ("decisions",),
    ("list", "states"),
    ("list", "publications"),
    ("board",),
    ("stats", "--by", "year"),
    ("non-reporters",),
    ("changes", "--from", "2013", "--to", "2014"),
    ("search", "report"),
    ("worklist",),
    ("due",),
    ("contacts",),
    ("what-rests-on", "sim-programme-10"),
)
"""Every verb that lists, as it may be asked."""


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("out") / "demo"
    demo(found, seed=7, states=3)
    return found


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kenya's record, with a document whose title is a formula, two versions of the calendar, and meetings."""
    found = tmp_path_factory.mktemp("out") / "real"
    with kenya.make(found) as record:
        record.submit_all([*said()])
    return found


def said() -> Iterator[Any]:
    yield RegisterDocument(
        id="formula",
        document="formula",
        title="=HYPERLINK(1)",
        sha256=sha256(kenya.REPORT),
        size=len(kenya.REPORT),
        media_type="text/plain",
        language="en",
        **SEC,
    )
    workshop = event("Workshop; with, signs\\", "2030-04-01", "Nairobi")
    yield PublishEvents(
        id="one",
        published="2014-02-05",
        covers_to="2030-12-31",
        entries=(workshop, event("Seminar", "2030-05-01", "Vienna")),
        **SEC,
    )
    moved = event("Seminar", "2030-05-08", "Vienna")
    yield PublishEvents(id="two", published="2014-03-05", covers_to="2030-12-31", entries=(workshop, moved), **SEC)
    kinds: dict[str, Literal["informal", "open"]] = {"closed": "informal", "open": "open"}
    for name, kind in kinds.items():
        yield PlanMeeting(
            id=f"plan-{name}",
            meeting=name,
            kind=kind,
            starts="2030-03-01T15:00:00.000000Z" if name == "open" else "2030-03-04",
            ends="2030-03-01T17:00:00.000000Z" if name == "open" else "2030-03-04",
            language="en",
            **SEC,
        )
    yield MoveMeeting(
        id="move",
        meeting="open",
        starts="2030-03-02T15:00:00.000000Z",
        ends="2030-03-02T17:00:00.000000Z",
        reason="room",
        **SEC,
    )
    yield CancelMeeting(id="cancel", meeting="closed", reason="room", **SEC)


def event(title: str, first_day: str, place: str) -> OutreachEvent:
    last = (date.fromisoformat(first_day) + timedelta(days=1)).isoformat()
    return OutreachEvent(
        title=title,
        first_day=first_day,
        last_day=last,
        place=place,
        organizer="the Committee",
        open_to="States",
        url="https://example.org/event",
        document_id=None,
    )


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("LEDGER1540_DATABASE", raising=False)


def run(home: Path, actor: str, *words: str) -> Result:
    found = CliRunner(env={"LEDGER1540_HOME": str(home), "LEDGER1540_ACTOR": actor}).invoke(app, words)
    assert "Traceback" not in found.output
    return found


def to(home: Path, actor: str, file: Path, *words: str) -> bytes:
    found = run(home, actor, *words, str(file))
    assert found.exit_code == 0, found.output
    assert found.stdout == ""
    return file.read_bytes()


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_every_list_becomes_a_file_that_can_be_cited_with_all_that_the_list_says(
    simulated: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    whole = json.loads(run(simulated, SECRETARIAT, *words, "--json").stdout)
    kept = json.loads(to(simulated, SECRETARIAT, tmp_path / "a.json", *words, "--file"))
    assert kept["answer"] == whole
    cited = kept["citation"]
    assert cited["log"] == "example.org/ledger1540/simulation"
    assert cited["asked"].split()[0] == words[0]
    assert (cited["reader"], cited["synthetic"], len(cited["root"])) == (SECRETARIAT, True, 64)
    if isinstance(whole, dict):
        assert [cited["known_cut"], cited["position"]] == [whole["known_cut"], whole["recorded_by"]["position"]]
    rows = list(csv.reader(io.StringIO(to(simulated, SECRETARIAT, tmp_path / "a.csv", *words, "--file").decode())))
    assert rows[0][0] == "SYNTHETIC"
    assert ["root", cited["root"]] in rows
    to(simulated, SECRETARIAT, tmp_path / "a.xlsx", *words, "--file")
    book = load_workbook(tmp_path / "a.xlsx")
    expected = tables(whole).tables
    assert book.sheetnames == ["Citation", *(table.name for table in expected)]
    for table in expected:
        assert [*table.columns] in rows
        sheet = list(book[table.name].values)
        assert sheet[0][0] == "SYNTHETIC"
        assert len(sheet) == len(table.rows) + 2
        assert list(sheet[1]) == list(table.columns)


def test_text_of_the_record_is_never_a_formula_in_a_file(real: Path, tmp_path: Path) -> None:
    assert b"'=HYPERLINK(1)" in to(real, "sec", tmp_path / "a.csv", "documents", "--file")
    to(real, "sec", tmp_path / "a.xlsx", "documents", "--file")
    cells = [cell for row in load_workbook(tmp_path / "a.xlsx")["documents"] for cell in row]
    assert "'=HYPERLINK(1)" in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}


def test_a_file_holds_what_its_reader_may_read_and_says_what_is_withheld(real: Path, tmp_path: Path) -> None:
    found = run(real, "", "documents", "--file", str(tmp_path / "a.csv"))
    assert "withheld from you" in found.stderr
    text = (tmp_path / "a.csv").read_text(encoding="utf-8")
    assert "ken-2013" in text
    assert "ken-secret" not in text
    assert "withheld,2" in text


@pytest.mark.parametrize(
    "words", [("--file", "a.pdf"), ("--file", "a.csv", "--json"), ("--file", "/nowhere/a.csv")], ids=" ".join
)
def test_a_file_of_no_known_form_or_asked_twice_is_refused(real: Path, words: tuple[str, ...]) -> None:
    assert run(real, "sec", "documents", *words).exit_code == 2


def events(data: bytes) -> dict[str, Any]:
    assert data.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    found = list(Calendar.from_ical(data).walk("VEVENT"))
    assert len({str(each["UID"]) for each in found}) == len(found)
    return {str(each["SUMMARY"]): each for each in found}


def test_the_calendar_is_read_again_with_what_moved_and_what_was_cancelled(real: Path, tmp_path: Path) -> None:
    found = events(to(real, "sec", tmp_path / "a.ics", "export", "--calendar", "--to"))
    assert sorted(found) == ["Seminar", "Workshop; with, signs\\", "closed", "open"]
    workshop, seminar, opened, closed = (
        found[name] for name in ("Workshop; with, signs\\", "Seminar", "open", "closed")
    )
    assert (workshop["SEQUENCE"], seminar["SEQUENCE"], opened["SEQUENCE"]) == (0, 1, 1)
    assert seminar["CREATED"].dt <= seminar["LAST-MODIFIED"].dt
    assert (seminar["DTSTART"].dt, seminar["DTEND"].dt) == (date(2030, 5, 8), date(2030, 5, 10))
    assert (str(workshop["LOCATION"]), str(workshop["URL"])) == ("Nairobi", "https://example.org/event")
    assert opened["DTSTART"].dt.isoformat() == "2030-03-02T15:00:00+00:00"
    assert (str(closed["STATUS"]), str(opened["STATUS"])) == ("CANCELLED", "CONFIRMED")


def test_the_same_event_keeps_its_uid_when_the_next_version_moves_it(real: Path, tmp_path: Path) -> None:
    with Record.open(real) as record:
        first = next(e.position for e in record.recorded() if e.header.type == "calendar.events-published")
    before = events(to(real, "sec", tmp_path / "a.ics", "export", "--calendar", "--recorded-by", str(first), "--to"))
    after = events(to(real, "sec", tmp_path / "b.ics", "export", "--calendar", "--to"))
    assert before["Seminar"]["UID"] == after["Seminar"]["UID"]
    assert before["Seminar"]["DTSTART"].dt != after["Seminar"]["DTSTART"].dt


def test_only_open_meetings_are_in_the_calendar_of_the_public(real: Path, tmp_path: Path) -> None:
    found = events(to(real, "", tmp_path / "a.ics", "export", "--calendar", "--to"))
    assert "open" in found
    assert "closed" not in found


def test_what_is_due_takes_nobodys_time_and_is_marked_in_a_simulation(simulated: Path, tmp_path: Path) -> None:
    asked = ("export", "--due", "--as-of", "2013-07", "--to")
    found = events(to(simulated, SECRETARIAT, tmp_path / "a.ics", *asked))
    assert all(name.startswith("SYNTHETIC: ") for name in found)
    (asked_for,) = (each for name, each in found.items() if "ODA-REP" in name)
    assert asked_for["DTSTART"].dt == date(2013, 9, 1)
    assert str(asked_for["TRANSP"]) == "TRANSPARENT"
    assert any(name.startswith("SYNTHETIC: Encouraged: IRO-POC") for name in found)
    later = events(to(simulated, SECRETARIAT, tmp_path / "b.ics", "export", "--due", "--as-of", "2013-10", "--to"))
    assert not any("ODA-REP" in name for name in later)


def test_a_long_line_is_folded_between_characters_and_an_address_of_another_kind_is_left_out() -> None:
    said = Entry(
        name="x",
        summary="é€𝄞" * 60,
        first="2030-01-01",
        last="2030-01-01",
        created="2014-01-01T00:00:00.000000Z",
        modified="2014-01-01T00:00:00.000000Z",
        url="javascript:1\r\nX:1",
    )
    data = calendar([said], log="test.example/1", title="t", lang="en")
    assert list(events(data)) == ["é€𝄞" * 60]
    assert b"javascript" not in data


def test_the_feed_has_an_entry_for_each_thing_published_under_ids_that_never_change(real: Path, tmp_path: Path) -> None:
    data = to(real, "sec", tmp_path / "a.atom", "export", "--feed", "--url", "https://example.org/1540", "--to")
    atom = "{http://www.w3.org/2005/Atom}"
    root = ET.fromstring(data)  # noqa: S314 - our own file
    assert root.get("{http://www.w3.org/XML/1998/namespace}base") == "https://example.org/1540/"
    entries = root.findall(f"{atom}entry")
    titles = [each.findtext(f"{atom}title") for each in entries]
    assert titles.count("Matrix of Kenya as published on 2013-11-01") == 1
    assert titles.count("Calendar of events") == 2
    assert all((each.findtext(f"{atom}id") or "").startswith("urn:uuid:") for each in (root, *entries))
    assert root.findtext(f"{atom}updated") == max(each.findtext(f"{atom}updated") or "" for each in entries)
    (kenyas,) = (each for each in entries if each.findtext(f"{atom}title") == titles[-1])
    link = kenyas.find(f"{atom}link")
    assert link is not None
    assert link.get("href") == "matrices/ken/2013-11-01/index.html"
    assert "not a tool for measuring compliance" in (kenyas.findtext(f"{atom}summary") or "")


def test_the_annual_review_rests_on_events_and_tells_apart_what_came_after_its_cut_off(
    simulated: Path, tmp_path: Path
) -> None:
    asked = ("export", "--annual-review", "2013", "--as-of", "2013-11-30")
    kept = json.loads(to(simulated, SECRETARIAT, tmp_path / "a.json", *asked, "--to"))["answer"]
    stats = json.loads(
        run(simulated, SECRETARIAT, "stats", "--from", "2013", "--to", "2013", "--as-of", "2013-11-30", "--json").stdout
    )
    figures = {each["figure"]: each for each in kept["figures"]}
    for each in stats["figures"]:
        assert (figures[each["figure"]]["count"], figures[each["figure"]]["positions"]) == (
            each["count"],
            each["positions"],
        )
    assert sum(each["count"] for each in stats["figures"]) > 0
    for figure in figures.values():
        of_it = [each for each in kept["events"] if each["figure"] == figure["figure"]]
        since = [each for each in of_it if each["since_the_cut_off"]]
        assert (len(of_it) - len(since), len(since)) == (figure["count"], figure["since_count"])
    cut = kept["known_cut"]
    assert all((each["known_at"] > cut) == each["since_the_cut_off"] for each in kept["events"])
    assert len(kept["duties"]) == 55
    assert not {"state", "states"} & {name for each in kept["events"] for name in each}
    again = json.loads(to(simulated, SECRETARIAT, tmp_path / "b.json", *asked, "--to"))["answer"]
    assert again == kept


def test_the_annual_review_of_who_may_not_see_how_far_the_committee_is_is_withheld(
    simulated: Path, tmp_path: Path
) -> None:
    kept = json.loads(to(simulated, "", tmp_path / "a.json", "export", "--annual-review", "2013", "--to"))["answer"]
    assert (kept["figures"], kept["duties"], kept["events"]) == ([], [], [])
    assert kept["withheld"] > 0


@pytest.mark.parametrize(
    "words",
    [
        ("--calendar", "--to", "a.csv"),
        ("--calendar", "--due", "--to", "a.ics"),
        ("--feed",),
        ("--annual-review", "2013", "--to", "a.pdf"),
        ("--annual-review", "2013"),
        ("KEN", "--due", "--to", "a.ics"),
        ("--url", "https://example.org", "--log"),
        ("--feed", "--as-of", "2013", "--to", "a.atom"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_exported_so_is_refused(real: Path, words: tuple[str, ...]) -> None:
    assert run(real, "sec", "export", *words).exit_code == 2
