"""Letters on an occasion: circulated and closed proposals, meetings with their papers, what came from States."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.assistance.procedure import AcknowledgeRequest
from domain.assistance.requests import AuthenticateRequest, RequestAssistance
from domain.document import RegisterDocument
from domain.duty_station import working_days
from domain.meetings.notice import AnnounceMeeting, DistributePapers
from domain.meetings.planning import CancelMeeting, MoveMeeting, PlanMeeting
from domain.no_objection.commands import CloseProcedure, Object
from domain.submission import DeclareNoChange, ReceiveSubmission, WithdrawSubmission
from domain.times import moment, new_york_date, text
from tests.workflows.campaigning import (
    approves,
    days_go_by,
    goes_out,
    has_contact,
    letter,
    letters,
    listed,
    told,
)
from tests.workflows.year import Office, office, proposes
from workflows.cycle.messages import Woken
from workflows.kinds import At
from workflows.letters.occasions import OCCASIONS
from workflows.office import RecordOffice

PROPOSED, CLOSED, NOTICE = "no-objection-proposal", "no-objection-closed", "meeting-notice"
KIND = letters(OCCASIONS.name)


@pytest.fixture
def committee(tmp_path: Path) -> Iterator[Office]:
    """A Committee of today."""
    with office(tmp_path / "home") as found:
        yield found


def submits(found: Office, key: str = "ken-1", **members: Any) -> None:
    about = {"submission": key, "state": "KEN", "kind": "first-report", "documents": ()}
    found.give(ReceiveSubmission, key, **{"received": found.clock.now(), **about, **members})


def in_days(found: Office, days: int) -> date:
    return new_york_date(found.clock.now()) + timedelta(days=days)


def has_paper(found: Office, name: str = "agenda") -> None:
    data = f"The paper {name}.".encode()
    sha256 = found.record.documents.put(data)
    about = {"media_type": "text/plain", "language": "en", "distribution": "limited"}
    found.give(
        RegisterDocument, name, document=name, title="Provisional agenda", sha256=sha256, size=len(data), **about
    )


def plans(found: Office, day: date, meeting: str = "m-1") -> None:
    hours = {"starts": f"{day}T15:00:00Z", "ends": f"{day}T18:00:00Z"}
    found.give(PlanMeeting, f"plan:{meeting}", meeting=meeting, kind="formal", language="en", **hours)


def says(found: Office, rung: str, name: str) -> str:
    return RecordOffice(found.record, "sec", (KIND,)).look(Woken("letter", name, rung, found.clock.now())).says


def test_a_proposal_is_put_to_the_members_in_a_letter_that_says_when_its_time_runs_out(committee: Office) -> None:
    proposes(committee)
    days_go_by(committee, 0, KIND)
    assert told(committee) == [(PROPOSED, "role:members", "to-approve")]
    text = letter(committee, listed(committee)[0].name)
    assert "3. item 3" in text
    assert "17:00, New York time" in text


def test_a_proposal_names_items_by_their_own_numbers_and_none_that_was_objected_to_before_it_was_written(
    committee: Office,
) -> None:
    """Given an objection to the first item, when the letter is written after it, then it puts items 2 and 3."""
    proposes(committee)
    committee.give(Object, "object", decision="d-1", state="FRA", received=committee.clock.now(), items=(1,))
    days_go_by(committee, 1, KIND)
    text = letter(committee, next(each.name for each in listed(committee) if each.intended.kind == PROPOSED))
    assert "2. item 2\r\n3. item 3\r\n" in text
    assert "item 1" not in text


def test_what_was_adopted_is_told_when_the_procedure_closes(committee: Office) -> None:
    proposes(committee)
    days_go_by(committee, 1, KIND)
    approves(committee, listed(committee)[0].name)
    committee.clock.set(text(moment(committee.clock.now()) + timedelta(days=20)))
    committee.give(CloseProcedure, "close", decision="d-1")
    days_go_by(committee, 1, KIND)
    assert told(committee)[1] == (CLOSED, "role:members", "to-approve")
    assert "It is adopted" in letter(committee, listed(committee)[1].name)


def test_items_that_were_objected_to_are_told_apart_from_those_adopted_and_no_objector_is_named(
    committee: Office,
) -> None:
    proposes(committee)
    committee.give(Object, "object", decision="d-1", state="FRA", received=committee.clock.now(), items=(2,))
    days_go_by(committee, 1, KIND)
    approves(committee, listed(committee)[0].name)
    committee.clock.set(text(moment(committee.clock.now()) + timedelta(days=20)))
    committee.give(CloseProcedure, "close", decision="d-1")
    days_go_by(committee, 1, KIND)
    texts = [letter(committee, each.name) for each in listed(committee)[1:]]
    adopted, not_adopted = sorted(texts, key=lambda each: "not adopted" in each)
    assert "item 1" in adopted
    assert "item 3" in adopted
    assert "item 2" not in adopted
    assert "item 2" in not_adopted
    assert not [each for each in texts if "FRA" in each or "France" in each]


def test_a_proposal_whose_letter_was_still_held_when_its_time_ran_out_is_not_sent(committee: Office) -> None:
    proposes(committee)
    days_go_by(committee, 1, KIND)
    committee.clock.set(text(moment(committee.clock.now()) + timedelta(days=20)))
    committee.give(CloseProcedure, "close", decision="d-1")
    days_go_by(committee, 1, KIND)
    assert sorted(told(committee)) == [
        (CLOSED, "role:members", "to-approve"),
        (PROPOSED, "role:members", "cancelled"),
    ]


def test_a_meeting_is_announced_with_its_papers_five_working_days_before(committee: Office) -> None:
    has_paper(committee)
    day = in_days(committee, 30)
    plans(committee, day)
    committee.give(DistributePapers, "papers", meeting="m-1", documents=("agenda",), sent=committee.clock.now())
    days_go_by(committee, 40, KIND)
    (notice,) = listed(committee)
    assert (notice.intended.kind, notice.stage) == (NOTICE, "cancelled"), "nobody sent it before the meeting began"
    written = new_york_date(notice.intended.composed_at)
    station = working_days(committee.record.history("calendar/new-york").standing())
    assert station.after(written, 5) >= day >= written + timedelta(days=5)
    assert "- Provisional agenda" in letter(committee, notice.name)
    assert "None" not in letter(committee, notice.name)


def test_without_papers_the_notice_is_refused_and_goes_out_as_soon_as_they_are_distributed(committee: Office) -> None:
    has_paper(committee)
    plans(committee, in_days(committee, 30))
    days_go_by(committee, 27, KIND)
    assert told(committee) == []
    (cycle,) = KIND.cycles(At(committee.record, committee.clock.now(), "sec"))
    assert [rung.name for rung in cycle.rungs] == ["cancel"], "it waits for news, until the meeting begins"
    assert says(committee, NOTICE, "meeting/m-1") == "PapersMissing"
    committee.give(DistributePapers, "papers", meeting="m-1", documents=("agenda",), sent=committee.clock.now())
    days_go_by(committee, 1, KIND)
    assert told(committee) == [(NOTICE, "role:members", "ready")]


def test_a_meeting_that_is_cancelled_or_that_all_know_of_is_not_announced(committee: Office) -> None:
    has_paper(committee)
    for days, name in ((30, "m-1"), (31, "m-2")):
        plans(committee, in_days(committee, days), name)
        committee.give(
            DistributePapers, f"papers:{name}", meeting=name, documents=("agenda",), sent=committee.clock.now()
        )
    committee.give(CancelMeeting, "cancel", meeting="m-1", reason="no item")
    committee.give(AnnounceMeeting, "announce", meeting="m-2", sent=committee.clock.now())
    days_go_by(committee, 40, KIND)
    assert told(committee) == []


def test_a_meeting_that_is_moved_is_announced_anew(committee: Office) -> None:
    has_paper(committee)
    plans(committee, in_days(committee, 30))
    committee.give(DistributePapers, "papers", meeting="m-1", documents=("agenda",), sent=committee.clock.now())
    days_go_by(committee, 27, KIND)
    goes_out(committee, listed(committee)[0].name)
    day = in_days(committee, 30)
    hours = {"starts": f"{day}T15:00:00Z", "ends": f"{day}T18:00:00Z"}
    committee.give(MoveMeeting, "move", meeting="m-1", reason="the Council meets", **hours)
    days_go_by(committee, 25, KIND)
    assert [stage for _, _, stage in told(committee)] == ["accepted", "ready"]


def test_a_submission_is_acknowledged_to_the_mission_once_somebody_approves(committee: Office) -> None:
    has_contact(committee, "c-m", party="mission", seat="new-york")
    submits(committee)
    committee.give(
        DeclareNoChange, "ken-2", submission="ken-2", state="KEN", since="2013", received=committee.clock.now()
    )
    days_go_by(committee, 1, KIND)
    assert told(committee) == [("submission-acknowledgement", "contact:c-m", "to-approve")] * 2
    text = letter(committee, listed(committee)[0].name)
    assert "first report of Kenya" in text
    assert "Its reference is ken-1" in text


def test_what_came_long_ago_or_was_taken_back_is_not_acknowledged(committee: Office) -> None:
    submits(committee, received="2013-11-12")
    submits(committee, "ken-2")
    committee.give(WithdrawSubmission, "back", submission="ken-2", reason="sent in error")
    days_go_by(committee, 1, KIND)
    assert told(committee) == []


def test_a_request_for_assistance_is_acknowledged_to_each_that_made_it(committee: Office) -> None:
    committee.give(
        RequestAssistance,
        "request",
        request="border",
        requesters=("KEN", "RWA"),
        subject="border control",
        needs="training",
        received=committee.clock.now(),
        sending="at-once",
        posting="not",
    )
    days_go_by(committee, 1, KIND)
    kind = "assistance-acknowledgement"
    assert told(committee) == [(kind, "state:KEN", "to-approve"), (kind, "state:RWA", "to-approve")]
    approves(committee, listed(committee)[0].name)
    committee.give(AuthenticateRequest, "authentic", request="border")
    committee.give(AcknowledgeRequest, "acknowledged", request="border")
    days_go_by(committee, 1, KIND)
    assert told(committee) == [(kind, "state:KEN", "accepted"), (kind, "state:RWA", "cancelled")]
