"""One message: what was intended, where it stands, and what came of each attempt to send it."""

from collections.abc import Iterable
from typing import Literal

import msgspec
from msgspec.structs import replace

from domain.messages.events import (
    AttemptBegun,
    AttemptEnded,
    MessageApproved,
    MessageCancelled,
    MessageHeld,
    MessageIntended,
    MessageReturned,
    MessageSuppressed,
)
from domain.recorded import Recorded
from domain.standing import History
from domain.values import Instant

Stage = Literal[
    "to-approve",
    "held",
    "ready",
    "sending",
    "to-ask",
    "accepted",
    "refused",
    "returned",
    "suppressed",
    "cancelled",
]
"""`ready` may be sent now or, after a temporary refusal, later; `to-ask` is uncertain and waits for somebody."""

WAITING: tuple[Stage, ...] = ("to-approve", "held", "ready", "to-ask")
"""What may still be held or cancelled."""
UNREACHED: tuple[Stage, ...] = ("refused", "returned", "suppressed")
"""What did not reach anybody: sent again, once the address is mended, where somebody approves that; or cancelled."""


class Attempt(msgspec.Struct, frozen=True):
    """An attempt; `outcome` is None as long as nobody knows what came of it."""

    number: int
    begun_at: Instant
    outcome: str | None = None
    ended_at: Instant | None = None
    code: str | None = None


class Message(msgspec.Struct, frozen=True):
    """A message as standing events tell it; `approved_after` is how many attempts there were when it was approved."""

    intended: MessageIntended
    event: Recorded
    held: bool = False
    approved_after: int | None = None
    attempts: tuple[Attempt, ...] = ()
    returned: MessageReturned | None = None
    suppressed: MessageSuppressed | None = None
    suppressed_at: Instant | None = None
    cancelled: bool = False

    @property
    def name(self) -> str:
        """Its name."""
        return self.intended.message

    @property
    def wave(self) -> str:
        """What it is read and approved together with: letters of one kind and rung, which in a campaign is a day."""
        return ".".join(each for each in (self.intended.kind, self.intended.rung) if each is not None)

    @property
    def last(self) -> Attempt | None:
        """The last attempt."""
        return self.attempts[-1] if self.attempts else None

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        if self.cancelled:
            return "cancelled"
        if self.suppressed is not None:
            return "suppressed"
        if self.returned is not None:
            return "returned"
        match None if self.last is None else self.last.outcome:
            case "accepted" | "refused" as outcome if (self.approved_after or 0) < len(self.attempts):
                return outcome
            case None if self.last is not None:
                return "sending"
            case outcome:
                return self._waiting(uncertain=outcome == "uncertain")

    @property
    def gone_at(self) -> Instant | None:
        """When it was taken by a server or given to be handed over; None where it did not go out, or came back."""
        if self.stage == "suppressed":
            return self.suppressed_at
        return self.last.ended_at if self.stage == "accepted" and self.last is not None else None

    def _waiting(self, *, uncertain: bool) -> Stage:
        if self.held:
            return "held"
        if uncertain and self.intended.when_uncertain == "ask" and (self.approved_after or 0) < len(self.attempts):
            return "to-ask"
        if self.intended.approval_needed and self.approved_after is None:
            return "to-approve"
        return "ready"


def stream(message: str) -> str:
    """Return the stream of a message."""
    return f"message/{message}"


def message_of(standing: Iterable[Recorded]) -> Message | None:
    """Return the message that standing events tell of, or None where none is intended."""
    found: Message | None = None
    for event in standing:
        if isinstance(event.body, MessageIntended):
            found = Message(event.body, event)
        elif found is not None:
            found = evolve(found, event)
    return found


def message_now(history: History) -> Message | None:
    """Return the message that a stream tells of now."""
    return message_of(history.standing())


def evolve(state: Message, event: Recorded) -> Message:
    """Return the message after one more standing event."""
    match event.body:
        case MessageHeld():
            return replace(state, held=True)
        case MessageApproved():
            return replace(state, held=False, approved_after=len(state.attempts), returned=None, suppressed=None)
        case MessageCancelled():
            return replace(state, cancelled=True)
        case AttemptBegun(attempt=number):
            return replace(state, attempts=(*state.attempts, Attempt(number, event.header.known_at)))
        case AttemptEnded(attempt=number, outcome=outcome, code=code):
            ended = {"outcome": outcome, "ended_at": event.header.known_at, "code": code}
            return replace(
                state,
                attempts=tuple(replace(each, **ended) if each.number == number else each for each in state.attempts),
            )
        case MessageReturned(came=came) as body:
            return state if came == "auto-reply" else replace(state, returned=body)
        case MessageSuppressed() as body:
            return replace(state, suppressed=body, suppressed_at=event.header.known_at)
        case _:
            return state
