"""Who the Committee is on a day, for whoever asks: fifteen members, who presides, groups and experts."""

from typing import Any

import pytest

from domain.committee.experts import AppointExpert
from domain.committee.offices import HoldOffice, LeaveOffice
from domain.refusals import MalformedInput
from projections.engine.rows import ReplayedRows
from projections.roll import Roll, Seated, roll
from tests.committee import Committee
from tests.domain.meetings.seated import ELECTED, MEMBERS, seated
from tests.projections.engine.given import Followed
from tests.projections.test_kinds import asking


@pytest.fixture
def committee() -> Committee:
    """Korea takes the chair in June and leaves it in September, when Australia acts for a month."""
    committee = seated()
    chair: dict[str, Any] = {"office": "chair", "state": "KOR"}
    acting: dict[str, Any] = {"office": "acting-chair", "state": "AUS"}
    committee.one(HoldOffice, **chair, valid_from="2013-06-01", valid_to="2013-12-31")
    committee.on("2013-09-01").one(LeaveOffice, **chair, valid_to="2013-09-10", reason="its own wish")
    committee.one(HoldOffice, **acting, valid_from="2013-09-15", valid_to="2013-10-14")
    committee.grants("expert-1", "expert")
    committee.one(AppointExpert, expert="expert-1", region="Africa", valid_from="2013-06-01")
    return committee


def on(committee: Committee, day: str | None, actor: str = "sec", as_of: str | None = None) -> Roll:
    record = Followed(committee.record)
    return roll(asking(record, ReplayedRows(record), actor, as_of), day)


def who(found: Roll, seat: str) -> tuple[str, ...]:
    return tuple(each.who for each in found.seated if each.seat == seat)


def test_the_fifteen_of_a_day_are_those_whose_term_holds_it(committee: Committee) -> None:
    found = on(committee, "2013-12-31")
    assert (who(found, "member"), found.members) == (MEMBERS, 15)
    next_day = on(committee, "2014-01-01")
    assert (set(who(next_day, "member")), next_day.members) == (set(MEMBERS) - set(ELECTED), 5)


@pytest.mark.parametrize(
    ("day", "presides", "vacant"),
    [
        ("2013-05-31", None, True),
        ("2013-09-10", "KOR", False),
        ("2013-09-12", None, True),
        ("2013-09-15", "AUS", False),
    ],
)
def test_who_presides_is_the_chair_or_an_acting_one_or_the_chair_is_vacant(
    committee: Committee, day: str, presides: str | None, vacant: bool
) -> None:
    found = on(committee, day)
    assert (found.presides, found.vacant) == (presides, vacant)


def test_a_record_that_never_named_a_chair_knows_of_no_vacancy() -> None:
    found = on(seated(), "2013-06-05")
    assert (found.presides, found.vacant) == (None, False)


def test_what_was_not_known_yet_is_not_told_of_a_day(committee: Committee) -> None:
    assert on(committee, "2013-09-12", as_of="2013-08-01").presides == "KOR"


def test_experts_are_told_to_those_who_may_know_them_and_counted_for_others(committee: Committee) -> None:
    (expert,) = (each for each in on(committee, "2013-06-05").seated if each.seat == "expert")
    assert expert == Seated(seat="expert", who="expert-1", of="Africa", valid_from="2013-06-01", valid_to=None)
    found = on(committee, "2013-06-05", actor="nobody")
    assert (who(found, "expert"), found.withheld) == ((), 1)


def test_a_day_that_does_not_exist_is_refused_and_none_is_the_day_asked_about(committee: Committee) -> None:
    with pytest.raises(MalformedInput):
        on(committee, "2013-02-30")
    assert on(committee, None, as_of="2013-06-20").day == "2013-06-19"
