"""What followed from a decision, on a screen."""

from interfaces.cli.output import line, table
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.cli.screens.heading import date_words
from interfaces.text import _
from projections.consequences import Consequences


def write_consequences(found: Consequences) -> None:
    """Write what followed, one event a line."""
    write_over(_("What followed from {}: {}").format(found.decision, found.title), found)
    if not found.stands:
        line(_("Its adoption does not stand there."))
        line()
    table(
        (_("Known"), _("What"), _("Event"), _("Stream"), _("Position"), _("Through"), ""),
        (
            (
                date_words(each.known_at, each.known_precision),
                each.what,
                each.type,
                each.stream,
                str(each.position),
                each.through,
                "" if each.stands else _("struck"),
            )
            for each in found.followed
        ),
    )
    if not found.followed:
        line(_("Nothing is on record."))
    write_withheld(found)
