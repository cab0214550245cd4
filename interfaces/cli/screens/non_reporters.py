"""States without a first report, on a screen."""

from interfaces.cli.output import line, table, talk
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.text import _
from projections.non_reporters import NonReporters


def write_non_reporters(found: NonReporters) -> None:
    """Write the list by name, its id, and how it is asked for again."""
    write_over(_("States that had not submitted a first report"), found)
    if found.states is None:
        talk(_("Which States these are, is withheld from you."))
        write_withheld(found)
        return
    rows = ((each.state, each.name, each.reason or "") for each in found.states)
    table((_("State"), _("Name"), _("Why, as it was learnt")), rows)
    line()
    line(_("{} of {} Members, by name").format(len(found.states), found.members))
    line(f"  {_('List'):<11} sha256 {found.list_id}")
    line(f"  {_('Again by'):<11} {_again(found)}")


def _again(found: NonReporters) -> str:
    dated = "" if found.as_of is None else f" --as-of '{found.as_of}'"
    return f"ledger1540 non-reporters{dated} --recorded-by {found.recorded_by.position} --reading {found.reading}"
