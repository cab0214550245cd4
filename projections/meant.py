"""Which State somebody may mean who wrote what no State on record is called: for suggestions, never for the record."""

import unicodedata
from collections.abc import Iterator, Mapping, Set

from projections.close import near

MOST = 3
"""A word that more States than this have in their names tells nothing."""

SHORT: Mapping[str, tuple[str, ...]] = {
    "america": ("USA",),
    "britain": ("GBR",),
    "burma": ("MMR",),
    "car": ("CAF",),
    "dprk": ("PRK",),
    "drc": ("COD",),
    "east timor": ("TLS",),
    "england": ("GBR",),
    "holland": ("NLD",),
    "ivory coast": ("CIV",),
    "korea": ("KOR", "PRK"),
    "north korea": ("PRK",),
    "prc": ("CHN",),
    "rok": ("KOR",),
    "russia": ("RUS",),
    "south korea": ("KOR",),
    "syria": ("SYR",),
    "uae": ("ARE",),
    "uk": ("GBR",),
    "us": ("USA",),
    "vietnam": ("VNM",),
}
"""What people say for short where no name on record is near to it, in plain letters."""


def plain(name: str) -> str:
    """Return a name without case, accents and typographic marks."""
    letters = unicodedata.normalize("NFKD", name).casefold().replace("\u2019", "'")
    return " ".join("".join(each for each in letters if not unicodedata.combining(each)).split())


def meant(written: str, names: Mapping[str, str]) -> Iterator[str]:
    """Yield the codes of States that may be meant, the likeliest first; `names` gives codes by plain name."""
    if written in SHORT:
        yield from (code for code in SHORT[written] if code in names.values())
        return
    words = set(written.split())
    named = {code for name, code in names.items() if words <= set(name.replace("(", " ").replace(")", " ").split())}
    for found in (named, _near_codes(written.upper(), set(names.values()))):
        if len(found) <= MOST:
            yield from sorted(found)
    yield from (names[name] for name in near(written, names))


def _near_codes(written: str, codes: Set[str]) -> Set[str]:
    """Return the codes with the same letters in another order, else those with one letter mistyped."""
    alike = {code for code in codes if sorted(code) == sorted(written)}
    return alike or {code for code in codes if len(written) == len(code) and _different(written, code) == 1}


def _different(written: str, code: str) -> int:
    return sum(here != there for here, there in zip(written, code, strict=True))
