"""Reminders on a screen: to whom by role, why, from which paragraph."""

import msgspec

from domain.times import new_york_date
from domain.values import Instant
from interfaces.cli.output import line, table
from interfaces.text import _, some
from workflows.foresight import Foresight
from workflows.mail.reminding import Foreseen


class Reminded(msgspec.Struct, frozen=True, kw_only=True):
    """What is due to be sent at an instant, and the messages that were intended for it, none in a dry run.

    `others` is what all kinds would do beside these reminders, in a dry run.
    """

    at: Instant
    dry_run: bool
    synthetic: bool
    reminders: tuple[Foreseen, ...]
    intended: tuple[str, ...]
    others: Foresight


def write_reminders(told: Reminded) -> None:
    """Write reminders, one a line."""
    line(_("Reminders due on {}").format(new_york_date(told.at)))
    if told.synthetic:
        line(_("SYNTHETIC: this content is made up; it states no fact about a real State."))
    line()
    table(
        (_("To"), _("Rung"), _("Duty"), _("Paragraph"), _("Last day"), _("Status"), _("Why"), ""),
        (
            (
                each.addressee,
                each.rung,
                each.duty,
                each.paragraph,
                str(each.last_day or ""),
                each.status,
                each.words or each.what,
                "; ".join(_remarks(each)),
            )
            for each in told.reminders
        ),
    )
    write_foresight(told.others)
    line()
    line(_("The intervals between reminders are internal: the programme sets none."))
    if not told.dry_run:
        line(some("{} message is intended.", "{} messages are intended.", len(told.intended)))


def write_foresight(found: Foresight) -> None:
    """Write what else would go out or be proposed."""
    if found.messages:
        line()
        table(
            (_("To"), _("Letter"), _("About"), _("Paragraph"), _("Subject"), ""),
            (
                (
                    each.addressee,
                    each.letter,
                    each.about,
                    each.paragraph or "",
                    each.subject,
                    _("to be approved first") if each.approval_needed else "",
                )
                for each in found.messages
            ),
        )
    for proposals, says in ((found.proposals, _("Proposed: {} ({})")), (found.refused, _("Refused: {} ({})"))):
        for each in proposals:
            line(says.format(each.command, f"{each.kind}/{each.name}"))


def _remarks(each: Foreseen) -> list[str]:
    said = [_("passed over: a later rung has come")] if each.passed_over else []
    return [*said, _("provisional: no list of holidays yet")] if each.provisional else said
