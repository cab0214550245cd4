"""What is due, on a screen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from interfaces.cli.output import line, table, talk
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.cli.screens.heading import date_words
from interfaces.text import _, some
from projections.axes import Axes
from projections.due_for import DueFor
from projections.duty_log import DutyLog


def write_duties(axes: Axes, duties: Sequence[Mapping[str, Any]], *, synthetic: bool) -> None:
    """Write the duties with their dates, how the date is meant and what it rests on."""
    line(f"{_('Duties of the programme of work and of the mandate')}")
    if synthetic:
        line(_("SYNTHETIC: a simulated record; dates of the Committee's own life are real only where it says so."))
    line(f"  {_('As of'):<11} {axes.as_of or _('now')} ({_('what was known by')} {axes.cut.known_at})")
    by = axes.recorded_by
    line(f"  {_('Recorded'):<11} {_('by position')} {by.position} ({by.recorded_at or _('nothing is recorded')})")
    line()
    _write_listed(duties)
    line()
    write_below(duties)


def write_due_for(found: DueFor) -> None:
    """Write what is due of one role, working group or State."""
    write_over(_("What is due of {} {}").format(found.what, found.of), found)
    _write_listed(found.duties)
    for title, letters in ((_("Asked of it"), found.asked), (_("With the Committee"), found.with_the_committee)):
        if letters:
            line()
            line(title)
            table(
                (_("Letter"), _("Since"), _("Reply asked for by")),
                ((each.letter, each.since, each.reply_by) for each in letters),
            )
    if found.contacts:
        line()
        table(
            (_("Point of contact"), _("Seat"), _("Confirmed"), ""),
            (
                (
                    each.contact,
                    each.seat,
                    str(each.confirmed_on or _("never")),
                    _("to be asked again (internal interval)") if each.to_be_asked else "",
                )
                for each in found.contacts
            ),
        )
    line()
    write_below(found.duties)
    write_withheld(found)


def _write_listed(duties: Iterable[Mapping[str, Any]]) -> None:
    table(
        (_("Due"), _("Status"), _("Duty"), _("Paragraph"), _("Owes"), _("What"), _("On record")),
        (
            (
                due_words(each),
                status_words(each),
                str(each["duty"]),
                str(each["paragraph"]),
                str(each["owes"]),
                str(each["text"]),
                "; ".join((*served_words(each), *opened_words(each))),
            )
            for each in duties
        ),
    )


def write_below(duties: Iterable[Mapping[str, Any]]) -> None:
    """Write what is never overdue, and which dates are no mandate; say what is withheld."""
    listed = list(duties)
    line(_("Voluntary things and aims are never overdue. Dates marked internal are the Secretariat's own, no mandate."))
    if any(each["withheld"] for each in listed):
        talk(_("How far each duty is, is withheld from you."))


def status_words(each: Mapping[str, Any]) -> str:
    """Return how far a duty is."""
    if each["withheld"]:
        return _("withheld")
    progress = each["progress"]
    return str(each["status"]) if progress is None else f"{each['status']} ({progress['done']} / {progress['of']})"


def served_words(each: Mapping[str, Any]) -> Iterator[str]:
    """Yield how often a duty was served in its programme's time, by which event last, and a day of our own."""
    if each["withheld"] or not (each["steps"] or each["served"]["times"]):
        return
    last = each["served"]["last"]
    if last is None:
        yield _("nothing on record")
    else:
        yield f"{some('{} event', '{} events', each['served']['times'])}, {_('the last')} {act_words(last)}"
    if each["again_by"]:
        yield _("again by {} (internal)").format(each["again_by"])


def opened_words(each: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is open and since which event, and how much came too late."""
    for opened in each["opened"] or ():
        words = _("not in time: {}") if opened["missed"] else _("open: {}")
        due = f", {_('due')} {opened['due']}" if opened["due"] else ""
        yield words.format(f"{opened['of']}{due} ({act_words(opened['by'])})")


def act_words(act: Mapping[str, Any]) -> str:
    """Return an event by its type, stream, position and the day in New York on which it was known."""
    day = date_words(act["known_at"], "day")
    return f"{day} {act['type']} {act['stream']} {_('position')} {act['position']}"


def write_duty_log(found: DutyLog) -> None:
    """Write the events of a duty."""
    write_over(f"{found.duty} ({found.paragraph}): {found.text}", found)
    table(
        (_("Known"), _("What"), _("Event"), _("Stream"), _("Position"), _("Recorded")),
        (
            (
                date_words(act.known_at, act.known_precision),
                act.what if act.open is None else f"{act.what}, {_('open')}: {act.open}",
                act.type,
                act.stream,
                str(act.position),
                date_words(act.recorded_at, "day"),
            )
            for act in found.acts or ()
        ),
    )
    if found.acts is None:
        talk(_("How far each duty is, is withheld from you."))
    elif not found.acts:
        line(_("Nothing is on record."))
    write_withheld(found)


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
