"""What is to be done about points of contact: whoever cannot be written to is on the list, and nobody is mailed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.contact.commands import BounceContact, EndContact, ReaffirmContact
from domain.times import new_york_date
from interfaces.bootstrap import facts_of
from projections.worklist.listing import worklist
from tests.projections.kenya import asking
from tests.workflows.campaigning import approves, days_go_by, has_contact, letters, listed, proposes_contact
from tests.workflows.year import Office, office

CAME_BACK, NOBODY = "mail to a contact came back", "no point of contact any more"
WAITS, SILENT = "contact proposed, not confirmed", "contact asked twice, not answered"


@pytest.fixture
def committee(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path / "home") as found:
        yield found


def to_do(found: Office) -> list[tuple[str, str | None, str]]:
    listed = worklist(asking(found.record), facts_of(found.record, replay=True))
    return [(each.what, each.state, each.about) for each in listed.items if "contact" in each.what]


def test_a_contact_whose_mail_came_back_is_to_be_mended(committee: Office) -> None:
    has_contact(committee)
    assert to_do(committee) == []
    committee.give(BounceContact, "bounce", contact="c-1", status="5.1.1")
    assert to_do(committee) == [(CAME_BACK, "KEN", "c-1")]
    committee.give(ReaffirmContact, "same", contact="c-1")
    assert to_do(committee) == []


def test_what_is_proposed_waits_for_a_second_person(committee: Office) -> None:
    proposes_contact(committee)
    assert to_do(committee) == [(WAITS, "KEN", "c-1")]
    has_contact(committee, "c-2", "FRA")
    proposes_contact(committee, "c-2", "FRA")
    assert to_do(committee) == [(WAITS, "KEN", "c-1"), (WAITS, "FRA", "c-2")]


def test_a_party_that_has_no_point_of_contact_any_more_is_on_the_list_once(committee: Office) -> None:
    for name, state in (("c-1", "KEN"), ("c-2", "KEN"), ("c-3", "FRA"), ("c-4", "FRA")):
        has_contact(committee, name, state)
    day = new_york_date(committee.clock.now()).isoformat()
    for name in ("c-1", "c-2", "c-3"):
        committee.give(EndContact, f"end:{name}", contact=name, valid_to=day, ending="left")
    days_go_by(committee, 2, letters("contact"))
    committee.give(BounceContact, "bounce", contact="c-4", status="5.1.1")
    assert to_do(committee) == [(NOBODY, "KEN", "c-1"), (CAME_BACK, "FRA", "c-4")]


def test_who_has_not_answered_the_second_letter_is_on_the_list(committee: Office) -> None:
    has_contact(committee)
    for days in (375, 60):
        days_go_by(committee, days, letters("contact"))
        approves(committee, listed(committee)[-1].name)
    assert to_do(committee) == []
    days_go_by(committee, 60, letters("contact"))
    has_contact(committee, "c-2", "FRA")
    assert to_do(committee) == [(SILENT, "KEN", "c-1")]
