"""Consent of a State: given and taken back, and what it covers on a day."""

from typing import Any

import pytest

from domain.consent import (
    ConsentGiven,
    ConsentWithdrawn,
)
from domain.matrix.consented import live_consent
from domain.matrix.file import NotSealed
from domain.recorded import Recorded
from domain.refusals import MalformedInput, NotFound, NotPermitted
from tests.committee import Committee
from tests.domain.consents import (
    OF_KENYA,
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
    general = consents(committee, scope="official-list").body
    assert isinstance(general, ConsentGiven)
    assert (general.scope, general.manifest) == ("official-list", None)
    assert (general.valid_from, general.valid_to) == (None, None)


def test_consent_is_given_and_taken_back_in_a_document_on_record_or_in_none(committee: Committee) -> None:
    for act in (consents, takes_back):
        with pytest.raises(NotFound, match="document never is not on record"):
            act(committee, document="never")
    with pytest.raises(MalformedInput, match="ends before it begins"):
        consents(committee, valid_from="2012-02-01", valid_to="2012-01-31")


def test_a_state_takes_its_consent_back_for_one_text_or_for_all(committee: Committee) -> None:
    consents(committee, revision=1)
    event = takes_back(committee, revision=1)
    assert event.body == ConsentWithdrawn(
        state="KEN", scope="publish", manifest=committee.manifest(1), document_id=None
    )
    assert (event.header.stream, event.header.audience) == ("consent/KEN", OF_KENYA)
    consents(committee)
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
