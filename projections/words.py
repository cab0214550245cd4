"""Which texts hold the words that somebody looks for: one meaning, whatever finds them.

A text is its words in their order, in plain letters: without case, accents and typographic marks, everything that is
neither letter nor digit standing between words. What is looked for is one or more terms, and a text holds it if it
holds every term:

- `law` is that word, `law*` any word that begins so;
- `"national law"` is these words one after the other, and so is what plain letters take apart, as `S/AC.44/2013`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

import msgspec

from domain.refusals import MalformedInput

LONGEST = 64
"""How much of a word counts; databases have limits of their own, far beyond any word."""
_UNMARKED = {"æ": "ae", "ð": "d", "ø": "o", "þ": "th", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "œ": "oe", "ŧ": "t"}
"""Letters that are not an accented form of another to Unicode, and are to whoever looks for a name."""
_QUOTED = re.compile(r'"([^"]*)"|([^\s"]+)')
_MARKS = str.maketrans("“”„«»", '"""""')


class _Folding(dict[int, str]):
    """What becomes of each character: plain letters, nothing for an accent, a space for what stands between words."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(code)).casefold())
        plain = (_UNMARKED.get(each, each) for each in letters if not unicodedata.category(each).startswith("M"))
        self[code] = "".join(each if each.isalnum() else " " for each in plain)
        return self[code]


_FOLDING = _Folding()


class Word(msgspec.Struct, frozen=True):
    """A word in plain letters, and where it stands in its text."""

    letters: str
    start: int
    end: int


class Term(msgspec.Struct, frozen=True):
    """Words that stand one after the other; of the last, only how it begins where it is `open`."""

    words: tuple[str, ...]
    open: bool = False

    def begins(self, words: Sequence[str], place: int) -> bool:
        """Return whether the term stands in a text from a place on."""
        found = words[place : place + len(self.words)]
        if len(found) < len(self.words) or tuple(found[:-1]) != self.words[:-1]:
            return False
        return found[-1].startswith(self.words[-1]) if self.open else found[-1] == self.words[-1]


class Wanted(msgspec.Struct, frozen=True):
    """What is looked for: every one of these terms."""

    terms: tuple[Term, ...]

    @property
    def apart(self) -> bool:
        """True where it does not matter how words follow each other."""
        return all(len(term.words) == 1 for term in self.terms)

    def held_by(self, text: str) -> bool:
        """Return whether a text holds what is looked for."""
        words = folded(text)
        return all(any(term.begins(words, place) for place in range(len(words))) for term in self.terms)


def folded(text: str) -> list[str]:
    """Return the words of a text in plain letters."""
    return [word[:LONGEST] for word in text.translate(_FOLDING).split()]


def placed(text: str) -> Iterator[Word]:
    """Yield the words of a text with where they stand; slower than `folded`."""
    letters, start, end = "", 0, 0
    for place, character in enumerate(text):
        for each in _FOLDING[ord(character)]:
            if each != " ":
                start = start if letters else place
                letters, end = letters + each, place + 1
            elif letters:
                yield Word(letters[:LONGEST], start, end)
                letters = ""
    if letters:
        yield Word(letters[:LONGEST], start, end)


def wanted(written: str) -> Wanted:
    """Return what somebody looks for who wrote this.

    Raises:
        MalformedInput: no words, or a quotation mark that is not closed.
    """
    plain = written.translate(_MARKS)
    if plain.count('"') % 2:
        raise MalformedInput(
            "a quotation mark is not closed", where="WORDS", remedy="put one on either side of the words"
        )
    given: list[str] = [quoted or bare for quoted, bare in _QUOTED.findall(plain)]
    terms = tuple(Term(tuple(folded(each)), each.endswith("*")) for each in given if folded(each))
    if not terms:
        raise MalformedInput(
            f"{written!r} holds no words", where="WORDS", remedy="letters or digits are looked for, not signs alone"
        )
    return Wanted(terms)


def around(text: str, looked_for: Wanted, characters: int = 60) -> tuple[str, str, str]:
    """Return the first words of a text that are looked for, between what stands before and after them."""
    words = list(placed(text))
    letters = [word.letters for word in words]
    starts = ((place, term) for place in range(len(words)) for term in looked_for.terms if term.begins(letters, place))
    place, term = next(starts)
    start, end = words[place].start, words[place + len(term.words) - 1].end
    from_ = _edge(text, max(start - characters, 0), start)
    until = _edge(text, min(end + characters, len(text)), end)
    return text[from_:start], text[start:end], text[end:until]


def _edge(text: str, place: int, inner: int) -> int:
    """Return the place nearest to one, on the way inward, that cuts no word in two."""
    step = 1 if place < inner else -1
    while place not in (0, inner, len(text)) and not (text[place - 1].isspace() or text[place].isspace()):
        place += step
    return place
