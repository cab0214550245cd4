"""Words on screens, in the reader's language where there is a catalogue of it: `_("As of")`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

DOMAIN = "ledger1540"
LOCALES = Path(__file__).with_name("locale")


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
