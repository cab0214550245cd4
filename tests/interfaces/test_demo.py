import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from domain.activity.records import ActivityLogged
from domain.assistance.life import request_of
from domain.assistance.steps import steps
from domain.catalogue import TYPES
from domain.committee import members, offices
from domain.contact.events import ContactProposed
from domain.document import DocumentRegistered
from domain.duty_station import working_days
from domain.matrix.events import CellAssessed, CellCorrected, MatrixExamined
from domain.meetings.holding import MeetingHeld
from domain.meetings.notice import in_time
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput
from domain.standing import Cut
from domain.submission import SubmissionReceived
from domain.times import end_of, new_york_date
from interfaces.cli import app
from interfaces.cli.demo import make
from interfaces.demo.build import Demo, demo, made
from interfaces.demo.dates import meetings
from interfaces.demo.dice import Dice
from interfaces.demo.history import history
from interfaces.demo.reporting import COUNTS, MORE, share
from interfaces.vaults import vault_of
from ledger.record import Record
from ledger.vault.refusals import KeyAbsent
from ledger.verify import Verification

STATES = 6
NO_MESSAGES = "messages are sent by workflows, and none runs beside the demo"
NOBODY_READS = "the access log lies apart from the record, and nobody reads beside the demo"
IN_DECEMBER = "the tour lives it, with the workflows, in a December of its own"
DISPOSED_BY_HAND = "bodies go by a verb of their own, `dispose`, and by two persons"
SEALED_BESIDE = "heads are sealed and keys are changed by the signer, and none is beside the demo"
NOT_SUSPENDED = "no duty of these years was suspended"
NOT_LIVED = {
    "consent.given@1": "recorded before partners could be named; no command makes it any more",
    "record.access-pruned@1": NOBODY_READS,
    "record.access-sealed@1": NOBODY_READS,
    "record.disposal-proposed@1": DISPOSED_BY_HAND,
    "record.disposed@1": DISPOSED_BY_HAND,
    "record.file-plan-adopted@1": DISPOSED_BY_HAND,
    "record.heads-sealed@1": SEALED_BESIDE,
    "record.key-changed@1": SEALED_BESIDE,
    "record.log-opened@1": SEALED_BESIDE,
    "deadline.resumed@1": NOT_SUSPENDED,
    "deadline.suspended@1": NOT_SUSPENDED,
    "message.approved@1": NO_MESSAGES,
    "message.approved@2": NO_MESSAGES,
    "message.attempt-begun@1": NO_MESSAGES,
    "message.attempt-ended@1": NO_MESSAGES,
    "message.cancelled@1": NO_MESSAGES,
    "message.held@1": NO_MESSAGES,
    "message.intended@1": NO_MESSAGES,
    "message.recorded-in-error@1": NO_MESSAGES,
    "message.returned@1": NO_MESSAGES,
    "message.suppressed@1": NO_MESSAGES,
    **{kind: IN_DECEMBER for kind in TYPES if kind.startswith("review.")},
    "programme.drafted@1": "drafts of past programmes are not on record",
    "programme.symbol-recorded@1": "the symbols of these programmes are not ours to make up",
}
"""Types that the demo does not live, each with its reason."""
BY_CHANCE = {"submission.no-change-declared@1", "submission.withdrawn@1"}
"""Types that a demo of few States may not live."""
PLANTED = {
    "approved-without-decision",
    "corrected-not-approved-again",
    "late-history",
    "own-work-sealed",
    "papers-late",
    "recorded-late",
    "shown-without-consent",
    "source-not-in-force",
    "without-source",
}
"""What an audit finds in the demo: slips, late history, one late paper, and what chance brings."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("demo") / "home"
    demo(found, seed=7, states=STATES)
    return found


@pytest.fixture
def about(home: Path) -> Demo:
    found = made(home)
    assert found is not None
    return found


@pytest.fixture
def record(home: Path) -> Iterator[Record]:
    with Record.open(home) as found:
        yield found


@pytest.fixture
def events(record: Record) -> list[Recorded]:
    return list(record.recorded())


def test_one_seed_gives_one_root_and_another_seed_another(tmp_path: Path, about: Demo) -> None:
    again, now = demo(tmp_path / "again", seed=7, states=STATES)
    assert now
    assert again == about
    other, _ = demo(tmp_path / "other", seed=8, states=1)
    same, _ = demo(tmp_path / "same", seed=8, states=1)
    assert other.root == same.root != about.root


def test_every_event_is_marked_as_made_up_and_says_so(events: list[Recorded]) -> None:
    assert all(event.header.synthetic for event in events)
    assert all(event.header.log.endswith("/simulation") for event in events)
    cited = [s for e in events if isinstance(e.body, CellAssessed | CellCorrected) for s in e.body.sources]
    assert len(cited) > 100
    assert all(s.document_id.startswith("sim-") and s.quotation.startswith("SIMULATED") for s in cited)


def test_no_document_but_the_programme_claims_to_be_real(events: list[Recorded], record: Record) -> None:
    documents = {e.body.document: e.body for e in events if isinstance(e.body, DocumentRegistered)}
    del documents["twelfth-programme-of-work.fr"]
    for name, body in documents.items():
        assert name.startswith("sim-")
        assert body.symbol is None
        assert body.title.startswith("SIMULATED")
        assert body.content.sha256 is not None
        stored = record.document(body.content.sha256)
        assert stored is not None
        assert stored.startswith(b"SIMULATED")


def test_everything_that_can_go_wrong_does(events: list[Recorded]) -> None:
    kinds = Counter(event.header.type for event in events)
    for kind in (
        "matrix.revision-withdrawn",
        "matrix.cell-corrected",
        "matrix.cell-confirmed",
        "matrix.row-remarked",
        "matrix.recorded-in-error",
        "matrix.superseded",
        "decision.correction-authorised",
        "exchange.matrix-sent",
        "consent.given",
        "consent.published",
        "record.batch-imported",
        "record.batch-reversed",
    ):
        assert kinds[kind], kind
    by_id = {event.id: event for event in events}
    struck = [(event, by_id[event.header.strikes]) for event in events if event.header.strikes is not None]
    assert any(target.header.type == "matrix.cell-corrected" for event, target in struck if not event.header.voids)
    assert {target.header.type for event, target in struck if event.header.voids} >= {
        "matrix.approved",
        "matrix.cell-assessed",
        "matrix.recorded-in-error",
        "matrix.revision-opened",
        "matrix.revision-sealed",
    }
    assert {event.header.known_precision for event in events} == {"instant", "day", "month", "year"}
    repairs = [e for e in events if e.header.type == "matrix.cell-assessed" and e.header.noticed_at is not None]
    assert repairs


def test_facts_of_a_batch_come_late_and_keep_their_dates(events: list[Recorded]) -> None:
    batches = {event.id for event in events if event.header.type == "record.batch-imported"}
    late = [event for event in events if event.header.causation_id in batches]
    assert {event.header.type for event in late} >= {"matrix.revision-opened", "matrix.revision-sealed"}
    assert all(event.header.known_at[:4] < event.header.recorded_at[:4] for event in late if not event.header.voids)


def lived(events: list[Recorded]) -> set[str]:
    return {f"{event.header.type}@{event.header.type_version}" for event in events}


def test_a_small_demo_lives_every_type_of_event_but_for_those_of_chance(events: list[Recorded]) -> None:
    assert set(TYPES) - lived(events) <= NOT_LIVED.keys() | BY_CHANCE


def test_the_committee_has_fifteen_members_on_any_day(record: Record) -> None:
    standing = record.history(members.STREAM).standing()
    for year in range(2005, 2027):
        for day in (f"{year}-01-01", f"{year}-07-01", f"{year}-09-30"):
            assert len(members.electorate(standing, day)) == members.SEATS
    incoming = set(members.electorate(standing, "2014-01-01")) - set(members.electorate(standing, "2013-12-31"))
    assert incoming == {"CHL", "JOR", "LTU", "NGA", "TCD"}


def test_the_chair_is_vacant_once_and_then_an_acting_chair_presides(record: Record) -> None:
    standing = record.history(offices.STREAM).standing()
    held = {day: offices.presiding(standing, day) for day in ("2024-12-31", "2025-01-05", "2025-01-15", "2025-01-27")}
    assert [None if each is None else each.office for each in held.values()] == [
        "chair",
        None,
        "acting-chair",
        "chair",
    ]


def test_a_request_goes_through_the_procedure_in_its_working_days(record: Record) -> None:
    request = request_of(record.history("assistance/request/sim-request-1").standing())
    assert request is not None
    days = working_days(record.history("calendar/new-york").standing())
    found = {each.name: each for each in steps(request, days)}
    assert all(each.done is not None for each in found.values())
    for step in found.values():
        if step.on is not None and step.basis == "text":
            assert step.done is not None
            assert new_york_date(step.done) >= step.on


def test_papers_reach_all_members_in_time_but_for_one(record: Record) -> None:
    def standing(stream: str) -> tuple[Recorded, ...]:
        return record.history(stream).standing()

    held = {e.body.meeting for e in record.recorded() if isinstance(e.body, MeetingHeld)}
    assert len(held) > 50
    assert {each for each in held if not in_time(standing, each)} == {"sim-meeting-2014-03-20"}


def test_persons_have_names_that_nobody_has_and_one_is_erased(home: Path, record: Record) -> None:
    contacts = {e.body.contact: e.body for e in record.recorded() if isinstance(e.body, ContactProposed)}
    vault, names = vault_of(record), dict[str, str]()
    for name, body in contacts.items():
        assert body.details.name is not None
        try:
            names[name] = vault.unseal(name, "name", body.details.name)[1]
        except KeyAbsent:
            continue
    assert all(re.fullmatch(r"Example person [0-9]+", each) for each in names.values())
    assert contacts.keys() - names.keys() == {"sim-contact-4"}
    assert b"Example person" not in (home / "record.sqlite").read_bytes()


def test_an_audit_finds_what_was_planted_and_nothing_beside_it(home: Path) -> None:
    found = CliRunner().invoke(app, ["audit", "--home", str(home), "--json"])
    checks = {each["name"]: each["findings"] for each in json.loads(found.stdout)["checks"]}
    assert {name for name, findings in checks.items() if findings} <= PLANTED
    streams = {each["stream"].split("/")[0] for findings in checks.values() for each in findings}
    assert streams <= {"consent", "matrix", "meeting", "record", "state"}


def test_the_committee_is_briefed_on_assistance_every_two_months(events: list[Recorded]) -> None:
    days = [e.body.first_day for e in events if isinstance(e.body, ActivityLogged) and "briefing" in e.body.activity]
    months = [int(day[:4]) * 12 + int(day[5:7]) for day in sorted(days)]
    assert len(months) > 80
    assert {later - earlier for earlier, later in pairwise(months)} == {2}


def test_duties_close_by_what_the_committee_does(home: Path) -> None:
    found = CliRunner().invoke(app, ["due", "--home", str(home), "--as-of", "2014-06-30", "--json"])
    status = {each["duty"]: each["status"] for each in json.loads(found.stdout)}
    done = {"REV-2013", "PoW-13", "ODA-REP", "REGIONAL-REP", "IRO-GOALS", "EXPERTISE-REP", "ONBOARD", "WG-CAL"}
    assert {status[duty] for duty in done} == {"done"}


def test_every_matrix_is_examined_during_the_twelfth_programme(events: list[Recorded]) -> None:
    cut = end_of(date(2014, 5, 31))
    examined = {e.body.state for e in events if isinstance(e.body, MatrixExamined) and e.header.known_at <= cut}
    assert len(examined) == STATES


def test_the_programme_is_on_record_when_the_clock_reaches_its_date(record: Record) -> None:
    stood = record.history("programme/12").events
    assert stood[0].header.recorded_at.startswith("2013-05-31")
    steps = record.history("deadline/annual-review/2013")
    assert not steps.standing(Cut(known_at=end_of(date(2013, 12, 15))))
    assert len(steps.standing(Cut(known_at=end_of(date(2013, 12, 20))))) == 2


def test_every_event_is_in_the_range_of_a_command(home: Path, about: Demo) -> None:
    check = Verification(home)
    assert list(check) == []
    assert check.report().events == about.events


def test_a_finished_demo_is_left_as_it_is_and_nothing_is_overwritten(home: Path, about: Demo, tmp_path: Path) -> None:
    assert demo(home, seed=7, states=STATES) == (about, False)
    with pytest.raises(Conflict, match="another demo"):
        demo(home, seed=8, states=STATES)
    (tmp_path / "mine").write_text("a file of mine", encoding="utf-8")
    with pytest.raises(Conflict, match="something else"):
        demo(tmp_path, seed=7, states=1)


@pytest.mark.parametrize("states", [0, -1, 194])
def test_so_many_states_do_not_take_part(states: int, tmp_path: Path) -> None:
    with pytest.raises(MalformedInput):
        make(tmp_path / "home", seed=1, states=states)


def test_the_verb_says_where_it_is_and_that_it_is_synthetic(tmp_path: Path) -> None:
    found = CliRunner().invoke(app, ["demo", "--home", str(tmp_path / "home"), "--states", "1", "--json"])
    assert found.exit_code == 0
    assert '"root"' in found.stdout
    assert "SYNTHETIC" in found.stderr
    assert str(tmp_path / "home") in found.stderr


def reports(states: int, seed: int) -> Callable[[date], int]:
    plan, _ = history(seed, states)
    received = [c for c in (act.command for act in plan.acts()) if getattr(c, "kind", "") == "first-report"]
    return lambda day: sum(getattr(c, "received", "~") <= day.isoformat() for c in received)


def test_first_reports_are_counted_as_the_committee_counted_them() -> None:
    by = reports(193, 3)
    assert [by(last) for _, last, _ in COUNTS] == [97, 129, 155, 168, 169, 172, 173, 176, 185]
    assert share(MORE, 193) == 124


def test_the_stories_do_not_depend_on_which_state_it_is() -> None:
    one, other = history(5, 40), history(6, 40)
    assert one.codes[0] == other.codes[0] == "KEN"
    assert sorted(one.codes) == sorted(other.codes)
    assert one.codes != other.codes


def test_meetings_are_the_real_ones_where_they_are_known() -> None:
    names = {meeting.day: meeting.name for meeting in meetings()}
    assert names[date(2014, 12, 11)].startswith("63rd formal meeting")
    assert names[date(2013, 12, 20)].startswith("SIMULATED")
    assert all("SIMULATED" in name for name in names.values())


def test_chance_is_the_same_everywhere() -> None:
    dice = Dice(1540, "a test")
    assert [dice.whole(1, 100) for _ in range(5)] == _again()
    assert sorted(dice.shuffled("abcdef")) == list("abcdef")
    assert dice.some("abcdef", 9) == list("abcdef")


def _again() -> list[int]:
    dice = Dice(1540, "a test")
    return [dice.whole(1, 100) for _ in range(5)]


def test_the_whole_demo_has_a_hundred_thousand_events_and_verifies(tmp_path: Path) -> None:
    about, _ = demo(tmp_path / "home")
    assert about.events >= 100_000
    check = Verification(tmp_path / "home")
    assert list(check) == []
    with Record.open(tmp_path / "home") as record:
        found = list(record.recorded())
    assert set(TYPES) - lived(found) == NOT_LIVED.keys()
    cut = end_of(date(2014, 4, 10))
    first = {
        e.body.state
        for e in found
        if isinstance(e.body, SubmissionReceived) and e.body.kind == "first-report" and e.header.known_at <= cut
    }
    assert len(first) == 172
    assert len({e.body.state for e in found if isinstance(e.body, MatrixExamined)}) == 193
