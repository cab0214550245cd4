"""The programme board on a screen."""

from collections.abc import Iterator, Mapping
from typing import Any

from interfaces.cli.output import line, table
from interfaces.cli.screens.answered import write_over
from interfaces.cli.screens.duties import due_words, opened_words, served_words, status_words, write_below
from interfaces.cli.screens.heading import date_words
from interfaces.text import _
from projections.board import Act, Board

Acts = Mapping[str | None, Act]


def write_board(found: Board) -> None:
    """Write the duties by paragraph, and below each what was done for it and by which event."""
    title = _("Programme of work {}, {} to {}")
    write_over(title.format(found.programme, found.period_from, found.period_to), found)
    acts: Acts = {act.event_id: act for act in found.acts}
    table(
        (_("Paragraph"), _("Duty"), _("Due"), _("Status"), _("What, who owes it, and by which event")),
        (
            row
            for each in found.paragraphs
            for place, duty in enumerate(each.duties)
            for row in _rows(each.paragraph if place == 0 else "", duty, acts)
        ),
    )
    line()
    if found.counts is not None:
        line(", ".join(f"{name}: {count}" for name, count in found.counts.items()))
    write_below(duty for each in found.paragraphs for duty in each.duties)


def _rows(paragraph: str, duty: Mapping[str, Any], acts: Acts) -> Iterator[tuple[str, ...]]:
    status = status_words(duty) + (f", {_('late')}" if duty["late"] else "")
    if duty["again_in"] is not None:
        status += f", {_('again in programme {}').format(duty['again_in'])}"
    yield (paragraph, str(duty["duty"]), due_words(duty), status, f"{duty['text']} ({duty['owes']})")
    told = [
        f"{step['says']}: {_by(acts[step['event_id']]) if step['event_id'] else '-'}" for step in duty["steps"] or ()
    ]
    if duty["extension"]:
        told.append(f"{_('moved')}: {_by(acts[duty['extension']])}")
    if duty["suspended_by"]:
        told.append(f"{_('suspended')}: {_by(acts[duty['suspended_by']])}")
    if duty["status"] == "dropped":
        told.append(f"{_('dropped')}: {_by(acts[duty['closed_by']])}")
    told += [*served_words(duty), *opened_words(duty)]
    yield from (("", "", "", "", f"- {each}") for each in told)


def _by(act: Act) -> str:
    """Return when something was done, by which event, and what that names."""
    words = [date_words(act.known_at, act.known_precision), f"{_('position')} {act.position}"]
    if act.decision is not None:
        words.append(f"{_('decision')} {act.decision}")
    if act.document is not None:
        words.append(f"{_('document')} {act.document}")
    return ", ".join(words)
