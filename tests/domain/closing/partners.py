"""Cases of paragraphs 6(b) to 6(d): assistance, visits, organizations, other Committees, the public."""

from collections.abc import Mapping
from typing import Any

from domain.assistance.following import AskDiscussion, DispatchStatus, RecordDiscussion
from domain.assistance.interests import ExpressInterest, FollowUpInterest
from domain.assistance.matches import ProposeMatch
from domain.matrix.commands import AskConsent, GiveConsent, PublishMatrix
from domain.meetings.holding import HoldMeeting, RecordMeeting
from domain.organization.contact_point import AskContactPoint, DesignateContactPoint
from domain.organization.dialogue import LogDialogue
from domain.organization.objectives import SetObjective
from domain.organization.registering import RegisterOrganization
from domain.outreach_calendar import PublishEvents
from domain.practice.compilation import DraftCompilation
from domain.recorded import Recorded
from domain.visits.commands import (
    AnswerCoordination,
    AskCoordination,
    CarryOutVisit,
    DecideVisit,
    InviteVisit,
    ReportVisit,
)
from domain.visits.events import Participants
from tests.committee import A, Committee
from tests.domain.assistance.asking import authentic, offers
from tests.domain.closing.given import DAY, Case, logs, step
from tests.domain.closing.own_work import HOURS
from tests.domain.foundations import decided
from tests.domain.meetings.seated import plans

RECEIVED = f"{DAY}T10:00:00Z"


def request_and_offer(committee: Committee) -> None:
    authentic(committee, received=RECEIVED)
    offers(committee, received=RECEIVED)


def expresses(committee: Committee) -> None:
    said: dict[str, Any] = {"interest_in": "assistance", "text": "", "received": RECEIVED, "state": "KEN"}
    committee.one(ExpressInterest, interest="ken-1", **said)


def asks_discussion(committee: Committee) -> None:
    authentic(committee, received=RECEIVED)
    committee.one(AskDiscussion, request="border", member="FRA", group="assistance")


def dispatches(committee: Committee) -> Recorded:
    authentic(committee, received=RECEIVED)
    return committee.one(DispatchStatus, requests=("border",), states=("KEN",))


def invites(committee: Committee) -> None:
    said: dict[str, Any] = {"state": "KEN", "purpose": "dialogue", "received": RECEIVED}
    committee.one(InviteVisit, visit="ken", **said)


def visits(committee: Committee) -> Recorded:
    decided(committee)
    committee.one(DecideVisit, visit="ken", decision="d-1")
    committee.on("2013-07-12")
    days: dict[str, Any] = {"valid_from": "2013-07-08", "valid_to": "2013-07-10"}
    committee.one(CarryOutVisit, visit="ken", participants=(Participants(capacity="expert", count=2),), **days)
    return committee.one(ReportVisit, visit="ken", document="report-1")


def links(committee: Committee) -> Recorded:
    said: dict[str, Any] = {"compilation": "first", "title": "", "document": "paper-1"}
    return committee.one(DraftCompilation, lessons=("lesson-learned",), **said)


def asks(scope: str) -> Any:
    return lambda committee: committee.one(AskConsent, state="KEN", scope=scope)


def consents(scope: str, *partners: str) -> Any:
    return lambda committee: committee.one(GiveConsent, state="KEN", scope=scope, partners=partners)


def sets_objective(committee: Committee) -> Recorded:
    decided(committee)
    return committee.one(SetObjective, objective="training", text="train customs", decision="d-1")


def organization(committee: Committee) -> None:
    about: dict[str, Any] = {"kind": "international", "title": "World Customs Organization", "title_fr": "OMD"}
    committee.one(RegisterOrganization, organization="wco", **about)


def asks_to_designate(committee: Committee) -> None:
    organization(committee)
    committee.one(AskContactPoint, organization="wco", dated=DAY)


def speaks(committee: Committee) -> Recorded:
    organization(committee)
    return committee.one(LogDialogue, organization="wco", kind="dialogue", day=DAY, text="a meeting")


def asks_coordination(committee: Committee) -> None:
    invites(committee)
    committee.one(AskCoordination, visit="ken", committee="1267")


def plans_briefing(committee: Committee) -> None:
    plans(committee, "briefing", *HOURS, kind="joint-briefing", beside=("1267", "1373"))


def holds(committee: Committee, meeting: str) -> Recorded:
    return committee.on("2013-06-24").one(HoldMeeting, meeting=meeting, started=HOURS[0])


def briefs(committee: Committee) -> Recorded:
    holds(committee, "briefing")
    return committee.one(RecordMeeting, meeting="briefing", form="record", symbol="S/PV.9999")


def approves_with_consent(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    committee.approves(1)
    consents("publish")(committee)


def publishes_events(committee: Committee) -> Recorded:
    return committee.one(PublishEvents, published=DAY, covers_to="2013-12-31", entries=())


CASES: Mapping[str, Case] = {
    "ASSIST-DB": Case(
        lambda c: c.one(ProposeMatch, request="border", offer="training", reason="same subject"), request_and_offer
    ),
    "ASSIST-INTEREST": Case(lambda c: c.one(FollowUpInterest, interest="ken-1", note="the template sent"), expresses),
    "ASSIST-REVIEW": Case(
        lambda c: c.one(RecordDiscussion, request="border", group="assistance", outcome="ask again"), asks_discussion
    ),
    "VISIT": Case(visits, invites),
    "AWARE-COORD": Case(links, logs("lesson-learned", documents=("report-1",))),
    "ASSIST-CONSENT": Case(consents("share", "state:FRA"), asks("share")),
    "OBLIG-GOALS": Case(logs("goal-supported", states=("KEN",), goal="port security")),
    "ASSIST-STATUS": Case(dispatches),
    "ASSIST-INFO": Case(logs("information-sent", states=("KEN",), documents=("report-1",))),
    "REGIONAL-REP": Case(lambda c: step(c, "REGIONAL-REP", "adopted")),
    "IRO-GOALS": Case(sets_objective),
    "IRO-POC": Case(lambda c: c.one(DesignateContactPoint, organization="wco", dated=DAY), asks_to_designate),
    "IRO-DIALOGUE": Case(speaks),
    "COMM-COORD": Case(
        lambda c: c.one(AnswerCoordination, visit="ken", committee="1267", text="no visit planned"), asks_coordination
    ),
    "JOINT-BRIEF": Case(briefs, plans_briefing),
    "OPEN-MTG": Case(lambda c: holds(c, "open-1"), lambda c: plans(c, "open-1", *HOURS, kind="open")),
    "MATRIX-WEB": Case(lambda c: c.one(PublishMatrix, state="KEN", revision=1), approves_with_consent),
    "EVENTS-PUB": Case(logs("note-published", documents=("report-1",))),
    "CAL-MONTHLY": Case(publishes_events),
    "OUTREACH": Case(logs("outreach-industry")),
    "CONTACT-CONSENT": Case(consents("direct-contact"), asks("direct-contact")),
    "EXPERTISE-REP": Case(lambda c: step(c, "EXPERTISE-REP", "adopted")),
    "INFORM": Case(logs("council-briefed")),
}
