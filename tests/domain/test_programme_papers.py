"""A programme of work step by step: given what is on record of it, when a paper is recorded, then how far it is."""

import pytest

from domain.programme import TransmitProgramme
from domain.programme_papers import DraftProgramme, RecordSymbol, Stage, stage
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.foundations import adopts, mandated, registers


@pytest.fixture
def committee() -> Committee:
    """On 1 April 2014 there is a mandate, and a paper."""
    committee = Committee().on("2014-04-01")
    mandated(committee, "1977", "2011-04-20", "2021-04-25")
    registers(committee)
    return committee


def found(committee: Committee) -> Stage:
    return stage(committee.record.history("programme/13").standing())


def drafts(committee: Committee) -> Recorded:
    return committee.one(DraftProgramme, programme=13, document="report-1")


def test_a_programme_is_drafted_adopted_transmitted_and_issued_under_a_symbol(committee: Committee) -> None:
    drafted = drafts(committee)
    assert drafted.header.audience == ("committee", "expert", "secretariat"), "a draft is the Committee's"
    assert found(committee) == Stage(drafts=("report-1",), adopted=False, transmitted=False, symbol=None)
    adopts(committee, 13)
    with pytest.raises(NotFound, match="not transmitted"):
        committee.one(RecordSymbol, programme=13, symbol="S/2014/1")
    sent = committee.one(TransmitProgramme, programme=13)
    assert found(committee).symbol is None
    symbol = committee.one(RecordSymbol, programme=13, symbol="S/2014/1", document="report-1")
    assert symbol.header.audience == ("public",)
    assert found(committee) == Stage(drafts=("report-1",), adopted=True, transmitted=True, symbol="S/2014/1")
    with pytest.raises(RestsOnIt, match=symbol.id):
        committee.voids(sent)


def test_what_is_adopted_is_not_drafted_again_and_no_paper_is_drafted_twice(committee: Committee) -> None:
    drafts(committee)
    with pytest.raises(Conflict, match="there already"):
        drafts(committee)
    adopts(committee, 13)
    registers(committee, "report-2")
    with pytest.raises(Conflict, match="is adopted"):
        committee.one(DraftProgramme, programme=13, document="report-2")


def test_the_symbol_given_when_it_is_transmitted_is_its_symbol(committee: Committee) -> None:
    adopts(committee, 13)
    committee.one(TransmitProgramme, programme=13, symbol="S/2014/1")
    with pytest.raises(MalformedInput):
        committee.one(RecordSymbol, programme=13, symbol=" ")
    with pytest.raises(Conflict, match="S/2014/1"):
        committee.one(RecordSymbol, programme=13, symbol="S/2014/2")
