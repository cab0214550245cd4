"""What happened to contacts; what says who they are is sealed, and nothing else is written freely."""

from typing import ClassVar

from domain.contact.commands import Details
from domain.recorded import Event, RecordedInError
from domain.values import Date, Name, Position, StateCode


class ContactProposed(Event, frozen=True, kw_only=True):
    """A contact was proposed, or a change of it; nothing of it holds until a second person confirms it."""

    TYPE: ClassVar[str] = "contact.proposed"
    contact: Name
    proposal: Position
    party: str
    state: StateCode | None
    organization: Name | None
    seat: str
    language: str
    valid_from: Date | None
    valid_to: Date | None
    details: Details
    document_id: Name | None


class ContactConfirmed(Event, frozen=True, kw_only=True):
    """A second person confirmed what was proposed."""

    TYPE: ClassVar[str] = "contact.confirmed"
    contact: Name
    proposal: Position


class NoChangeOfContact(Event, frozen=True, kw_only=True):
    """A party said that its contact has not changed."""

    TYPE: ClassVar[str] = "contact.no-change-declared"
    contact: Name
    document_id: Name | None


class ContactBounced(Event, frozen=True, kw_only=True):
    """What was sent to a contact came back."""

    TYPE: ClassVar[str] = "contact.bounced"
    contact: Name
    status: str


class ContactEnded(Event, frozen=True, kw_only=True):
    """A contact has a last day."""

    TYPE: ClassVar[str] = "contact.ended"
    contact: Name
    valid_to: Date
    ending: str
    document_id: Name | None


class ContactErased(Event, frozen=True, kw_only=True):
    """A person was erased: the key to the personal fields is destroyed, here and in copies as they come back."""

    TYPE: ClassVar[str] = "contact.erased"
    contact: Name
    reason: str
    decision_id: Name | None
    document_id: Name | None


class ContactRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a contact should never have been recorded."""

    TYPE: ClassVar[str] = "contact.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (
    ContactProposed,
    ContactConfirmed,
    NoChangeOfContact,
    ContactBounced,
    ContactEnded,
    ContactErased,
    ContactRecordedInError,
)
