"""A letter as bytes: quickly made, they are those of the library's own message, to the last."""

from email.headerregistry import Group
from email.message import EmailMessage
from email.policy import SMTP

from hypothesis import given
from hypothesis import strategies as st

from domain.times import NEW_YORK, moment
from tests.workflows.mail.given import HEAD
from workflows.mail.composing import Letterhead, Written, compose

LINES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=100)
AT = "2013-12-01T14:00:00.654321Z"


def whole(letter: Written, head: Letterhead, message_id: str, first: str | None) -> bytes:
    """Return the bytes of a message that the library makes in one piece."""
    message = EmailMessage(policy=SMTP)
    message["From"] = head.sender
    message["To"] = Group(letter.to, ())
    message["Subject"] = letter.subject
    message["Date"] = moment(AT).astimezone(NEW_YORK).replace(microsecond=0)
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


@given(
    subject=LINES,
    text=st.lists(LINES).map("\n".join),
    to=st.sampled_from(
        ("Chair of the 1540 Committee", "Mission permanente de la Côte d'Ivoire", 'A "B", (C)', "é" * 90)
    ),
    name=st.from_regex(r"[a-z0-9.-]{1,150}", fullmatch=True),
    answers=st.booleans(),
    head=st.sampled_from((HEAD, Letterhead("secretariat@committee.example"))),
)
def test_the_bytes_are_those_of_the_librarys_own_message(
    subject: str, text: str, to: str, name: str, answers: bool, head: Letterhead
) -> None:
    letter, message_id = Written(subject, text, "fr", to), f"<{name}@committee.example>"
    first = "<first.r0@committee.example>" if answers else None
    assert compose(letter, head, message_id=message_id, at=AT, first=first) == whole(letter, head, message_id, first)
