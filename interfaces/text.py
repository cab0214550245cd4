"""Words on screens, in the reader's language where there is a catalogue of it: `_("As of")`."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

DOMAIN = "ledger1540"
LOCALES = Path(__file__).with_name("locale")
Words = Callable[[str], str]
"""What gives words in a language."""


@lru_cache(maxsize=1)
def _catalogue() -> NullTranslations:
    from gettext import translation

    return translation(DOMAIN, LOCALES, fallback=True)


def _(words: str) -> str:
    """Return words in the reader's language, or as they are."""
    return _catalogue().gettext(words)


def some(one: str, many: str, count: int) -> str:
    """Return the form of a phrase that fits a number, with the number in it."""
    return _catalogue().ngettext(one, many, count).format(count)


def some_in(words: Words, one: str, many: str, count: int) -> str:
    """Return the form of a phrase that fits a number in English and French, in the language of `words`."""
    return words(one if count == 1 else many).format(count)


def words_of(language: str) -> Words:
    """Return what gives words in a language for a file that is written in it, whatever language its writer reads.

    It reads the catalogue as translators keep it, so that nothing must be compiled first.
    """
    catalogue = _written(language)
    return lambda words: catalogue.get(words) or words


@lru_cache
def _written(language: str) -> dict[str, str]:
    path = LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    return dict(_entries(path.read_text(encoding="utf-8"))) if path.exists() else {}


def _entries(text: str) -> Iterator[tuple[str, str]]:
    for block in text.split("\n\n"):
        parts: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if line.startswith(("msgid ", "msgstr ")):
                name, _space, line = line.partition(" ")
            if line.startswith('"') and name:
                parts[name] = parts.get(name, "") + str(literal_eval(line))
        if parts.get("msgid"):
            yield parts["msgid"], parts.get("msgstr", "")
