"""Short clocks: given a request, a letter or a meeting, when its day comes, the Secretariat is told once."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.assistance.procedure import CirculateRequest
from domain.assistance.requests import AuthenticateRequest, RequestAssistance, WithdrawRequest
from domain.correspondence.letters import ReceiveLetter, SendLetter
from domain.meetings.notice import AnnounceMeeting
from domain.meetings.planning import PlanMeeting
from domain.times import moment, new_york_date, text
from projections.outbox import messages
from tests.workflows.year import Office, office
from workflows.cycle.messages import Woken
from workflows.kinds import At
from workflows.mail.composing import Letterhead
from workflows.notes.kind import Notes
from workflows.office import RecordOffice

NOTES = Notes(Letterhead("secretariat@committee.example"))


@pytest.fixture
def committee(tmp_path: Path) -> Iterator[Office]:
    """A Committee of today."""
    with office(tmp_path / "home") as found:
        yield found


def today(found: Office) -> date:
    return new_york_date(found.clock.now())


def day_after(found: Office, days: int) -> str:
    return (today(found) + timedelta(days=days)).isoformat()


def passes(found: Office, time: timedelta) -> None:
    found.clock.set(text(moment(found.clock.now()) + time))


def waited_for(found: Office) -> dict[str, list[str]]:
    """Return what is waited for a second later: the steps of each thing, without their days."""
    passes(found, timedelta(seconds=1))
    cycles = NOTES.cycles(At(found.record, found.clock.now(), "sec"))
    return {each.name: [rung.name.rpartition(".")[0] for rung in each.rungs] for each in cycles}


def days_go_by(found: Office, days: int) -> list[tuple[str, str]]:
    """Let days go by, each thing being looked at when its day comes; return what the Secretariat was told."""
    passes(found, timedelta(seconds=1))
    at_work = RecordOffice(found.record, "sec", (NOTES,))
    until = text(moment(found.clock.now()) + timedelta(days=days))
    while True:
        due = [(rung, each.name) for each in at_work.cycles()[1] for rung in each.rungs if rung.at <= until]
        if not due:
            break
        rung, name = min(due, key=lambda found: found[0].at)
        found.clock.set(max(rung.at, found.clock.now()))
        at_work.look(Woken("note", name, rung.name, found.clock.now()))
    found.clock.set(until)
    listed = sorted((each.intended for each in messages(found.record)), key=lambda each: each.composed_at)
    assert {each.addressee for each in listed} <= {"role:secretariat"}
    return [(each.about, (each.rung or "").rpartition(".")[0]) for each in listed]


def asks_for_assistance(found: Office, received: str) -> None:
    found.give(
        RequestAssistance,
        "request",
        request="border",
        requesters=("KEN",),
        subject="border control",
        needs="training",
        received=received,
        sending="at-once",
        posting="not",
    )


def test_the_steps_of_a_request_are_told_until_they_are_done(committee: Office) -> None:
    asks_for_assistance(committee, committee.clock.now())
    found = waited_for(committee)["assistance/request/border"]
    assert {"authenticated", "circulated", "acknowledged", "if-met-asked"} <= set(found)
    assert "summary-posted" not in found, "the requester does not wish it"
    committee.give(AuthenticateRequest, "authentic", request="border")
    committee.give(CirculateRequest, "circulated", request="border")
    told = [step for _, step in days_go_by(committee, 30)]
    assert "acknowledged" in told
    assert not {"authenticated", "circulated"} & set(told)
    assert set(waited_for(committee)["assistance/request/border"]) == {"if-met-asked", "briefing"}


def test_the_experts_brief_the_committee_on_an_open_request_every_two_months(committee: Office) -> None:
    asks_for_assistance(committee, committee.clock.now())
    assert waited_for(committee)["assistance/request/border"].count("briefing") == 6
    assert [step for _, step in days_go_by(committee, 130)].count("briefing") == 2
    committee.give(AuthenticateRequest, "authentic", request="border")
    committee.give(WithdrawRequest, "withdrawn", request="border", reason="it was met elsewhere")
    assert waited_for(committee) == {}


def test_of_a_request_that_is_entered_late_nothing_is_told(committee: Office) -> None:
    asks_for_assistance(committee, "2020-03-02")
    assert waited_for(committee) == {}


def test_a_reply_that_does_not_come_is_told_on_the_day_after_and_one_that_we_owe_a_week_before(
    committee: Office,
) -> None:
    by = day_after(committee, 20)
    day = today(committee).isoformat()
    committee.give(SendLetter, "out", letter="2026/1", addressees=("state:KEN",), title="", dated=day, reply_by=by)
    committee.give(SendLetter, "out-2", letter="2026/2", addressees=("state:KEN",), title="", dated=day, reply_by=by)
    committee.give(
        ReceiveLetter, "in", letter="2026/3", sender="state:FRA", title="", received=committee.clock.now(), reply_by=by
    )
    committee.give(
        ReceiveLetter,
        "answer",
        letter="2026/4",
        sender="state:KEN",
        title="",
        received=committee.clock.now(),
        answers="2026/2",
    )
    assert days_go_by(committee, 30) == [
        ("correspondence/2026/3", "answer"),
        ("correspondence/2026/1", "reply.state-KEN"),
    ]


def test_a_meeting_that_was_not_announced_to_all_is_told_of_a_week_and_a_day_before(committee: Office) -> None:
    for name in ("m-1", "m-2"):
        day = day_after(committee, 21 + (name == "m-2"))
        about = {"meeting": name, "kind": "formal", "language": "en"}
        committee.give(PlanMeeting, name, starts=f"{day}T15:00:00Z", ends=f"{day}T18:00:00Z", **about)
    committee.give(AnnounceMeeting, "announce", meeting="m-2", sent=committee.clock.now())
    assert days_go_by(committee, 40) == [("meeting/m-1", "announce.T-5w"), ("meeting/m-1", "announce.T-1w")]
