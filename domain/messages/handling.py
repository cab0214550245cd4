"""What becomes of a message: held, approved, cancelled, tried, returned, suppressed; each only where it can be."""

import re
from collections.abc import Mapping

from domain.audiences import COMMITTEE
from domain.deciding import Command, Context
from domain.messages import commands as asked
from domain.messages.events import (
    AttemptBegun,
    AttemptEnded,
    MessageApproved,
    MessageCancelled,
    MessageHeld,
    MessageReturned,
    MessageSuppressed,
)
from domain.messages.intending import NoMailFromHistory
from domain.messages.message import UNREACHED, WAITING, Message, Stage, message_of, stream
from domain.recorded import Decided, Draft
from domain.refusals import MalformedInput, NotFound, Refusal

Handled = (
    MessageHeld | MessageApproved | MessageCancelled | AttemptBegun | AttemptEnded | MessageReturned | MessageSuppressed
)

ALLOWED: Mapping[type[Handled], tuple[Stage, ...]] = {
    MessageHeld: ("to-approve", "ready", "to-ask"),
    MessageApproved: ("to-approve", "held", "to-ask", *UNREACHED),
    MessageCancelled: (*WAITING, *UNREACHED),
    AttemptBegun: ("ready",),
    MessageSuppressed: ("ready",),
}
"""Where a message must stand for what is done with it."""

_REPLY = re.compile(r"[245][0-9]{2}( [245](\.[0-9]{1,3}){2})?")
_STATUS = re.compile(r"[245](\.[0-9]{1,3}){2}")


class NotAtThisStage(Refusal):
    """A message that was sent is not held, one that waits for approval is not sent."""


def hold(command: asked.HoldMessage, context: Context) -> Decided:
    """Hold a message."""
    return _decided(command, MessageHeld(message=command.message, reason=command.reason), context)


def approve(command: asked.ApproveMessage, context: Context) -> Decided:
    """Approve a message."""
    event = MessageApproved(message=command.message, wave=command.wave, reason=command.reason)
    return _decided(command, event, context)


def cancel(command: asked.CancelMessage, context: Context) -> Decided:
    """Cancel a message."""
    return _decided(command, MessageCancelled(message=command.message, reason=command.reason), context)


def begin(command: asked.BeginAttempt, context: Context) -> Decided:
    """Begin an attempt."""
    return _decided(command, AttemptBegun(message=command.message, attempt=command.attempt), context)


def end(command: asked.EndAttempt, context: Context) -> Decided:
    """End an attempt."""
    event = AttemptEnded(message=command.message, attempt=command.attempt, outcome=command.outcome, code=command.code)
    return _decided(command, event, context)


def take_back(command: asked.ReturnMessage, context: Context) -> Decided:
    """Record what came back."""
    return _decided(command, MessageReturned(message=command.message, came=command.came, code=command.code), context)


def suppress(command: asked.SuppressMessage, context: Context) -> Decided:
    """Suppress a message."""
    return _decided(command, MessageSuppressed(message=command.message, obstacle=command.obstacle), context)


def _decided(command: Command, event: Handled, context: Context) -> Decided:
    if context.importing or command.known is not None:
        raise NoMailFromHistory("messages are handled here and now", where="known", remedy="leave it out")
    check(event, context)
    return Decided((Draft(stream=stream(event.message), event=event, audience=COMMITTEE),))


def check(event: Handled, context: Context) -> None:
    """Refuse what is done with a message that is not intended, or that stood elsewhere by then."""
    standing = context.standing(stream(event.message))
    message = message_of(each for each in standing if each.header.known_at <= context.known_at)
    if message is None:
        raise NotFound(f"message {event.message} is not on record", where="message", remedy="intend it first")
    allowed = ALLOWED.get(type(event))
    if allowed is not None and message.stage not in allowed:
        raise NotAtThisStage(
            f"message {event.message} is at stage {message.stage!r}", where="message", remedy=f"at {', '.join(allowed)}"
        )
    match event:
        case AttemptBegun() if event.attempt != len(message.attempts) + 1:
            raise MalformedInput(f"the next attempt is {len(message.attempts) + 1}", where="attempt")
        case AttemptEnded():
            _check_end(event, message)
        case MessageReturned():
            _check_code(event.code, _STATUS, "5.1.1")
            if not any(each.outcome in ("accepted", "uncertain", None) for each in message.attempts):
                raise NotAtThisStage(f"message {event.message} never went out", where="message")
        case _:
            pass


def _check_end(event: AttemptEnded, message: Message) -> None:
    """Refuse an end of no attempt and a second end; what was uncertain may become known."""
    _check_code(event.code, _REPLY, "250 or 550 5.1.1")
    found = next((each for each in message.attempts if each.number == event.attempt), None)
    if found is None:
        raise NotFound(f"message {event.message} has no attempt {event.attempt}", where="attempt")
    if found.outcome is not None and (found.outcome != "uncertain" or event.outcome == "uncertain"):
        raise NotAtThisStage(f"attempt {event.attempt} ended {found.outcome}", where="attempt")


def _check_code(code: str | None, form: re.Pattern[str], example: str) -> None:
    """Refuse more than a code: what mail servers say beside it names persons."""
    if code is not None and form.fullmatch(code) is None:
        raise MalformedInput(f"{code!r} is no reply code", where="code", remedy=f"such as {example}")
