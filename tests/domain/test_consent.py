"""Consent of a State: given what it consented to, when a matrix is published, then it is covered or refused."""

from typing import Any

import pytest

from domain.consent import (
    ConsentGiven,
    ConsentGivenV1,
    ConsentRecordedInError,
    ConsentWithdrawn,
    Published,
    Unpublished,
    naming_partners,
)
from domain.deciding import Command
from domain.matrix.commands import (
    AskConsent,
    GiveConsent,
    PublishMatrix,
    RefuseConsent,
    UnpublishMatrix,
    WithdrawConsent,
)
from domain.matrix.consenting import ConsentStands, live_consent, partners, unanswered
from domain.matrix.file import NotSealed, OutOfOrder
from domain.matrix.publishing import AlreadyPublished, NoConsent, NotApproved
from domain.organization.registering import RegisterOrganization
from domain.recorded import Recorded
from domain.refusals import MalformedInput, NotFound, NotPermitted, Refusal
from domain.undermining import RestsOnIt
from tests.committee import A, Committee

OF_KENYA = ("committee", "expert", "secretariat", "state:KEN")
EVERYONES = ("public",)
OF_ANY_TEXT: dict[str, Any] = {"state": "KEN", "scope": "publish"}


@pytest.fixture
def committee() -> Committee:
    """On 2 January 2012 Kenya's first revision is sealed and approved; on 1 February nothing more has happened."""
    committee = Committee()
    committee.sealed(1, {A: "X"})
    committee.approves(1)
    return committee.on("2012-02-01")


def consents(committee: Committee, **members: Any) -> Recorded:
    return committee.one(GiveConsent, **OF_ANY_TEXT | members)


def takes_back(committee: Committee, **members: Any) -> Recorded:
    return committee.one(WithdrawConsent, **OF_ANY_TEXT | members)


def publish(committee: Committee, revision: int = 1, **members: Any) -> Recorded:
    return committee.one(PublishMatrix, state="KEN", revision=revision, **members)


def unpublish(committee: Committee, revision: int = 1, **members: Any) -> Recorded:
    return committee.one(UnpublishMatrix, state="KEN", revision=revision, **members)


def approval(committee: Committee) -> Recorded:
    return next(event for event in committee.record.events if event.header.type == "matrix.approved")


# Giving and taking back


def test_consent_has_a_scope_a_period_and_the_text_or_all_texts_that_it_covers(committee: Committee) -> None:
    event = consents(committee, revision=1, valid_from="2012-01-01", valid_to="2013-12-31", document="paper-1")
    assert event.body == ConsentGiven(
        state="KEN",
        scope="publish",
        manifest=committee.manifest(1),
        partners=(),
        valid_from="2012-01-01",
        valid_to="2013-12-31",
        letter=None,
        document_id="paper-1",
    )
    assert (event.header.stream, event.header.audience) == ("consent/KEN", OF_KENYA)
    general = consents(committee, scope="share").body
    assert isinstance(general, ConsentGiven)
    assert (general.scope, general.manifest, general.valid_from, general.valid_to) == ("share", None, None, None)


def test_consent_is_given_and_taken_back_in_a_document_on_record_or_in_none(committee: Committee) -> None:
    for act in (consents, takes_back):
        with pytest.raises(NotFound, match="document never is not on record"):
            act(committee, document="never")
    with pytest.raises(MalformedInput, match="ends before it begins"):
        consents(committee, valid_from="2012-02-01", valid_to="2012-01-31")


def test_a_state_takes_its_consent_back_for_one_text_or_for_all(committee: Committee) -> None:
    event = takes_back(committee, revision=1)
    assert event.body == ConsentWithdrawn(
        state="KEN", scope="publish", manifest=committee.manifest(1), document_id=None
    )
    assert (event.header.stream, event.header.audience) == ("consent/KEN", OF_KENYA)
    general = takes_back(committee).body
    assert isinstance(general, ConsentWithdrawn)
    assert general.manifest is None


@pytest.mark.parametrize("act", [consents, takes_back])
@pytest.mark.parametrize(
    ("given", "refusal", "what"),
    [
        ({"scope": "everything"}, MalformedInput, "'everything' is no scope"),
        ({"state": "XXX"}, NotFound, "State XXX is not on record"),
        ({"revision": 9}, NotFound, "revision 9 of KEN is not open"),
        ({"revision": 2}, NotSealed, "revision 2 of KEN is not sealed"),
    ],
)
def test_consent_is_a_states_on_record_to_a_scope_that_there_is_and_a_text_that_is_sealed(
    committee: Committee, act: Any, given: dict[str, Any], refusal: type[Exception], what: str
) -> None:
    committee.opens(2)
    with pytest.raises(refusal, match=what):
        act(committee, **given)


@pytest.mark.parametrize("act", [consents, takes_back, publish, unpublish])
def test_what_a_state_consents_to_and_what_is_published_is_recorded_by_the_secretariat_alone(
    committee: Committee, act: Any
) -> None:
    committee.grants("mission-ken", "state", scope="KEN")
    for actor in ("chair", "mission-ken"):
        with pytest.raises(NotPermitted, match=f"{actor} holds no role"):
            act(committee, actor=actor)


# What consent covers

GIVEN: dict[str, Any] = {
    "scope": "publish",
    "manifest": None,
    "partners": (),
    "valid_from": None,
    "valid_to": None,
    "letter": None,
    "document_id": None,
}
TAKEN = {"scope": "publish", "manifest": None, "document_id": None}
TEXT, OTHER = "a" * 64, "b" * 64


@pytest.mark.parametrize(
    ("spoken", "day", "covered"),
    [
        ([], "2013-06-01", False),
        ([GIVEN], "2013-06-01", True),
        ([GIVEN | {"scope": "share"}], "2013-06-01", False),
        ([GIVEN | {"manifest": TEXT}], "2013-06-01", True),
        ([GIVEN | {"manifest": OTHER}], "2013-06-01", False),
        ([GIVEN | {"valid_from": "2013-06-01", "valid_to": "2013-06-30"}], "2013-05-31", False),
        ([GIVEN | {"valid_from": "2013-06-01", "valid_to": "2013-06-30"}], "2013-06-01", True),
        ([GIVEN | {"valid_from": "2013-06-01", "valid_to": "2013-06-30"}], "2013-06-30", True),
        ([GIVEN | {"valid_from": "2013-06-01", "valid_to": "2013-06-30"}], "2013-07-01", False),
        ([GIVEN, TAKEN], "2013-06-01", False),
        ([GIVEN, TAKEN, GIVEN], "2013-06-01", True),
        ([GIVEN, TAKEN | {"scope": "share"}], "2013-06-01", True),
        ([GIVEN, TAKEN | {"manifest": TEXT}], "2013-06-01", False),
        ([GIVEN, TAKEN | {"manifest": OTHER}], "2013-06-01", True),
        ([GIVEN | {"manifest": TEXT}, TAKEN], "2013-06-01", False),
    ],
)
def test_consent_covers_its_scope_its_text_and_its_days_until_it_is_taken_back(
    committee: Committee, spoken: list[dict[str, Any]], day: str, covered: bool
) -> None:
    header = approval(committee).header
    events = tuple(
        Recorded(
            header, ConsentGiven(state="KEN", **each) if "valid_from" in each else ConsentWithdrawn(state="KEN", **each)
        )
        for each in spoken
    )
    assert (live_consent(events, "publish", TEXT, day) is not None) == covered


# Publishing


def test_a_publication_rests_on_the_approval_and_the_consent_and_is_for_everyone(committee: Committee) -> None:
    consent = consents(committee)
    event = publish(committee)
    assert event.body == Published(
        state="KEN", manifest=committee.manifest(1), basis=(approval(committee).id, consent.id)
    )
    assert (event.header.stream, event.header.audience) == ("consent/KEN", EVERYONES)
    assert committee.values("published") == {A: "X"}


def test_what_is_published_is_published_again_only_after_it_was_taken_down(committee: Committee) -> None:
    consents(committee)
    first = publish(committee)
    with pytest.raises(AlreadyPublished, match=f"by event {first.id}"):
        publish(committee)
    unpublish(committee)
    publish(committee)


def test_what_is_not_approved_is_not_published_though_the_state_consents(committee: Committee) -> None:
    consents(committee)
    committee.sealed(2, {A: "?"})
    with pytest.raises(NotApproved, match="revision 2 of KEN is not approved"):
        publish(committee, 2)
    committee.voids_by_two(approval(committee))
    with pytest.raises(NotApproved, match="revision 1 of KEN is not approved"):
        publish(committee)


def test_without_the_states_consent_nothing_is_published_live(committee: Committee) -> None:
    with pytest.raises(NoConsent, match="KEN has not consented to the publication of revision 1"):
        publish(committee)


@pytest.mark.parametrize("undo", ["taken back", "given in error", "withdrawal in error"])
def test_consent_stands_or_falls_with_its_events(committee: Committee, undo: str) -> None:
    consent = consents(committee)
    if undo == "given in error":
        void = committee.voids(consent)
        assert isinstance(void.body, ConsentRecordedInError)
    else:
        taken = takes_back(committee)
        if undo == "withdrawal in error":
            committee.voids(taken)
            publish(committee)
            return
    with pytest.raises(NoConsent):
        publish(committee)


def test_history_that_enters_late_may_have_lost_the_consent_but_not_the_approval() -> None:
    committee = Committee()
    acts = committee.imports_revision()
    batch = acts["batch"]
    event = publish(committee, within=batch, known="2010-01-20", role="secretariat")
    assert isinstance(event.body, Published)
    assert event.body.basis == (acts["approved"].id,)
    committee.sealed(2, {A: "?"})
    with pytest.raises(NotApproved):
        publish(committee, 2, within=batch, role="secretariat")
    with pytest.raises(OutOfOrder):
        publish(committee, within=batch, known="2009-01-02", role="secretariat")


# Taking down


def test_what_is_taken_down_rests_on_its_publication_and_everyone_sees_that_it_was(committee: Committee) -> None:
    consents(committee)
    published = publish(committee)
    event = unpublish(committee)
    assert event.body == Unpublished(state="KEN", manifest=committee.manifest(1), basis=(published.id,))
    assert (event.header.stream, event.header.audience) == ("consent/KEN", EVERYONES)
    assert committee.values("published") == {}


def test_only_what_is_published_is_taken_down_and_not_before_it_was(committee: Committee) -> None:
    with pytest.raises(NotFound, match="revision 1 of KEN is not published"):
        unpublish(committee)
    consents(committee)
    void = committee.voids(publish(committee))
    with pytest.raises(NotFound):
        unpublish(committee)
    committee.voids(void)
    with pytest.raises(OutOfOrder):
        unpublish(committee, known="2012-01-20")


def test_consent_taken_back_leaves_what_was_published_until_it_is_taken_down(committee: Committee) -> None:
    consents(committee)
    publish(committee)
    takes_back(committee)
    assert committee.values("published") == {A: "X"}
    with pytest.raises(NoConsent):
        publish(committee)
    unpublish(committee)
    assert committee.values("published") == {}


# What a publication rests on


def test_a_consent_is_not_voided_or_cut_short_under_a_publication_that_rests_on_it(committee: Committee) -> None:
    given = consents(committee)
    published = publish(committee)
    with pytest.raises(RestsOnIt, match=published.id):
        committee.voids(given)
    cuts: list[dict[str, Any]] = [{"scope": "share"}, {"valid_to": "2012-01-01"}, {"valid_from": "2013-01-01"}]
    for changes in cuts:
        with pytest.raises(RestsOnIt, match=published.id):
            committee.corrects(given, changes)
    unpublish(committee)
    with pytest.raises(RestsOnIt, match=published.id):
        committee.voids(given)


def test_a_consent_may_fall_where_another_covers_the_publication_or_after_it(committee: Committee) -> None:
    first = consents(committee)
    second = consents(committee, revision=1)
    published = publish(committee)
    void_of_the_second = committee.voids(second)
    with pytest.raises(RestsOnIt):
        committee.voids(first)
    void_of_publication = committee.voids(published)
    committee.voids(first)
    with pytest.raises(RestsOnIt, match="without the consent"):
        committee.voids(void_of_publication)
    committee.voids(void_of_the_second)
    committee.voids(void_of_publication)


def test_a_withdrawal_of_consent_does_not_stand_again_before_a_publication(committee: Committee) -> None:
    consents(committee)
    void = committee.voids(takes_back(committee))
    published = publish(committee)
    with pytest.raises(RestsOnIt, match=published.id):
        committee.voids(void)


def test_a_batch_that_brought_a_consent_is_not_reversed_under_a_publication(committee: Committee) -> None:
    batch = committee.imports("letters")
    consents(committee, within=batch)
    published = publish(committee)
    with pytest.raises(RestsOnIt, match=published.id):
        committee.reverses("letters")


# Scopes and partners


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
        state="KEN", scope="share", manifest=TEXT, valid_from="2012-01-01", valid_to=None, document_id="paper-1"
    )
    assert naming_partners(old) == ConsentGiven(
        state="KEN",
        scope="share",
        manifest=TEXT,
        partners=(),
        valid_from="2012-01-01",
        valid_to=None,
        letter=None,
        document_id="paper-1",
    )
