"""What is on record, and what a decision asks to be put there."""

from typing import ClassVar

import msgspec

from domain.header import Header
from domain.values import Instant, Precision


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The body of an event. `TYPE` and `VERSION` are its name for decades; no stored field has a default."""

    TYPE: ClassVar[str]
    VERSION: ClassVar[int] = 1

    @classmethod
    def topic(cls) -> str:
        """Return type and version as one name: `matrix.cell-assessed@1`."""
        return f"{cls.TYPE}@{cls.VERSION}"


class RecordedInError(Event, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The event that this one strikes should never have been recorded; every prefix has its own type of it."""

    reason: str


class Disposed(Event, frozen=True, kw_only=True):
    """What is left of a body that was disposed of: nothing. It is never stored; the header alone is."""


class Recorded(msgspec.Struct, frozen=True, gc=False):
    """An event on record: its header, and its body as the reader's own version of the type."""

    header: Header
    body: Event

    @property
    def originator_id(self) -> str:
        """The stream, under the name that the event-sourcing library uses."""
        return self.header.stream

    @property
    def originator_version(self) -> int:
        """The version in the stream, from 1."""
        return self.header.version

    @property
    def id(self) -> str:
        """The event id."""
        return self.header.event_id

    @property
    def position(self) -> int:
        """The position in the record, from 1."""
        return self.header.position


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An event to be recorded; what is None here is taken from the command (dates) or is absent (strikes)."""

    stream: str
    event: Event
    audience: tuple[str, ...]
    subject: str | None = None
    strikes: str | None = None
    noticed_at: Instant | None = None
    known_at: Instant | None = None
    known_precision: Precision | None = None


class Decided(msgspec.Struct, frozen=True):
    """The outcome of a decision: events in order, documents to be stored before them, and the role exercised."""

    drafts: tuple[Draft, ...] = ()
    documents: tuple[bytes, ...] = ()
    role: str = ""
