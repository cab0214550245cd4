from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.refusals import MalformedInput, NotFound
from ledger.record import Record
from projections.matrix import CellView, Matrix, MatrixView, full_name, only, show
from tests.projections.kenya import LEGAL, A, B, C, D, ask, assess, history, make, value

STANDINGS = ("working", "approved", "sent", "published")
READINGS = ("corrected", "stood")
DATES = ("2013-01-31", "2013-02-10", "2013-02-28", "2013-06", "2013-10-01", "2013-12", "2014-02-15", "2018", None)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with make(tmp_path_factory.mktemp("kenya")) as made:
        yield made


def cells(record: Record, **asked: Any) -> dict[str, CellView]:
    return {cell.cell: cell for cell in show(ask(record, **asked)).view.cells}


def test_the_answer_has_the_members_of_the_format_in_their_order(record: Record) -> None:
    found = msgspec.json.decode(msgspec.json.encode(show(ask(record, as_of="2014")).view))
    assert list(found) == [
        *("state", "as_of", "known_cut", "recorded_by", "standing", "reading", "revision", "template", "legend"),
        *("notice", "synthetic", "possibly_known", "differs", "cells"),
    ]
    assert list(found["recorded_by"]) == ["position", "recorded_at"]
    assert list(found["cells"][0]) == [
        *("cell", "value", "event_id", "position", "known_at", "known_precision", "recorded_at", "sources"),
        *("carried_from", "corrected_by", "later_fact", "withheld"),
    ]
    assert found["as_of"] == "2014"
    assert found["known_cut"] == "2015-01-01T04:59:59.999999Z"
    assert (found["template"], found["revision"], len(found["cells"])) == ("T2011", 1, 389)
    assert set(found["legend"][0]) == {"value", "meaning"}


def test_an_approved_matrix_says_what_was_sealed_and_names_what_was_corrected_since(record: Record) -> None:
    found = cells(record)
    assert (found[A].value, found[B].value, found[C].value, found[D].value) == ("", "YES", "YES", None)
    assert found[A].corrected_by is None
    assert found[B].corrected_by is not None
    assert found[C].corrected_by is not None
    assert found[D].event_id is None
    assert found[D].later_fact is not None


def test_a_draft_carries_over_from_the_template_before_and_says_from_where(record: Record) -> None:
    found = cells(record, standing="working")
    carried = found["T2017/op1-2-all-statement"]
    assert (carried.value, carried.carried_from and carried.carried_from.cell) == ("", B)
    assert found["T2017/op1-1-all-statement"].carried_from is None


def test_the_two_readings_differ_between_the_fact_and_the_noticing_of_its_error(record: Record) -> None:
    believed = show(ask(record, as_of="2013-06", standing="working", reading="stood")).view
    assert believed.differs == (B, C)
    assert show(ask(record, as_of="2014-02-15", standing="working")).view.differs == (C,)
    assert show(ask(record, as_of="2014-06", standing="working")).view.differs == ()


def test_a_fact_dated_to_a_month_is_possibly_known_from_its_first_day(record: Record) -> None:
    assert show(ask(record, as_of="2013-02-10", standing="working")).view.possibly_known == 1
    assert show(ask(record, as_of="2013-01-31", standing="working")).view.possibly_known == 0
    assert show(ask(record, as_of="2013-03-01", standing="working")).view.possibly_known == 0


def test_a_law_not_in_force_blanks_its_cell_and_nothing_comes_in_its_place(record: Record) -> None:
    assert cells(record, in_force_on="2013-03-01")[LEGAL].value == "X"
    before = cells(record, in_force_on="2013-02-28")[LEGAL]
    assert (before.value, before.event_id, before.withheld) == (None, None, False)


def test_before_the_first_revision_there_is_a_notice_and_nothing_else(record: Record) -> None:
    view = show(ask(record, as_of="2010")).view
    assert (view.revision, view.template, view.legend, view.cells) == (None, None, None, ())
    assert view.notice is not None


def test_without_a_date_the_same_question_always_has_the_same_answer(record: Record) -> None:
    first, again = (show(ask(record, recorded_by="300")).view for _ in range(2))
    assert first == again
    assert first.known_cut == first.recorded_by.recorded_at


def test_where_nothing_was_recorded_by_a_time_that_time_is_the_date_and_position_0_needs_one(record: Record) -> None:
    view = show(ask(record, recorded_by="1990-01-01")).view
    assert (view.known_cut, view.recorded_by.position) == ("1990-01-02T04:59:59.999999Z", 0)
    with pytest.raises(MalformedInput):
        ask(record, recorded_by="0")


def test_one_cell_asked_where_no_matrix_is_shown_differs_alone_or_not_at_all(record: Record) -> None:
    matrix = show(ask(record, as_of="2010"))
    view = msgspec.structs.replace(matrix.view, differs=(B, C))
    assert only(ask(record), Matrix(view, matrix.answer), B.partition("/")[2]).view.differs == (B,)
    assert only(ask(record), Matrix(view, matrix.answer), "op9-1-nw-legal").view.differs == ()


@pytest.mark.parametrize(("standing", "reading"), list(product(STANDINGS, READINGS)))
def test_index_and_naive_fold_answer_alike_at_every_date_and_position(
    record: Record, standing: str, reading: str
) -> None:
    positions = range(record.last_position - len(history()) - 4, record.last_position + 1, 2)
    for as_of, position in product(DATES, map(str, positions)):
        asked: dict[str, Any] = {"as_of": as_of, "recorded_by": position, "standing": standing, "reading": reading}
        by_index: MatrixView = show(ask(record, **asked)).view
        assert by_index == show(ask(record, replay=True, **asked)).view, asked


def test_one_cell_is_found_with_or_without_its_template(record: Record) -> None:
    matrix = show(ask(record, standing="working"))
    for written in ("OP1-2-all-statement", "t2017/op1-2-all-statement"):
        assert [cell.cell for cell in only(ask(record), matrix, written).view.cells] == ["T2017/op1-2-all-statement"]
    assert full_name("T2011", "op1-1-all-statement") == A


def test_one_cell_is_marked_synthetic_only_where_what_it_shows_is(tmp_path: Path) -> None:
    with make(tmp_path) as record:
        said = value("T2017/op1-1-all-statement")
        record.submit(msgspec.structs.replace(assess("made-up", "2018-06", said, revision=2), synthetic=True))
        matrix = show(ask(record, standing="working"))
        assert matrix.view.synthetic
        assert only(ask(record, standing="working"), matrix, "op1-1-all-statement").view.synthetic
        assert not only(ask(record, standing="working"), matrix, "op1-2-all-statement").view.synthetic


def test_a_cell_that_the_template_has_not_is_refused_with_what_is_close(record: Record) -> None:
    with pytest.raises(NotFound, match="op1-2-all-statement"):
        only(ask(record), show(ask(record)), "op1-2-al-statement")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"as_of": "2013-02-30"}, "--as-of"),
        ({"recorded_by": "9999"}, "not on record yet"),
        ({"recorded_by": "2999-01-01"}, "future"),
        ({"recorded_by": "soon"}, "--recorded-by"),
        ({"in_force_on": "x"}, "--in-force-on"),
    ],
)
def test_a_place_on_the_axes_that_is_none_is_refused_by_its_option(
    record: Record, asked: dict[str, Any], says: str
) -> None:
    with pytest.raises(MalformedInput, match=says):
        ask(record, **asked)


def test_what_is_recorded_by_a_day_is_what_was_on_record_at_its_end(record: Record) -> None:
    today = record.recorded_at(record.last_position)[:10]
    assert ask(record, recorded_by=today[:7]).axes.recorded_by.position == record.last_position
    assert ask(record, recorded_by="2013-12-31").axes.recorded_by.position == 0
    view = show(ask(record, recorded_by="2013-12-31")).view
    assert (view.revision, view.recorded_by.recorded_at, view.notice) == (None, None, None)
