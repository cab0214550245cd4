"""What rests on a document: on every axis, in every standing, for every reader."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.canonical import sha256
from domain.catalogue import TYPES
from domain.correcting import MarkInError
from domain.deciding import Command
from domain.decision import Circulate, Propose, ProposedItem
from domain.document import WithdrawDocument
from domain.matrix import assessing
from domain.recorded import Event, Recorded
from domain.refusals import NotFound
from domain.resting import rests
from domain.values import Standing
from interfaces.bootstrap import facts_of
from ledger.record import Record
from projections.rested import Resting
from projections.resting import DeadSources, WhatRests, dead_sources, what_rests_on
from projections.views.citations import VIEW, rows
from tests.domain.twelfth import the_twelfth_programme
from tests.projections.kenya import LEGAL, REPORT, SECRET, A, B, C, D, asking, assess, cite, history, make, value
from tests.projections.kenya import document as registration

GOLDEN = Path(__file__).parents[2] / "schemas" / "golden"
SEC: dict[str, Any] = {"actor": "sec", "role": "secretariat"}
DRAFT, NEXT, LOST, VOIDED = (f"T2017/op1-{item}-all-statement" for item in (1, 2, 3, 4))
COMMITTEE = ("sec", "member", "expert", "auditor")
OTHERS = ("someone", "france", "")


def later() -> list[Command]:
    """What came after: a translation, a decision on the report, a new report, a source known late, one that is none."""
    item = ProposedItem(number=2, text="Take note of the report", rests_on=(sha256(REPORT),))
    after: dict[str, Any] = {"known": "2019-02-01", **SEC}
    return [
        msgspec.structs.replace(registration("ken-2013.fr", SECRET), translation_of="ken-2013"),
        registration("ken-2019", SECRET),
        registration("ken-oops", SECRET),
        msgspec.structs.replace(registration("ken-lost", SECRET), known="2018-09-01"),
        assess("lost", "2018-03-01", value(LOST), revision=2, source=cite("ken-lost")),
        assess("voided", "2018-03-02", value(VOIDED), revision=2, source=cite("ken-oops")),
        MarkInError(id="unsaid", target="voided#0", reason="another State's", noticed="2019-06-01", **SEC),
        MarkInError(id="oops", target="doc-ken-oops#0", reason="another State's", noticed="2018-01-15", **SEC),
        Propose(id="propose", decision="2019-1", title="The report", items=(item,), **after),
        Circulate(id="sent", decision="2019-1", recipients=("member",), documents=(sha256(REPORT),), **after),
        WithdrawDocument(
            id="gone", document="ken-2013", reason="a new one", replaced_by="ken-2019", known="2019-05-01", **SEC
        ),
    ]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with pytest.MonkeyPatch.context() as earlier:  # a program that did not ask yet whether a source is on record
        earlier.setattr(assessing, "registered", lambda *_, **__: None)
        made = make(tmp_path_factory.mktemp("kenya"), [*history(), *later()])
    with made:
        yield made


def what(record: Record, name: str, actor: str = "sec", standing: Standing | None = None, **asked: Any) -> WhatRests:
    return what_rests_on(asking(record, actor, **asked), facts_of(record, replay=True), name, standing)


def dead(record: Record, actor: str = "sec", standing: Standing | None = None, **asked: Any) -> DeadSources:
    return dead_sources(asking(record, actor, **asked), facts_of(record, replay=True), standing)


def where(each: Resting) -> list[tuple[str, int, str, bool]]:
    return [(place.standing, place.revision, place.cell, place.carried) for place in each.stands]


def test_a_document_bears_cells_submissions_decisions_translations_and_readings(record: Record) -> None:
    found = what(record, "ken-2013")
    assert [each.what for each in found.resting if each.what != "cell"] == [
        "translation",
        "reading",
        "submission",
        "decision",
        "circulation",
    ]
    by_what = {each.what: each for each in found.resting}
    assert (by_what["translation"].name, by_what["decision"].locator) == ("ken-2013.fr", "item 2")
    assert (by_what["cell"].state, by_what["cell"].quotation) == ("KEN", "The State has a law.")
    assert (found.document.source, found.document.replaced_by) == ("replaced", "ken-2019")
    assert [each.name for each in what(record, "ken-2019").resting if each.what == "replaces"] == ["ken-2013"]
    assert found.notice is not None


def test_a_cell_is_told_where_it_stands_and_that_a_later_revision_reads_through_to_it(record: Record) -> None:
    cells = {(each.name, each.value): each for each in what(record, "ken-2013").resting if each.what == "cell"}
    assert where(cells[LEGAL, "X"]) == [
        ("working", 2, LEGAL.replace("T2011", "T2017"), True),
        ("approved", 1, LEGAL, False),
        ("sent", 1, LEGAL, False),
        ("published", 1, LEGAL, False),
    ]
    assert where(cells[B, ""]) == [("working", 2, NEXT, True)]
    assert where(cells[DRAFT, ""]) == [("working", 2, DRAFT, False)]
    assert where(cells[A, "YES"]) == where(cells[D, "YES"]) == []


def test_what_was_struck_since_rests_on_it_while_a_manifest_holds_it(record: Record) -> None:
    struck = {each.name for each in what(record, "ken-2013").resting if each.struck}
    assert struck == {B, C}
    assert not any(each.struck for each in what(record, "ken-2013", as_of="2013-12-31", reading="stood").resting)
    assert C not in {each.name for each in what(record, "ken-2013", standing="working").resting}


def test_a_past_date_knows_only_what_was_known_then(record: Record) -> None:
    early = what(record, "ken-2013", as_of="2013-01-31")
    assert {each.what for each in early.resting} == {"reading", "submission", "translation"}
    assert early.document.source == "on record"
    sent = {day: what(record, "ken-2013", standing="sent", as_of=day).resting for day in ("2013-05-15", "2013-06-15")}
    assert [any(each.what == "cell" for each in sent[day]) for day in sent] == [False, True]


def test_a_draft_is_the_committees_and_of_a_published_cell_others_learn_no_more_than_that(record: Record) -> None:
    for actor in COMMITTEE:
        assert what(record, "ken-2013", actor).withheld == 0
    for actor in OTHERS:
        found = what(record, "ken-2013", actor)
        cells = [each for each in found.resting if each.what == "cell"]
        assert {(each.name, each.value) for each in cells} == {(A, ""), (B, "YES"), (C, "YES"), (LEGAL, "X")}
        assert {place.standing for each in cells for place in each.stands} == {"approved", "sent", "published"}
        assert not any(each.struck for each in cells)
        assert {each.what for each in found.resting}.isdisjoint({"decision", "circulation", "submission"})
        assert found.withheld == what(record, "ken-secret", actor).withheld > 0  # whatever is asked


def test_a_decision_on_a_restricted_document_is_not_told_by_its_hash(record: Record) -> None:
    assert what(record, "ken-secret", "someone").resting == ()


def test_cells_that_rest_on_a_dead_source_are_listed_by_state(record: Record) -> None:
    found = dead(record)
    assert [(each.document, each.source, each.replaced_by) for each in found.documents] == [
        ("ken-2013", "replaced", "ken-2019")
    ]
    assert {each.name for each in found.resting} == {A, B, C, LEGAL, DRAFT}
    early = dead(record, as_of="2018-04-01", reading="stood")
    assert {(each.document, each.source) for each in early.documents} == {
        ("ken-lost", "not on record"),
        ("ken-oops", "voided"),
    }
    assert {(each.document, each.name) for each in early.resting} == {("ken-lost", LOST), ("ken-oops", VOIDED)}
    assert {each.document for each in dead(record, as_of="2018-04-01").documents} == {"ken-lost"}
    assert dead(record, as_of="2018-12-31").documents == ()
    assert dead(record, as_of="2013-12-31").resting == ()
    assert {each.name for each in dead(record, standing="published").resting} == {A, B, C, LEGAL}


def test_dead_sources_of_a_draft_are_not_named_to_others(record: Record) -> None:
    for actor in OTHERS:
        found = dead(record, actor)
        assert {each.document for each in found.documents} == {"ken-2013"}
        assert {each.name for each in found.resting} == {A, B, C, LEGAL}
        assert found.withheld > 0


def test_a_document_that_nothing_names_is_refused_with_what_is_close(record: Record) -> None:
    with pytest.raises(NotFound, match=r"did you mean .*ken-2013"):
        what(record, "ken-2014")
    assert [each.name for each in what(record, "ken-lost").resting] == [LOST]


def test_every_ground_that_a_fact_rests_on_is_a_citation(record: Record) -> None:
    some = next(record.recorded()).header
    golden = [path for path in sorted(GOLDEN.glob("*/instance-*.json")) if path.parent.name in TYPES]
    examples = [Recorded(some, body_of(path)) for path in golden]
    cited = 0
    for event in (*record.recorded(), *the_twelfth_programme().after(0), *examples):
        grounds = {each.name for each in rests(record, event.body) if each.kind == "document"}
        found = {row.document for row in rows(event, record) if row.document and row.what != "registered"}
        assert found == grounds, event.body
        assert not found or event.body.TYPE in VIEW.types
        cited += len(found)
    assert cited > 30


def body_of(path: Path) -> Event:
    """Return the body in a golden file of a type of event."""
    written = msgspec.json.decode(path.read_bytes())["body"]
    return msgspec.json.decode(written, type=TYPES[path.parent.name])
