"""Where the matrix of each State is, on a screen."""

from interfaces.cli.output import line, paragraph, table
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.cli.screens.heading import date_words
from interfaces.text import _
from projections.current import Done, Matrices


def write_matrices(found: Matrices) -> None:
    """Write a line for each State, below the notice."""
    write_over(_("Matrices"), found)
    if found.notice:
        paragraph(found.notice)
        line()
    table(
        (
            _("State"),
            _("Name"),
            _("Revision"),
            _("Template"),
            _("Opened"),
            _("Sealed"),
            _("Approved"),
            _("Sent"),
            _("Published"),
            "",
        ),
        (
            (
                each.state,
                each.name,
                "-" if each.revision is None else str(each.revision),
                each.template or "-",
                _date(each.opened),
                _date(each.sealed),
                _of(each.approved, each.revision),
                _of(each.sent, each.revision),
                _of(each.published, each.revision),
                _("synthetic") if each.synthetic else "",
            )
            for each in found.matrices
        ),
    )
    write_withheld(found)


def _date(done: Done | None) -> str:
    return "-" if done is None else date_words(done.known_at, done.known_precision)


def _of(done: Done | None, revision: int | None) -> str:
    """Return the date of an act, and its revision where that is not the last one."""
    other = "" if done is None or done.revision == revision else f" ({_('revision')} {done.revision or '?'})"
    return _date(done) + other
