"""The yearly work step by step: given what is on record by a day, what is missing of the programme and the review."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from domain.calendar import due
from domain.calendar.yearly import adoptions, of_priorities, of_the_year
from domain.committee.groups import EstablishGroup
from domain.deadline import DropDeadline, ExtendDeadline, RecordStep
from domain.deciding import stands_at
from domain.duty import deadline_of, duty_of
from domain.duty_station import WorkingDays
from domain.mandate import Rule
from domain.programme import TransmitProgramme
from domain.programme_papers import DraftProgramme, RecordSymbol
from domain.recorded import Recorded
from domain.review.preparing import DraftReview, GiveInput, SetCutOff
from domain.review.priorities import SetPriorityAside, StatePriority
from domain.standing import Cut
from domain.times import FAR_PAST
from tests.committee import Committee
from tests.domain.asked import due_at
from tests.domain.foundations import adopts, decided, mandated, registers
from tests.domain.given import as_of

NO_HOLIDAYS = WorkingDays({year: frozenset() for year in range(2011, 2027)})
REVIEW = Rule(duty="REV", wording="", paragraph="9", month=12, policy="before the end of")
MAY = Rule(duty="PoW", wording="", paragraph="4", month=5, policy="before the end of")
JANUARY = Rule(duty="PoW", wording="", paragraph="2", month=1, policy="before the end of")
OF_REVIEW, OF_PROGRAMME = "deadline/annual-review/2013", "deadline/programme-of-work/2014"


@pytest.fixture
def committee() -> Committee:
    """On 1 September 2013 there are the mandates of 2011 and 2016, a working group and a paper."""
    committee = Committee().on("2013-09-02")
    mandated(committee, "1977", "2011-04-20", "2021-04-25", rules=(REVIEW, MAY), known="2011-04-20")
    registers(committee)
    for group in ("assistance", "monitoring"):
        committee.one(EstablishGroup, group=group, title=group, title_fr=group, valid_from="2013-06-01")
    return committee


def evening(committee: Committee) -> str:
    return f"{committee.record.now[:10]}T23:00:00.000000Z"


def told(committee: Committee, about: str) -> Iterator[tuple[str, date]]:
    at = evening(committee)
    standing = stands_at(committee.record, Cut(known_at=at))
    duties = due(standing, at)
    for each in of_the_year(standing, duties, NO_HOLIDAYS, FAR_PAST):
        if each.about == about:
            yield each.name.partition(".")[0], each.day


def missing(committee: Committee, about: str) -> list[str]:
    return [name for name, _ in told(committee, about)]


def step(committee: Committee, duty: str, name: str, about: str) -> Recorded:
    deadline = about.removeprefix("deadline/")
    return committee.one(RecordStep, deadline=deadline, duty=duty, step=name, document="report-1")


def test_the_programme_is_drafted_adopted_and_transmitted_before_the_end_of_may_and_then_has_a_symbol(
    committee: Committee,
) -> None:
    committee.on("2014-03-03")
    assert list(told(committee, OF_PROGRAMME)) == [
        ("drafted", date(2014, 4, 16)),
        ("adopted", date(2014, 5, 16)),
        ("transmitted", date(2014, 5, 26)),
    ]
    committee.one(DraftProgramme, programme=13, document="report-1")
    assert missing(committee, OF_PROGRAMME) == ["adopted", "transmitted"]
    adopts(committee, 13)
    assert missing(committee, OF_PROGRAMME) == ["transmitted"]
    committee.one(TransmitProgramme, programme=13)
    assert list(told(committee, OF_PROGRAMME)) == [("symbol", date(2014, 6, 23))]
    committee.one(RecordSymbol, programme=13, symbol="S/2014/1")
    assert missing(committee, OF_PROGRAMME) == []


def test_under_2325_the_programme_is_due_before_the_end_of_january_and_drafted_before_new_year(
    committee: Committee,
) -> None:
    committee.on("2016-12-20")
    mandated(committee, "2325", "2016-12-15", None, rules=(JANUARY,))
    assert list(told(committee, "deadline/programme-of-work/2017")) == [
        ("drafted", date(2016, 12, 16)),
        ("adopted", date(2017, 1, 17)),
        ("transmitted", date(2017, 1, 26)),
    ]


def test_what_the_review_lacks_is_named_step_by_step_and_group_by_group(committee: Committee) -> None:
    assert missing(committee, OF_REVIEW) == ["cut-off", "input", "drafted", "adopted", "transmitted"]
    committee.one(SetCutOff, year=2013, cut_off="2013-11-29")
    committee.one(GiveInput, year=2013, group="assistance", document="report-1")
    at = evening(committee)
    standing = stands_at(committee.record, Cut(known_at=at))
    (lacking,) = (
        each.says
        for each in of_the_year(standing, due(standing, at), NO_HOLIDAYS, FAR_PAST)
        if each.about == OF_REVIEW and each.name.startswith("input")
    )
    assert "monitoring" in lacking
    assert "assistance" not in lacking
    committee.one(GiveInput, year=2013, group="monitoring", document="report-1")
    committee.on("2013-12-02").one(DraftReview, year=2013, document="report-1")
    assert missing(committee, OF_REVIEW) == ["adopted", "transmitted"]
    step(committee, "REV-2013", "adopted", OF_REVIEW)
    step(committee, "REV-2013", "transmitted", OF_REVIEW)
    assert missing(committee, OF_REVIEW) == []


def test_of_a_review_adopted_late_only_the_transmission_is_missing(committee: Committee) -> None:
    committee.on("2014-01-20")
    step(committee, "REV-2013", "adopted", OF_REVIEW)
    assert missing(committee, OF_REVIEW) == ["transmitted"]


def test_an_extension_moves_every_day_and_what_is_dropped_lacks_nothing(committee: Committee) -> None:
    decided(committee)
    moved: dict[str, Any] = {
        "deadline": "annual-review/2013",
        "duty": "REV-2013",
        "decision": "d-1",
        "reason": "as decided",
    }
    committee.one(ExtendDeadline, due="2014-02-28", **moved)
    assert dict(told(committee, OF_REVIEW))["adopted"] == date(2014, 2, 14)
    committee.one(DropDeadline, **moved)
    assert missing(committee, OF_REVIEW) == []


def priority_days(committee: Committee) -> list[tuple[str, date]]:
    at = evening(committee)
    standing = stands_at(committee.record, Cut(known_at=at))
    adopted = adoptions([event for event in committee.record.events if event.header.stream.startswith("programme/")])
    found = of_priorities(standing("review/2013"), adopted, due(standing, at), NO_HOLIDAYS)
    return [(each.name.rpartition(".")[0], each.day) for each in found]


def test_an_open_priority_is_told_before_the_next_programme_and_again_after_it_passed_over_it(
    committee: Committee,
) -> None:
    for name in ("border", "ports"):
        committee.one(StatePriority, year=2013, priority=name, text="SIMULATED")
    committee.on("2014-03-03")
    assert priority_days(committee) == [
        ("priority.border.before", date(2014, 5, 1)),
        ("priority.ports.before", date(2014, 5, 1)),
    ]
    adopts(committee, 13)
    committee.one(SetPriorityAside, year=2013, priority="ports", programme=13, reason="others do it")
    assert priority_days(committee) == [("priority.border.after", date(2014, 3, 4))]


def test_each_open_priority_is_shown_until_a_programme_settles_it_or_the_review_has_none_on_record(
    committee: Committee,
) -> None:
    def open_ones() -> list[str]:
        asked = {each.duty: each for each in due_at(committee.record, as_of("2014-06-01"))}
        return [each.of for each in asked["PRIORITIES"].opened]

    adopts(committee.on("2013-09-03"), 12, "PRIORITIES")
    committee.on("2013-12-20")
    step(committee, "REV-2013", "adopted", OF_REVIEW)
    assert open_ones() == ["REV-2013"]
    for name in ("border", "ports"):
        committee.one(StatePriority, year=2013, priority=name, text="SIMULATED")
    assert open_ones() == ["2013 border", "2013 ports"]
    committee.one(DraftProgramme, programme=13, document="report-1")
    committee.one(SetPriorityAside, year=2013, priority="ports", programme=13, reason="others do it")
    assert open_ones() == ["2013 border"]


@pytest.mark.parametrize("duty", ["REV-2013", "PoW-13", "ODA-REP"])
def test_a_deadline_names_its_duty_as_the_duty_names_its_deadline(duty: str) -> None:
    assert duty_of(deadline_of(duty)) == duty
