"""The verbs that say what rests on a document, and that search: on both databases, and folded anew."""

import pytest

from tests.interfaces.test_views import answer, database, home, made, run
from tests.projections.kenya import A, B, C

__all__ = ("database", "home", "made")
EARLY = ("--as-of", "2013-12-31", "--reading", "stood")


@pytest.mark.parametrize("actor", ["sec", "someone"])
def test_tables_and_a_replay_say_the_same(home: object, database: str, actor: str) -> None:
    assert home
    assert database
    assert [run("rebuild", name).exit_code for name in ("citations", "texts")] == [0, 0]
    for words in (
        ("what-rests-on", "ken-2013"),
        ("what-rests-on", "ken-2013", "--standing", "working"),
        ("what-rests-on", "ken-secret"),
        ("what-rests-on", "--dead"),
        ("search", "state", "law"),
        ("search", '"the state"', "--kind", "cell", "--state", "Kenya"),
        ("search", "cote", "ivoire"),
        ("search", "nowhere"),
        ("document", "ken-2013"),
    ):
        for place in ((), EARLY):
            found = answer(*words, *place, "--actor", actor)
            assert found == answer(*words, *place, "--actor", actor, "--replay"), words


def test_what_rests_on_a_document_is_written_with_where_it_stands(home: object) -> None:
    assert home
    done = run("what-rests-on", "ken-2013")
    assert done.exit_code == 0
    (struck,) = [each for each in done.stdout.splitlines() if C in each]
    assert "approved, sent, published; corrected or voided since" in struck
    assert "working (carried to 2 T2017/op1-2-all-statement)" in done.stdout
    assert "not a tool for measuring compliance" in done.stdout
    assert "rows are withheld from you." in run("what-rests-on", "ken-2013", "--actor", "someone").stderr


def test_dead_sources_are_asked_instead_of_a_document(home: object) -> None:
    assert home
    assert "None that you may see." in run("what-rests-on", "--dead").stdout
    assert run("withdraw", "document", "ken-2013", "--reason", "a new report").exit_code == 0
    found = answer("what-rests-on", "--dead", "--standing", "published")
    assert {each["name"] for each in found["resting"]} >= {A, B, C}
    assert found["documents"][0]["source"] == "withdrawn"
    assert "withdrawn" in run("what-rests-on", "--dead").stdout
    for words in ((), ("ken-2013", "--dead")):
        done = run("what-rests-on", *words)
        assert (done.exit_code, "name a document or a law, or say --dead" in done.stderr) == (2, True)


def test_what_rests_on_a_law_is_told_and_is_dead_when_it_is_repealed(home: object) -> None:
    assert home
    law = ("--law", "arms", "--state", "KEN", "--topics", "op1", "--title", "Arms Act", "--documents", "ken-2013")
    assert run("record", "record-law", *law).exit_code == 0
    done = run("what-rests-on", "law/arms")
    assert "Arms Act, KEN" in done.stdout
    assert A in done.stdout
    assert run("record", "repeal-law", "--law", "arms", "--in-force-to", "2014-12-31").exit_code == 0
    assert {each["law"] for each in answer("what-rests-on", "--dead")["resting"]} == {"arms"}
    assert "arms: Arms Act, KEN; repealed, in force until 2014-12-31" in run("what-rests-on", "--dead").stdout
    assert "law" in {each["what"] for each in answer("what-rests-on", "ken-2013")["resting"]}
    assert "no law 'harms' is on record" in run("what-rests-on", "law/harms").stderr


def test_a_search_shows_the_words_around_and_counts_the_rest(home: object) -> None:
    assert home
    done = run("search", "Law", "--limit", "1")
    assert "The State has a [law]. It is in force." in done.stdout
    assert "cell: 6, text: 1" in done.stdout
    assert "1 of 7 texts are shown" in done.stderr
    assert "Nothing that you may see." in run("search", "nowhere").stdout
    assert "10 texts that you may not see were not searched." in run("search", "x", "--actor", "someone").stderr


@pytest.mark.parametrize("words", [("…",), ('"law',), ("law", "--kind", "cells"), ("law", "--state", "Narnia")])
def test_a_search_for_nothing_is_refused(home: object, words: tuple[str, ...]) -> None:
    assert home
    done = run("search", *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "error" in done.stderr
