"""Consent by scope: with which partners, asked for, refused, withdrawn."""

from typing import Any

import pytest

from domain.consent import (
    ConsentGiven,
    ConsentGivenV1,
    naming_partners,
)
from domain.deciding import Command
from domain.matrix.commands import (
    AskConsent,
    GiveConsent,
    RefuseConsent,
    WithdrawConsent,
)
from domain.matrix.consented import partners, unanswered
from domain.matrix.consenting import ConsentStands, NoConsentStands
from domain.organization.registering import RegisterOrganization
from domain.recorded import Recorded
from domain.refusals import MalformedInput, NotFound, Refusal
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.consents import (
    consents,
    takes_back,
    with_approval,
)


@pytest.fixture
def committee() -> Committee:
    return with_approval()


def organization(committee: Committee, name: str = "wco") -> Recorded:
    about: dict[str, Any] = {"kind": "international", "title": "", "title_fr": ""}
    return committee.one(RegisterOrganization, organization=name, **about)


@pytest.mark.parametrize(
    ("members", "where"),
    [
        ({"scope": "publish", "partners": ("state:FRA",)}, "partners"),
        ({"scope": "share", "partners": ("sector:industry",)}, "partners"),
        ({"scope": "direct-contact", "partners": ("state:FRA",)}, "partners"),
        ({"scope": "direct-contact", "partners": ("sector:gossips",)}, "partners"),
        ({"scope": "share", "partners": ("organization:wco",)}, "partners"),
        ({"scope": "share", "partners": ("state:XXX",)}, "partners"),
        ({"scope": "official-list", "revision": 1}, "revision"),
        ({"scope": "direct-contact", "revision": 1}, "revision"),
        ({"scope": "share", "letter": "2012/9"}, "letter"),
    ],
)
@pytest.mark.parametrize("kind", [AskConsent, GiveConsent, RefuseConsent])
def test_partners_texts_and_letters_belong_to_their_scope_and_are_on_record(
    committee: Committee, kind: type[Command], members: dict[str, Any], where: str
) -> None:
    with pytest.raises(Refusal) as refused:
        committee.one(kind, state="KEN", **members)
    assert refused.value.where == where


def test_partners_add_up_until_the_scope_is_withdrawn(committee: Committee) -> None:
    committee.registers("FRA")
    organization(committee)
    for partner in ("state:FRA", "organization:wco"):
        consents(committee, scope="share", partners=(partner,))
    acts = committee.record.history("consent/KEN")
    manifest = committee.manifest(1)
    assert partners(acts.standing(), "share", manifest, "2012-02-01") == {"state:FRA", "organization:wco"}
    takes_back(committee, scope="share")
    acts = committee.record.history("consent/KEN")
    assert partners(acts.standing(), "share", manifest, "2012-02-01") == frozenset()


def test_a_state_that_was_asked_says_yes_or_no_or_nothing_yet(committee: Committee) -> None:
    asked = [
        committee.one(AskConsent, state="KEN", scope=scope, reply_by="2012-03-01")
        for scope in ("publish", "official-list", "direct-contact")
    ]
    consents(committee, scope="publish")
    committee.one(RefuseConsent, state="KEN", scope="official-list")
    standing = committee.record.history("consent/KEN").standing()
    assert [event.id for event in unanswered(standing)] == [asked[2].id]


def test_what_was_consented_to_is_withdrawn_and_not_refused(committee: Committee) -> None:
    given = consents(committee)
    refusal: dict[str, Any] = {"state": "KEN", "scope": "publish"}
    with pytest.raises(ConsentStands, match=given.id):
        committee.one(RefuseConsent, **refusal)
    with pytest.raises(ConsentStands):
        committee.one(RefuseConsent, **refusal, revision=1)
    takes_back(committee)
    committee.one(RefuseConsent, **refusal)
    committee.one(RefuseConsent, committee.imports(), **refusal, role="secretariat")


def test_what_a_state_never_consented_to_or_took_back_already_is_not_taken_back(committee: Committee) -> None:
    with pytest.raises(NoConsentStands, match="no consent of KEN to publish stands"):
        takes_back(committee)
    consents(committee, valid_from="2012-06-01", valid_to="2012-06-30")
    with pytest.raises(NoConsentStands):
        takes_back(committee, scope="official-list")
    takes_back(committee)
    with pytest.raises(NoConsentStands):
        takes_back(committee)
    consents(committee)
    takes_back(committee, revision=1)
    with pytest.raises(NoConsentStands):
        takes_back(committee, revision=1)
    takes_back(committee)
    committee.one(WithdrawConsent, committee.imports(), state="KEN", scope="publish", role="secretariat")


def test_a_consent_that_is_over_is_not_taken_back(committee: Committee) -> None:
    consents(committee, valid_to="2012-02-28")
    committee.on("2012-03-01")
    with pytest.raises(NoConsentStands):
        takes_back(committee)


def test_a_consent_to_share_names_with_whom(committee: Committee) -> None:
    with pytest.raises(MalformedInput, match="shared with partners that are named"):
        consents(committee, scope="share")
    consents(committee, scope="direct-contact")
    committee.one(GiveConsent, committee.imports(), state="KEN", scope="share", role="secretariat")


def test_sharing_with_one_partner_may_be_refused_while_another_has_it(committee: Committee) -> None:
    committee.registers("FRA", "NZL")
    consents(committee, scope="share", partners=("state:FRA",))
    committee.one(RefuseConsent, state="KEN", scope="share", partners=("state:NZL",))
    with pytest.raises(ConsentStands):
        committee.one(RefuseConsent, state="KEN", scope="share", partners=("state:FRA",))


def test_a_partner_stays_on_record_while_a_consent_names_it(committee: Committee) -> None:
    registered = organization(committee)
    consent = consents(committee, scope="share", partners=("organization:wco",))
    with pytest.raises(RestsOnIt, match=consent.id):
        committee.voids(registered)
    with pytest.raises(NotFound):
        committee.corrects(consent, {"partners": ["organization:upu"]})


def test_a_consent_of_the_first_version_names_no_partner() -> None:
    old = ConsentGivenV1(
        state="KEN", scope="share", manifest="a" * 64, valid_from="2012-01-01", valid_to=None, document_id="paper-1"
    )
    assert naming_partners(old) == ConsentGiven(
        state="KEN",
        scope="share",
        manifest="a" * 64,
        partners=(),
        valid_from="2012-01-01",
        valid_to=None,
        letter=None,
        document_id="paper-1",
    )
