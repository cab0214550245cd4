"""When a message that waits may be tried, and which attempts nobody is making any more."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from domain.messages.message import Attempt, Message
from domain.times import moment, text
from domain.values import Instant

AGAIN_AFTER = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(days=1),
)
"""How long to wait after each attempt that did not succeed; after the last, daily. Internal intervals.

After the first that was uncertain there is no waiting, so that a process that was cut short loses no time; nor where
somebody was asked about it.
"""


def tries_at(message: Message) -> Instant | None:
    """Return from when on a message may be tried, or None where it may not."""
    if message.stage != "ready":
        return None
    last = message.last
    if last is None or last.ended_at is None:
        return message.intended.composed_at
    approved = (message.approved_after or 0) >= last.number
    if approved or (last.outcome == "uncertain" and last.number == 1):
        return message.intended.composed_at
    waited = AGAIN_AFTER[min(len(message.attempts), len(AGAIN_AFTER)) - 1]
    return text(moment(last.ended_at) + waited)


def may_try(message: Message, at: Instant) -> bool:
    """Return whether a message may be tried at an instant."""
    since = tries_at(message)
    return since is not None and since <= at


def under_way(messages: Iterable[Message]) -> Iterator[tuple[Message, Attempt]]:
    """Yield the messages with an attempt that has begun and not ended, and that attempt."""
    for message in messages:
        if message.stage == "sending" and message.last is not None:
            yield message, message.last
