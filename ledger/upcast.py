"""Reading what was written years ago: each step turns a body of one version into the next version of its type."""

from collections.abc import Callable, Mapping

from domain.consent import naming_partners
from domain.messages.events import with_reason
from domain.recorded import Event

STEPS: Mapping[str, Callable[[Event], Event]] = {
    "consent.given@1": naming_partners,
    "message.approved@1": with_reason,
}
"""From `type@version` to the function that gives the next version."""


def upcast(body: Event, steps: Mapping[str, Callable[[Event], Event]] = STEPS) -> Event:
    """Return `body` as the newest version of its type."""
    while (step := steps.get(body.topic())) is not None:
        body = step(body)
    return body
