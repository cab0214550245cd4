"""Templates of the matrix: given none or some, when one is adopted, then its rows, its legend and its notice stand."""

from typing import Any

import pytest
from msgspec.structs import replace

from domain import template
from domain.actor import GrantRole, RegisterActor
from domain.audiences import PUBLIC
from domain.recorded import Recorded
from domain.refusals import MalformedInput, NotFound, NotPermitted
from domain.standing import Cut
from domain.template import (
    AdoptTemplate,
    AlreadyAdopted,
    CellNamedTwice,
    Field,
    LegendEntry,
    TemplateAdopted,
    WrongField,
)
from tests.committee import Committee
from tests.domain.given import as_of
from tests.histories.made_up import cell, field

STATEMENT = Field(
    cell="T9/op1-1-all-statement",
    label="Nuclear Non-Proliferation Treaty",
    section="op1",
    item=1,
    weapon="all",
    aspect="statement",
    allowed=("YES", ""),
    confidence="verified",
)
LEGAL = Field(
    cell="T9/op3cd-5-nw-legal",
    label="Border control",
    section="op3cd",
    item=5,
    weapon="nw",
    aspect="legal",
    allowed=("X", "?", "NA", ""),
    confidence="low",
)
T9: dict[str, Any] = {
    "template": "T9",
    "legend": (LegendEntry(value="X", meaning="found in the sources"), LegendEntry(value="", meaning="nothing found")),
    "notice": "The matrix is not a tool for measuring compliance.",
    "fields": (LEGAL, STATEMENT),
}


@pytest.fixture
def committee() -> Committee:
    return Committee()


def adopts(committee: Committee, *fields: Field, **members: Any) -> Recorded:
    said: dict[str, Any] = T9 | ({"fields": fields} if fields else {}) | members
    return committee.one(AdoptTemplate, **said)


def at(committee: Committee, cut: Cut) -> TemplateAdopted:
    return template.adopted(committee.record.history("template/T9"), "T9", cut)


def test_a_template_is_adopted_with_its_rows_in_order_its_legend_and_its_notice(committee: Committee) -> None:
    event = adopts(committee, known="2011")
    assert event.body == TemplateAdopted(**T9)
    assert (event.header.stream, event.header.audience) == ("template/T9", PUBLIC)
    assert (event.header.known_at, event.header.known_precision) == (as_of("2011").known_at, "year")
    assert list(template.by_cell(at(committee, Cut()))) == [LEGAL.cell, STATEMENT.cell]


def test_a_row_says_what_it_allows_and_how_sure_we_are_of_it(committee: Committee) -> None:
    adopts(committee)
    rows = template.by_cell(at(committee, Cut()))
    assert (rows[LEGAL.cell].allowed, rows[LEGAL.cell].confidence) == (("X", "?", "NA", ""), "low")
    assert (rows[STATEMENT.cell].allowed, rows[STATEMENT.cell].confidence) == (("YES", ""), "verified")


def test_only_the_secretariat_adopts_a_template(committee: Committee) -> None:
    committee.one(RegisterActor, name="expert")
    committee.one(GrantRole, to="expert", granted_role="expert")
    with pytest.raises(NotPermitted):
        adopts(committee, actor="expert")


def test_a_template_is_adopted_once_and_again_only_after_it_was_recorded_in_error(committee: Committee) -> None:
    first = adopts(committee)
    with pytest.raises(AlreadyAdopted):
        adopts(committee, STATEMENT)
    committee.voids(first)
    again = adopts(committee, STATEMENT)
    assert at(committee, Cut()) == again.body


def test_a_cell_of_the_same_name_in_another_template_is_another_cell(committee: Committee) -> None:
    adopts(committee, field(cell("T9", 1)))
    assert cell("T9", 1) in template.by_cell(at(committee, Cut()))
    assert cell("T1", 1) not in template.by_cell(at(committee, Cut()))


def test_a_section_and_weapon_in_capitals_name_the_cell_in_small_letters(committee: Committee) -> None:
    adopts(committee, replace(LEGAL, section="OP3CD", weapon="NW"))
    assert list(template.by_cell(at(committee, Cut()))) == [LEGAL.cell]


@pytest.mark.parametrize(
    "members",
    [
        {"cell": "T8/op3cd-5-nw-legal"},
        {"section": "op3ab"},
        {"item": 6},
        {"weapon": "cw"},
        {"aspect": "enforcement"},
    ],
)
def test_a_cell_is_named_by_its_template_section_item_weapon_and_aspect(
    committee: Committee, members: dict[str, Any]
) -> None:
    with pytest.raises(WrongField) as refused:
        adopts(committee, STATEMENT, replace(LEGAL, **members))
    assert refused.value.where == "fields[1]"


def test_a_template_names_each_cell_once(committee: Committee) -> None:
    with pytest.raises(CellNamedTwice, match=LEGAL.cell) as refused:
        adopts(committee, LEGAL, STATEMENT, replace(LEGAL, label="Border control again"))
    assert refused.value.where == "fields[2]"


def test_a_template_without_rows_is_none(committee: Committee) -> None:
    with pytest.raises(WrongField) as refused:
        adopts(committee, fields=())
    assert refused.value.where == "fields"


@pytest.mark.parametrize("allowed", [("X",), ("?",), ("NA",), ("YES",), ("",), ("", "NA", "?", "X", "YES")])
def test_a_row_allows_any_of_the_five_values_in_its_own_order(committee: Committee, allowed: tuple[str, ...]) -> None:
    adopts(committee, replace(LEGAL, allowed=allowed))
    assert template.by_cell(at(committee, Cut()))[LEGAL.cell].allowed == allowed


@pytest.mark.parametrize("allowed", [(), ("x",), ("X", "NO"), ("X", "X"), (" ",), ("YES", "yes")])
def test_a_row_allows_at_least_one_value_each_once_and_no_other(committee: Committee, allowed: tuple[str, ...]) -> None:
    with pytest.raises(WrongField) as refused:
        adopts(committee, STATEMENT, replace(LEGAL, allowed=allowed))
    assert refused.value.where == "fields[1]"


@pytest.mark.parametrize("said", ["verified", "high", "medium", "low"])
def test_how_sure_we_are_of_a_row_is_kept_as_said(committee: Committee, said: str) -> None:
    adopts(committee, replace(LEGAL, confidence=said))
    assert template.by_cell(at(committee, Cut()))[LEGAL.cell].confidence == said


@pytest.mark.parametrize("said", ["", "Verified", "sure", "100%"])
def test_how_sure_we_are_is_said_in_the_words_there_are_for_it(committee: Committee, said: str) -> None:
    with pytest.raises(MalformedInput, match="confidence") as refused:
        adopts(committee, replace(LEGAL, confidence=said))
    assert (refused.value.where, "verified" in refused.value.remedy) == ("fields[0]", True)


def test_a_template_is_on_record_from_its_recording_whatever_its_known_date(committee: Committee) -> None:
    event = adopts(committee)
    assert at(committee, Cut(known_at=as_of("1990").known_at)) == event.body
    with pytest.raises(NotFound, match="T9"):
        at(committee, Cut(position=event.position - 1))


def test_a_template_recorded_in_error_is_not_on_record(committee: Committee) -> None:
    committee.voids(adopts(committee))
    with pytest.raises(NotFound, match="T9"):
        at(committee, Cut())


def test_a_view_of_the_past_shows_the_legend_of_that_past(committee: Committee) -> None:
    adopts(committee)
    event = committee.record.history("template/T9").events[0]
    meaning = [{"value": "X", "meaning": "found in the sources or asserted"}]
    corrected = committee.on("2013-02-04").corrects(event, {"legend": list[object](meaning)})
    assert at(committee, as_of("2012-06-30")).legend[0].meaning == "found in the sources or asserted"
    assert at(committee, as_of("2012-06-30", "stood")).legend == T9["legend"]
    assert at(committee, Cut(position=corrected.position - 1)).legend == T9["legend"]


def test_what_is_no_adoption_leaves_the_template_as_it_was(committee: Committee) -> None:
    adopted = adopts(committee)
    other = committee.one(GrantRole, to="sec2", granted_role="auditor")
    assert template.evolve(template.evolve(None, adopted), other) == adopted.body
