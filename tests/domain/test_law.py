"""Laws: given the documents in which they stand, when one is entered, amended or repealed, then what rests on it."""

from itertools import permutations
from typing import Any

import pytest

from domain.law.entering import AlreadyRepealed, NoText
from domain.law.file import Law, law
from domain.law.records import AmendLaw, Article, LawEntered, RecordLaw, RepealLaw
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.foundations import registers

S4 = Article(article="s. 4", document_id="report-1", locator="p. 12")
S5 = Article(article="s. 5", document_id="report-1", locator="p. 13")


@pytest.fixture
def committee() -> Committee:
    """On 2 January 2012 a report and two gazettes are on record."""
    committee = Committee()
    for name in ("report-1", "gazette-1", "gazette-2"):
        registers(committee, name)
    return committee


def enters(committee: Committee, within: Recorded | None = None, **members: Any) -> Recorded:
    said: dict[str, Any] = {
        "law": "explosives",
        "state": "KEN",
        "topics": ("op3cd",),
        "title": "Explosives Act",
        "number": "No. 4 of 2007",
        "documents": ("gazette-1",),
        "articles": (S4, S5),
        "in_force_from": "2007-06-01",
    }
    return committee.one(RecordLaw, within, **said | members)


def amends(committee: Committee, within: Recorded | None = None, **members: Any) -> Recorded:
    said: dict[str, Any] = {"law": "explosives", "version": 2, "in_force_from": "2010-01-01", "text": "fines doubled"}
    return committee.one(AmendLaw, within, **said | {"documents": ("gazette-2",)} | members)


def repeals(committee: Committee, within: Recorded | None = None, **members: Any) -> Recorded:
    return committee.one(RepealLaw, within, **{"law": "explosives", "in_force_to": "2011-12-31"} | members)


def found(committee: Committee) -> Law:
    standing = law(committee.record.history("law/explosives").standing())
    assert standing is not None
    return standing


def test_a_law_is_entered_by_state_and_topic_with_the_places_where_it_can_be_read(committee: Committee) -> None:
    event = enters(committee)
    assert event.body == LawEntered(
        law="explosives",
        state="KEN",
        topics=("op3cd",),
        title="Explosives Act",
        number="No. 4 of 2007",
        documents=("gazette-1",),
        articles=(S4, S5),
        in_force_from="2007-06-01",
        in_force_to=None,
    )
    assert event.header.audience == ("committee", "expert", "secretariat", "state:KEN")
    assert found(committee).documents == ("gazette-1", "report-1")


def test_a_law_has_the_version_that_was_in_force_on_a_day(committee: Committee) -> None:
    enters(committee)
    amends(committee, number="No. 12 of 2009")
    repeals(committee)
    days = ("2007-05-31", "2007-06-01", "2009-12-31", "2010-01-01", "2011-12-31", "2012-01-01")
    versions = [found(committee).version(day) for day in days]
    assert [None if version is None else version.number for version in versions] == [None, 1, 1, 2, 2, None]
    assert [version.law_number for version in versions[2:4] if version] == ["No. 4 of 2007", "No. 12 of 2009"]


def test_a_law_that_ends_by_its_own_terms_is_over_and_not_repealed(committee: Committee) -> None:
    enters(committee, in_force_to="2009-12-31")
    assert found(committee).version("2010-01-01") is None
    assert found(committee).ended("2010-01-01") is None


@pytest.mark.parametrize(
    ("document", "locator", "bears"),
    [
        ("gazette-1", "anywhere", True),
        ("gazette-2", "p. 1", True),
        ("report-1", "p. 12", True),
        ("report-1", "P.  12", True),
        ("report-1", "s. 4, s. 9", True),
        ("report-1", "p. 99", False),
        ("report-1", "", False),
        ("other", "p. 12", False),
    ],
)
def test_what_cites_a_gazette_or_the_place_of_an_article_rests_on_the_law(
    committee: Committee, document: str, locator: str, bears: bool
) -> None:
    enters(committee)
    amends(committee)
    assert found(committee).bears(document, locator) is bears
    assert not found(committee).dead(document, locator, "2012-01-01")
    repeals(committee)
    assert found(committee).dead(document, locator, "2012-01-01") is bears
    assert not found(committee).dead(document, locator, "2011-12-31")


def test_of_a_law_that_goes_on_only_what_rests_on_a_repealed_article_is_dead(committee: Committee) -> None:
    enters(committee)
    repeals(committee, repealed_articles=("s. 4",))
    standing = found(committee)
    places = (("report-1", "p. 12"), ("gazette-1", "s. 4"), ("report-1", "p. 13"), ("gazette-1", "s. 4; s. 5"))
    assert [standing.dead(*place, "2012-01-01") for place in places] == [True, True, False, False]
    assert standing.version("2012-01-01") is not None


def test_a_law_is_entered_once_with_a_topic_and_a_text(committee: Committee) -> None:
    with pytest.raises(NoText):
        enters(committee, documents=(), articles=())
    with pytest.raises(MalformedInput, match="topic"):
        enters(committee, topics=())
    with pytest.raises(MalformedInput, match="named twice"):
        enters(committee, articles=(S4, S4))
    with pytest.raises(MalformedInput, match="ends before it begins"):
        enters(committee, in_force_to="2007-05-31")
    named: tuple[dict[str, Any], ...] = (
        {"documents": ("never",)},
        {"state": "XXX"},
        {"articles": (Article(article="s. 1", document_id="never", locator=""),)},
    )
    for members in named:
        with pytest.raises(NotFound):
            enters(committee, **members)
    enters(committee)
    with pytest.raises(Conflict):
        enters(committee)


def test_a_law_on_record_is_amended_after_it_came_into_force_and_before_it_ended(committee: Committee) -> None:
    with pytest.raises(NotFound):
        amends(committee)
    enters(committee)
    with pytest.raises(MalformedInput, match="is before 2007-06-01"):
        amends(committee, in_force_from="2007-01-01")
    with pytest.raises(NoText):
        amends(committee, documents=())
    with pytest.raises(Conflict):
        amends(committee, version=1)
    repeals(committee)
    with pytest.raises(AlreadyRepealed, match="in force until 2011-12-31"):
        amends(committee, in_force_from="2012-01-01")
    amends(committee)


def test_a_law_is_repealed_once_after_its_last_version_by_another_on_record(committee: Committee) -> None:
    with pytest.raises(NotFound):
        repeals(committee)
    enters(committee)
    amends(committee)
    with pytest.raises(MalformedInput, match="is before 2010-01-01"):
        repeals(committee, in_force_to="2009-12-31")
    with pytest.raises(NotFound, match=r"s\. 9 is no article"):
        repeals(committee, repealed_articles=("s. 9",))
    with pytest.raises(NotFound):
        repeals(committee, repealed_by="never")
    with pytest.raises(Conflict):
        repeals(committee, repealed_by="explosives")
    repeals(committee, repealed_articles=("s. 4",))
    with pytest.raises(AlreadyRepealed):
        repeals(committee, repealed_articles=("s. 4", "s. 5"))
    newer = enters(committee, law="weapons")
    whole = repeals(committee, repealed_by="weapons")
    with pytest.raises(AlreadyRepealed):
        repeals(committee)
    with pytest.raises(RestsOnIt, match=whole.id):
        committee.voids(newer)


def test_days_put_right_keep_their_order(committee: Committee) -> None:
    entered = enters(committee)
    amended = amends(committee)
    repealed = repeals(committee)
    with pytest.raises(MalformedInput):
        committee.corrects(entered, {"in_force_from": "2010-06-01"})
    with pytest.raises(AlreadyRepealed):
        committee.corrects(amended, {"in_force_from": "2012-06-01"})
    with pytest.raises(MalformedInput):
        committee.corrects(repealed, {"in_force_to": "2009-01-01"})
    committee.corrects(repealed, {"in_force_to": "2010-12-31"})
    assert found(committee).ended("2011-01-01") is not None
    with pytest.raises(RestsOnIt):
        committee.voids(entered)


def test_a_law_holds_the_documents_in_which_it_can_be_read(committee: Committee) -> None:
    entered = enters(committee)
    for name in ("gazette-1", "report-1"):
        (registered,) = committee.record.history(f"document/{name}").standing()
        with pytest.raises(RestsOnIt, match=entered.id):
            committee.voids(registered)


def test_late_history_reads_the_same_in_whatever_order_it_became_known(committee: Committee) -> None:
    batch = committee.imports()
    facts = (("2", "2008-01-01"), ("3", "2009-01-01"), ("4", "2010-01-01"))
    read: set[tuple[int | None, ...]] = set()
    for number, order in enumerate(permutations(facts)):
        name = f"law-{number}"
        enters(committee, batch, law=name, documents=(), articles=(), known="2007")
        for version, day in order:
            amends(committee, batch, law=name, version=int(version), in_force_from=day, documents=(), known="2011")
        standing = law(committee.record.history(f"law/{name}").standing())
        assert standing is not None
        versions = [standing.version(day) for day in ("2007-12-31", "2008-12-31", "2009-12-31", "2011-01-01")]
        read.add(tuple(None if version is None else version.number for version in versions))
    assert read == {(1, 2, 3, 4)}
