"""Where each State's matrix is, at any date and for who may see it; and what changed in a period."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import msgspec
import pytest

from interfaces.bootstrap import facts_of
from ledger.record import Record
from projections.axes import span
from projections.current import Current, matrices
from projections.log import log
from projections.matrix import show
from projections.views.changes import CellChange, Changes, changes
from tests.projections.kenya import LEGAL, A, B, C, D, ask, asking, make


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with make(tmp_path_factory.mktemp("kenya")) as made:
        yield made


def kenya(record: Record, actor: str = "sec", **asked: Any) -> Current:
    found = matrices(asking(record, actor, **asked))
    assert len(found.matrices) == 193
    assert found.notice
    return next(each for each in found.matrices if each.state == "KEN")


def dates(line: Current) -> list[str | None]:
    acts = (line.opened, line.sealed, line.approved, line.sent, line.published)
    return [None if act is None else f"{act.known_at[:7]} {act.revision}" for act in acts]


def test_a_line_says_which_revision_is_the_last_and_what_was_done_last(record: Record) -> None:
    line = kenya(record)
    assert (line.name, line.revision, line.template) == ("Kenya", 2, "T2017")
    assert dates(line) == ["2018-01 2", None, "2013-09 1", "2013-06 1", "2013-11 1"]
    assert dates(kenya(record, as_of="2013-06-30")) == ["2013-02 1", "2013-05 1", None, "2013-06 1", None]
    assert dates(kenya(record, as_of="2012")) == [None] * 5


def test_a_revision_is_told_as_show_tells_it(record: Record) -> None:
    for as_of in ("2012", "2013-02-03", "2013-12-31", None):
        shown = show(ask(record, as_of=as_of, standing="working")).view
        line = kenya(record, as_of=as_of)
        assert (line.revision, line.template) == (shown.revision, shown.template)


def test_the_public_is_told_of_publications_and_a_state_of_what_was_sent_to_it(record: Record) -> None:
    assert dates(kenya(record, "someone")) == [None, None, None, None, "2013-11 1"]
    assert dates(kenya(record, "kenya")) == [None, None, None, "2013-06 1", "2013-11 1"]
    assert dates(kenya(record, "france", as_of="2013-06-30")) == [None] * 5
    assert matrices(asking(record, "someone")).withheld == 5
    assert dates(kenya(record, "expert")) == dates(kenya(record))


def changed(record: Record, since: str, until: str | None = None, actor: str = "sec", **asked: Any) -> Changes:
    of = asking(record, actor, **asked)
    known_from, axes = span(of.axes, since, until)
    return changes(msgspec.structs.replace(of, axes=axes), facts_of(record, replay=True), known_from)


def said(found: Changes) -> list[tuple[str, str | None, str | None]]:
    return [(each.cell, each.old_value, each.value) for each in found.changes]


def test_what_became_known_in_a_period_is_told_with_what_was_said_before(record: Record) -> None:
    found = changed(record, "2013-02", "2013-02")
    assert said(found) == [(A, None, "YES"), (B, None, ""), (LEGAL, None, "X"), (A, "YES", "")]
    assert said(changed(record, "2013-02", "2013-02", reading="stood")) == [
        (A, None, "YES"),
        (B, None, "YES"),
        (C, None, "YES"),
        (LEGAL, None, "X"),
        (A, "YES", ""),
    ]
    assert said(changed(record, "2013-03", "2013-12")) == [(D, None, "YES")]
    assert said(changed(record, "2018")) == [("T2017/op1-1-all-statement", "", "")]


def test_the_last_change_of_a_cell_is_what_its_matrix_says(record: Record) -> None:
    for reading in ("corrected", "stood"):
        for as_of in ("2013-02-10", "2013-12-31", "2014-02-15", "2019"):
            shown = show(ask(record, as_of=as_of, standing="working", reading=reading)).view
            told = [e for e in changed(record, "2000", as_of, reading=reading).changes if e.revision == shown.revision]
            own = {e.cell: e.event_id for e in shown.cells if e.event_id is not None and e.carried_from is None}
            assert {each.cell: each.event_id for each in told} == own


def test_each_change_follows_on_the_one_before(record: Record) -> None:
    def cell(each: CellChange) -> tuple[int, str]:
        return each.revision, each.cell

    told = sorted(changed(record, "2000", reading="stood").changes, key=cell)
    for _, group in groupby(told, key=cell):
        first, *others = group
        assert [each.old_value for each in others] == [each.value for each in (first, *others)][:-1]
    (last,) = [each for each in told if each.revision == 2]
    assert last.old_value == log(ask(record, standing="working"), last.cell).changes[0].old_value


def test_the_public_sees_the_changes_that_are_published_and_not_what_was_there_before(record: Record) -> None:
    whole, public = changed(record, "2000"), changed(record, "2000", actor="someone")
    published = show(ask(record, "someone", standing="published")).view
    events = {each.event_id for each in published.cells if each.event_id is not None}
    assert {each.event_id for each in public.changes} == events & {each.event_id for each in whole.changes}
    assert all(each.old_withheld and each.old_value is None for each in public.changes)
    assert public.withheld == len(whole.changes) - len(public.changes) > 0
    assert not any(each.old_withheld for each in whole.changes)
