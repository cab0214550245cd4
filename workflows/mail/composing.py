"""A letter as the bytes that go out: the same letter at the same instant is the same bytes."""

from email.headerregistry import Group
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
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
    fields = {
        "From": head.sender,
        "To": str(Group(letter.to, ())),
        "Subject": letter.subject,
        "Date": format_datetime(moment(at).astimezone(NEW_YORK).replace(microsecond=0)),
        "Message-ID": message_id,
        "Reply-To": head.reply_to,
        "In-Reply-To": first,
        "References": first,
        "Auto-Submitted": "auto-generated",
    }
    headers = (_header(name, value) for name, value in fields.items() if value is not None)
    return b"".join((*headers, _content(letter.text, letter.language)))


@lru_cache(maxsize=1_000)
def _header(name: str, value: str) -> bytes:
    """Return the lines of a header; most are the same for a whole wave, and making them takes longer than all else."""
    return SMTP.fold_binary(name, SMTP.header_store_parse(name, value)[1])


@lru_cache(maxsize=100)
def _content(text: str, language: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = language
    return bytes(message)
