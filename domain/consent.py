"""What a State consented to have shown, and what was published under it."""

from typing import ClassVar

from domain.recorded import Event, RecordedInError
from domain.values import Date, Name, Sha256, StateCode, Uuid


class ConsentGiven(Event, frozen=True, kw_only=True):
    """A State consents: for one manifest, or for all (null); for a period that may be open."""

    TYPE: ClassVar[str] = "consent.given"
    state: StateCode
    scope: Name
    manifest: Sha256 | None
    valid_from: Date | None
    valid_to: Date | None
    document_id: Name | None


class ConsentWithdrawn(Event, frozen=True, kw_only=True):
    """A State takes its consent back."""

    TYPE: ClassVar[str] = "consent.withdrawn"
    state: StateCode
    scope: Name
    manifest: Sha256 | None
    document_id: Name | None


class Published(Event, frozen=True, kw_only=True):
    """A manifest was published."""

    TYPE: ClassVar[str] = "consent.published"
    state: StateCode
    manifest: Sha256
    basis: tuple[Uuid, ...]


class Unpublished(Event, frozen=True, kw_only=True):
    """A published manifest was taken down."""

    TYPE: ClassVar[str] = "consent.unpublished"
    state: StateCode
    manifest: Sha256
    basis: tuple[Uuid, ...]


class ConsentRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of consent or publication should never have been recorded."""

    TYPE: ClassVar[str] = "consent.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (
    ConsentGiven,
    ConsentWithdrawn,
    Published,
    Unpublished,
    ConsentRecordedInError,
)
