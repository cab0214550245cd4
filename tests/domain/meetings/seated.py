"""The Committee of 2013, all fifteen seated, with a working group: what the tests of meetings begin with."""

from typing import Any

from domain.committee.groups import EstablishGroup
from domain.committee.members import SeatMember
from domain.decision import Adopt, Propose, ProposedItem
from domain.meetings.conclusions import ApproveConclusions, DrawConclusions
from domain.meetings.holding import HoldMeeting
from domain.meetings.planning import PlanMeeting
from domain.recorded import Recorded
from tests.committee import Committee, body
from tests.domain.foundations import registers

ELECTED = ("ARG", "AUS", "AZE", "GTM", "KOR", "LUX", "MAR", "PAK", "RWA", "TGO")
MEMBERS = tuple(sorted(("CHN", "FRA", "GBR", "RUS", "USA", *ELECTED)))


def seated() -> Committee:
    """Return a Committee on 3 June 2013, with its working group on assistance and two papers on record."""
    committee = Committee().on("2013-06-03")
    committee.registers(*MEMBERS)
    for member in MEMBERS:
        ends = "2013-12-31" if member in ELECTED else None
        committee.one(SeatMember, state=member, valid_from="2013-01-01", valid_to=ends)
    committee.one(
        EstablishGroup, group="assistance", title="Assistance", title_fr="Assistance", valid_from="2013-06-01"
    )
    return committee


def plans(committee: Committee, meeting: str, starts: str, ends: str, **members: Any) -> Recorded:
    """Plan a meeting between two hours of New York, `10 13` on a day, of the whole Committee unless said otherwise."""
    about: dict[str, Any] = {"kind": "formal", "language": "en"} | members
    return committee.one(PlanMeeting, meeting=meeting, starts=starts, ends=ends, **about)


def groups(committee: Committee, meeting: str = "wg-1", day: str = "2013-06-20", **members: Any) -> Recorded:
    """Plan a meeting of the working group, from ten to one."""
    about: dict[str, Any] = {"kind": "working-group", "group": "assistance"} | members
    return plans(committee, meeting, f"{day}T10:00:00-04:00", f"{day}T13:00:00-04:00", **about)


def concluded(committee: Committee) -> Recorded:
    """Plan and hold a meeting of the working group on 20 June, and draw its conclusions."""
    groups(committee)
    registers(committee, "conclusions-1")
    committee.on("2013-06-21").one(HoldMeeting, meeting="wg-1", started="2013-06-20T10:05:00-04:00")
    return committee.one(DrawConclusions, meeting="wg-1", document="conclusions-1")


def decides(committee: Committee, decision: str, *sha256: str, **members: Any) -> Recorded:
    """Adopt a decision whose one item rests on these hashes."""
    item = ProposedItem(number=1, text="approve", rests_on=sha256)
    committee.one(Propose, decision=decision, title="", items=(item,), **members)
    return committee.one(Adopt, decision=decision, meeting="m", actor="chair", **members)


def text_of(committee: Committee) -> str:
    """Return the hash of the conclusions' document."""
    digest: str = body(committee.record.history("document/conclusions-1").standing()[-1]).content.sha256
    return digest


def approved(committee: Committee) -> Recorded:
    """Approve the conclusions of 20 June, on 1 July."""
    concluded(committee)
    committee.on("2013-07-01")
    decides(committee, "d-1", text_of(committee))
    return committee.one(ApproveConclusions, meeting="wg-1", decision="d-1")
