"""A duty planned back, on a screen."""

from collections.abc import Iterator

from domain.calendar.planning_back import Latest
from interfaces.cli.output import line, table
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.text import _
from projections.planning import Plan


def write_plan(found: Plan) -> None:
    """Write the steps, the first one first."""
    write_over(f"{found.duty} ({found.paragraph}): {found.text}", found)
    line(f"{_('Last day')} {found.last_day}: {found.words}")
    line()
    table(
        (_("Last day for it"), _("Working days"), _("Basis"), _("Step"), _("What"), ""),
        (
            (
                str(each.day),
                str(each.working_days) if each.working_days else "-",
                each.basis,
                each.step,
                each.says,
                "; ".join(_remarks(each, found)),
            )
            for each in found.steps
        ),
    )
    line()
    line(_("Intervals marked internal are the Secretariat's own; `setting` is a setting of each procedure."))
    write_withheld(found)


def _remarks(each: Latest, found: Plan) -> Iterator[str]:
    if each.done:
        yield _("done")
    elif each.lost:
        yield _("lost")
    elif each.step == found.lost_first:
        yield _("lost first")
    if each.provisional:
        yield _("provisional: no list of holidays yet")
