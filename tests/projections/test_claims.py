"""What entered in a batch of late history says so wherever its actor, role or dates are shown."""

from collections.abc import Iterator

import pytest

from domain.ids import command_id, event_id
from domain.matrix.commands import AssessCells, AssessedCell, ConfirmCells
from interfaces.bootstrap import facts_of
from ledger.record import Record
from projections.blame import blame
from projections.citation import citation
from projections.documents import document
from projections.log import log
from projections.matrix import show
from tests.projections.kenya import A, ask, asking, make

LIVE, DRAFT = "T2017/op1-2-all-statement", "T2017/op1-1-all-statement"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Kenya as the batch `history` has it, and two cells of its draft touched here, one with another fact as cause."""
    with make(tmp_path_factory.mktemp("kenya")) as made:
        cell = AssessedCell(cell=LIVE, value="YES")
        made.submit(AssessCells(id="live", actor="expert", state="KEN", revision=2, cells=(cell,)))
        cause = event_id(command_id("live"), 0)
        made.submit(ConfirmCells(id="seen", actor="sec", state="KEN", revision=2, cells=(DRAFT,), causation=cause))
        yield made


def test_the_log_says_which_changes_are_the_claim_of_a_batch(record: Record) -> None:
    told = log(ask(record, standing="working"), DRAFT)
    assert [(each.what, each.claimed_by_import) for each in told.changes][:2] == [
        ("confirmed", None),
        ("assessed", "history"),
    ]
    (batch,) = told.batches
    assert (batch.batch, batch.imported_by) == ("history", "secretariat")
    assert batch.event_id == event_id(command_id("history"), 0)
    assert batch.recorded_at == record.recorded_at(batch.position)


def test_the_log_of_what_was_recorded_here_claims_nothing(record: Record) -> None:
    live = [each for each in log(ask(record, standing="working"), LIVE).changes if not each.inherited]
    assert [(each.role, each.claimed_by_import) for each in live] == [("expert", None)]


def test_blame_says_of_each_cell_and_of_its_approval_if_a_batch_claims_it(record: Record) -> None:
    view = blame(ask(record))
    cell = {each.cell: each for each in view.cells}[A]
    assert cell.claimed_by_import == "history"
    assert cell.approval is not None
    assert cell.approval.claimed_by_import == "history"
    assert [batch.batch for batch in view.batches] == ["history"]
    draft = {each.cell: each for each in blame(ask(record, standing="working")).cells}
    assert (draft[LIVE].role, draft[LIVE].claimed_by_import) == ("expert", None)
    assert draft[DRAFT].claimed_by_import == "history"


def test_a_document_and_its_corrected_reading_say_that_a_batch_claims_them(record: Record) -> None:
    view = document(asking(record, ""), facts_of(record, replay=True), "ken-2013")
    assert view.claimed_by_import == "history"
    assert [each.claimed_by_import for each in view.readings] == ["history"]
    assert [batch.batch for batch in view.batches] == ["history"]


def test_who_may_not_see_what_was_there_before_is_not_told_that_there_was_nothing(record: Record) -> None:
    (shown,) = [each for each in log(ask(record, "someone"), A).changes if not each.withheld]
    assert (shown.value, shown.old_value, shown.old_withheld) == ("", None, True)
    told = log(ask(record, "sec"), A).changes
    assert [each.old_withheld for each in told] == [False] * len(told)


def test_what_is_withheld_tells_no_batch(record: Record) -> None:
    view = blame(ask(record, "someone", standing="working"))
    assert {each.claimed_by_import for each in view.cells} == {None}
    assert view.batches == ()


def test_an_export_names_the_cells_that_a_batch_claims(record: Record) -> None:
    question = ask(record, standing="working")
    cited = citation(question, show(question), record)
    assert cited.claimed_by_import[DRAFT] == "history"
    assert LIVE not in cited.claimed_by_import
    assert [batch.batch for batch in cited.batches] == ["history"]
