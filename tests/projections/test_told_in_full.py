"""What a list holds is told entry by entry where its number alone would not do."""

from domain.duty_station import DeclareClosure, Holiday, ListHolidays
from projections.engine.rows import ReplayedRows
from projections.views.references import references
from tests.committee import Committee
from tests.projections.engine.given import Followed
from tests.projections.test_kinds import asking


def test_the_holidays_of_a_duty_station_are_told_by_day_and_name_beside_its_closures() -> None:
    committee = Committee().on("2013-03-02")
    days = (Holiday(day="2013-12-25", name="Christmas Day"), Holiday(day="2013-01-01", name="New Year's Day"))
    committee.one(ListHolidays, year=2013, holidays=days)
    committee.one(DeclareClosure, day="2013-04-08", reason="a storm")
    record = Followed(committee.record)
    listed, closed = references(asking(record, ReplayedRows(record), "sec", None), "duty-station").listed
    assert listed.told["holidays"] == "2013-01-01 New Year's Day, 2013-12-25 Christmas Day"
    assert (closed.told["day"], closed.told["reason"]) == ("2013-04-08", "a storm")
