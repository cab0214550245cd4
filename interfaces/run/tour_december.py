"""The tour of a December: the draft of an annual review, and the reminders in a mailbox."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from interfaces.cli.output import line, table, talk
from interfaces.run import december
from workflows.mail.folder import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.record import Record

ONE = f"annual-review-{december.YEAR}.role-chair.T-14.r0"
DRAFT = f"review-{december.YEAR}-draft-2"
BEGINNING = 14
"""How many lines of the draft are shown."""


def lived(home: Path) -> None:
    """Live through the December, unless that was done."""
    talk("(an embedded Temporal server, for evaluation, wakes what falls due; it is stopped when the month is over)")
    if not december.lived(home):
        talk(f"SYNTHETIC: the simulated December in {home} is there already")


def show_mailbox(home: Path) -> None:
    """Show what lies in the mailbox, and one reminder as it went out."""
    found = sorted((home / FOLDER).glob("*.eml"))
    letters = [message_from_bytes(each.read_bytes(), policy=policy.default) for each in found]
    line(f"{len(found)} messages in {home / FOLDER}; those to the Chair:")
    chair = [each for each in letters if "Chair" in str(each["To"])]
    chair.sort(key=lambda each: each["Date"].datetime)
    table(("Date", "Message-ID"), [(str(each["Date"]), str(each["Message-ID"])) for each in chair])
    line()
    one = next(each for each in chair if ONE in str(each["Message-ID"]))
    for name in ("From", "To", "Subject", "Message-ID"):
        line(f"{name}: {one[name]}")
    line()
    for each in str(one.get_content()).splitlines():
        line(each)


def show_draft(record: Record) -> None:
    """Show how the draft that the workflow made of the review begins."""
    from domain.document import DocumentRegistered

    registered = record.history(f"document/{DRAFT}").standing()[-1].body
    assert isinstance(registered, DocumentRegistered)  # noqa: S101 - the first of its stream
    text = (record.document(registered.content.sha256 or "") or b"").decode()
    for each in text.splitlines()[:BEGINNING]:
        line(each)
    line(f"… {len(text.splitlines())} lines in all; the part since the cut-off:")
    for each in text[text.index("Since the cut-off") :].splitlines():
        line(each)
