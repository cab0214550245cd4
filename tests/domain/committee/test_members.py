"""Who is a member of the Committee: given terms on record, when a State is seated, then an event or a refusal."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.committee.members import (
    SEATS,
    ElectorateUnknown,
    MemberSeated,
    SeatMember,
    SeatTaken,
    electorate,
    members_on,
)
from domain.period import busiest, holds, overlap
from domain.recorded import Recorded
from domain.refusals import MalformedInput, NotFound
from domain.undermining import RestsOnIt
from tests.committee import Committee, body

PERMANENT = ("CHN", "FRA", "RUS", "GBR", "USA")
UNTIL_2013 = ("AZE", "GTM", "MAR", "PAK", "TGO")
UNTIL_2014 = ("ARG", "AUS", "LUX", "KOR", "RWA")
FROM_2014 = ("TCD", "CHL", "JOR", "LTU", "NGA")


def seat(committee: Committee, state: str, valid_from: str, valid_to: str | None, **members: Any) -> Recorded:
    return committee.one(SeatMember, state=state, valid_from=valid_from, valid_to=valid_to, **members)


def standing(committee: Committee) -> tuple[Recorded, ...]:
    return committee.record.history("committee/members").standing()


@pytest.fixture
def committee() -> Committee:
    """The Committee of 2013."""
    committee = Committee()
    committee.registers(*PERMANENT, *UNTIL_2013, *UNTIL_2014, *FROM_2014)
    for code in PERMANENT:
        seat(committee, code, "2004-04-28", None)
    for code in UNTIL_2013:
        seat(committee, code, "2012-01-01", "2013-12-31")
    for code in UNTIL_2014:
        seat(committee, code, "2013-01-01", "2014-12-31")
    return committee


def test_a_state_is_seated_for_a_term_and_everyone_may_know(committee: Committee) -> None:
    (first, *_) = standing(committee)
    assert first.body == MemberSeated(state="CHN", valid_from="2004-04-28", valid_to=None)
    assert first.header.audience == ("public",)


def test_the_fifteen_of_a_day_are_its_electorate_and_change_on_1_january(committee: Committee) -> None:
    for code in FROM_2014:
        seat(committee, code, "2014-01-01", "2015-12-31")
    of_2013 = electorate(standing(committee), "2013-12-31")
    of_2014 = electorate(standing(committee), "2014-01-01")
    assert of_2013 == tuple(sorted((*PERMANENT, *UNTIL_2013, *UNTIL_2014)))
    assert of_2014 == tuple(sorted((*PERMANENT, *UNTIL_2014, *FROM_2014)))


def test_who_decides_is_not_known_while_a_term_is_missing(committee: Committee) -> None:
    with pytest.raises(ElectorateUnknown, match="10 of 15 members of the Committee are on record for 2012-06-01"):
        electorate(standing(committee), "2012-06-01")


def test_there_is_no_sixteenth_member(committee: Committee) -> None:
    with pytest.raises(SeatTaken, match="on 2013-01-01 the Committee has its 15 members"):
        seat(committee, "TCD", "2012-06-01", "2014-05-31")


def test_a_state_has_one_seat_at_a_time_and_may_come_back(committee: Committee) -> None:
    with pytest.raises(SeatTaken, match="PAK is a member from 2012-01-01 to 2013-12-31 already"):
        seat(committee, "PAK", "2013-12-31", "2014-12-31")
    seat(committee, "PAK", "2025-01-01", "2026-12-31")
    assert "PAK" in members_on(standing(committee), "2025-06-01")


def test_a_member_is_a_state_on_record_with_days_that_exist_in_order(committee: Committee) -> None:
    with pytest.raises(NotFound, match="State XXX is not on record"):
        seat(committee, "XXX", "2014-01-01", None)
    for valid_from, valid_to in (("2014-02-30", None), ("2014-01-01", "2013-12-31")):
        with pytest.raises(MalformedInput):
            seat(committee, "TCD", valid_from, valid_to)


def test_a_state_is_not_struck_while_its_seat_stands(committee: Committee) -> None:
    (registered,) = committee.record.history("state/CHN").standing()
    with pytest.raises(RestsOnIt, match="rests on State CHN"):
        committee.voids(registered)


def test_a_term_recorded_in_error_frees_the_seat(committee: Committee) -> None:
    (taken,) = (event for event in standing(committee) if body(event).state == "TGO")
    committee.voids(taken)
    seat(committee, "TCD", "2012-01-01", "2013-12-31")
    assert len(electorate(standing(committee), "2013-06-01")) == SEATS


days = st.dates().map(lambda day: day.isoformat())
terms = st.builds(
    lambda one, other, open_ended: MemberSeated(
        state="KEN", valid_from=min(one, other), valid_to=None if open_ended else max(one, other)
    ),
    days,
    days,
    st.booleans(),
)


@given(terms, terms)
def test_two_terms_overlap_where_they_have_a_day_in_common(one: MemberSeated, other: MemberSeated) -> None:
    common = max(one.valid_from, other.valid_from)
    assert overlap(one, other) == overlap(other, one) == (holds(one, common) and holds(other, common))


@given(terms, st.lists(terms, max_size=6))
def test_the_busiest_day_of_a_term_is_no_less_busy_than_any_other(
    term: MemberSeated, others: list[MemberSeated]
) -> None:
    day, most = busiest(term, others)
    assert holds(term, day)
    assert most == sum(holds(each, day) for each in others)
    for start in (each.valid_from for each in others if holds(term, each.valid_from)):
        assert sum(holds(each, start) for each in others) <= most
