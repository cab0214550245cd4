"""What is asked of messages: intended, approved, tried, and what came of it."""

from typing import Literal

from domain.deciding import Command
from domain.values import Addressee, Instant, Name, Sha256, StreamName

WhenUncertain = Literal["send-again", "ask"]
Outcome = Literal["accepted", "temporarily-refused", "refused", "unreached", "uncertain"]
Came = Literal["bounced-hard", "bounced-soft", "auto-reply"]
Obstacle = Literal["no-address", "bounced", "ended", "erased"]


class IntendMessage(Command, frozen=True, kw_only=True, tag="intend-message"):
    """Intend a message whose bytes are in the store; `about` is the deadline or procedure it belongs to.

    `filled_at` is the position of the record at which its letter was filled, `first` the message whose thread it
    continues. After an uncertain attempt it is sent again byte for byte, or somebody is asked.
    """

    message: Name
    message_id: str
    composed_at: Instant
    addressee: Addressee
    kind: Name
    template_version: int
    language: str
    sha256: Sha256
    size: int
    filled_at: int
    about: StreamName
    duty: Name | None = None
    rung: Name | None = None
    paragraph: str | None = None
    first: Name | None = None
    approval_needed: bool = False
    when_uncertain: WhenUncertain = "send-again"


class HoldMessage(Command, frozen=True, kw_only=True, tag="hold-message"):
    """Hold a message that has not been sent; it waits until it is approved."""

    message: Name
    reason: str


class ApproveMessage(Command, frozen=True, kw_only=True, tag="approve-message"):
    """Approve that a message be sent, or be sent again after an uncertain attempt; `wave` names what was approved."""

    message: Name
    wave: Name | None = None
    reason: str = ""


class CancelMessage(Command, frozen=True, kw_only=True, tag="cancel-message"):
    """Cancel a message that has not been sent."""

    message: Name
    reason: str


class BeginAttempt(Command, frozen=True, kw_only=True, tag="begin-attempt"):
    """Record that an attempt to send a message begins; attempts are numbered from 1."""

    message: Name
    attempt: int


class EndAttempt(Command, frozen=True, kw_only=True, tag="end-attempt"):
    """Record what came of an attempt, with the reply code of the mail server; nothing else that it said."""

    message: Name
    attempt: int
    outcome: Outcome
    code: str | None = None


class ReturnMessage(Command, frozen=True, kw_only=True, tag="return-message"):
    """Record what came back of a message: it bounced, or somebody is away, which is no bounce."""

    message: Name
    came: Came
    code: str | None = None


class SuppressMessage(Command, frozen=True, kw_only=True, tag="suppress-message"):
    """Record that a message cannot be sent by mail; its letter is a document to be handed over."""

    message: Name
    obstacle: Obstacle
