"""The duty to examine the matrix of every State, and how far it is."""

from collections.abc import Sequence

from domain.calendar.answering import NO_FACTS, at_cut, wanted_at
from domain.calendar.entries import Expected
from domain.closing.states import examined
from domain.recorded import Recorded
from domain.standing import Stands
from domain.values import Instant

MATRIX_ALL = "MATRIX-ALL"
"""The duty to examine every State's matrix (6(a)(iii)): what counts is the examination of each, not a report."""


def examinations(
    standing: Stands, known_at: Instant, states: Sequence[str]
) -> tuple[Expected, Sequence[Recorded]] | None:
    """Return the duty to examine all matrices that holds at a cut, and the first examination of each State's matrix.

    None where no programme that is known lays it down.

    Raises:
        MalformedInput: the cut is not dated.
    """
    wanted = wanted_at(at_cut(standing, known_at, NO_FACTS, states))
    duty = next((each for each in wanted if each.duty == MATRIX_ALL), None)
    return None if duty is None else (duty, examined(standing, states, duty.begins, duty.until))
