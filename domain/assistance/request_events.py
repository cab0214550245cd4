"""What is said of a request for assistance itself: received, wished, found, and in the end withdrawn or closed."""

from typing import ClassVar

from domain.recorded import Event
from domain.values import CellId, Instant, Name, StateCode


class RequestReceived(Event, frozen=True, kw_only=True):
    """A request for assistance was received."""

    TYPE: ClassVar[str] = "assistance.request-received"
    request: Name
    requesters: tuple[StateCode, ...]
    through: Name | None
    subject: str
    needs: str
    cells: tuple[CellId, ...]
    wider_goals: tuple[str, ...]
    documents: tuple[Name, ...]
    sending: str
    posting: str
    received_at: Instant


class WishStated(Event, frozen=True, kw_only=True):
    """The requester said when, or that not, its request is sent on and a summary posted."""

    TYPE: ClassVar[str] = "assistance.wish-stated"
    request: Name
    sending: str
    posting: str
    document_id: Name | None


class RequestAuthenticated(Event, frozen=True, kw_only=True):
    """A request was found authentic and in due form."""

    TYPE: ClassVar[str] = "assistance.request-authenticated"
    request: Name
    document_id: Name | None


class RequestFoundInformal(Event, frozen=True, kw_only=True):
    """A request was found informal."""

    TYPE: ClassVar[str] = "assistance.request-found-informal"
    request: Name
    reason: str


class RequestWithdrawn(Event, frozen=True, kw_only=True):
    """The requester took its request back."""

    TYPE: ClassVar[str] = "assistance.request-withdrawn"
    request: Name
    reason: str
    document_id: Name | None


class RequestClosed(Event, frozen=True, kw_only=True):
    """A request was closed."""

    TYPE: ClassVar[str] = "assistance.request-closed"
    request: Name
    reason: str


EVENTS: tuple[type[Event], ...] = (
    RequestReceived,
    WishStated,
    RequestAuthenticated,
    RequestFoundInformal,
    RequestWithdrawn,
    RequestClosed,
)
Followed = WishStated | RequestAuthenticated | RequestFoundInformal | RequestWithdrawn | RequestClosed
"""What is said of a request after it was received."""
