"""The log of activities: given a State and its consent, when something is logged, then an event or a refusal."""

import csv
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from domain.activity.kinds import KINDS
from domain.activity.log import AlreadyLapsed, Needed, NotYet
from domain.activity.records import ActivityFollowedUp, ActivityLogged, FollowActivityUp, LogActivity
from domain.correcting import FixedMember
from domain.decision import Adopt, NotDecided, Propose, ProposedItem
from domain.matrix import commands as c
from domain.matrix.publishing import NoConsent
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound, NotPermitted
from domain.undermining import RestsOnIt
from tests.committee import Committee, body
from tests.domain.foundations import names_organizations, registers


def logs(committee: Committee, kind: str, within: Recorded | None = None, **members: Any) -> Recorded:
    said: dict[str, Any] = {"activity": f"{kind}-1", "first_day": "2012-01-02", "text": "a morning in Nairobi"}
    return committee.one(LogActivity, within, kind=kind, **said | members)


def consents(committee: Committee, **members: Any) -> Recorded:
    return committee.one(c.GiveConsent, state="KEN", scope="direct-contact", **members)


def follows(committee: Committee, activity: str, outcome: str, **members: Any) -> Recorded:
    return committee.one(FollowActivityUp, activity=activity, outcome=outcome, text="", **members)


def test_an_outreach_event_is_logged_for_the_committee_with_whom_it_reached(committee: Committee) -> None:
    event = logs(committee, "outreach-parliamentarians", reached="some 40 members of parliament", states=("KEN",))
    assert event.body == ActivityLogged(
        activity="outreach-parliamentarians-1",
        kind="outreach-parliamentarians",
        first_day="2012-01-02",
        last_day="2012-01-02",
        text="a morning in Nairobi",
        goal="",
        reached="some 40 members of parliament",
        states=("KEN",),
        organizations=(),
        documents=(),
        decision_id=None,
        links=(),
    )
    assert event.header.audience == ("committee", "expert", "secretariat")


def test_an_expert_logs_and_puts_right_what_was_done_and_a_member_does_not(committee: Committee) -> None:
    committee.grants("expert", "expert")
    committee.grants("member", "member")
    event = logs(committee, "event-joined", actor="expert")
    committee.corrects(event, {"reached": "some 40 experts"}, actor="expert")
    with pytest.raises(NotPermitted):
        logs(committee, "event-joined", activity="another", actor="member")


def test_what_is_published_is_public(committee: Committee) -> None:
    assert logs(committee, "web-page-updated").header.audience == ("public",)


def test_every_kind_serves_a_duty_of_the_programme_by_a_paragraph_of_it() -> None:
    with (Path(str(files("interfaces"))) / "reference" / "duties.csv").open(encoding="utf-8", newline="") as file:
        paragraphs = {row["id"]: row["para"] for row in csv.DictReader(file)}
    for name, kind in KINDS.items():
        assert kind.duty in paragraphs, name
        assert kind.paragraph.split("(")[0] == paragraphs[kind.duty].split("(")[0], name
        assert kind.outcomes


@pytest.mark.parametrize(
    ("kind", "has", "says"),
    [
        ("note-published", {}, "names a document"),
        ("database-entry-asked", {}, "names a State"),
        ("information-sent", {"documents": ("report-1",)}, "names a State or an organization"),
        ("goal-supported", {"states": ("KEN",), "goal": " "}, "names the goal"),
        ("further-work-decided", {}, "names the decision"),
        ("contact-industry", {}, "names a State"),
    ],
)
def test_a_kind_is_refused_without_what_it_needs(
    committee: Committee, kind: str, has: dict[str, Any], says: str
) -> None:
    registers(committee)
    with pytest.raises(Needed, match=says):
        logs(committee, kind, **has)


def test_an_activity_is_of_a_kind_in_the_list_and_logged_once(committee: Committee) -> None:
    with pytest.raises(MalformedInput, match="no kind of activity"):
        logs(committee, "ranking-published")
    logs(committee, "treaty-promoted")
    with pytest.raises(Conflict):
        logs(committee, "treaty-promoted")


def test_an_activity_has_begun_and_ends_after_it_began(committee: Committee) -> None:
    with pytest.raises(NotYet):
        logs(committee, "event-joined", first_day="2012-01-03")
    with pytest.raises(MalformedInput, match="ends before it begins"):
        logs(committee, "event-joined", last_day="2012-01-01")
    logs(committee, "event-joined", last_day="2012-01-06")


def test_what_an_activity_names_is_on_record(committee: Committee) -> None:
    named: tuple[dict[str, Any], ...] = (
        {"states": ("XXX",)},
        {"documents": ("never",)},
        {"links": ("never",)},
        {"links": ("never#0",)},
    )
    for members in named:
        with pytest.raises(NotFound):
            logs(committee, "states-briefed", **members)
    earlier = logs(committee, "event-joined", id="joined")
    later = logs(committee, "states-briefed", links=(earlier.id, "joined#0"))
    assert body(later).links == (earlier.id, earlier.id)


def test_where_further_work_is_needed_is_decided(committee: Committee) -> None:
    committee.one(Propose, decision="areas", title="", items=(ProposedItem(number=1, text="bio-security"),))
    with pytest.raises(NotDecided):
        logs(committee, "further-work-decided", decision="areas")
    adopted = committee.one(Adopt, decision="areas", meeting="m")
    event = logs(committee, "further-work-decided", decision="areas")
    with pytest.raises(RestsOnIt, match=event.id):
        committee.voids(adopted)
    follows(committee, "further-work-decided-1", "progress-noted")


# Direct contact: paragraph 6(d)(vii)


def test_direct_contact_needs_the_consent_of_the_state_before_the_contact(committee: Committee) -> None:
    with pytest.raises(NoConsent, match="direct contact with sector:industry before 2012-01-02"):
        logs(committee, "contact-industry", states=("KEN",))
    consents(committee)
    with pytest.raises(NoConsent):
        logs(committee, "contact-industry", states=("KEN",))
    committee.on("2012-01-05")
    logs(committee, "contact-industry", states=("KEN",), first_day="2012-01-03")


def test_every_state_whose_industry_is_met_consents(committee: Committee) -> None:
    committee.registers("FRA")
    consents(committee, known="2011-12-01")
    with pytest.raises(NoConsent, match="FRA"):
        logs(committee, "contact-academia", states=("KEN", "FRA"))


def test_a_consent_that_names_industry_is_not_one_to_meet_its_universities(committee: Committee) -> None:
    consents(committee, known="2011-12-01", partners=("sector:industry",))
    logs(committee, "contact-industry", states=("KEN",), activity="factory")
    with pytest.raises(NoConsent, match="sector:academia"):
        logs(committee, "contact-academia", states=("KEN",))
    consents(committee, known="2011-12-02", partners=("sector:academia",))
    logs(committee, "contact-academia", states=("KEN",))


def test_a_contact_with_an_organization_needs_a_consent_that_names_it(committee: Committee) -> None:
    names_organizations(committee, "wco", "iaea")
    consents(committee, known="2011-12-01", partners=("organization:wco",))
    with pytest.raises(NoConsent):
        logs(committee, "contact-industry", states=("KEN",), organizations=("wco", "iaea"))
    logs(committee, "contact-industry", states=("KEN",), organizations=("wco",))


def test_whoever_is_met_under_an_opaque_name_is_not_named_by_the_contact(committee: Committee) -> None:
    consents(committee, known="2011-12-01", partners=("other:firm-7",))
    logs(committee, "contact-industry", states=("KEN",))


def test_consent_to_something_else_over_or_taken_back_is_none(committee: Committee) -> None:
    committee.one(c.GiveConsent, state="KEN", scope="share", partners=("state:FRA",), known="2011-12-01")
    consents(committee, known="2011-12-02", valid_to="2011-12-31")
    with pytest.raises(NoConsent):
        logs(committee, "contact-civil-society", states=("KEN",))
    consents(committee, known="2011-12-03")
    committee.one(c.WithdrawConsent, state="KEN", scope="direct-contact", known="2011-12-20")
    with pytest.raises(NoConsent):
        logs(committee, "contact-civil-society", states=("KEN",))


def test_asking_the_state_to_speak_with_its_industry_needs_none(committee: Committee) -> None:
    logs(committee, "outreach-industry", states=("KEN",))


def test_a_consent_is_not_taken_from_under_a_contact(committee: Committee) -> None:
    consent = consents(committee, known="2011-12-01")
    contact = logs(committee, "contact-industry", states=("KEN",))
    with pytest.raises(RestsOnIt, match=contact.id):
        committee.voids(consent)
    with pytest.raises(RestsOnIt, match=contact.id):
        committee.corrects(consent, {"valid_to": "2011-12-31"})
    with pytest.raises(RestsOnIt, match=contact.id):
        committee.corrects(consent, known="2012-01-02")
    committee.corrects(consent, {"valid_to": "2013-12-31"})
    committee.voids(contact)
    (lengthened,) = committee.record.history("consent/KEN").standing()
    committee.corrects(lengthened, {"valid_to": "2011-12-31"})


def test_a_contact_put_right_is_of_a_day_for_which_there_was_consent(committee: Committee) -> None:
    consents(committee, known="2011-12-15")
    contact = logs(committee, "contact-industry", states=("KEN",))
    with pytest.raises(NoConsent):
        committee.corrects(contact, {"first_day": "2011-12-10"})
    with pytest.raises(FixedMember):
        committee.corrects(contact, {"kind": "outreach-industry"})
    committee.corrects(contact, {"first_day": "2011-12-20"})


def test_late_history_keeps_a_contact_whose_consent_is_lost(committee: Committee) -> None:
    batch = committee.imports()
    logs(committee, "contact-industry", batch, states=("KEN",), first_day="2008-05-05", known="2008")


# What became of it


def test_an_interest_is_answered_or_lapses_and_then_nothing_follows(committee: Committee) -> None:
    registers(committee)
    interest = logs(committee, "database-interest-expressed", states=("KEN",), documents=("report-1",))
    name = body(interest).activity
    answered = follows(committee, name, "answered", documents=("report-1",))
    assert answered.body == ActivityFollowedUp(
        activity=name, outcome="answered", text="", documents=("report-1",), links=()
    )
    lapsed = follows(committee, name, "lapsed")
    with pytest.raises(AlreadyLapsed, match=lapsed.id):
        follows(committee, name, "followed-up")
    committee.voids(lapsed)
    follows(committee, name, "followed-up")
    with pytest.raises(RestsOnIt):
        committee.voids(interest)


def test_a_contribution_is_used_and_what_cannot_become_of_a_kind_is_refused(committee: Committee) -> None:
    registers(committee)
    with pytest.raises(NotFound, match="organization fund is not on record"):
        logs(committee, "contribution-received", organizations=("fund",), documents=("report-1",))
    names_organizations(committee, "fund")
    logs(committee, "contribution-received", organizations=("fund",), documents=("report-1",))
    follows(committee, "contribution-received-1", "used")
    with pytest.raises(MalformedInput, match="is not lapsed"):
        follows(committee, "contribution-received-1", "lapsed")
    with pytest.raises(NotFound):
        follows(committee, "never", "used")
    with pytest.raises(NotYet):
        follows(committee, "contribution-received-1", "used", known="2011-12-31")
