"""The programme board, from rows of views, is what the calendar says from the events alone; and who sees what of it."""

from typing import Any

import pytest
from msgspec.structs import replace

from domain.calendar import due_of, to_json
from domain.deadline import DropDeadline, ExtendDeadline, RecordStep
from domain.deciding import stands_at
from domain.decision import Adopt, Propose, ProposedItem
from domain.refusals import NotFound
from domain.standing import Cut
from domain.times import parse
from projections.bearing import VIEWS
from projections.board import Board, board
from projections.engine.following import Follower
from projections.engine.rows import StoredRows
from projections.engine.store import Store
from projections.states import members
from tests.domain.asked import due_at, facts_at
from tests.histories.yearly import Years
from tests.projections.asked import asking
from tests.projections.engine.given import Followed, cuts, programmes


def told(found: Board) -> list[dict[str, Any]]:
    """Return the duties of a board in its order, as `due` gives them."""
    return [
        {name: value for name, value in duty.items() if name not in ("withheld", "again_in")}
        for each in found.paragraphs
        for duty in each.duties
    ]


@pytest.mark.parametrize("seed", range(2))
def test_the_board_from_rows_is_what_is_due_from_the_events_alone(store: Store, seed: int) -> None:
    record = programmes(seed, 100)
    Follower(store, record, VIEWS, batch=50).catch_up()
    for cut in cuts(record, seed, 12)[:-1]:
        for number in (12, 13):
            states = members(record, cut)
            facts = facts_at(record, cut)
            of_events = due_of(stands_at(record, cut), cut.known_at, number, facts=facts, states=states)
            try:
                found = board(asking(record, cut, StoredRows(store)), record, number)
            except NotFound:
                assert not of_events
                continue
            in_order = [to_json(each) for each in of_events]
            assert sorted(told(found), key=str) == sorted(in_order, key=str)
            assert found == board(asking(record, cut), record, number)


@pytest.mark.parametrize("seed", range(3))
def test_what_no_later_programme_names_again_is_on_the_board_as_in_the_list_of_what_is_due(seed: int) -> None:
    record = programmes(seed, 100)
    for cut in cuts(record, seed + 50, 10)[:-1]:
        listed = due_at(record, cut, states=members(record, cut))
        for number in (12, 13):
            entries = {each.duty: each for each in listed if each.programme == number}
            standing, facts = stands_at(record, cut), facts_at(record, cut)
            board_of = due_of(standing, cut.known_at, number, facts=facts, states=members(record, cut))
            assert {each.duty: each for each in board_of if each.duty in entries} == entries


STEP: dict[str, Any] = {"actor": "sec", "duty": "ODA-REP", "deadline": "duty/ODA-REP"}


@pytest.fixture
def years() -> Years:
    return Years(0)


def seen(years: Years, day: str, actor: str = "sec", number: int | None = None) -> Board:
    record = Followed(years.record)
    return board(
        asking(record, Cut(known_at=parse(day)[0], position=record.last_position), actor=actor), record, number
    )


def duty(found: Board, name: str) -> dict[str, Any]:
    return next(duty for each in found.paragraphs for duty in each.duties if duty["duty"] == name)


def decides(years: Years, name: str, day: str) -> None:
    item = ProposedItem(number=1, text="")
    years.record.submit(Propose(id=f"{name}-p", actor="sec", known=day, decision=name, title="", items=(item,)))
    years.record.submit(Adopt(id=f"{name}-a", actor="sec", known=day, decision=name, meeting="m"))


def test_all_55_duties_stand_by_paragraph_in_the_order_of_the_programme(years: Years) -> None:
    found = seen(years, "2013-06-15")
    assert sum(len(each.duties) for each in found.paragraphs) == 55
    assert [each.paragraph for each in found.paragraphs][:4] == ["1 (=1977 OP4)", "2; 6(a)(i) (=1977 OP9)", "2", "3"]
    assert [each["duty"] for each in found.paragraphs[4].duties] == ["WG-CHAIRS", "WG-CAL", "WG-REP"]
    assert (found.programme, found.period_from, found.period_to) == (12, "2013-06-01", "2014-05-31")
    assert duty(found, "ONBOARD")["basis"] == "internal"
    assert duty(found, "MATRIX-ALL")["progress"] == {"done": 0, "of": 2}


def test_what_was_done_after_its_last_day_is_late_and_says_by_which_document(years: Years) -> None:
    document = years.twelfth.document_id
    for step, day in (("asked", "2013-06-20"), ("received", "2013-09-10")):
        years.record.submit(RecordStep(**STEP, id=step, known=day, step=step, document=document))
    assert duty(seen(years, "2013-09-05"), "ODA-REP")["status"] == "overdue"
    found = seen(years, "2013-09-10")
    entry = duty(found, "ODA-REP")
    assert (entry["status"], entry["late"]) == ("done", True)
    assert found.counts is not None
    assert (found.counts["done"], found.counts["late"], found.counts["extended"]) == (1, 1, 0)
    (asked, received) = found.acts
    assert [step["event_id"] for step in entry["steps"]] == [asked.event_id, received.event_id]
    assert (received.document, received.decision, entry["closed_by"]) == (document, None, received.event_id)


def test_what_was_moved_or_dropped_says_by_which_event_and_decision(years: Years) -> None:
    decides(years, "2013-40", "2013-08-20")
    moving: dict[str, Any] = {"id": "move", "known": "2013-08-20", "decision": "2013-40", "reason": "more time"}
    years.record.submit(ExtendDeadline(**STEP, **moving, due="2013-12-31"))
    decides(years, "2014-02", "2014-01-15")
    dropping: dict[str, Any] = {"id": "drop", "known": "2014-01-15", "decision": "2014-02", "reason": "not needed"}
    years.record.submit(DropDeadline(**STEP, **dropping))
    before = seen(years, "2013-09-10")
    assert (duty(before, "ODA-REP")["status"], duty(before, "ODA-REP")["last_day"]) == ("open", "2013-12-31")
    found = seen(years, "2014-01-15")
    entry = duty(found, "ODA-REP")
    assert entry["status"] == "dropped"
    acts = {act.event_id: act for act in found.acts}
    assert (acts[entry["extension"]].decision, acts[entry["closed_by"]].decision) == ("2013-40", "2014-02")


def test_a_duty_that_the_next_programme_names_again_stays_on_the_earlier_board_as_it_was(years: Years) -> None:
    (adopted,) = years.thirteenth()
    years.record.submit(replace(adopted, id="thirteenth", known="2014-05-20"))
    report: dict[str, Any] = {**STEP, "duty": "REGIONAL-REP", "deadline": "duty/REGIONAL-REP", "step": "adopted"}
    years.record.submit(RecordStep(**report, id="r", known="2014-09-01", document=years.twelfth.document_id))
    assert seen(years, "2014-05-31").programme == 12
    assert seen(years, "2014-06-01").programme == 13
    twelfth, thirteenth = (duty(seen(years, "2014-10-01", number=each), "REGIONAL-REP") for each in (12, 13))
    assert (twelfth["status"], twelfth["again_in"]) == ("overdue", 13)
    assert (thirteenth["status"], thirteenth["again_in"], thirteenth["late"]) == ("done", None, False)


def test_a_programme_that_was_not_known_yet_has_no_board(years: Years) -> None:
    with pytest.raises(NotFound, match="programme 13 was not known there"):
        seen(years, "2014-01-01", number=13)
    with pytest.raises(NotFound, match="no programme with duties"):
        seen(years, "2013-05-30")


@pytest.mark.parametrize("day", ["2013-09-10", "2023-01-01"])
@pytest.mark.parametrize("actor", ["sec", "chair", ""])
def test_who_may_not_see_how_far_the_committee_is_sees_the_programmes_own_words(
    years: Years, actor: str, day: str
) -> None:
    years.record.submit(
        RecordStep(**STEP, id="a", known="2013-06-20", step="asked", document=years.twelfth.document_id)
    )
    decides(years, "2013-40", "2013-08-20")
    moving: dict[str, Any] = {"id": "move", "known": "2013-08-20", "decision": "2013-40", "reason": "more time"}
    years.record.submit(ExtendDeadline(**STEP, **moving, due="2013-12-31"))
    found = seen(years, day, actor)
    entry = duty(found, "ODA-REP")
    assert {each["withheld"] for every in found.paragraphs for each in every.duties} == {actor == ""}
    if actor:
        assert (entry["extended_by"], found.withheld, len(found.acts)) == ("2013-40", 0, 2)
    else:
        assert (found.counts, found.acts, found.withheld) == (None, (), 2)
        assert (entry["due"], entry["due_policy"], entry["status"], entry["steps"]) == ("2013-09-01", "by", None, None)
        assert len({each["duty"] for every in found.paragraphs for each in every.duties}) == 55
