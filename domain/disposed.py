"""What was disposed of: which bodies and which documents, and who said so."""

from collections.abc import Iterable
from typing import ClassVar

from domain.recorded import Event, Recorded
from domain.values import Name, Position, Uuid

STREAM = "record/disposals"


class DisposalProposed(Event, frozen=True, kw_only=True):
    """Somebody proposed a disposal."""

    TYPE: ClassVar[str] = "record.disposal-proposed"
    disposal: Name
    file_class: Name
    reason: str
    event_ids: tuple[Uuid, ...]
    positions: tuple[Position, ...]
    registered: Name | None


class RecordDisposed(Event, frozen=True, kw_only=True):
    """Bodies at some positions, or the bytes of a registered document, were disposed of; the headers stay."""

    TYPE: ClassVar[str] = "record.disposed"
    disposal: Name
    file_class: Name
    event_ids: tuple[Uuid, ...]
    positions: tuple[Position, ...]
    registered: Name | None
    decision_id: Name | None
    document_id: Name | None


EVENTS: tuple[type[Event], ...] = (DisposalProposed, RecordDisposed)


def disposed_documents(events: Iterable[Recorded]) -> dict[str, Recorded]:
    """Return which documents were disposed of, with the event that says so."""
    found = ((each.body, each) for each in events)
    return {body.registered: each for body, each in found if isinstance(body, RecordDisposed) and body.registered}
