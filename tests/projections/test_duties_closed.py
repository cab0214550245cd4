"""What closes the duties: the same from rows of either database, from the events folded, and by the calendar alone."""

import random
from typing import Any

import pytest

from domain.calendar import due, due_of, story, to_json
from domain.correcting import MarkInError
from domain.deciding import stands_at
from domain.refusals import NotFound, Refusal
from domain.standing import Cut
from projections.bearing import VIEWS
from projections.board import board
from projections.duties import duties
from projections.duty_log import duty_log
from projections.engine.following import Follower
from projections.engine.rows import StoredRows
from projections.engine.store import Store
from projections.states import members
from tests.domain.asked import facts_at
from tests.domain.closing.given import under_the_twelfth
from tests.domain.closing.test_every_duty import CASES
from tests.projections.asked import asking
from tests.projections.engine.given import Followed, cuts


@pytest.fixture(scope="module")
def record() -> Followed:
    """Every duty served as far as one record has room for all, and then some of it voided."""
    committee, served = under_the_twelfth(), 0
    for case in CASES.values():
        try:
            if case.opens is not None:
                case.opens(committee)
            case.closes(committee)
            served += 1
        except Refusal:
            continue
    assert served > 30
    chance = random.Random(1)
    committee.on("2014-02-01")
    for event in chance.sample(committee.record.events, 60):
        try:
            committee.one(MarkInError, target=event.id, reason="in error", noticed=chance.choice((None, "2014-01-15")))
        except Refusal:
            continue
    return Followed(committee.record)


def told(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    beside = ("withheld", "again_in", "as_of", "known_cut", "position", "withheld_events")
    return [{name: value for name, value in each.items() if name not in beside} for each in found]


def test_rows_of_both_databases_and_the_events_themselves_close_the_same(store: Store, record: Followed) -> None:
    Follower(store, record, VIEWS, batch=50).catch_up()
    for cut in cuts(record, 3, 12)[:-1]:
        standing, facts, states = stands_at(record, cut), facts_at(record, cut), members(record, cut)
        of_events = due(standing, cut.known_at, facts=facts, states=states)
        kept = asking(record, cut, StoredRows(store))
        found = duties(kept, record)
        assert told(found) == [to_json(each) for each in of_events]
        assert found == duties(asking(record, cut), record)
        try:
            of_board = board(kept, record, 12)
        except NotFound:
            continue
        assert of_board == board(asking(record, cut), record, 12)
        told_there = told([duty for each in of_board.paragraphs for duty in each.duties])
        expected = [to_json(each) for each in due_of(standing, cut.known_at, 12, facts=facts, states=states)]
        assert sorted(told_there, key=str) == sorted(expected, key=str)
        named = {act.event_id for act in of_board.acts}
        for each in told_there:
            assert each["served"]["last"] is None or each["served"]["last"]["event_id"] in named
            assert {opened["by"]["event_id"] for opened in each["opened"]} <= named
        for duty in ("WG-CONCL", "MEETINGS", "ASSIST-DB", "ODA-REP"):
            log = duty_log(kept, record, duty)
            assert log == duty_log(asking(record, cut), record, duty)
            of_story = story(standing, cut.known_at, duty, facts=facts, states=states)
            assert of_story is not None
            assert [act.event_id for act in log.acts or ()] == [deed.event.id for deed in of_story[1]]


def test_a_log_tells_what_opened_a_duty_what_served_it_and_what_is_open(record: Followed) -> None:
    committee = under_the_twelfth()
    case = CASES["WG-CONCL"]
    assert case.opens is not None
    case.opens(committee)
    now = Followed(committee.record)
    cut = Cut(known_at="2013-12-01T00:00:00.000000Z", position=now.last_position)
    (opening,) = list(duty_log(asking(now, cut), now, "WG-CONCL").acts or ())
    assert (opening.what, opening.open, opening.type) == ("opens", "wg-1", "meeting.conclusions-approved")
    sent = case.closes(committee)
    now = Followed(committee.record)
    cut = Cut(known_at="2013-12-01T00:00:00.000000Z", position=now.last_position)
    opening, served = list(duty_log(asking(now, cut), now, "WG-CONCL").acts or ())
    assert (opening.open, served.what, served.event_id, served.position) == (None, "serves", sent.id, sent.position)
    with pytest.raises(NotFound, match="WG-NEVER"):
        duty_log(asking(now, cut), now, "WG-NEVER")
    assert duty_log(asking(now, cut, actor="chair"), now, "WG-CONCL").acts is not None
    public = duty_log(asking(now, cut, actor=""), now, "WG-CONCL")
    assert (public.acts, public.withheld > 0) == (None, True)


def test_who_may_not_see_how_far_the_committee_is_is_told_neither_what_is_open_nor_what_served(
    record: Followed,
) -> None:
    cut = Cut(known_at="2014-01-20T00:00:00.000000Z", position=record.last_position)
    for entry in duties(asking(record, cut, actor=""), record):
        assert (entry["withheld"], entry["served"], entry["opened"], entry["again_by"]) == (True, None, None, None)
    seen = {str(each["duty"]): each for each in duties(asking(record, cut, actor="chair"), record)}
    assert seen["WEB"]["withheld"] is False
    served: Any = seen["ALUMNI"]["served"]
    assert served == {"times": 0, "last": None}  # the directory is the Secretariat's own: counted as withheld
    assert all(int(str(each["withheld_events"])) > 0 for each in seen.values())
