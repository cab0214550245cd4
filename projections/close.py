"""Names close to one that was not found, for people who mistyped."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

LEAST = 0.8
"""How alike two names are that one may be meant for the other: `Kenia` is Kenya, `Narnia` is not Armenia."""


def near(wanted: str, names: Iterable[str]) -> list[str]:
    """Return the names close to `wanted`, at most three, the closest first."""
    return get_close_matches(wanted, list(names), n=3, cutoff=LEAST)


def did_you_mean(shown: Iterable[str]) -> str:
    """Return advice that shows what may have been meant, at most three: empty where there is nothing to show."""
    found = list(dict.fromkeys(shown))[:3]
    return f"did you mean {' or '.join(found)}?" if found else ""


def close_to(wanted: str, names: Mapping[str, str]) -> str:
    """Return advice that shows what is close to `wanted`, by its name: empty where nothing is."""
    return did_you_mean(names[name] for name in near(wanted, names))


def close_cells(wanted: str, cells: Sequence[str]) -> str:
    """Return advice on a cell that a template does not have: those that begin so, else those that are close."""
    begun = [cell for cell in cells if cell.startswith(f"{wanted}-")]
    return did_you_mean(begun or near(wanted, cells)) or "the whole matrix shows how its cells are named"
