"""Which duties are asked about: whoever needs few of them has the others not judged."""

from collections.abc import Callable

from domain.calendar.entries import Expected
from domain.deadline import stream
from domain.duty import deadline_of
from domain.mandate import occurrence
from domain.standing import Stands

Which = Callable[[Expected, Stands], bool]


def every(wanted: Expected, standing: Stands) -> bool:
    """Choose every duty."""
    del wanted, standing
    return True


def dated(wanted: Expected, standing: Stands) -> bool:
    """Choose what has a date, or may have been given one since."""
    return wanted.due is not None or bool(standing(stream(deadline_of(wanted.duty))))


def yearly(wanted: Expected, standing: Stands) -> bool:
    """Choose the programme of work and the annual review of each year."""
    del standing
    return occurrence(wanted.duty) is not None
