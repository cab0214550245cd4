"""The Committee's own work in figures is what a stranger counts in the log; no figure names a State or ranks one."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest

from domain.refusals import MalformedInput, NotFound
from domain.standing import Cut
from domain.times import parse
from interfaces.bootstrap import now_of
from ledger.record import Record
from projections.engine.following import Follower
from projections.engine.rows import StoredRows
from projections.engine.store import Store
from projections.non_reporters import NonReporters, non_reporters
from projections.periods import Between, between
from projections.states import members
from projections.statistics import VIEWS, Statistics, statistics
from tests.projections.asked import asking
from tests.projections.engine.given import Followed, cuts, matrices, programmes, registry
from tests.projections.kenya import ACTORS, make
from tests.stranger.counts import counts

COMMITTEE = {"sec", "sec2", "expert", "member", "chair", "auditor"}


def places(positions: str) -> set[int]:
    """Return the positions that a figure cites."""
    found: set[int] = set()
    for each in positions.split():
        first, _, last = each.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found


@pytest.mark.parametrize("history", ["matrices", "registry", "programmes"])
def test_every_figure_is_what_a_stranger_counts_in_the_log(store: Store, history: str) -> None:
    record = {"matrices": matrices, "registry": registry, "programmes": programmes}[history](11, 110)
    Follower(store, record, VIEWS, batch=40).catch_up()
    lines = list(record.record.export())
    total: Counter[str] = Counter()
    for cut in cuts(record, 11, 12)[:-1]:
        found = statistics(asking(record, cut, StoredRows(store)), record, by="month")
        theirs = counts(lines, known_cut=cut.known_at, position=cut.position, reading=cut.reading)
        for figure in found.figures:
            if not figure.figure.startswith("states-"):
                counted = theirs[figure.figure]
                assert (figure.count, places(figure.positions)) == (len(counted), {place for _, place in counted})
                assert figure.periods == Counter(day[:7] for day, _ in counted)
                total[figure.figure] += figure.count
    assert total.total() > 50


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with make(tmp_path_factory.mktemp("kenya")) as made:
        yield made


def asked(record: Record, actor: str = "sec", day: str = "2014-12-31") -> Any:
    return asking(record, Cut(known_at=parse(day)[0], position=record.last_position), actor=actor)


def figures(record: Record, period: Between, day: str = "2014-12-31") -> dict[str, int]:
    found = statistics(asked(record, day=day), record, period)
    return {each.figure: each.count for each in found.figures if each.count}


def test_the_work_of_a_year_is_counted_by_kind(record: Record) -> None:
    assert figures(record, between("2013", "2013")) == {
        "received-additional-information": 3,
        "submissions-read": 1,
        "cells-assessed": 5,
        "matrices-approved": 1,
        "matrices-sent": 1,
        "matrices-published": 1,
    }
    assert figures(record, between("2014-01", "2014-12-31")) == {"cells-corrected": 1}
    assert figures(record, between(None, "2013-01-31")) == {"received-additional-information": 1}
    assert figures(record, between("2013", None), "2013-02-28")["cells-assessed"] == 4


def test_handling_times_run_from_receipt_to_reading_or_the_first_cell_that_cites_it(record: Record) -> None:
    found = statistics(asked(record), record, by="year")
    (reflected, adopted) = found.handling
    cited, read = (date(2013, 2, 5) - date(2013, 1, 10)).days, (date(2013, 7, 1) - date(2013, 6, 11)).days
    assert reflected.days is not None
    assert (reflected.days.count, reflected.days.longest) == (2, max(cited, read))
    assert reflected.days.median == (cited + read) / 2
    assert (reflected.waiting, reflected.periods) == (1, {"2013": reflected.days})
    assert (adopted.days, adopted.waiting) == (None, 0)


def test_each_figure_shows_the_events_that_it_rests_on(record: Record) -> None:
    found = statistics(asked(record), record, show="matrices-published")
    (event,) = found.shown
    (figure,) = (each for each in found.figures if each.figure == "matrices-published")
    assert (event.type, figure.positions) == ("consent.published", str(event.position))
    with pytest.raises(NotFound, match="matrices-publish"):
        statistics(asked(record), record, show="matrices-publish")


def test_figures_name_no_state(record: Record) -> None:
    told = msgspec.json.encode(statistics(asked(record), record, by="month", show="cells-assessed")).decode()
    assert "KEN" not in told
    assert "not a tool for measuring compliance" in told


def test_a_period_is_of_whole_days_months_or_years(record: Record) -> None:
    assert between("2013", "2014-02") == Between("2013-01-01", "2014-02-28")
    for first, last in (("2014", "2013"), ("soon", None)):
        with pytest.raises(MalformedInput):
            between(first, last)
    assert figures(record, Between("2030-01-01", None)) == {}


@pytest.mark.parametrize("day", ["2013-06-30", "2014-12-31"])
def test_the_work_of_the_committee_is_withheld_whole_from_all_others_now_and_in_the_past(
    record: Record, day: str
) -> None:
    for actor in (*ACTORS, ""):
        ask = msgspec.structs.replace(asked(record, actor, day), now=now_of(record))
        of_work, listed = statistics(ask, record), non_reporters(ask, record)
        assert bool(of_work.figures) == (actor in COMMITTEE), actor
        assert (listed.states is not None) == (actor in COMMITTEE), actor
        if actor not in COMMITTEE:
            assert nothing_told(of_work)
            assert of_work.withheld > 0
            assert listed.list_id is None


def nothing_told(found: Statistics) -> bool:
    return not any((found.examined, found.first_reports, found.figures, found.handling, found.shown))


def listed(record: Followed, cut: Cut) -> NonReporters:
    return non_reporters(asking(record, cut), record)


def test_a_list_of_non_reporters_is_the_same_to_the_letter_whatever_is_recorded_later() -> None:
    record = registry(5, 150)
    position = record.last_position - 20
    at = Cut(known_at=parse("2008-06")[0], position=position)
    before = listed(Followed(record.record.cut_after(position)), at)
    assert before == listed(record, at)
    others = [listed(record, Cut(known_at=at.known_at, position=position - 1)), listed(record, Cut(position=position))]
    others.append(listed(record, Cut(known_at=at.known_at, position=position, reading="stood")))
    assert len({each.list_id for each in (before, *others)}) == 4


def test_who_reported_first_and_took_it_back_has_not_reported(record: Record) -> None:
    found = non_reporters(asked(record), record)
    assert (found.members, len(found.states or ())) == (193, 193)
    assert [each.name for each in (found.states or ())][:2] == ["Afghanistan", "Albania"]
    for seed in range(3):
        made_up = registry(seed, 150)
        for cut in cuts(made_up, seed, 6):
            theirs = counts(made_up.record.export(), known_cut=cut.known_at, position=cut.position, reading=cut.reading)
            reported = {
                made_up.record.events[place - 1].body.state  # type: ignore[attr-defined] # a receipt names its State
                for _, place in theirs["received-first-report"]
            }
            states = listed(made_up, cut).states
            assert states is not None
            assert {each.state for each in states}.isdisjoint(reported)
            assert {each.state for each in states} | reported == {*members(made_up, cut)} | reported
