"""Letters as electronic mail (MIME) into the register of correspondence: the message itself, and what came with it.

The whole message is registered as a document, restricted, and so are its attachments and its text: all are sealed. On
record they go by the number of the letter; what its subject and the names of attachments say is read in the message
itself, by who may (`interfaces.letter_names`). Addresses stay in these documents; the register says by whom the letter
is, as whoever imports it says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.canonical import sha256
from domain.correspondence.letters import LetterReceived, ReceiveLetter
from domain.document import RegisterDocument
from domain.ids import command_id, event_id
from domain.refusals import Refusal
from domain.times import new_york_date
from domain.times import text as instant_text
from interfaces.importing.commands import checked
from interfaces.importing.messages import MEDIA_TYPE, Attachment, LetterUnfit, parsed
from interfaces.importing.reading import Placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.deciding import RecordView
    from interfaces.importing.faults import Faults
    from interfaces.importing.messages import Message
    from interfaces.importing.reading import Given, OnRecord
    from interfaces.importing.source import Source

LARGEST = 64 * 1024 * 1024


def read(source: Source, faults: Faults, given: Given, on_record: OnRecord) -> Iterator[Placed]:
    """Yield the documents of a message, and the letter that rests on them; what is wrong with it is a fault."""
    del on_record
    try:
        yield from _placed(source, given)
    except Refusal as refusal:
        faults.take(source.name, 1, refusal)


def _placed(source: Source, given: Given) -> Iterator[Placed]:
    if given.letter is None or given.sender is None:
        raise LetterUnfit(
            "which number it has and who sent it is not said",
            remedy="add --letter 2013/45 and --sender state:KEN, organization:NAME, sector:NAME or other:NAME",
        )
    if source.size > LARGEST:
        raise LetterUnfit(f"it has more than {LARGEST} bytes", remedy="register large attachments by themselves")
    content = source.stream().read()
    found = parsed(content)
    name = f"letter-{given.letter.replace('/', '-')}"
    said = given.known or (None if found.received is None else instant_text(found.received))
    if said is None:
        raise LetterUnfit("no header says when it was received", remedy="add --known DATE, the day it was received")
    title = title_of(given.letter)
    names: list[str] = []
    whole = Attachment(content, "", MEDIA_TYPE)
    for number, each in enumerate([whole, *found.parts]):
        names.append(name if not number else f"{name}-{number}")
        called = title if not number else f"Part {number} of letter {given.letter}"
        yield Placed(_document(source, given, names[-1], called, each, found, said), (1,), each.content)
    command = ReceiveLetter(
        id=f"import:{source.sha256}:letter",
        actor=given.actor,
        synthetic=given.synthetic,
        letter=given.letter,
        sender=given.sender,
        title=title,
        received=said,
        dated=found.sent.date().isoformat(),
        language=found.language,
        documents=tuple(names),
    )
    yield Placed(checked(command), (1,))


def passed_over(source: Source, given: Given, record: RecordView) -> str | None:
    """Return in words which options say otherwise of a letter than what is on record of it, so that they were not used.

    They are not checked against what was corrected since: the same file is not a way to correct the register.
    """
    event = record.event(event_id(command_id(f"import:{source.sha256}:letter"), 0))
    if event is None or not isinstance(body := event.body, LetterReceived):
        return None
    stands = {"--letter": body.letter, "--sender": body.sender}
    asked = {"--letter": given.letter, "--sender": given.sender}
    if given.known is not None:
        stands["--known"], asked["--known"] = new_york_date(body.received_at).isoformat(), given.known
    other = [
        f"{name} {said} was not used: on record it is {stands[name]}"
        for name, said in asked.items()
        if said not in (None, stands[name], body.received_at)
    ]
    return "; ".join(other) or None


def title_of(letter: str) -> str:
    """Return what a letter is called where it lies readable: never its subject."""
    return f"Letter {letter}"


def _document(
    source: Source, given: Given, name: str, title: str, part: Attachment, message: Message, received: str
) -> RegisterDocument:
    command = RegisterDocument(
        id=f"import:{source.sha256}:{name}",
        actor=given.actor,
        synthetic=given.synthetic,
        document=name,
        title=title,
        sha256=sha256(part.content),
        size=len(part.content),
        media_type=part.media_type,
        language=message.language,
        source="correspondence",
        dated=message.sent.date().isoformat(),
        received_at=received,
        sender=given.sender or "",
    )
    return checked(command)
