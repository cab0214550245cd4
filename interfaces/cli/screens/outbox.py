"""Messages on a screen: what waits, what was sent, what came back."""

from collections.abc import Sequence

from interfaces.cli.output import line, table
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.text import _
from projections.outbox import Listed, Outbox
from workflows.mail.bounces import Returned
from workflows.mail.sending import Sent


def write_outbox(found: Outbox) -> None:
    """Write messages, one a line."""
    write_over(_("Messages"), found)
    table(
        (_("Message"), _("Stage"), _("To"), _("Letter"), _("Wave"), _("About"), _("Attempts"), ""),
        (
            (
                each.message,
                each.stage,
                each.addressee,
                f"{each.kind} {each.template_version} {each.language}",
                each.wave,
                each.about,
                str(len(each.attempts)),
                _remark(each),
            )
            for each in found.messages
        ),
    )
    write_withheld(found)


def _remark(each: Listed) -> str:
    if each.attempts and each.attempts[-1].outcome is not None:
        last = each.attempts[-1]
        return " ".join(word for word in (each.came or last.outcome, last.code) if word)
    return each.obstacle or ""


def write_message(each: Listed, letter: str) -> None:
    """Write a message: what is on record of it, then the letter as it goes out."""
    rows = (
        (_("Message"), each.message_id),
        (_("Stage"), each.stage),
        (_("Wave"), each.wave),
        (_("To"), each.addressee),
        (_("About"), " ".join(word for word in (each.about, each.duty, each.rung) if word)),
        (_("Paragraph"), each.paragraph or ""),
        (_("Letter"), f"{each.kind}, {_('version')} {each.template_version}, {each.language}"),
        (_("Filled at"), f"{_('position')} {each.filled_at}"),
        *(
            (f"{_('Attempt')} {one.number}", " ".join(word for word in (one.begun_at, one.outcome, one.code) if word))
            for one in each.attempts
        ),
    )
    for name, value in rows:
        line(f"  {name:<11} {value}")
    line()
    for written in letter.splitlines():
        line(written)


def write_sent(sent: Sequence[Sent]) -> None:
    """Write what a pass of sending did, one message a line."""
    table(
        (_("Message"), _("Attempt"), _("Outcome"), _("Code")),
        ((each.message, str(each.attempt or ""), each.outcome, each.code or "") for each in sent),
    )


def write_returned(found: Sequence[Returned]) -> None:
    """Write what came back, one file a line."""
    table(
        (_("File"), _("Message"), _("What"), _("Code"), ""),
        (
            (
                each.file,
                each.message or _("none of ours"),
                each.came or _("no bounce"),
                each.code or "",
                "" if each.recorded or each.message is None else _("on record before"),
            )
            for each in found
        ),
    )
