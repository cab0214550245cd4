from __future__ import annotations

from datetime import date

import pytest

from domain import mandate
from domain.mandate import AdoptMandate, MandateAdopted, MandateRecordedInError, Rule
from domain.recorded import Recorded
from domain.refusals import MalformedInput
from domain.template import AlreadyAdopted
from interfaces import initialise
from tests.domain.given import InMemory, as_of


@pytest.fixture
def record() -> InMemory:
    record = InMemory()
    for command in initialise.mandates("secretariat"):
        assert isinstance(command, AdoptMandate)
        record.when(mandate.adopt, command)
    return record


def known(record: InMemory, day: str) -> tuple[MandateAdopted, ...]:
    return mandate.mandates(record.history(mandate.STREAM).standing(as_of(day)))


def named(event: Recorded) -> str:
    return event.body.mandate if isinstance(event.body, MandateAdopted) else ""


def due(record: InMemory, day: str, duty: str, year: int) -> date | None:
    found = mandate.in_force(known(record, day), duty, year)
    return None if found is None else found.due


@pytest.mark.parametrize(("year", "month"), [(2011, 5), (2013, 5), (2016, 5), (2017, 1), (2024, 1)])
def test_the_programme_is_due_before_the_end_of_may_until_2016_and_of_january_after(
    record: InMemory, year: int, month: int
) -> None:
    found = due(record, "2025-01-01", "PoW", year)
    assert found is not None
    assert (found.year, found.month, found.day) == (year, month, 31)


def test_until_the_council_adopts_2325_the_programme_of_2017_is_expected_in_may(record: InMemory) -> None:
    assert due(record, "2016-12-14", "PoW", 2017) == date(2017, 5, 31)
    assert due(record, "2016-12-15", "PoW", 2017) == date(2017, 1, 31)


def test_the_annual_review_stays_due_in_december_when_2325_moves_the_programme(record: InMemory) -> None:
    assert due(record, "2018-01-01", "REV", 2018) == date(2018, 12, 31)


def test_there_was_no_yearly_rule_before_1977(record: InMemory) -> None:
    assert due(record, "2025-01-01", "PoW", 2010) is None
    assert due(record, "2011-04-19", "REV", 2011) is None


def test_an_extension_of_the_mandate_carries_its_rules_on_and_without_one_nothing_is_due(
    record: InMemory,
) -> None:
    assert due(record, "2021-04-21", "REV", 2021) is None
    assert due(record, "2021-04-22", "REV", 2021) == date(2021, 12, 31)


def test_a_mandate_recorded_in_error_rules_nothing(record: InMemory) -> None:
    struck = record.history(mandate.STREAM).events[6]
    assert isinstance(struck.body, MandateAdopted)
    assert struck.body.mandate == "2325"
    record.given(mandate.STREAM, MandateRecordedInError(reason="wrong resolution"), "2016-12-15", strikes=struck)
    assert due(record, "2020-01-01", "PoW", 2020) == date(2020, 5, 31)


def test_a_resolution_is_put_on_record_once(record: InMemory) -> None:
    again = AdoptMandate(
        id="again", actor="secretariat", mandate="1977", resolution="S/RES/1977 (2011)",
        adopted="2011-04-20", valid_from="2011-04-20",
    )  # fmt: skip
    with pytest.raises(AlreadyAdopted):
        record.when(mandate.adopt, again)


@pytest.mark.parametrize(
    ("adopted", "begins", "ends"),
    [
        ("2030-02-30", "2030-03-01", None),
        ("2030-03-02", "2030-03-01", None),
        ("2030-01-01", "2030-03-01", "2029-03-01"),
    ],
)
def test_a_mandate_whose_dates_do_not_exist_or_run_backwards_is_refused(
    record: InMemory, adopted: str, begins: str, ends: str | None
) -> None:
    wrong = AdoptMandate(
        id="wrong", actor="secretariat", mandate="2800", resolution="S/RES/2800 (2030)",
        adopted=adopted, valid_from=begins, valid_to=ends,
    )  # fmt: skip
    with pytest.raises(MalformedInput):
        record.when(mandate.adopt, wrong)


def test_a_mandate_rules_each_duty_once(record: InMemory) -> None:
    rule = Rule(duty="REV", wording="by the end of the year", paragraph="1", month=12, policy="by")
    twice = AdoptMandate(
        id="twice", actor="secretariat", mandate="2800", resolution="S/RES/2800 (2030)",
        adopted="2030-03-01", valid_from="2030-03-01", rules=(rule, rule),
    )  # fmt: skip
    with pytest.raises(MalformedInput, match="once"):
        record.when(mandate.adopt, twice)


def test_a_resolution_recorded_in_error_can_be_put_on_record_again(record: InMemory) -> None:
    (struck,) = [event for event in record.history(mandate.STREAM).events if named(event) == "1977"]
    record.given(mandate.STREAM, MandateRecordedInError(reason="wrong dates"), "2011-04-20", strikes=struck)
    again = AdoptMandate(
        id="again", actor="secretariat", mandate="1977", resolution="S/RES/1977 (2011)",
        adopted="2011-04-20", valid_from="2011-04-20", valid_to="2021-04-25", known="2011-04-20",
    )  # fmt: skip
    (event,) = record.when(mandate.adopt, again)
    assert (event.header.stream, event.header.audience) == ("mandate/committee", ("public",))
    assert "1977" in [each.mandate for each in known(record, "2011-04-20")]


def test_the_mandate_is_its_resolutions_the_latest_last_and_nothing_else_makes_it(record: InMemory) -> None:
    standing = record.history(mandate.STREAM).standing()
    assert [each.valid_from for each in mandate.mandates(standing)] == sorted(
        event.body.valid_from for event in standing if isinstance(event.body, MandateAdopted)
    )
    other = record.given("state/KEN", MandateRecordedInError(reason="of another stream"), "2012-01-01")
    assert mandate.evolve((), other) == ()


@pytest.mark.parametrize(
    ("name", "stands_for"),
    [
        ("REV-2013", ("REV", 2013)),
        ("PoW-13", ("PoW", 2014)),
        ("ODA-REP", None),
        ("REV-13", None),
        ("PoW-0", None),
    ],
)
def test_rev_2013_is_the_review_of_2013_and_pow_13_the_programme_due_in_2014(
    name: str, stands_for: tuple[str, int] | None
) -> None:
    assert mandate.occurrence(name) == stands_for
    assert stands_for is None or mandate.instance(*stands_for) == name
