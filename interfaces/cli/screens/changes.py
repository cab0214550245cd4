"""The changes of a period, on a screen."""

from interfaces.cli.output import line, paragraph, table
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.cli.screens.heading import date_words, value_words
from interfaces.text import _, some
from projections.views.changes import CellChange, Changes


def write_changes(found: Changes) -> None:
    """Write which cells came to say something, in order of knowing, below the notice."""
    write_over(_("Changes of cells"), found)
    line(f"  {_('Known from'):<11} {found.known_from}")
    line()
    if found.notice:
        paragraph(found.notice)
        line()
    table(
        (_("Known"), _("State"), _("Revision"), _("Cell"), _("Before"), _("Says"), _("What"), _("Event"), ""),
        (
            (
                date_words(each.known_at, each.known_precision),
                each.state,
                str(each.revision),
                each.cell,
                _before(each),
                value_words(each.value),
                each.what,
                str(each.position),
                _("synthetic") if each.synthetic else "",
            )
            for each in found.changes
        ),
    )
    line()
    line(some("{} change.", "{} changes.", len(found.changes)))
    write_withheld(found)


def _before(each: CellChange) -> str:
    return value_words(each.old_value, withheld=each.old_withheld)
