"""Mappings: given two templates, when it is adopted what became of each row, then every row of both is named once."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from domain.actor import GrantRole, RegisterActor
from domain.audiences import PUBLIC
from domain.mapping import AdoptMapping, IncompleteMapping, MappedRow, MappingAdopted, sources_of
from domain.recorded import Recorded
from domain.refusals import MalformedInput, NotFound, NotPermitted
from domain.template import AdoptTemplate, AlreadyAdopted
from tests.committee import Committee
from tests.histories.made_up import LEGEND, cell, field

A1, A2, A3, A4, A5, A6 = (cell("A", item) for item in range(1, 7))
B1, B2, B3, B4, B5, B6 = (cell("B", item) for item in range(1, 7))


def row(became: str, old: Sequence[str], new: Sequence[str]) -> MappedRow:
    ground = "resolution 1977 (2011), made up for this test"
    return MappedRow(became=became, from_cells=tuple(old), to_cells=tuple(new), ground=ground, confidence="medium")


KEPT, RENAMED, SPLIT = row("kept", [A1], [B1]), row("renamed", [A2], [B2]), row("split", [A3], [B3, B4])
MERGED, DROPPED, NEW = row("merged", [A4, A5], [B5]), row("dropped", [A6], []), row("new", [], [B6])
ROWS = (KEPT, RENAMED, SPLIT, MERGED, DROPPED, NEW)
TURNED = {"split": "merged", "merged": "split", "dropped": "new", "new": "dropped"}
BACK = tuple(row(TURNED.get(each.became, each.became), each.to_cells, each.from_cells) for each in ROWS)


@pytest.fixture
def committee() -> Committee:
    committee = Committee()
    for name in "AB":
        fields = tuple(field(cell(name, item)) for item in range(1, 7))
        committee.one(AdoptTemplate, template=name, legend=LEGEND, notice="Made up.", fields=fields)
    return committee


def maps(committee: Committee, *rows: MappedRow, before: str = "A", after: str = "B", actor: str = "sec") -> Recorded:
    return committee.one(AdoptMapping, from_template=before, to_template=after, rows=rows, actor=actor)


def test_a_mapping_says_what_became_of_each_row_on_what_ground_and_how_sure_we_are(committee: Committee) -> None:
    event = maps(committee, *ROWS)
    assert event.body == MappingAdopted(from_template="A", to_template="B", rows=ROWS)
    assert (event.header.stream, event.header.audience) == ("mapping/A-B", PUBLIC)


def test_a_target_reads_the_cells_it_came_from_in_their_order_and_a_new_one_none(committee: Committee) -> None:
    body = maps(committee, *ROWS).body
    assert isinstance(body, MappingAdopted)
    assert sources_of(body) == {B1: (A1,), B2: (A2,), B3: (A3,), B4: (A3,), B5: (A4, A5)}


def test_only_the_secretariat_adopts_a_mapping(committee: Committee) -> None:
    committee.one(RegisterActor, name="expert")
    committee.one(GrantRole, to="expert", granted_role="expert")
    with pytest.raises(NotPermitted):
        maps(committee, *ROWS, actor="expert")


@pytest.mark.parametrize("left_out", ROWS, ids=lambda row: row.became)
def test_a_row_that_is_not_named_leaves_the_mapping_incomplete(committee: Committee, left_out: MappedRow) -> None:
    with pytest.raises(IncompleteMapping) as refused:
        maps(committee, *(each for each in ROWS if each != left_out))
    assert any(named in refused.value.what for named in (*left_out.from_cells, *left_out.to_cells))


@pytest.mark.parametrize(
    ("rows", "about"),
    [
        ((*ROWS, row("dropped", [A1], [])), A1),
        ((*ROWS, row("new", [], [B1])), B1),
        ((*ROWS[:3], row("merged", [A4, A4], [B5]), row("dropped", [A5], []), *ROWS[4:]), A4),
        ((*ROWS[:2], row("split", [A3], [B3, B3]), row("new", [], [B4]), *ROWS[3:]), B3),
        ((*ROWS[1:], row("renamed", [A1], [B2]), row("new", [], [B1])), B2),
    ],
    ids=["kept and dropped", "kept and new", "merged with itself", "split into itself twice", "two sources apart"],
)
def test_a_cell_named_twice_is_refused_by_its_name(
    committee: Committee, rows: tuple[MappedRow, ...], about: str
) -> None:
    with pytest.raises(IncompleteMapping, match=about):
        maps(committee, *rows)


@pytest.mark.parametrize(
    ("stranger", "about"),
    [
        (row("dropped", [cell("A", 7)], []), cell("A", 7)),
        (row("new", [], [cell("B", 7)]), cell("B", 7)),
        (row("dropped", [cell("T1", 1)], []), cell("T1", 1)),
    ],
)
def test_a_cell_that_neither_template_has_is_refused_by_its_name(
    committee: Committee, stranger: MappedRow, about: str
) -> None:
    with pytest.raises(IncompleteMapping, match=about):
        maps(committee, *ROWS, stranger)


def test_the_cells_of_one_side_do_not_stand_on_the_other(committee: Committee) -> None:
    with pytest.raises(IncompleteMapping):
        maps(committee, *BACK)


@pytest.mark.parametrize(
    "wrong",
    [
        row("kept", [A1, A2], [B1]),
        row("kept", [A1], []),
        row("renamed", [A2], [B1, B2]),
        row("split", [A3], [B3]),
        row("split", [A3, A4], [B3, B4]),
        row("merged", [A4], [B5]),
        row("merged", [A4, A5], [B4, B5]),
        row("dropped", [A6], [B6]),
        row("dropped", [A5, A6], []),
        row("new", [A6], [B6]),
        row("new", [], [B5, B6]),
        row("dropped", [], []),
        row("new", [], []),
        row("moved", [A1], [B1]),
        row("", [A1], [B1]),
    ],
    ids=lambda row: f"{row.became} {len(row.from_cells)} to {len(row.to_cells)}",
)
def test_what_became_of_a_row_fits_the_cells_it_names(committee: Committee, wrong: MappedRow) -> None:
    with pytest.raises(IncompleteMapping) as refused:
        maps(committee, *ROWS, wrong)
    assert refused.value.where == "rows[6]"


def test_how_sure_we_are_is_said_in_the_words_there_are_for_it(committee: Committee) -> None:
    with pytest.raises(MalformedInput, match="confidence") as refused:
        maps(committee, *ROWS[:5], replace(NEW, confidence="quite"))
    assert refused.value.where == "rows[5]"


@pytest.mark.parametrize(("before", "after"), [("A", "C"), ("C", "B")])
def test_a_mapping_leads_between_templates_on_record(committee: Committee, before: str, after: str) -> None:
    with pytest.raises(NotFound, match="template C"):
        maps(committee, *ROWS, before=before, after=after)


def test_a_template_is_not_mapped_to_itself(committee: Committee) -> None:
    kept = [row("kept", [each], [each]) for each in (A1, A2, A3, A4, A5, A6)]
    with pytest.raises(IncompleteMapping):
        maps(committee, *kept, after="A")


def test_a_mapping_is_adopted_once_and_again_only_after_it_was_recorded_in_error(committee: Committee) -> None:
    first = maps(committee, *ROWS)
    with pytest.raises(AlreadyAdopted):
        maps(committee, *ROWS)
    committee.voids(first)
    again = maps(committee, *ROWS)
    assert committee.record.history("mapping/A-B").standing() == (again,)


def test_the_way_back_is_a_mapping_of_its_own(committee: Committee) -> None:
    maps(committee, *ROWS)
    assert maps(committee, *BACK, before="B", after="A").header.stream == "mapping/B-A"
