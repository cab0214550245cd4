"""Searching the texts on record: what is found as of a date, and that what is withheld is not told by the way."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from domain.correcting import MarkInError
from domain.decision import Propose, ProposedItem
from domain.matrix.commands import RemarkRow
from domain.refusals import MalformedInput
from domain.state import RenameState
from interfaces.bootstrap import facts_of
from ledger.record import Record
from projections.searching import Hits, kind_named, search
from projections.views.texts import LONGEST, of_text
from tests.projections.kenya import ACTORS, SECRET, A, asking, document, history, make

SEC: dict[str, Any] = {"actor": "sec", "role": "secretariat"}
MEMBERS = {"sec", "sec2", "member", "expert", "chair", "auditor"}


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    item = ProposedItem(number=1, text="Examine the matrices in turn")
    more = [
        msgspec.structs.replace(document("note", SECRET), sender="Attaché Somebody", media_type="image/png"),
        RemarkRow(
            id="remark",
            state="KEN",
            revision=2,
            section="op1",
            item=1,
            remark="See the gazette",
            known="2018-03",
            **SEC,
        ),
        Propose(id="propose", decision="2019-1", title="A calendar of examination", items=(item,), known="2019", **SEC),
        RenameState(id="renamed", state="SWZ", name="Eswatini", name_fr="Eswatini", known="2018-04-19", **SEC),
    ]
    with make(tmp_path_factory.mktemp("kenya"), [*history(), *more]) as made:
        yield made


def found(record: Record, written: str, actor: str = "sec", **asked: Any) -> Hits:
    chosen = {name: asked.pop(name) for name in ("kind", "state", "most") if name in asked}
    return search(asking(record, actor, **asked), facts_of(record, replay=True), written, **chosen)


def told(hits: Hits) -> list[tuple[str, str, str]]:
    return [(each.kind, each.where, each.part) for each in hits.hits]


def test_names_titles_quotations_remarks_decisions_and_texts_are_found(record: Record) -> None:
    assert ("cell", f"KEN/1 {A}", "quotation") in told(found(record, "has a law"))
    assert told(found(record, "gazette")) == [("remark", "KEN/2 op1-1", "remark")]
    assert told(found(record, "examin* turn")) == [("decision", "2019-1", "item 1")]
    assert told(found(record, '"calendar of examination"')) == [("decision", "2019-1", "title")]
    assert told(found(record, "S/AC.44/2013/NOTE.99"))[0] == ("document", "ken-2013", "symbol")
    assert {each[1] for each in told(found(record, "additional information", kind="submission"))} == {
        "ken-1",
        "ken-2",
        "ken-3",
    }


def test_the_words_around_are_shown_from_the_corrected_reading_and_the_original_as_it_is(record: Record) -> None:
    (hit,) = found(record, "law", kind="text").hits
    assert (hit.where, hit.part, hit.before + hit.words + hit.after) == (
        "ken-2013",
        "corrected reading",
        "The State has a law.\nIt is in force.\n",
    )
    assert told(found(record, "1aw")) == [("text", "ken-2013", "text")]
    assert found(record, "law", kind="text", as_of="2013-01-15").hits == ()


def test_a_state_is_found_by_the_name_that_it_had_at_the_date(record: Record) -> None:
    assert told(found(record, "swaziland", as_of="2017-12-31"))[0][:2] == ("state", "SWZ")
    assert found(record, "swaziland").hits == ()
    assert {each[1] for each in told(found(record, "eswatini"))} == {"SWZ"}
    assert {each[1] for each in told(found(record, "cote ivoire"))} == {"CIV"}


def test_one_kind_and_one_state_may_be_asked_and_the_rest_is_counted(record: Record) -> None:
    assert set(found(record, "state").kinds) == {"state", "text", "cell"}
    assert set(found(record, "state", state="KEN").kinds) == {"cell"}
    few = found(record, "state", most=2)
    assert (len(few.hits), few.found) == (2, sum(few.kinds.values()))
    assert few.found == found(record, "state").found
    with pytest.raises(MalformedInput, match="did you mean decision"):
        kind_named("decisions")


def test_who_may_not_read_a_text_does_not_find_it_nor_learn_that_it_holds_the_words(record: Record) -> None:
    for actor in ACTORS:
        hits = found(record, "not for everyone", actor)
        assert bool(hits.hits) == (actor in MEMBERS), actor
        nothing = found(record, "nowhere", actor)
        elsewhere = found(record, "kenya", actor, kind="state")
        assert hits.withheld == nothing.withheld == elsewhere.withheld
        assert (hits.withheld == 0) == (actor in MEMBERS), actor


def test_a_draft_is_found_by_the_committee_and_what_is_published_by_everyone(record: Record) -> None:
    drafts = {actor: found(record, "gazette", actor).found for actor in ("member", "kenya", "someone", "")}
    assert drafts == {"member": 1, "kenya": 0, "someone": 0, "": 0}
    assert found(record, "law", "someone", kind="cell").found == 2
    assert found(record, "law", "member", kind="cell").found == 6


def test_what_is_in_no_standing_revision_is_not_found(tmp_path: Any) -> None:
    kept = [each for each in history() if each.id in ("ken-2013", "doc-ken-2013", "open-1", "first")]
    void = MarkInError(id="void", target="open-1#0", reason="another State's", **SEC)
    with make(tmp_path, [*kept, void]) as made:
        assert found(made, "law", as_of="2013-12-31").found == 0
        last = str(made.last_position - 1)
        assert found(made, "law", as_of="2013-12-31", recorded_by=last).found > 0


def test_persons_cannot_be_searched(record: Record) -> None:
    assert told(found(record, "made-up report note")) == [("document", "note", "title")]
    assert found(record, "attache").found == found(record, "somebody").found == found(record, "sec2").found == 0


def test_a_long_text_is_searched_in_parts_that_hold_all_of_it(record: Record) -> None:
    line = "One line of a long report.\n"
    text = line * (2 * LONGEST // len(line) + 10)
    parts = list(of_text("long", "text", text))
    assert "".join(each.text for each in parts) == text
    assert len(parts) == 3
    assert all(each.text.endswith("\n") for each in parts)
