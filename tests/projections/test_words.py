"""Which texts hold the words that somebody looks for."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.refusals import MalformedInput
from projections.words import LONGEST, around, folded, placed, wanted

TEXTS = st.text(st.sampled_from("aAbBéÉœßı½’'.,/-* \n\u0301\u3000漢ｶ") | st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("cote ivoire", "Côte d’Ivoire"),
        ("CÔTE", "Cote d'Ivoire"),
        ("lodz", "Łódź"),
        ("strasse", "Straße"),
        ("œuvre", "mise en oeuvre"),
        ("S/AC.44/2013", "see S/AC.44/2013/NOTE.99"),
        ("S/AC.44/2013/NOTE*", "see S/AC.44/2013/NOTES"),
        ("traffick*", "illicit Trafficking"),
        ('"illicit trafficking"', "Illicit\ntrafficking"),
        ("“illicit trafficking” law", "A law on illicit trafficking"),
        ('"illicit traff*"', "illicit trafficking"),
        ("закон", "ЗАКОН"),
    ],
)
def test_accents_case_and_marks_do_not_matter(written: str, text: str) -> None:
    assert wanted(written).held_by(text)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("law penal", "the law"),
        ("traffick", "trafficking"),
        ('"trafficking illicit"', "illicit trafficking"),
        ('"the law"', "the penal law"),
        ("S/AC.44/2013", "2013, S/AC.44"),
    ],
)
def test_every_word_is_wanted_whole_and_a_phrase_in_its_order(written: str, text: str) -> None:
    assert not wanted(written).held_by(text)


@pytest.mark.parametrize("written", ["", "  ", "*", '""', "…", 'a "b'])
def test_what_holds_no_words_is_refused(written: str) -> None:
    with pytest.raises(MalformedInput):
        wanted(written)


@given(TEXTS)
def test_words_are_the_same_with_their_places_and_without(text: str) -> None:
    words = list(placed(text))
    assert [word.letters for word in words] == folded(text)
    for before, after in pairwise(words):
        assert before.start < before.end <= after.end
    for word in words:
        assert word.letters in " ".join(folded(text[word.start : word.end]))
        assert len(word.letters) <= LONGEST


@given(TEXTS)
def test_an_index_is_given_plain_words_and_single_spaces(text: str) -> None:
    words = folded(text)
    assert " ".join(words).split(" ") == (words or [""])
    assert all(character.isalnum() for word in words for character in word)
    assert folded(" ".join(words)) == words
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text))


@given(TEXTS, TEXTS)
def test_what_is_shown_around_the_words_is_of_the_text(written: str, text: str) -> None:
    try:
        looked_for = wanted(written)
    except MalformedInput:
        return
    whole = f"{text} {written} {text}"
    if looked_for.held_by(whole):
        before, words, after = around(whole, looked_for, 10)
        assert before + words + after in whole
        assert words
