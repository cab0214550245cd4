"""The calendar of outreach events: given versions, when one is published, then whether it looks far enough ahead."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deciding import KnownInTheFuture
from domain.document import DocumentRegistered
from domain.outreach_calendar import (
    EventsPublished,
    Gap,
    OutreachEvent,
    PublishEvents,
    gaps,
    looks_ahead,
    months_after,
    versions,
)
from domain.recorded import Recorded
from domain.refusals import MalformedInput, NotFound
from domain.standing import Cut
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.foundations import first


def outreach(title: str = "Workshop", first_day: str = "2013-09-10", **members: Any) -> OutreachEvent:
    about: dict[str, Any] = {
        "last_day": "2013-09-12",
        "place": "Nairobi",
        "organizer": "1540 Committee",
        "open_to": "States of the region",
        "url": None,
        "document_id": None,
    }
    return OutreachEvent(title=title, first_day=first_day, **about | members)


def publishes(committee: Committee, day: str, *entries: OutreachEvent, covers_to: str = "2014-12-31") -> Recorded:
    return committee.on(day).one(PublishEvents, published=day, covers_to=covers_to, entries=entries)


def known(committee: Committee, as_of: str = "2030-01-01") -> tuple[EventsPublished, ...]:
    cut = Cut(known_at=f"{as_of}T23:00:00.000000Z")
    return versions(committee.record.history("calendar/events").standing(cut))


def test_a_version_is_public_and_holds_the_events_of_the_committee_and_of_others_by_day() -> None:
    late = outreach("Seminar", "2013-09-11", organizer="Counter-Terrorism Committee")
    event = publishes(Committee(), "2013-06-28", late, outreach())
    assert isinstance(event.body, EventsPublished)
    assert [entry.title for entry in event.body.entries] == ["Workshop", "Seminar"]
    assert (event.header.audience, event.header.known_precision) == (("public",), "day")


def test_a_mistake_in_a_version_is_mended_by_the_next_and_the_past_shows_the_earlier() -> None:
    committee = Committee()
    publishes(committee, "2013-06-28", outreach())
    publishes(committee, "2013-07-04", outreach(place="Mombasa"))
    assert known(committee)[-1].entries[0].place == "Mombasa"
    assert known(committee, "2013-07-01")[-1].entries[0].place == "Nairobi"


@pytest.mark.parametrize(("covers_to", "far_enough"), [("2013-12-27", False), ("2013-12-28", True)])
def test_a_version_looks_six_months_ahead_or_is_recorded_as_one_that_does_not(covers_to: str, far_enough: bool) -> None:
    committee = Committee()
    publishes(committee, "2013-06-28", covers_to=covers_to)
    assert [looks_ahead(version) for version in known(committee)] == [far_enough]


def test_more_than_a_month_without_a_new_version_is_a_gap() -> None:
    committee = Committee()
    for day in ("2013-06-28", "2013-07-28", "2013-09-02", "2013-09-30"):
        publishes(committee, day)
    found = known(committee)
    assert gaps(found, date(2013, 10, 30)) == (Gap(date(2013, 7, 28), date(2013, 9, 2)),)
    assert gaps(found, date(2013, 10, 31))[-1] == Gap(date(2013, 9, 30), date(2013, 10, 31))
    assert gaps(found, date(2013, 8, 15)) == ()
    assert gaps((), date(2013, 8, 15)) == ()


def test_a_month_after_the_end_of_a_month_is_the_end_of_the_next() -> None:
    assert months_after(date(2013, 1, 31), 1) == date(2013, 2, 28)
    assert months_after(date(2013, 8, 31), 6) == date(2014, 2, 28)
    assert months_after(date(2013, 6, 30), 6) == date(2013, 12, 30)


@given(
    st.lists(st.dates(date(2013, 1, 1), date(2014, 12, 31)), max_size=12), st.dates(date(2013, 1, 1), date(2015, 6, 1))
)
def test_gaps_are_where_a_day_has_no_version_of_the_month_before_it(days: list[date], until: date) -> None:
    listed = [
        EventsPublished(published_at=f"{day.isoformat()}T17:00:00.000000Z", covers_to="2015-12-31", entries=())
        for day in days
    ]
    found = gaps(listed, until)
    assert list(found) == sorted(found, key=lambda gap: gap.after)
    for gap in found:
        assert gap.until > months_after(gap.after, 1)
        assert not any(gap.after < day < gap.until for day in days)
    assert bool(found) == any(
        not any(day < other <= months_after(day, 1) for other in days) and until > months_after(day, 1) for day in days
    )


def test_an_event_has_days_in_order_and_is_named_once() -> None:
    committee = Committee()
    for entries in (
        (outreach(last_day="2013-09-09"),),
        (outreach(first_day="2013-09-31", last_day="2013-10-02"),),
        (outreach(), outreach()),
    ):
        with pytest.raises(MalformedInput, match=r"before it begins|day|twice"):
            publishes(committee, "2013-06-28", *entries)
    with pytest.raises(MalformedInput):
        publishes(committee, "2013-06-28", covers_to="2013-11-31")


def test_a_version_is_not_published_before_it_is_recorded() -> None:
    with pytest.raises(KnownInTheFuture):
        Committee().on("2013-06-28").one(PublishEvents, published="2013-07-01", covers_to="2014-01-31", entries=())


def test_the_document_of_an_event_is_on_record_and_held_by_it() -> None:
    committee = Committee()
    with pytest.raises(NotFound, match="note-1"):
        publishes(committee, "2013-06-28", outreach(document_id="note-1"))
    event = publishes(committee, "2013-06-28", outreach(document_id="paper-1"))
    with pytest.raises(RestsOnIt, match=event.id):
        committee.voids(first(committee, DocumentRegistered, document="paper-1"))


def test_a_corrected_version_is_known_when_it_was_published_and_keeps_the_rules() -> None:
    committee = Committee()
    event = publishes(committee, "2013-06-28", outreach())
    with pytest.raises(MalformedInput):
        committee.corrects(event, {"covers_to": "2013-11-31"})
    corrected = committee.corrects(event, {"published_at": "2013-06-27T17:00:00.000000Z"})
    assert corrected.header.known_at == "2013-06-27T17:00:00.000000Z"
