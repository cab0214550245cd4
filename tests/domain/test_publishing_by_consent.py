"""Publication: given a consent, when a matrix is published or taken down, then it is covered or refused."""

from typing import Any

import pytest

from domain.consent import (
    ConsentRecordedInError,
    Published,
    Unpublished,
)
from domain.matrix.file import OutOfOrder
from domain.matrix.publishing import AlreadyPublished, NoConsent, NotApproved
from domain.refusals import NotFound
from domain.undermining import RestsOnIt
from tests.committee import A, Committee
from tests.domain.consents import (
    EVERYONES,
    approval,
    consents,
    publish,
    takes_back,
    unpublish,
    with_approval,
)


@pytest.fixture
def committee() -> Committee:
    return with_approval()


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
