"""What a State was asked to consent to, what it said, and what was published under it."""

from typing import ClassVar

from domain.recorded import Event, RecordedInError
from domain.values import Date, LetterId, Name, Party, Sha256, StateCode, Uuid


class ConsentAsked(Event, frozen=True, kw_only=True):
    """A State was asked for its consent."""

    TYPE: ClassVar[str] = "consent.asked"
    state: StateCode
    scope: Name
    manifest: Sha256 | None
    partners: tuple[Party, ...]
    reply_by: Date | None
    letter: LetterId | None
    document_id: Name | None


class ConsentGivenV1(Event, frozen=True, kw_only=True):
    """A State consents: as it was recorded before partners could be named."""

    TYPE: ClassVar[str] = "consent.given"
    state: StateCode
    scope: Name
    manifest: Sha256 | None
    valid_from: Date | None
    valid_to: Date | None
    document_id: Name | None


class ConsentGiven(Event, frozen=True, kw_only=True):
    """A State consents: for one manifest, or for all (null); for a period that may be open; to partners it names."""

    TYPE: ClassVar[str] = "consent.given"
    VERSION: ClassVar[int] = 2
    state: StateCode
    scope: Name
    manifest: Sha256 | None
    partners: tuple[Party, ...]
    valid_from: Date | None
    valid_to: Date | None
    letter: LetterId | None
    document_id: Name | None


class ConsentRefused(Event, frozen=True, kw_only=True):
    """A State does not consent."""

    TYPE: ClassVar[str] = "consent.refused"
    state: StateCode
    scope: Name
    manifest: Sha256 | None
    partners: tuple[Party, ...]
    letter: LetterId | None
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
    ConsentAsked,
    ConsentGivenV1,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    Published,
    Unpublished,
    ConsentRecordedInError,
)


def naming_partners(body: Event) -> Event:
    """Return a consent of the first version as one of the second: it names no partner."""
    assert isinstance(body, ConsentGivenV1)  # noqa: S101 - it is asked for no other
    return ConsentGiven(
        state=body.state,
        scope=body.scope,
        manifest=body.manifest,
        partners=(),
        valid_from=body.valid_from,
        valid_to=body.valid_to,
        letter=None,
        document_id=body.document_id,
    )
