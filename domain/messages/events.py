"""What happened to messages. Who gets one is a role, a contact or a party; no address stands here, nor in the bytes."""

from typing import ClassVar

from domain.content import Content
from domain.recorded import Event, RecordedInError
from domain.values import Addressee, Instant, Name, Offset, Position, StreamName


class MessageIntended(Event, frozen=True, kw_only=True):
    """A message is to be sent, in these bytes."""

    TYPE: ClassVar[str] = "message.intended"
    message: Name
    message_id: str
    composed_at: Instant
    addressee: Addressee
    kind: Name
    template_version: Position
    language: str
    content: Content
    size: Offset
    filled_at: Position
    about: StreamName
    duty: Name | None
    rung: Name | None
    paragraph: str | None
    first: Name | None
    approval_needed: bool
    when_uncertain: str


class MessageHeld(Event, frozen=True, kw_only=True):
    """A message waits until it is approved."""

    TYPE: ClassVar[str] = "message.held"
    message: Name
    reason: str


class MessageApprovedV1(Event, frozen=True, kw_only=True):
    """A message may be sent, or sent again: as it was recorded before a reason could be given."""

    TYPE: ClassVar[str] = "message.approved"
    message: Name
    wave: Name | None


class MessageApproved(Event, frozen=True, kw_only=True):
    """A message may be sent, or sent again; `wave` names what was approved together."""

    TYPE: ClassVar[str] = "message.approved"
    VERSION: ClassVar[int] = 2
    message: Name
    wave: Name | None
    reason: str


class MessageCancelled(Event, frozen=True, kw_only=True):
    """A message is not sent."""

    TYPE: ClassVar[str] = "message.cancelled"
    message: Name
    reason: str


class AttemptBegun(Event, frozen=True, kw_only=True):
    """An attempt to send a message began: from here on it may have gone out."""

    TYPE: ClassVar[str] = "message.attempt-begun"
    message: Name
    attempt: Position


class AttemptEnded(Event, frozen=True, kw_only=True):
    """What came of an attempt is known, or is known to be uncertain."""

    TYPE: ClassVar[str] = "message.attempt-ended"
    message: Name
    attempt: Position
    outcome: str
    code: str | None


class MessageReturned(Event, frozen=True, kw_only=True):
    """Something came back: a message bounced, or somebody is away."""

    TYPE: ClassVar[str] = "message.returned"
    message: Name
    came: str
    code: str | None


class MessageSuppressed(Event, frozen=True, kw_only=True):
    """A message cannot be sent by mail."""

    TYPE: ClassVar[str] = "message.suppressed"
    message: Name
    obstacle: str


class MessageRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a message should never have been recorded."""

    TYPE: ClassVar[str] = "message.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (
    MessageIntended,
    MessageHeld,
    MessageApprovedV1,
    MessageApproved,
    MessageCancelled,
    AttemptBegun,
    AttemptEnded,
    MessageReturned,
    MessageSuppressed,
    MessageRecordedInError,
)


def with_reason(body: Event) -> Event:
    """Return an approval of the first version as one of the second: it gives no reason."""
    assert isinstance(body, MessageApprovedV1)  # noqa: S101 - it is asked for no other
    return MessageApproved(message=body.message, wave=body.wave, reason="")
