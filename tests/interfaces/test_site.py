"""The public site: what anyone may read and nothing else, in pages that anyone can read; and its folder."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner, Result

from domain.access import PUBLIC_READER
from domain.activity.records import LogActivity
from domain.assistance.requests import RequestAssistance
from domain.correspondence.letters import ReceiveLetter
from domain.deciding import Command
from domain.exchange.clarification import AskClarification
from domain.exchange.non_reporting import ExplainNonReporting
from domain.law.records import RecordLaw
from domain.matrix import commands as c
from domain.meetings.planning import PlanMeeting
from domain.outreach_calendar import OutreachEvent, PublishEvents
from domain.practice.practices import ReportPractice
from domain.visits.commands import InviteVisit
from interfaces.bootstrap import now_of
from interfaces.cli import app
from interfaces.demo.build import demo
from ledger.record import Record
from projections.openness import seen_by
from tests.interfaces import planted
from tests.interfaces.html_pages import astray, pages
from tests.projections import kenya

SEC: dict[str, Any] = {"actor": "sec", "role": "secretariat"}
DATED = "matrices/ken/2013-11-01/index.html"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that tests copy, and a simulated one of three States beside it."""
    found = tmp_path_factory.mktemp("made")
    kenya.make(found / "home").close()
    demo(found / "demo", seed=7, states=3)
    return found


@pytest.fixture(scope="module")
def simulated(made: Path) -> Path:
    """The site of the simulated record."""
    assert publish(made / "www", "--home", str(made / "demo")).exit_code == 0
    return made / "www"


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Kenya's matrix is published since 1 November 2013."""
    shutil.copytree(made / "home", tmp_path / "home")
    monkeypatch.setenv("LEDGER1540_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LEDGER1540_ACTOR", "sec")
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("LEDGER1540_DATABASE", raising=False)
    return tmp_path / "home"


def publish(folder: Path, *words: str) -> Result:
    found = CliRunner().invoke(app, ["publish-site", str(folder), *words])
    assert "Traceback" not in found.output
    return found


def said(home: Path, *commands: Command) -> None:
    with Record.open(home) as record:
        record.submit_all(commands)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_published_matrix_has_a_dated_address_with_its_basis_consent_and_notice(home: Path, tmp_path: Path) -> None:
    www = tmp_path / "www"
    assert publish(www).exit_code == 0
    page = (www / DATED).read_text(encoding="utf-8")
    assert "<h1>Matrix of Kenya</h1>" in page
    assert "The matrix is not a tool for measuring compliance." in page
    assert "X means only that the Committee considers" in page
    assert "on record, known 2013-10-01" in page
    assert '<time datetime="2013-09-01">' in page
    assert "The State has a law." in page
    assert "dates of 4 cells are as claimed by an import" in page
    assert "SYNTHETIC" not in page
    with Record.open(home) as record:
        (sealed,) = (e.body for e in record.recorded() if e.header.type == "matrix.revision-sealed")
    assert getattr(sealed, "manifest") in page  # noqa: B009 - a body of one of many types
    assert 'url=2013-11-01/index.html"' in (www / "matrices/ken/index.html").read_text(encoding="utf-8")


def test_every_page_is_well_formed_and_every_link_leads_somewhere(simulated: Path) -> None:
    found = pages(simulated)
    assert any(path.endswith("changes.html") for path in found)
    for path, page in found.items():
        assert not page.wrong, path
        assert not page.unscoped, path
        assert page.lang == "en"
        assert (page.tags.count("h1"), page.tags.count("main"), page.tags.count("title")) == (1, 1, 1), path
        assert "script" not in page.tags
        assert len(set(page.ids)) == len(page.ids), path
    assert astray(simulated) == []
    for path, data in files(simulated).items():
        assert b"SYNTHETIC" in data or path in ("style.css", "ledger1540-site.json"), path
        if path.startswith("matrices/"):
            assert b"not a tool for measuring compliance" in data, path


def test_what_changed_between_two_published_versions_is_told(simulated: Path) -> None:
    changed = sorted((simulated / "matrices/ken").rglob("changes.html"))
    days = sorted(path.name for path in (simulated / "matrices/ken").iterdir() if path.is_dir())
    assert [path.parent.name for path in changed] == days[1:]
    assert f'<a href="../{days[0]}/index.html">{days[0]}</a>' in changed[0].read_text(encoding="utf-8")


def test_the_same_record_gives_the_same_bytes_and_nothing_is_to_be_done_again(home: Path, tmp_path: Path) -> None:
    publish(tmp_path / "one")
    publish(tmp_path / "two", "--home", str(home))
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert publish(tmp_path / "one", "--check").exit_code == 0
    assert "0 added, 0 changed, 0 removed" in publish(tmp_path / "one").stderr


def test_the_address_of_the_site_is_said_once_and_the_daily_check_holds_to_it(home: Path, tmp_path: Path) -> None:
    www = tmp_path / "www"
    publish(www, "--url", "https://example.org/1540")
    assert publish(www, "--check").exit_code == 0
    assert "0 added, 0 changed, 0 removed" in publish(www).stderr
    assert publish(www, "--url", "https://example.org/other", "--check").exit_code == 1


def test_what_is_recorded_for_few_changes_no_page(home: Path, tmp_path: Path) -> None:
    publish(tmp_path / "www")
    said(home, kenya.submission("ken-9", "2019-01-10"))
    assert publish(tmp_path / "www", "--check").exit_code == 0


@pytest.mark.parametrize(
    "command",
    [
        c.WithdrawConsent(id="back", state="KEN", scope="publish", **SEC),
        c.UnpublishMatrix(id="down", state="KEN", revision=1, **SEC),
    ],
    ids=["consent withdrawn", "taken down"],
)
def test_what_may_no_longer_be_shown_is_removed_dated_pages_too(home: Path, tmp_path: Path, command: Command) -> None:
    www = tmp_path / "www"
    publish(www)
    said(home, command)
    planned = json.loads(publish(www, "--dry-run", "--json").stdout)
    assert planned["removed"] == [DATED, "matrices/ken/index.html"]
    assert publish(www, "--check").exit_code == 1
    assert (www / DATED).exists()
    assert publish(www).exit_code == 0
    assert not (www / "matrices/ken").exists()
    assert not any(b"Matrix of Kenya" in data for data in files(www).values())
    assert not any(b"The State has a law." in data for data in files(www).values())
    assert astray(www) == []


def test_a_folder_with_somebody_elses_files_is_refused_and_left_as_it_is(home: Path, tmp_path: Path) -> None:
    www = tmp_path / "www"
    www.mkdir()
    (www / "letter.txt").write_text("mine")
    found = publish(www)
    assert (found.exit_code, "holds something else, as letter.txt" in found.stderr) == (2, True)
    assert files(www) == {"letter.txt": b"mine"}


def test_a_file_in_the_place_of_the_folder_is_refused_and_left_as_it_is(home: Path, tmp_path: Path) -> None:
    (tmp_path / "www").write_text("mine")
    found = publish(tmp_path / "www")
    assert (found.exit_code, "is no folder" in found.stderr) == (2, True)
    assert (tmp_path / "www").read_text() == "mine"


def test_a_file_that_somebody_put_into_the_site_stays(home: Path, tmp_path: Path) -> None:
    www = tmp_path / "www"
    publish(www)
    (www / "robots.txt").write_text("mine")
    (www / "index.html").write_text("edited")
    said(home, c.UnpublishMatrix(id="down", state="KEN", revision=1, **SEC))
    assert publish(www).exit_code == 0
    assert (www / "robots.txt").read_text() == "mine"
    assert "edited" not in (www / "index.html").read_text(encoding="utf-8")
    assert publish(www, "--check").exit_code == 0


def test_a_folder_is_the_site_of_one_record(home: Path, simulated: Path) -> None:
    found = publish(simulated)
    assert (found.exit_code, "the site of another record" in found.stderr) == (2, True)


def test_a_run_broken_off_between_two_renamings_is_mended_by_the_next(home: Path, tmp_path: Path) -> None:
    www = tmp_path / "www"
    publish(www)
    (www / "robots.txt").write_text("mine")
    before = files(www)
    www.replace(tmp_path / ".www.before")
    (tmp_path / ".www.partly").mkdir()
    assert publish(www).exit_code == 0
    assert files(www) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "www"]


def test_a_dry_run_writes_nothing(home: Path, tmp_path: Path) -> None:
    found = publish(tmp_path / "www", "--dry-run")
    assert f"add  {DATED}" in found.stdout
    assert not (tmp_path / "www").exists()


def beside() -> Iterator[Command]:
    """What else comes on record for few or for all: activities, meetings, the calendar, a practice."""
    yield LogActivity(
        id="brief", activity="brief", kind="council-briefed", first_day="2014-02-03", text="a text for few", **SEC
    )
    yield LogActivity(
        id="faq",
        activity="faq",
        kind="faq-updated",
        first_day="2014-02-04",
        text="for all <b>bold</b>",
        documents=("ken-2013", "ken-secret"),
        **SEC,
    )
    yield PlanMeeting(
        id="m1", meeting="closed-meeting", kind="informal", starts="2030-03-01", ends="2030-03-01", language="en", **SEC
    )
    yield PlanMeeting(
        id="m2", meeting="open-meeting", kind="open", starts="2030-03-02", ends="2030-03-02", language="en", **SEC
    )
    event = OutreachEvent(
        title="Workshop",
        first_day="2030-04-01",
        last_day="2030-04-02",
        place="Nairobi",
        organizer="the Committee",
        open_to="States",
        url="javascript:alert(1)",
        document_id="ken-secret",
    )
    yield PublishEvents(id="events", published="2014-02-05", covers_to="2030-12-31", entries=(event,), **SEC)
    yield ReportPractice(
        id="practice",
        practice="p-1",
        state="KEN",
        topics=("op2",),
        title="a title for few",
        text="for few too",
        documents=("ken-2013",),
        **SEC,
    )


def of_the_committee() -> Iterator[Command]:
    """Letters, questions to a State, visits, laws and what a State says of itself: each for few."""
    words = "words for few"
    yield ReceiveLetter(
        id="letter",
        letter="2014/1",
        sender="state:KEN",
        title=words,
        received="2014-02-01",
        their_reference=words,
        **SEC,
    )
    yield AskClarification(id="asked", clarification="c-1", state="KEN", text=words, **SEC)
    yield ExplainNonReporting(id="why", state="FRA", reason=words, source=words, **SEC)
    yield InviteVisit(id="visit", visit="v-1", state="KEN", purpose=words, received="2014-02-01", **SEC)
    yield RecordLaw(
        id="law", law="law-1", state="KEN", topics=("op2",), title=words, number=words, documents=("ken-2013",), **SEC
    )
    yield RequestAssistance(
        id="request",
        request="r-1",
        subject=words,
        needs=words,
        received="2014-02-01",
        requesters=("KEN",),
        documents=("ken-secret",),
        **SEC,
    )


def test_no_file_of_the_site_says_what_is_not_for_everyone(tmp_path: Path) -> None:
    with planted.make(tmp_path / "home") as record:
        found = publish_planted(record, tmp_path)
        mine, others = planted.allowed(record, "")
        told = set(planted.WORD.findall(found))
        assert not told & others
        shown = planted.open_to_all(record)
        quoted = {
            word
            for event in record.recorded()
            if event.id in shown
            for word in planted.WORD.findall(msgspec.json.encode(event.body).decode())
        }
        assert quoted <= told <= mine
    assert "for few" not in found
    assert "closed-meeting" not in found
    assert "open-meeting" in found
    assert "for all &lt;b&gt;bold" in found
    assert "javascript:" not in found
    assert "ken-secret" not in found


def publish_planted(record: Record, tmp_path: Path) -> str:
    """Publish what was planted and what else is on record; everything that any file then says."""
    record.submit_all([*beside(), *of_the_committee()])
    assert publish(tmp_path / "www", "--home", str(tmp_path / "home")).exit_code == 0
    return "".join(data.decode("utf-8") for data in files(tmp_path / "www").values())


def test_no_text_of_a_simulated_history_is_on_the_site_if_only_few_may_read_it(made: Path, simulated: Path) -> None:
    site = "\n".join(data.decode("utf-8") for data in files(simulated).values())
    with Record.open(made / "demo") as record:
        may_see = seen_by(record, PUBLIC_READER, now_of(record))
        opened, closed = set[str](), set[str]()
        for event in record.recorded():
            (opened if may_see(event.header) else closed).update(texts(msgspec.to_builtins(event.body)))
            opened.update((event.id, event.header.stream))  # headers are for everyone
    hidden = {text for text in closed - opened if len(text) > 15}
    assert len(hidden) > 300
    assert not [text for text in hidden if text in site]


def texts(value: object) -> Iterator[str]:
    """Yield every text in a body."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)
