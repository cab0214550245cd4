"""Cases of paragraphs 1 to 5 and 7: the Committee's own work."""

from collections.abc import Mapping
from typing import Any

from domain.committee.directories import ConfirmDirectory
from domain.committee.groups import EstablishGroup
from domain.committee.members import SeatMember
from domain.committee.offices import HoldOffice
from domain.meetings.conclusions import DispatchConclusions, HoldNoOpenMeeting
from domain.meetings.holding import HoldMeeting
from domain.meetings.notice import AnnounceMeeting, DistributePapers
from domain.meetings.planning import MoveMeeting
from domain.meetings.reports import CirculateCalendar, ReportDate, TableReport
from domain.programme import TransmitProgramme
from domain.recorded import Recorded
from tests.committee import Committee
from tests.domain.closing.given import Case, follows, logs, step
from tests.domain.foundations import adopts
from tests.domain.meetings.seated import approved, groups, plans

CHAIRS = {"assistance": "FRA", "cooperation": "GBR", "monitoring": "USA", "transparency": "CHN"}
INCOMING = ("CHL", "JOR", "LTU", "NGA", "TCD")
HOURS = ("2013-06-20T10:00:00-04:00", "2013-06-20T13:00:00-04:00")


def next_programme(committee: Committee) -> Recorded:
    adopts(committee, 13)
    return committee.one(TransmitProgramme, programme=13)


def review(committee: Committee) -> Recorded:
    step(committee, "REV-2013", "adopted")
    return step(committee, "REV-2013", "transmitted")


def three_chairs(committee: Committee) -> None:
    for group in list(CHAIRS)[1:]:
        committee.one(EstablishGroup, group=group, title=group, title_fr=group, valid_from="2013-06-01")
    for group in list(CHAIRS)[1:]:
        chairs(committee, group)


def chairs(committee: Committee, group: str = "assistance") -> Recorded:
    days: dict[str, Any] = {"valid_from": "2013-06-01", "valid_to": "2014-05-31"}
    return committee.one(HoldOffice, office="group-chair", group=group, state=CHAIRS[group], **days)


def circulates(committee: Committee) -> Recorded:
    dates = (ReportDate(group="assistance", due="2013-06-30"),)
    return committee.one(CirculateCalendar, document="paper-1", sent="2013-06-03", reports=dates)


def tables(committee: Committee) -> Recorded:
    plans(committee, "formal-1", *HOURS)
    held(committee, "formal-1")
    return committee.one(TableReport, group="assistance", due="2013-06-30", meeting="formal-1", document="paper-1")


def held(committee: Committee, meeting: str, attendance: tuple[str, ...] = ()) -> Recorded:
    committee.on("2013-06-21")
    return committee.one(HoldMeeting, meeting=meeting, started=HOURS[0], attendance=attendance)


def notice(committee: Committee) -> Recorded:
    committee.on("2013-06-14")
    committee.one(DistributePapers, meeting="wg-1", documents=("paper-1",), sent="2013-06-12")
    return committee.one(AnnounceMeeting, meeting="wg-1", sent="2013-06-13")


def one_over_another(committee: Committee) -> None:
    plans(committee, "formal-1", *HOURS)
    plans(committee, "formal-2", "2013-06-20T12:00:00-04:00", "2013-06-20T15:00:00-04:00", despite="urgent")


def moves(committee: Committee) -> Recorded:
    later: dict[str, Any] = {"starts": "2013-06-20T15:00:00-04:00", "ends": "2013-06-20T17:00:00-04:00"}
    return committee.one(MoveMeeting, meeting="formal-2", reason="two at once", despite="urgent", **later)


def sends_conclusions(committee: Committee) -> Recorded:
    committee.on("2013-07-03")
    return committee.one(DispatchConclusions, meeting="wg-1", sent="2013-07-02", states=("KEN",))


def seats_incoming(committee: Committee) -> None:
    committee.on("2013-10-18").registers(*INCOMING)
    for state in INCOMING:
        committee.one(SeatMember, state=state, valid_from="2014-01-01", valid_to="2015-12-31")


def briefs(committee: Committee) -> Recorded:
    hours = ("2013-12-18T10:00:00-05:00", "2013-12-18T11:00:00-05:00")
    plans(committee, "briefing", *hours, kind="informal")
    committee.on("2013-12-19")
    pack: dict[str, Any] = {
        "meeting": "briefing",
        "documents": ("paper-1",),
        "sent": "2013-12-12",
        "delegations": INCOMING,
    }
    committee.one(DistributePapers, **pack)
    return committee.one(HoldMeeting, meeting="briefing", started=hours[0], attendance=INCOMING)


def oda(committee: Committee) -> Recorded:
    step(committee, "ODA-REP", "asked")
    return step(committee, "ODA-REP", "received")


CASES: Mapping[str, Case] = {
    "PoW-13": Case(next_programme),
    "REV-2013": Case(review),
    "PRIORITIES": Case(lambda c: step(c, "PRIORITIES"), lambda c: step(c, "REV-2013", "adopted")),
    "WG-CHAIRS": Case(chairs, three_chairs),
    "WG-CAL": Case(circulates),
    "WG-REP": Case(tables, circulates),
    "WG-NOTICE": Case(notice, groups),
    "WG-ACCESS": Case(moves, one_over_another),
    "WG-OPEN": Case(lambda c: c.one(HoldNoOpenMeeting, meeting="wg-1", reason="internal"), approved),
    "WG-CONCL": Case(sends_conclusions, approved),
    "WEB": Case(logs("web-page-updated")),
    "ODA-REP": Case(oda),
    "MEETINGS": Case(lambda c: held(c, "wg-1"), groups),
    "SUPPORT": Case(
        follows("contribution-received", "used"),
        logs("contribution-received", states=("KEN",), documents=("report-1",)),
    ),
    "ONBOARD": Case(briefs, seats_incoming),
    "ALUMNI": Case(lambda c: c.one(ConfirmDirectory, directory="former-members", day="2013-06-03", entries=())),
}
