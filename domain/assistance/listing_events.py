"""What is said of the Committee's official list: what was put on it, and taken off."""

from typing import ClassVar

from domain.recorded import Event
from domain.values import Name


class Listed(Event, frozen=True, kw_only=True):
    """A request or an offer was put on the official list."""

    TYPE: ClassVar[str] = "assistance.listed"
    request: Name | None
    offer: Name | None


class TakenOffList(Event, frozen=True, kw_only=True):
    """A request or an offer was taken off the official list."""

    TYPE: ClassVar[str] = "assistance.taken-off-list"
    request: Name | None
    offer: Name | None
    reason: str


EVENTS: tuple[type[Event], ...] = (Listed, TakenOffList)
