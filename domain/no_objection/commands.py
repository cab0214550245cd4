"""What is asked to be recorded of a no-objection procedure."""

from domain.deciding import Command
from domain.duty_station import NEW_YORK
from domain.values import LetterId, Name, Sha256, StateCode

DAYS = 5
"""Full working days where nothing else is said: the usual figure, and a setting of each procedure."""
HOUR = "17:00"
INCOMING_DAYS = 3


class OpenProcedure(Command, frozen=True, kw_only=True, tag="open-procedure"):
    """Record that items were sent to all delegations under a no-objection procedure.

    No item named means all that are open, no delegation all fifteen members of that day.
    """

    decision: Name
    sent: str
    delegations: tuple[StateCode, ...] = ()
    items: tuple[int, ...] = ()
    documents: tuple[Sha256, ...] = ()
    days: int = DAYS
    closing_hour: str = HOUR
    station: Name = NEW_YORK
    incoming_days: int = INCOMING_DAYS
    holds_lapse: bool = True
    in_place_of: Name | None = None


class InformIncoming(Command, frozen=True, kw_only=True, tag="inform-incoming"):
    """Record that what runs was put to delegations that come in; none named means all that do before it closes."""

    decision: Name
    sent: str
    delegations: tuple[StateCode, ...] = ()


class Saying(Command, frozen=True, kw_only=True):
    """What a delegation says of items, and when that was received, else now; no item named means all of them."""

    decision: Name
    state: StateCode
    received: str | None = None
    items: tuple[int, ...] = ()
    letter: LetterId | None = None


class Object(Saying, frozen=True, kw_only=True, tag="object"):
    """Record that a member objects, and when that was received, else now; no item named means all of them."""

    reason: str = ""


class PlaceOnHold(Saying, frozen=True, kw_only=True, tag="place-on-hold"):
    """Record that a member places items on hold."""

    reason: str = ""


class ReleaseHold(Saying, frozen=True, kw_only=True, tag="release-hold"):
    """Record that a member lifts its hold."""


class AskTime(Saying, frozen=True, kw_only=True, tag="ask-time"):
    """Record that a member asks for more time."""


class AnswerTime(Command, frozen=True, kw_only=True, tag="answer-time"):
    """Record how many further full working days the Chair gives for items on which time was asked; 0 gives none."""

    decision: Name
    days: int
    reason: str
    items: tuple[int, ...] = ()


class CloseProcedure(Command, frozen=True, kw_only=True, tag="close-procedure"):
    """Adopt the items whose time has run out without an objection, a hold or an unanswered request for time."""

    decision: Name
