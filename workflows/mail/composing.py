"""A letter as the bytes that go out: the same letter at the same instant is the same bytes."""

from datetime import datetime
from email.headerregistry import Group
from email.message import EmailMessage
from email.policy import SMTP
from typing import NamedTuple

from domain.times import NEW_YORK, moment
from domain.values import Instant


class Letterhead(NamedTuple):
    """Whose mail it is: the address it is sent from, and the one to which replies go."""

    sender: str
    reply_to: str | None = None

    @property
    def domain(self) -> str:
        """The domain in which messages are named."""
        return self.sender.rpartition("@")[2]


class Written(NamedTuple):
    """A letter: its subject, its text, the language, and to whom it goes in words."""

    subject: str
    text: str
    language: str
    to: str


def compose(letter: Written, head: Letterhead, *, message_id: str, at: Instant, first: str | None = None) -> bytes:
    """Return the bytes of a letter; `first` is the Message-ID whose thread it continues.

    `To` is a group without members: it says who is meant and holds no address.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = head.sender
    message["To"] = Group(letter.to, ())
    message["Subject"] = letter.subject
    message["Date"] = _date(at)
    message["Message-ID"] = message_id
    if head.reply_to is not None:
        message["Reply-To"] = head.reply_to
    if first is not None:
        message["In-Reply-To"] = first
        message["References"] = first
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = letter.language
    return bytes(message)


def _date(at: Instant) -> datetime:
    return moment(at).astimezone(NEW_YORK).replace(microsecond=0)
