"""What is due, on a screen."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from interfaces.cli.output import line, table, talk
from interfaces.text import _
from projections.axes import Axes


def write_duties(axes: Axes, duties: Sequence[Mapping[str, Any]], *, synthetic: bool) -> None:
    """Write the duties with their dates, how the date is meant and what it rests on."""
    line(f"{_('Duties of the programme of work and of the mandate')}")
    if synthetic:
        line(_("SYNTHETIC: a simulated record; dates of the Committee's own life are real only where it says so."))
    line(f"  {_('As of'):<11} {axes.as_of or _('now')} ({_('what was known by')} {axes.cut.known_at})")
    by = axes.recorded_by
    line(f"  {_('Recorded'):<11} {_('by position')} {by.position} ({by.recorded_at or _('nothing is recorded')})")
    line()
    table(
        (_("Due"), _("Status"), _("Duty"), _("Paragraph"), _("Owes"), _("What")),
        (
            (
                due_words(each),
                status_words(each),
                str(each["duty"]),
                str(each["paragraph"]),
                str(each["owes"]),
                str(each["text"]),
            )
            for each in duties
        ),
    )
    line()
    write_below(duties)


def write_below(duties: Iterable[Mapping[str, Any]]) -> None:
    """Write what is never overdue, and which dates are no mandate; say what is withheld."""
    line(_("Voluntary things and aims are never overdue. Dates marked internal are the Secretariat's own, no mandate."))
    if any(each["withheld"] for each in duties):
        talk(_("How far each duty is, is withheld from you."))


def status_words(each: Mapping[str, Any]) -> str:
    """Return how far a duty is."""
    if each["withheld"]:
        return _("withheld")
    progress = each["progress"]
    return str(each["status"]) if progress is None else f"{each['status']} ({progress['done']} / {progress['of']})"


def due_words(each: Mapping[str, Any]) -> str:
    """Return the date as the text has it: every wording where there are several, and what is our own as internal."""
    if each["due"] is None:
        return str(each["due_policy"] or "")
    moved = f", {_('moved from')} {each['due_before']}" if each["due_before"] else ""
    internal = f" ({_('internal')})" if each["basis"] == "internal" else ""
    wordings = [f"{w['due_policy']} {w['due']} ({w['paragraph']})" for w in each["wordings"]]
    if len(wordings) > 1 and not moved:
        return f" {_('and')} ".join(wordings) + internal
    return f"{each['due_policy'] or ''} {each['due']}".strip() + moved + internal
