"""Names close to one that was not found, for people who mistyped."""

from collections.abc import Mapping
from difflib import get_close_matches

LEAST = 0.7


def close_to(wanted: str, names: Mapping[str, str]) -> str:
    """Return advice that shows what is close to `wanted`, by its name: empty where nothing is."""
    found = dict.fromkeys(names[name] for name in get_close_matches(wanted, list(names), n=3, cutoff=LEAST))
    return f"did you mean {' or '.join(found)}?" if found else ""
