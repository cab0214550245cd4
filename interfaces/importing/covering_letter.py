"""With what a State sent a matrix back: a file is entered once for each day on which it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from domain.exchange.comments import CellCommented
from domain.ids import command_id, event_id
from domain.refusals import Conflict

if TYPE_CHECKING:
    from domain.deciding import RecordView


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """When what a State says was received, and with which letter or document."""

    received: str
    letter: str | None
    document: str | None


class EnteredOtherwise(Conflict):
    """The same file of the same day is on record, as having come with another letter or document."""


def check_letter(record: RecordView, key: str, letter: Letter, name: str) -> None:
    """Refuse a file that was entered before under this key of a command, with another letter or document.

    Raises:
        EnteredOtherwise: with what is on record, and what to do.
    """
    entered = record.event(event_id(command_id(key), 0))
    if entered is None or not isinstance(body := entered.body, CellCommented):
        return
    if (body.letter, body.document_id) != (letter.letter, letter.document):
        came = " and ".join(
            f"{what} {each}" for what, each in (("letter", body.letter), ("document", body.document_id)) if each
        )
        raise EnteredOtherwise(
            f"this file, received on {letter.received}, was entered already with {came or 'no letter or document'}",
            where=name,
            remedy="if that was an error, correct the comments (from event "
            f"{entered.id} on); if the State sent the file again, say with --received on which other day it came",
        )
