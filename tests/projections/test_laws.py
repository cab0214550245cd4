"""What rests on a law, and which cells rest on one that is repealed: on every axis and for every reader."""

from collections.abc import Iterator
from typing import Any

import pytest

from domain.deciding import Command
from domain.law.records import AmendLaw, Article, RecordLaw, RepealLaw
from domain.refusals import NotFound
from domain.values import Standing
from interfaces.bootstrap import facts_of
from ledger.record import Record
from projections.laws import KnownLaw, LawRests, what_rests_on_law
from projections.resting import DeadSources, dead_sources
from tests.projections.kenya import LEGAL, SECRET, A, asking, assess, cite, document, history, make, value

SEC: dict[str, Any] = {"actor": "sec", "role": "secretariat"}
S4, S5, WHOLE = (f"T2017/op1-{item}-all-statement" for item in (2, 3, 4))


def laws() -> list[Command]:
    """A law in a gazette of its own and, by article, in the report; the report's first page holds another one."""
    articles = tuple(Article(article=f"s. {n}", document_id="ken-2013", locator=f"p. {n}") for n in (4, 5))
    of_kenya: dict[str, Any] = {"state": "KEN", "topics": ("op1",), "known": "2013-01-15", **SEC}
    first = (Article(article="s. 1", document_id="ken-2013", locator="p. 1"),)
    return [
        *history(),
        document("gazette", SECRET),
        document("gazette-2", SECRET),
        RecordLaw(
            id="weapons", law="weapons", title="Weapons Act", documents=("gazette",), articles=articles, **of_kenya
        ),
        RecordLaw(id="arms", law="arms", title="Arms Act", number="No. 9", articles=first, **of_kenya),
        assess("s4", "2018-03-01", value(S4), revision=2, source=cite(locator="p. 4")),
        assess("s5", "2018-03-01", value(S5), revision=2, source=cite(locator="P. 5")),
        assess("whole", "2018-03-01", value(WHOLE), revision=2, source=cite("gazette", locator="passim")),
        AmendLaw(
            id="amend",
            law="weapons",
            version=2,
            in_force_from="2018-04-01",
            text="",
            title="Weapons (Amended) Act",
            documents=("gazette-2",),
            known="2018-04-02",
            **SEC,
        ),
        RepealLaw(
            id="s4-repealed",
            law="weapons",
            in_force_to="2018-12-31",
            repealed_articles=("s. 4",),
            known="2018-06-01",
            **SEC,
        ),
        RepealLaw(
            id="repealed", law="weapons", in_force_to="2019-12-31", repealed_by="arms", known="2020-02-01", **SEC
        ),
    ]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with make(tmp_path_factory.mktemp("laws"), laws()) as made:
        yield made


def what(record: Record, name: str, actor: str = "sec", standing: Standing | None = None, **asked: Any) -> LawRests:
    return what_rests_on_law(asking(record, actor, **asked), facts_of(record, replay=True), name, standing)


def dead(record: Record, actor: str = "sec", **asked: Any) -> DeadSources:
    return dead_sources(asking(record, actor, **asked), facts_of(record, replay=True))


def cells(found: LawRests | DeadSources) -> set[tuple[str | None, str]]:
    return {(each.law, each.name) for each in found.resting}


def test_the_cells_that_rest_on_a_law_cite_its_gazette_or_the_place_of_an_article(record: Record) -> None:
    found = what(record, "weapons")
    assert cells(found) == {("weapons", S4), ("weapons", S5), ("weapons", WHOLE)}
    assert found.notice is not None
    assert found.law == KnownLaw(
        law="weapons",
        state="KEN",
        topics=("op1",),
        title="Weapons (Amended) Act",
        number="",
        repealed_to="2019-12-31",
        repealed_by="arms",
        repealed_articles=(),
    )
    assert LEGAL in {each.name for each in what(record, "arms").resting}
    assert what(record, "weapons", standing="approved").resting == ()


def test_a_law_is_as_it_was_known_on_the_day_asked(record: Record) -> None:
    early = what(record, "weapons", as_of="2013-12-31")
    assert (early.law.title, early.law.repealed_to, early.resting) == ("Weapons Act", None, ())
    assert what(record, "weapons", as_of="2018-12-31").law.repealed_articles == ()
    assert what(record, "weapons", as_of="2019-01-01").law.repealed_articles == ("s. 4",)
    assert what(record, "weapons", as_of="2020-01-15").law.repealed_to is None


def test_cells_are_dead_from_the_day_after_the_last_day_of_what_they_rest_on(record: Record) -> None:
    assert cells(dead(record, as_of="2018-12-31")) == set()
    assert cells(dead(record, as_of="2019-01-01")) == {("weapons", S4)}
    assert cells(dead(record, as_of="2020-01-15")) == {("weapons", S4)}
    found = dead(record, as_of="2020-02-02")
    assert cells(found) == {("weapons", S4), ("weapons", S5), ("weapons", WHOLE)}
    assert ([law.law for law in found.laws], found.documents) == (["weapons"], ())


def test_who_may_not_read_a_law_is_told_that_something_is_withheld(record: Record) -> None:
    assert cells(dead(record, "kenya")) == set()
    assert dead(record, "kenya").withheld > 0
    assert cells(dead(record, "someone")) == set()
    assert dead(record, "someone").withheld > 0
    with pytest.raises(NotFound):
        what(record, "weapons", "someone")
    assert A in {each.name for each in what(record, "arms", "kenya").resting}


def test_a_law_that_is_not_on_record_is_refused_with_what_is_close(record: Record) -> None:
    with pytest.raises(NotFound, match=r"did you mean .*weapons"):
        what(record, "weapon")
