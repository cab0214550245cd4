"""What is recorded of correspondence: its events, and the decisions that its commands ask for."""

from typing import ClassVar, cast

from domain.correspondence import handling, letters
from domain.deciding import Command
from domain.mandate import Decide
from domain.recorded import Event, RecordedInError


class CorrespondenceRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of the register should never have been recorded."""

    TYPE: ClassVar[str] = "correspondence.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (
    letters.LetterReceived,
    letters.LetterSent,
    handling.LetterCirculated,
    handling.LetterHandedOn,
    handling.LetterClosed,
    CorrespondenceRecordedInError,
)
DECISIONS: dict[type[Command], Decide] = {
    letters.ReceiveLetter: cast("Decide", letters.receive),
    letters.SendLetter: cast("Decide", letters.send),
    handling.CirculateLetter: cast("Decide", handling.circulate),
    handling.HandOnLetter: cast("Decide", handling.hand_on),
    handling.CloseLetter: cast("Decide", handling.close),
}
