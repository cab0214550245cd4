"""The first-report campaign, 6(a)(ii): States that have not reported are invited, with a pre-filled matrix."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.calendar.campaigns import INVITED_AGAIN_AFTER
from domain.contact.commands import BounceContact
from domain.exchange.non_reporting import ExplainNonReporting
from domain.messages.commands import CancelMessage
from domain.submission import ReceiveSubmission, WithdrawSubmission
from domain.template import TemplateAdopted
from projections.non_reporters import non_reporters
from tests.projections.kenya import asking
from tests.workflows.campaigning import (
    approves,
    days_go_by,
    has_contact,
    letter,
    letters,
    listed,
    sends_prefilled,
    told,
)
from tests.workflows.year import Office, office
from workflows.letters.campaigns import FIRST_REPORTS

INVITE = "first-report-invitation"
HALF = INVITED_AGAIN_AFTER.days
KIND = letters(FIRST_REPORTS.name)


@pytest.fixture
def committee(tmp_path: Path) -> Iterator[Office]:
    """A Committee of today."""
    with office(tmp_path / "home") as found:
        yield found


def reports(found: Office, key: str = "report") -> None:
    found.give(
        ReceiveSubmission,
        key,
        submission=key,
        state="KEN",
        kind="first-report",
        documents=(),
        received=found.clock.now(),
    )


def test_a_state_is_invited_with_its_matrix_by_hash_and_the_notice_that_stands_on_it(committee: Office) -> None:
    manifest = sends_prefilled(committee)
    days_go_by(committee, 10, KIND)
    assert told(committee) == [(INVITE, "state:KEN", "to-approve")]
    text = letter(committee, listed(committee)[0].name)
    assert "Kenya" in text
    assert manifest in text
    bodies = [event.body for event in committee.record.history("template/T2017").standing()]
    (notice,) = [body.notice for body in bodies if isinstance(body, TemplateAdopted)]
    assert notice
    assert " ".join(notice.split()) in " ".join(text.split())


def test_it_is_invited_again_at_the_internal_interval_until_its_report_is_registered(committee: Office) -> None:
    sends_prefilled(committee)
    for times in (1, 2):
        days_go_by(committee, HALF + 10, KIND)
        assert len(listed(committee)) == times
        approves(committee, listed(committee)[-1].name)
    days_go_by(committee, HALF + 10, KIND)
    assert [stage for _, _, stage in told(committee)] == ["accepted", "accepted", "to-approve"]
    assert listed(committee)[2].intended.first == listed(committee)[0].name
    reports(committee)
    days_go_by(committee, 400, KIND)
    assert [stage for _, _, stage in told(committee)] == ["accepted", "accepted", "cancelled"]


def test_while_an_invitation_waits_for_approval_no_other_is_written(committee: Office) -> None:
    sends_prefilled(committee)
    days_go_by(committee, 3 * HALF, KIND)
    assert len(listed(committee)) == 1


def test_a_cancelled_invitation_ends_the_campaign_for_that_state(committee: Office) -> None:
    sends_prefilled(committee)
    days_go_by(committee, 10, KIND)
    name = listed(committee)[0].name
    committee.give(CancelMessage, "cancel", message=name, reason="the Mission asked us to wait")
    days_go_by(committee, 2 * HALF, KIND)
    assert len(listed(committee)) == 1


def test_who_has_reported_or_has_no_prefilled_matrix_is_not_invited(committee: Office) -> None:
    reports(committee)
    sends_prefilled(committee)
    days_go_by(committee, 30, KIND)
    assert told(committee) == []


def test_a_report_that_is_taken_back_is_none(committee: Office) -> None:
    reports(committee)
    committee.give(WithdrawSubmission, "back", submission="report", reason="sent in error")
    sends_prefilled(committee)
    days_go_by(committee, 30, KIND)
    assert [kind for kind, _, _ in told(committee)] == [INVITE]


def test_the_letter_goes_to_the_mission_s_contact_and_by_hand_where_its_mail_came_back(committee: Office) -> None:
    has_contact(committee, "c-m", party="mission", seat="new-york", language="fr")
    has_contact(committee, "c-s")
    sends_prefilled(committee)
    days_go_by(committee, 10, KIND)
    assert told(committee) == [(INVITE, "contact:c-m", "to-approve")]
    assert listed(committee)[0].intended.language == "fr"
    approves(committee, listed(committee)[0].name)
    committee.give(BounceContact, "bounce", contact="c-m", status="5.1.1")
    days_go_by(committee, HALF + 10, KIND)
    assert told(committee) == [(INVITE, "contact:c-m", "accepted"), (INVITE, "state:KEN", "to-approve")]


def test_the_reason_that_a_state_gave_is_shown_to_the_committee_beside_its_name(committee: Office) -> None:
    committee.give(ExplainNonReporting, "why", state="KEN", reason="a draft is ready", source="a call of its Mission")
    found = non_reporters(asking(committee.record), committee.record)
    assert {each.state: each.reason for each in found.states or () if each.reason} == {"KEN": "a draft is ready"}
    assert non_reporters(asking(committee.record, ""), committee.record).states is None, "the public sees no list"


def test_all_states_that_have_not_reported_are_one_wave(committee: Office) -> None:
    states = [name.removeprefix("state/") for name in committee.record.stream_names("state/")]
    for state in states:
        sends_prefilled(committee, state)
    reports(committee)
    days_go_by(committee, 10, KIND)
    assert {each.intended.addressee for each in listed(committee)} == {
        f"state:{state}" for state in states if state != "KEN"
    }
    assert len({each.intended.rung for each in listed(committee)}) == 1
