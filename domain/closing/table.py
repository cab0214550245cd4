"""The table: for each duty the events that open it and those that close it, the commands that record them, the rule.

The steps of a duty's deadline close it too: `deadline.step-done`, with the document or decision that shows it.
"""

from collections.abc import Mapping

from domain.closing import cooperation, implementation, own_work, support
from domain.closing.rules import Rule
from domain.mandate import occurrence
from domain.recorded import Event

RULES: Mapping[str, Rule] = {**own_work.ROWS, **implementation.ROWS, **support.ROWS, **cooperation.ROWS}
"""Every row by its duty; those that fall due every year by the name that all of them share, as `REV`."""

TYPES: frozenset[type[Event]] = frozenset(
    kind for rule in RULES.values() for kind in (*rule.opens, *rule.closes, *rule.beside)
)
"""Every type of event that the table looks at."""


def rule_of(duty: str) -> Rule | None:
    """Return the row of a duty, None for one that the table does not know."""
    yearly = occurrence(duty)
    return RULES.get(duty if yearly is None else yearly[0])
