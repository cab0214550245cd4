from collections.abc import Iterator
from typing import Any

import pytest

from domain.refusals import NotFound
from domain.standing import Cut
from domain.times import parse
from interfaces.bootstrap import facts_of
from ledger.record import Record
from projections.blame import blame
from projections.diff import Diff, diff, matrix_side, revision_side
from projections.documents import document
from projections.log import Change, log
from projections.sheets import guarded
from projections.states import find, name_of
from projections.waiting import waiting
from tests.projections.kenya import A, B, C, D, ask, asking, make

DRAFT = "T2017/op1-1-all-statement"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with make(tmp_path_factory.mktemp("kenya")) as made:
        yield made


def story(record: Record, cell: str, **asked: Any) -> list[Change]:
    return list(log(ask(record, standing="working", **asked), cell).changes)


def told(changes: list[Change]) -> list[tuple[str | None, str | None, str | None]]:
    return [(change.what, change.old_value, change.value) for change in changes]


def test_blame_says_in_what_role_from_which_page_and_where_first_approved(record: Record) -> None:
    cell = {each.cell: each for each in blame(ask(record)).cells}[A]
    assert (cell.role, cell.known_precision) == ("expert", "month")
    assert [(source.document_id, source.locator) for source in cell.sources or ()] == [("ken-2013", "p. 1")]
    assert cell.approval is not None
    assert (cell.approval.decision_id, cell.approval.revision) == ("2013-1", 1)


def test_blame_of_a_draft_says_what_is_not_yet_approved(record: Record) -> None:
    cells = {each.cell: each for each in blame(ask(record, standing="working")).cells}
    assert cells[DRAFT].event_id is not None
    assert cells[DRAFT].approval is None
    assert cells["T2017/op1-2-all-statement"].approval is None  # the correction was never approved
    assert blame(ask(record, standing="working", as_of="2013-08")).cells[0].approval is None


def test_the_log_tells_the_last_change_first_with_what_it_said_before(record: Record) -> None:
    assert told(story(record, A)) == [("confirmed", None, None), ("assessed", "YES", ""), ("assessed", None, "YES")]


def test_a_correction_is_marked_with_what_it_strikes(record: Record) -> None:
    corrected, assessed = story(record, B)
    assert told([corrected, assessed]) == [("corrected", "YES", ""), ("assessed", None, "YES")]
    assert (corrected.strikes, corrected.reason, corrected.stands) == (assessed.event_id, "our typo", True)
    assert (assessed.stands, assessed.struck_by) == (False, corrected.event_id)


def test_what_was_recorded_in_error_leaves_what_was_there_before(record: Record) -> None:
    void, assessed = story(record, C)
    assert told([void, assessed]) == [("recorded in error", "YES", None), ("assessed", None, "YES")]
    assert (assessed.stands, assessed.struck_by) == (False, void.event_id)


def test_as_it_stood_an_error_not_yet_noticed_is_not_told(record: Record) -> None:
    assert told(story(record, B, as_of="2013-12", reading="stood")) == [("assessed", None, "YES")]
    assert len(story(record, B, as_of="2014-03", reading="stood")) == 2


def test_only_what_was_known_and_recorded_by_then_is_told(record: Record) -> None:
    assert told(story(record, A, as_of="2013-02-06")) == [("assessed", None, "YES")]
    assert story(record, A, as_of="2013-01") == []


def test_a_late_fact_is_marked(record: Record) -> None:
    assert [(change.late_fact, change.value) for change in story(record, D)] == [(True, "YES")]


def test_the_log_of_a_later_template_reads_through_to_the_one_before(record: Record) -> None:
    changes = story(record, DRAFT)
    assert [(change.cell, change.inherited) for change in changes] == [(DRAFT, False), *[(A, True)] * 3]
    assert (changes[0].old_value, changes[0].value) == ("", "")


def test_the_log_of_a_cell_that_is_none_suggests_what_is_close(record: Record) -> None:
    with pytest.raises(NotFound, match="did you mean T2011/op1-1-all-statement"):
        story(record, "T2011/op1-1-all-statment")


def compare(record: Record, left: dict[str, Any], right: dict[str, Any]) -> Diff:
    question = ask(record, **right)
    return diff(question, matrix_side(ask(record, **left)), matrix_side(question))


def test_two_dates_differ_in_what_was_assessed_between_them(record: Record) -> None:
    found = compare(record, {"standing": "working", "as_of": "2013-02-10"}, {"standing": "working", "as_of": "2013-12"})
    assert [(each.cell, each.left.value, each.right.value) for each in found.differences] == [
        (A, "YES", ""),
        (D, None, "YES"),
    ]
    assert (found.same, found.withheld) == (387, 0)


def test_the_same_date_twice_does_not_differ(record: Record) -> None:
    found = compare(record, {"as_of": "2014"}, {"as_of": "2014"})
    assert (found.differences, found.same) == ((), 389)


def test_revisions_on_two_templates_are_compared_along_the_carry_over(record: Record) -> None:
    question = ask(record)
    found = diff(question, revision_side(question, 1), revision_side(question, 2))
    assert {each.cell: (each.from_cells, each.differs) for each in found.differences} == {
        DRAFT: ((A,), "basis"),
        "T2017/op1-2-all-statement": ((B,), "value"),
        "T2017/op1-3-all-statement": ((C,), "value"),
    }


def test_a_revision_that_is_not_there_is_refused_with_those_that_are(record: Record) -> None:
    with pytest.raises(NotFound, match="on record: 1, 2"):
        revision_side(ask(record), 9)


def test_a_submission_waits_until_it_is_read_or_cited(record: Record) -> None:
    question = ask(record)
    assert [each.submission for each in waiting(question, record)] == ["ken-2"]
    early = ask(record, as_of="2013-01-15")
    assert [each.submission for each in waiting(early, record)] == ["ken-1"]
    between = ask(record, as_of="2013-06-15")
    assert [each.submission for each in waiting(between, record)] == ["ken-2", "ken-3"]


def test_what_waits_is_not_told_to_whom_it_is_not_addressed(record: Record) -> None:
    assert waiting(ask(record, "someone"), record) == ()
    assert [each.submission for each in waiting(ask(record, "kenya"), record)] == ["ken-2"]


def test_a_corrected_reading_stands_beside_the_original(record: Record) -> None:
    facts = facts_of(record, replay=True)
    view = document(asking(record), facts, "ken-2013")
    assert (view.original, view.corrected) == (
        "The State has a 1aw.\nIt is in force.\n",
        "The State has a law.\nIt is in force.\n",
    )
    assert {each.what for each in view.cited_by} == {"reading", "cell", "submission"}
    assert [each.struck for each in view.cited_by if each.name == C] == [True]
    early = document(asking(record, as_of="2013-01-15"), facts, "ken-2013")
    assert (early.readings, early.original) == ((), None)
    assert [each.what for each in early.cited_by] == ["submission"]


def test_a_document_that_is_none_is_refused_with_what_is_close(record: Record) -> None:
    facts = facts_of(record, replay=True)
    with pytest.raises(NotFound, match="did you mean ken-2013"):
        document(asking(record), facts, "ken-201")
    with pytest.raises(NotFound) as refused:
        document(asking(record, ""), facts, "ken-secre")
    assert "secret" not in refused.value.remedy


@pytest.mark.parametrize("written", ["KEN", "ken", "Kenya", "kenya", " KENYA "])
def test_a_state_is_found_by_code_and_name(record: Record, written: str) -> None:
    assert find(record, written) == "KEN"


def test_a_state_is_found_by_french_and_former_names_and_named_as_of_the_date(record: Record) -> None:
    assert find(record, "Côte d’Ivoire") == find(record, "cote d'ivoire") == "CIV"
    assert find(record, "Swaziland") == find(record, "Eswatini") == "SWZ"
    assert name_of(record, "SWZ", Cut(known_at=parse("2015")[0])) == "Swaziland"


def test_a_state_that_is_none_is_refused_with_what_is_close(record: Record) -> None:
    with pytest.raises(NotFound, match=r"KEN \(Kenya\)"):
        find(record, "Kenia")


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("KNE", "did you mean KEN (Kenya)?"),
        ("KEM", "did you mean KEN (Kenya) or KHM (Cambodia) or YEM (Yemen)?"),
        ("Frnace", "did you mean FRA (France)?"),
        ("Tanzania", "did you mean TZA (United Republic of Tanzania)?"),
        ("United States", "did you mean USA (United States of America)?"),
        ("UK", "did you mean GBR (United Kingdom of Great Britain and Northern Ireland)?"),
        ("Russia", "did you mean RUS (Russian Federation)?"),
        ("Korea", "did you mean KOR (Republic of Korea) or PRK (Democratic People's Republic of Korea)?"),
    ],
)
def test_a_short_or_mistyped_name_suggests_the_state_it_is_near_to(record: Record, written: str, advice: str) -> None:
    with pytest.raises(NotFound) as refused:
        find(record, written)
    assert refused.value.remedy == advice


@pytest.mark.parametrize("written", ["Narnia", "Atlantis", "Republic", "K"])
def test_what_is_near_to_no_state_suggests_none(record: Record, written: str) -> None:
    with pytest.raises(NotFound) as refused:
        find(record, written)
    assert "did you mean" not in refused.value.remedy


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_spreadsheet_takes_a_quotation_for_a_formula(start: str) -> None:
    assert guarded(f"{start}1+1") == f"'{start}1+1"
    assert guarded(f"a{start}") == f"a{start}"
