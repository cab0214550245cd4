"""The contact-point campaign: given contacts, when the interval has passed, then each is asked, and reminded once."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.calendar.campaigns import ANSWERED_WITHIN
from domain.contact.commands import BounceContact, ConfirmContact, EndContact, ReaffirmContact
from domain.contact.file import INTERNAL_INTERVAL
from domain.organization.contact_point import ConfirmContactPoint, DesignateContactPoint
from domain.organization.registering import RegisterOrganization
from domain.times import moment, new_york_date, text
from tests.workflows.campaigning import (
    approves,
    days_go_by,
    has_contact,
    letter,
    letters,
    listed,
    proposes_contact,
    told,
)
from tests.workflows.year import Office, office
from workflows.kinds import At
from workflows.letters.campaigns import CONTACTS

ASK, REMIND = "contact-confirmation", "contact-confirmation-reminder"
A_YEAR = INTERNAL_INTERVAL + 10
KIND = letters(CONTACTS.name)


@pytest.fixture
def committee(tmp_path: Path) -> Iterator[Office]:
    """A Committee of today."""
    with office(tmp_path / "home") as found:
        yield found


def at(found: Office) -> At:
    return At(found.record, found.clock.now(), "sec")


def test_a_point_of_contact_is_asked_after_the_internal_interval_and_the_letter_is_held(committee: Office) -> None:
    has_contact(committee)
    confirmed = new_york_date(committee.clock.now())
    days_go_by(committee, INTERNAL_INTERVAL, KIND)
    assert told(committee) == []
    days_go_by(committee, 10, KIND)
    assert told(committee) == [(ASK, "contact:c-1", "to-approve")]
    (asked,) = listed(committee)
    assert asked.intended.rung == (confirmed + timedelta(days=INTERNAL_INTERVAL + 1)).isoformat()
    text = letter(committee, asked.name)
    assert f"was last confirmed on {confirmed}" in text
    assert "internal interval" in text
    assert "Kenya" in text


def test_who_has_not_answered_is_reminded_once_in_the_same_thread(committee: Office) -> None:
    has_contact(committee)
    days_go_by(committee, A_YEAR, KIND)
    approves(committee, listed(committee)[0].name)
    days_go_by(committee, ANSWERED_WITHIN.days + 10, KIND)
    assert told(committee) == [(ASK, "contact:c-1", "accepted"), (REMIND, "contact:c-1", "to-approve")]
    first, second = listed(committee)
    assert second.intended.first == first.name
    approves(committee, second.name)
    days_go_by(committee, 300, KIND)
    assert len(listed(committee)) == 2, "it is on the worklist now"


def test_while_the_letter_waits_for_approval_for_weeks_nobody_is_reminded(committee: Office) -> None:
    has_contact(committee)
    days_go_by(committee, A_YEAR + 70, KIND)
    assert told(committee) == [(ASK, "contact:c-1", "to-approve")]
    approves(committee, listed(committee)[0].name)
    days_go_by(committee, ANSWERED_WITHIN.days - 1, KIND)
    assert len(listed(committee)) == 1, "the days count from when it went out"
    days_go_by(committee, 5, KIND)
    assert len(listed(committee)) == 2


def test_no_change_ends_the_asking_for_another_interval(committee: Office) -> None:
    has_contact(committee)
    days_go_by(committee, A_YEAR, KIND)
    approves(committee, listed(committee)[0].name)
    committee.give(ReaffirmContact, "no-change", contact="c-1")
    days_go_by(committee, INTERNAL_INTERVAL, KIND)
    assert len(listed(committee)) == 1
    days_go_by(committee, 10, KIND)
    assert [kind for kind, _, _ in told(committee)] == [ASK, ASK]


def test_a_letter_that_was_held_until_the_answer_came_is_cancelled(committee: Office) -> None:
    has_contact(committee)
    days_go_by(committee, A_YEAR, KIND)
    committee.give(ReaffirmContact, "no-change", contact="c-1")
    days_go_by(committee, 1, KIND)
    assert told(committee) == [(ASK, "contact:c-1", "cancelled")]


def test_a_change_stops_the_reminder_and_its_confirmation_begins_a_new_interval(committee: Office) -> None:
    has_contact(committee)
    days_go_by(committee, A_YEAR, KIND)
    approves(committee, listed(committee)[0].name)
    proposes_contact(committee)
    days_go_by(committee, 100, KIND)
    committee.give(ConfirmContact, "changed", contact="c-1", proposal=2, actor="sec2")
    days_go_by(committee, INTERNAL_INTERVAL, KIND)
    assert len(listed(committee)) == 1
    days_go_by(committee, 10, KIND)
    assert [kind for kind, _, _ in told(committee)] == [ASK, ASK]


def test_who_left_or_whose_mail_came_back_is_not_written_to(committee: Office) -> None:
    for name in ("c-1", "c-2", "c-3"):
        has_contact(committee, name)
    committee.give(BounceContact, "bounce", contact="c-1", status="5.1.1")
    ends = (new_york_date(committee.clock.now()) + timedelta(days=30)).isoformat()
    committee.give(EndContact, "end", contact="c-2", valid_to=ends, ending="left")
    days_go_by(committee, A_YEAR, KIND)
    assert told(committee) == [(ASK, "contact:c-3", "to-approve")]


def test_where_there_is_no_address_the_letter_is_to_the_mission_or_the_organization(committee: Office) -> None:
    about = {"kind": "international", "title": "An agency", "title_fr": "Une agence"}
    committee.give(RegisterOrganization, "agency", organization="agency", **about)
    has_contact(committee, email=False)
    has_contact(committee, "c-2", None, party="organization", organization="agency", language="fr", email=False)
    days_go_by(committee, A_YEAR, KIND)
    assert sorted(told(committee)) == [
        (ASK, "organization:agency", "to-approve"),
        (ASK, "state:KEN", "to-approve"),
    ]
    assert "Une agence" in letter(committee, listed(committee)[1].name)


def test_what_an_organization_wrote_confirms_its_contact(committee: Office) -> None:
    about = {"kind": "international", "title": "An agency", "title_fr": "Une agence"}
    committee.give(RegisterOrganization, "agency", organization="agency", **about)
    has_contact(committee, "c-2", None, party="organization", organization="agency")
    days_go_by(committee, 100, KIND)
    day = new_york_date(committee.clock.now()).isoformat()
    committee.give(DesignateContactPoint, "named", organization="agency", dated=day)
    committee.give(ConfirmContactPoint, "same", organization="agency", dated=day)
    days_go_by(committee, INTERNAL_INTERVAL, KIND)
    assert told(committee) == []
    days_go_by(committee, 10, KIND)
    assert told(committee) == [(ASK, "contact:c-2", "to-approve")]


def test_of_a_wave_that_nobody_could_write_for_weeks_it_is_written_and_after_a_month_not(committee: Office) -> None:
    has_contact(committee)
    (cycle,) = KIND.cycles(at(committee))
    for days, found in ((29, 1), (31, 0)):
        later = text(moment(cycle.rungs[0].at) + timedelta(days=days))
        assert len(list(KIND.cycles(at(committee)._replace(now=later)))) == found


def test_all_states_of_one_day_are_one_wave_written_at_once(committee: Office) -> None:
    states = [name.removeprefix("state/") for name in committee.record.stream_names("state/")]
    assert len(states) == 193
    for state in states:
        has_contact(committee, f"c-{state}", state)
    (cycle,) = KIND.cycles(at(committee))
    assert date.fromisoformat(cycle.name) > new_york_date(committee.clock.now())
    days_go_by(committee, A_YEAR, KIND)
    assert {stage for _, _, stage in told(committee)} == {"to-approve"}
    assert {each.intended.addressee for each in listed(committee)} == {f"contact:c-{state}" for state in states}
    assert {each.intended.rung for each in listed(committee)} == {cycle.name}
