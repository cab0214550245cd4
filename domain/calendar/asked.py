"""Of whom a duty asks something: the offices, working groups and States that the words of a programme name."""

import re
from collections.abc import Iterable

import msgspec

from domain.calendar.ladders import OFFICES, reminded

_STATES = re.compile(r"\b(States?|Permanent Missions?)\b")
_OF_GROUP = re.compile(r"WG ([a-z]+)")
OF_EVERY_GROUP = ("coordinator", "coordinators")
"""What stands after `WG` where each of the four is meant."""


class Words(msgspec.Struct, frozen=True):
    """Who owes a duty and who is reminded of it, in the words of a programme."""

    owes: str
    remind: str


def of_office(words: Words, office: str) -> bool:
    """Return whether a duty asks something of an office, as `chair`."""
    owing = (named for word, named in OFFICES.items() if re.search(rf"\b{re.escape(word)}\b", words.owes))
    return f"role:{office}" in reminded(words.remind) or office in owing


def of_states(words: Words) -> bool:
    """Return whether a duty asks something of States."""
    return _STATES.search(words.owes) is not None or _STATES.search(words.remind) is not None


def of_group(words: Words, names: Iterable[str]) -> bool:
    """Return whether a duty asks something of a working group that has these names, or of each where it names none."""
    said = " ".join(names).lower()
    found = _OF_GROUP.findall(f"{words.owes}, {words.remind}")
    own = [word for word in found if word not in OF_EVERY_GROUP]
    return any(word in said for word in own) if own else bool(found)
