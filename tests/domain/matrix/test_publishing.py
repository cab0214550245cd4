"""Consent and publication: nothing is shown that is not approved and consented to."""

from typing import Any

import pytest

from domain.matrix import commands as c
from domain.matrix.file import OutOfOrder
from domain.matrix.publishing import NoConsent, NotApproved
from domain.refusals import MalformedInput, NotFound
from tests.committee import NOON, A, Committee, body


def test_nothing_is_published_unless_approved_and_consented_to(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    with pytest.raises(NotApproved):
        committee.one(c.PublishMatrix, state="KEN", revision=1)
    committee.approves(1)
    with pytest.raises(NoConsent):
        committee.one(c.PublishMatrix, state="KEN", revision=1)
    consent = committee.one(c.GiveConsent, state="KEN", scope="publish")
    published = committee.one(c.PublishMatrix, state="KEN", revision=1)
    assert consent.id in body(published).basis
    assert committee.values("published") == {A: "X"}
    assert published.header.audience == ("public",)


@pytest.mark.parametrize(
    "given",
    [
        {"scope": "share", "partners": ("state:FRA",)},
        {"scope": "publish", "valid_to": "2011-12-31"},
        {"scope": "publish", "valid_from": "2013-01-01"},
        {"scope": "publish", "revision": 1},
    ],
)
def test_consent_to_something_else_does_not_cover_a_publication(committee: Committee, given: dict[str, Any]) -> None:
    committee.sealed(1, {A: "X"})
    committee.sealed(2, {A: "?"})
    committee.approves(2)
    committee.one(c.GiveConsent, state="KEN", **given)
    with pytest.raises(NoConsent):
        committee.one(c.PublishMatrix, state="KEN", revision=2)


def test_consent_taken_back_or_given_only_later_does_not_cover_a_publication(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    committee.on("2012-04-01").approves(1)
    committee.on("2012-05-01").one(c.GiveConsent, state="KEN", scope="publish")
    committee.on("2012-06-01").one(c.WithdrawConsent, state="KEN", scope="publish")
    with pytest.raises(NoConsent):
        committee.one(c.PublishMatrix, state="KEN", revision=1, known="2012-04-15")
    with pytest.raises(NoConsent):
        committee.one(c.PublishMatrix, state="KEN", revision=1)
    committee.one(c.PublishMatrix, state="KEN", revision=1, known="2012-05-15")
    assert committee.values("published") == {A: "X"}


def test_a_scope_that_consent_does_not_have_is_refused(committee: Committee) -> None:
    with pytest.raises(MalformedInput):
        committee.one(c.GiveConsent, state="KEN", scope="everything")


def test_what_is_taken_down_is_published_no_more_and_was_until_then(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    committee.approves(1)
    with pytest.raises(NotFound):
        committee.one(c.UnpublishMatrix, state="KEN", revision=1)
    committee.one(c.GiveConsent, state="KEN", scope="publish")
    committee.on("2012-04-01").one(c.PublishMatrix, state="KEN", revision=1)
    with pytest.raises(OutOfOrder):
        committee.one(c.UnpublishMatrix, state="KEN", revision=1, known="2012-03-20")
    committee.on("2012-05-01").one(c.UnpublishMatrix, state="KEN", revision=1)
    assert committee.values("published") == {}
    assert committee.values("published", as_of="2012-04-20" + NOON) == {A: "X"}


def test_a_publication_is_not_dated_before_the_approval(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    committee.on("2012-04-01").approves(1)
    committee.one(c.GiveConsent, state="KEN", scope="publish", known="2012-01-02")
    with pytest.raises(OutOfOrder):
        committee.one(c.PublishMatrix, state="KEN", revision=1, known="2012-03-20")
