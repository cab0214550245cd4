"""What stands over and under every answer of a view on a screen."""

from interfaces.cli.output import line, talk
from interfaces.text import _, some
from interfaces.words import reading_words
from projections.engine.answering import Answered


def write_over(title: str, found: Answered) -> None:
    """Write which place on the axes an answer holds for."""
    line(title)
    if found.synthetic:
        line(_("SYNTHETIC: this content is made up; it states no fact about a real State."))
    line()
    by = found.recorded_by
    line(f"  {_('Reading'):<11} {found.reading}: {reading_words(found.reading)}")
    line(f"  {_('As of'):<11} {found.as_of or _('the last event')} ({_('what was known by')} {found.known_cut})")
    line(f"  {_('Recorded'):<11} {_('by position')} {by.position} ({by.recorded_at or _('nothing is recorded')})")
    line()


def write_withheld(found: Answered) -> None:
    """Say how much is withheld."""
    if found.withheld:
        talk(some("{} row is withheld from you.", "{} rows are withheld from you.", found.withheld))
