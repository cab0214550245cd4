"""Intake of new members (7(e)): the duty is done once the pack is delivered and the briefing held."""

from typing import Any

from msgspec.structs import replace

from domain.calendar.answering import due_of
from domain.committee.members import SeatMember, members_on
from domain.deadline import RecordStep
from domain.deciding import stands_at
from domain.duty import Step
from domain.meetings.holding import HoldMeeting, RecordMeeting
from domain.meetings.notice import DistributePapers
from domain.standing import Cut
from tests.committee import Committee
from tests.domain.foundations import adopts, duty, mandated, registers
from tests.domain.meetings.seated import plans, seated

INCOMING = ("CHL", "JOR", "LTU", "NGA", "TCD")
STEPS = (Step(step="delivered", says="briefing pack delivered"), Step(step="briefed", says="briefing held"))


def status(committee: Committee) -> tuple[str, list[bool]]:
    at = committee.record.recorded_at()
    (entry,) = due_of(stands_at(committee.record, Cut(known_at=at)), at, 12)
    return entry.status, [step.event_id is not None for step in entry.steps]


def test_incoming_members_get_the_pack_and_a_briefing_before_their_term_and_the_duty_is_done_by_both() -> None:
    committee = seated()
    committee.registers(*INCOMING)
    mandated(committee, "1977", "2011-04-20", "2021-04-25")
    registers(committee, "report-1")
    adopts(committee, 12, duties=(replace(duty("ONBOARD"), kind="recurring", due="2014-01-01", steps=STEPS),))
    committee.on("2013-10-18")
    for state in INCOMING:
        committee.one(SeatMember, state=state, valid_from="2014-01-01", valid_to="2015-12-31")
    registers(committee, "pack-2014")
    registers(committee, "briefing-record")
    plans(committee, "briefing-2014", "2013-12-18T15:00:00-05:00", "2013-12-18T16:00:00-05:00", kind="informal")

    committee.on("2013-12-13").one(
        DistributePapers, meeting="briefing-2014", documents=("pack-2014",), sent="2013-12-12", delegations=INCOMING
    )
    about: dict[str, Any] = {"deadline": "duty/ONBOARD", "duty": "ONBOARD"}
    committee.one(RecordStep, step="delivered", document="pack-2014", **about)
    assert status(committee) == ("open", [True, False])

    committee.on("2013-12-19").one(
        HoldMeeting, meeting="briefing-2014", started="2013-12-18T15:00:00-05:00", attendance=INCOMING
    )
    committee.one(RecordMeeting, meeting="briefing-2014", form="summary", document="briefing-record")
    committee.one(RecordStep, step="briefed", document="briefing-record", **about)
    assert status(committee) == ("done", [True, True])
    seats = committee.record.history("committee/members").standing()
    assert set(INCOMING) <= set(members_on(seats, "2014-01-01"))
