"""What letters and what came with them are called: their subject and names lie sealed in the message itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.document import DocumentRegistered
    from domain.recorded import Recorded
    from interfaces.papers import Papers
    from ledger.record import Record

_OF_A_LETTER = re.compile(r"(letter-\d{4}-\d+)(?:-(\d+))?")


def sealed_name(record: Record, giving: Papers, document: DocumentRegistered, as_of: str | None) -> str | None:
    """Return the subject of a letter, or the name of what came with it, to a reader who may see the document.

    It is read in the sealed message, and the reading is logged as one. None where the document is no part of a letter,
    or where nothing opens the message here.
    """
    from domain.refusals import Refusal
    from interfaces.importing.messages import parsed

    found = _OF_A_LETTER.fullmatch(document.document)
    message = None if found is None else _message(record, found[1])
    if found is None or message is None:
        return None
    try:
        read = parsed(giving.give(message, as_of).data)
    except Refusal:
        return None
    if found[2] is None:
        return read.subject
    number = int(found[2])
    return (read.parts[number - 1].name or None) if 0 < number <= len(read.parts) else None


def _message(record: Record, name: str) -> Recorded | None:
    """Return the registration of a sealed message, or None where the document is none."""
    from domain.document import DocumentRegistered, stream
    from interfaces.importing.messages import MEDIA_TYPE

    for event in reversed(record.history(stream(name)).standing()):
        if isinstance(body := event.body, DocumentRegistered):
            return event if body.media_type == MEDIA_TYPE and body.content.commitment is not None else None
    return None
