"""The annual review: given a cut-off, input and drafts, what is its preparation; and what becomes of its priorities."""

from typing import Any

import pytest

from domain.programme_papers import DraftProgramme
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.review.preparing import CutOffAhead, DraftReview, GiveInput, Preparation, SetCutOff, preparation
from domain.review.priorities import (
    NotTheNext,
    Priority,
    SetPriorityAside,
    StatePriority,
    TakePriorityUp,
    priorities,
)
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.meetings.seated import seated


@pytest.fixture
def committee() -> Committee:
    """On 1 November 2013 there is a working group on assistance, and two papers."""
    return seated().on("2013-11-01")


def sets(committee: Committee, cut_off: str = "2013-11-29") -> Recorded:
    return committee.one(SetCutOff, year=2013, cut_off=cut_off)


def states(committee: Committee, name: str = "border", **members: Any) -> Recorded:
    said: dict[str, Any] = {"text": "Border control"} | members
    return committee.one(StatePriority, year=2013, priority=name, **said)


def prepared(committee: Committee) -> Preparation:
    return preparation(committee.record.history("review/2013").standing())


def stated(committee: Committee) -> dict[str, Priority]:
    return dict(priorities(committee.record.history("review/2013").standing()))


def test_the_cut_off_is_a_day_of_the_year_of_the_review_and_is_set_once(committee: Committee) -> None:
    with pytest.raises(MalformedInput, match="not in 2013"):
        sets(committee, "2014-01-02")
    event = sets(committee)
    assert event.header.audience == ("committee", "expert", "secretariat")
    with pytest.raises(Conflict, match="2013-11-29"):
        sets(committee, "2013-11-30")
    committee.corrects(event, {"cut_off": "2013-11-30"})
    found = prepared(committee).cut_off
    assert found is not None
    assert found.cut_off == "2013-11-30"


def test_a_review_is_drafted_from_the_day_after_its_cut_off(committee: Committee) -> None:
    with pytest.raises(NotFound, match="no cut-off"):
        committee.one(DraftReview, year=2013, document="paper-1")
    cut_off = sets(committee)
    with pytest.raises(CutOffAhead):
        committee.on("2013-11-29").one(DraftReview, year=2013, document="paper-1")
    drafted = committee.on("2013-11-30").one(DraftReview, year=2013, document="paper-1")
    assert [each.document_id for each in prepared(committee).drafted] == ["paper-1"]
    with pytest.raises(RestsOnIt, match=drafted.id):
        committee.voids(cut_off)


def test_a_draft_is_on_record_once_and_a_later_one_comes_after_it(committee: Committee) -> None:
    sets(committee)
    committee.on("2013-12-02")
    for paper in ("paper-1", "paper-2"):
        committee.one(DraftReview, year=2013, document=paper)
    with pytest.raises(Conflict):
        committee.one(DraftReview, year=2013, document="paper-1")
    with pytest.raises(NotFound):
        committee.one(DraftReview, year=2013, document="no-paper")
    assert [each.document_id for each in prepared(committee).drafted] == ["paper-1", "paper-2"]


def test_a_working_group_gives_its_input_and_a_group_that_there_is_not_gives_none(committee: Committee) -> None:
    committee.one(GiveInput, year=2013, group="assistance", document="paper-1")
    assert [each.group for each in prepared(committee).input] == ["assistance"]
    with pytest.raises(Conflict):
        committee.one(GiveInput, year=2013, group="assistance", document="paper-1")
    with pytest.raises(NotFound, match="transparency"):
        committee.one(GiveInput, year=2013, group="transparency", document="paper-1")


def test_a_priority_is_stated_once_in_words(committee: Committee) -> None:
    with pytest.raises(MalformedInput):
        states(committee, text=" ")
    states(committee)
    with pytest.raises(Conflict):
        states(committee)
    assert stated(committee)["border"].settled is None


@pytest.mark.parametrize("kind", [TakePriorityUp, SetPriorityAside])
def test_a_priority_is_taken_up_or_set_aside_once_with_a_reason_by_a_programme_that_follows(
    committee: Committee, kind: type[TakePriorityUp] | type[SetPriorityAside]
) -> None:
    def settles(programme: int = 13, priority: str = "border", reason: str = "paragraph 6(b)") -> Recorded:
        return committee.one(kind, year=2013, priority=priority, programme=programme, reason=reason)

    event = states(committee)
    with pytest.raises(NotFound, match="neither drafted nor adopted"):
        settles()
    drafted = committee.one(DraftProgramme, programme=13, document="paper-1")
    with pytest.raises(NotTheNext):
        settles(programme=12)
    with pytest.raises(NotFound, match="states no priority"):
        settles(priority="ports")
    with pytest.raises(MalformedInput, match="reason"):
        settles(reason="")
    settled = settles()
    with pytest.raises(Conflict, match="programme 13"):
        settles()
    assert stated(committee)["border"].settled == settled.body
    with pytest.raises(RestsOnIt, match=settled.id):
        committee.voids(event)
    with pytest.raises(RestsOnIt, match=settled.id):
        committee.voids(drafted)
    committee.voids(settled)
    assert stated(committee)["border"].settled is None


def test_a_review_of_the_past_is_entered_late(committee: Committee) -> None:
    batch = committee.on("2026-01-05").imports()
    committee.one(SetCutOff, within=batch, year=2013, cut_off="2013-11-29", known="2013-11-04")
    committee.one(DraftReview, within=batch, year=2013, document="paper-1", known="2013-12-02")
    assert [each.cut_off for each in prepared(committee).drafted] == ["2013-11-29"]
