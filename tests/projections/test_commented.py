"""What a State said of a cell is told with the cell's story: at any date, until it is struck, for who may read it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.correcting import MarkInError
from domain.exchange.comments import Comment, CommentOnMatrix
from ledger.record import Record
from projections.commented import SaidOfCell
from projections.log import CellLog, log
from tests.projections.kenya import A, B, ask, make


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with make(tmp_path) as made:
        comments(made, "said-first", "the Act was amended", "2013-07-01")
        yield made


def comments(record: Record, key: str, text: str, received: str) -> None:
    said = (Comment(cell=A, text=text),)
    record.submit(
        CommentOnMatrix(id=key, actor="sec", state="KEN", revision=1, comments=said, received=received),
    )


def story(record: Record, cell: str = A, **asked: Any) -> CellLog:
    return log(ask(record, standing="working", **asked), cell)


def texts(found: CellLog) -> list[str]:
    return [each.text for each in found.said]


def test_the_log_of_a_cell_tells_what_the_state_said_of_it_the_last_first(record: Record) -> None:
    comments(record, "said-second", "and has entered into force", "2013-09-01")
    assert texts(story(record)) == ["and has entered into force", "the Act was amended"]
    assert texts(story(record, B)) == []
    (said,) = story(record, as_of="2013-08").said
    assert isinstance(said, SaidOfCell)
    assert said.received_at == "2013-07-02T03:59:59.999999Z"
    assert texts(story(record, as_of="2013-06-30")) == []


def test_a_comment_that_was_recorded_in_error_is_told_no_longer(record: Record) -> None:
    before = record.last_position
    record.submit(MarkInError(id="void", actor="sec", target="said-first#0", reason="another State's"))
    assert texts(story(record)) == []
    assert texts(story(record, recorded_by=str(before))) == ["the Act was amended"]


def test_who_may_not_read_a_comment_is_told_that_there_is_one(record: Record) -> None:
    found = story(record, actor="")
    assert (texts(found), found.said_withheld) == ([], 1)
