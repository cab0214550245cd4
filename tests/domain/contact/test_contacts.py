"""Contacts of States and organizations: two persons for every change, and what becomes of them."""

from datetime import date
from typing import Any

import pytest

from domain.actor import GrantRole, RegisterActor
from domain.contact.commands import (
    BounceContact,
    ConfirmContact,
    Details,
    EndContact,
    ProposeContact,
    ReaffirmContact,
)
from domain.contact.file import ContactFile, file_of
from domain.contact.proposing import SamePerson
from domain.correcting import FixedMember
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.sealed import Sealed
from domain.standing import Cut
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.foundations import names_organizations

NAME = Sealed(ciphertext="A" * 104, commitment="0" * 64)
OTHER = Sealed(ciphertext="B" * 104, commitment="1" * 64)
NOBODY = Details(name=None, title=None, email=None, phone=None, address=None)


def details(name: Sealed | None = NAME) -> Details:
    return Details(name=name, title=None, email=None, phone=None, address=None)


def proposes(committee: Committee, contact: str = "c-1", **members: Any) -> Recorded:
    """Propose a contact of Kenya in its capital."""
    given: dict[str, Any] = {"party": "state", "state": "KEN", "seat": "capital", "language": "en"}
    given |= {"details": details()} | members
    return committee.one(ProposeContact, contact=contact, **given)


def confirms(committee: Committee, proposal: int = 1, **members: Any) -> Recorded:
    """Confirm a proposal, as the second person."""
    given: dict[str, Any] = {"contact": "c-1", "actor": "sec2"}
    return committee.one(ConfirmContact, proposal=proposal, **given | members)


def known(committee: Committee, as_of: str | None = None) -> ContactFile:
    cut = Cut() if as_of is None else Cut(known_at=f"{as_of}T23:00:00.000000Z")
    return file_of(committee.record.history("contact/c-1").standing(cut))


@pytest.fixture
def committee() -> Committee:
    return Committee().on("2012-05-02")


@pytest.fixture
def confirmed(committee: Committee) -> Committee:
    """A contact of Kenya was confirmed on 2 May 2012."""
    proposes(committee)
    confirms(committee)
    return committee


def test_a_contact_holds_once_a_second_person_has_confirmed_it(committee: Committee) -> None:
    proposal = proposes(committee)
    assert proposal.header.audience == ("committee", "expert", "secretariat", "state:KEN")
    assert known(committee).holds is None
    confirms(committee)
    assert known(committee).holds == proposal.body
    assert known(committee).confirmed_on == date(2012, 5, 2)


def test_who_proposed_or_corrected_a_proposal_does_not_confirm_it(committee: Committee) -> None:
    proposal = proposes(committee)
    with pytest.raises(SamePerson, match="sec proposed it"):
        confirms(committee, actor="sec")
    committee.corrects(proposal, {"language": "fr"}, actor="sec2")
    with pytest.raises(SamePerson, match="sec2 proposed it"):
        confirms(committee)
    committee.one(RegisterActor, name="sec3")
    committee.one(GrantRole, to="sec3", granted_role="secretariat")
    confirms(committee, actor="sec3")


def test_a_change_holds_from_its_own_confirmation_on_and_the_past_keeps_the_earlier(confirmed: Committee) -> None:
    confirmed.on("2013-03-04")
    change = proposes(confirmed, details=details(OTHER))
    assert known(confirmed).holds != change.body
    assert known(confirmed).pending == change.body
    confirms(confirmed, 2)
    assert known(confirmed).holds == change.body
    before = known(confirmed, "2013-01-01").holds
    assert before is not None
    assert before.details.name == NAME


def test_only_the_last_proposal_is_confirmed_and_only_once(committee: Committee) -> None:
    proposes(committee)
    proposes(committee, details=details(OTHER))
    with pytest.raises(Conflict, match="proposal 2 is the last"):
        confirms(committee, 1)
    confirms(committee, 2)
    with pytest.raises(Conflict, match="none waits"):
        confirms(committee, 2)
    with pytest.raises(NotFound, match="there is no proposal 3"):
        confirms(committee, 3)


def test_what_a_second_person_confirmed_is_not_changed_behind_their_back(committee: Committee) -> None:
    proposal = proposes(committee)
    confirmation = confirms(committee)
    with pytest.raises(RestsOnIt, match="the details of contact c-1 in proposal 1"):
        committee.corrects(proposal, {"language": "fr"})
    with pytest.raises(FixedMember, match="proposal cannot be corrected"):
        committee.corrects(confirmation, {"proposal": 2})
    committee.voids(confirmation)
    committee.voids(proposal)
    assert known(committee) == ContactFile()


def test_a_contact_names_its_party_and_keeps_it(confirmed: Committee) -> None:
    confirmed.registers("UGA")
    with pytest.raises(Conflict, match="c-1 is a contact of another party"):
        proposes(confirmed, state="UGA")
    with pytest.raises(MalformedInput, match="names the State"):
        proposes(confirmed, "c-2", party="organization")
    with pytest.raises(NotFound, match="State TZA is not on record"):
        proposes(confirmed, "c-2", state="TZA")
    with pytest.raises(NotFound, match="organization interpol is not on record"):
        proposes(confirmed, "c-2", party="organization", state=None, organization="interpol", seat="headquarters")
    names_organizations(confirmed, "interpol")
    interpol = proposes(
        confirmed, "c-2", party="organization", state=None, organization="interpol", seat="headquarters"
    )
    assert interpol.header.audience == ("committee", "expert", "secretariat")


def test_personal_fields_come_sealed_or_not_at_all(committee: Committee) -> None:
    with pytest.raises(MalformedInput, match="not sealed") as refused:
        proposes(committee, details=details(Sealed(ciphertext="Wanjiku", commitment="0" * 64)))
    assert refused.value.where == "details.name"
    with pytest.raises(MalformedInput, match="one personal field at least"):
        proposes(committee, details=NOBODY)


def test_a_party_that_says_nothing_changed_puts_off_the_next_question(confirmed: Committee) -> None:
    assert not known(confirmed).to_be_asked(date(2013, 5, 2))
    assert known(confirmed).to_be_asked(date(2013, 5, 3))
    confirmed.on("2013-05-02").one(ReaffirmContact, contact="c-1")
    assert not known(confirmed).to_be_asked(date(2014, 5, 2))


def test_what_came_back_is_shown_until_the_contact_is_confirmed_again(confirmed: Committee) -> None:
    bounced = confirmed.one(BounceContact, contact="c-1", status="5.1.1")
    assert known(confirmed).bounced == bounced
    confirmed.on("2012-06-01").one(ReaffirmContact, contact="c-1")
    assert known(confirmed).bounced is None


def test_what_a_mail_system_says_beside_its_status_is_not_recorded(confirmed: Committee) -> None:
    with pytest.raises(MalformedInput, match="is no status"):
        confirmed.one(BounceContact, contact="c-1", status="550 no such user wanjiku")


def test_a_contact_that_ended_is_not_asked_and_not_changed(confirmed: Committee) -> None:
    confirmed.one(EndContact, contact="c-1", valid_to="2012-12-31", ending="replaced")
    assert known(confirmed).last_day() == "2012-12-31"
    assert not known(confirmed).to_be_asked(date(2014, 1, 1))
    with pytest.raises(Conflict, match="contact c-1 has ended"):
        confirmed.one(ReaffirmContact, contact="c-1")
    with pytest.raises(Conflict, match="contact c-1 has ended"):
        proposes(confirmed)


def test_nothing_is_said_of_a_contact_that_nobody_confirmed(committee: Committee) -> None:
    with pytest.raises(NotFound, match="contact c-1 is not on record"):
        committee.one(ReaffirmContact, contact="c-1")
    proposes(committee)
    with pytest.raises(Conflict, match="nobody has confirmed contact c-1"):
        committee.one(ReaffirmContact, contact="c-1")


def test_contacts_of_the_past_are_imported_and_an_import_confirms_nothing_that_was_proposed_here(
    committee: Committee,
) -> None:
    batch = committee.imports()
    proposes(committee, within=batch, known="2010")
    confirms(committee, within=batch, known="2010-12-31")
    committee.one(EndContact, batch, contact="c-1", valid_to="2011-03-01", ending="left", known="2011-03")
    assert known(committee, "2011-01-15").holds is not None
    assert known(committee, "2011-01-15").ended is None
    proposes(committee, "c-2")
    with pytest.raises(SamePerson, match="not confirmed by an import"):
        confirms(committee, contact="c-2", within=batch)
