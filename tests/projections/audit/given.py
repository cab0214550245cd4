"""An office whose record holds whatever it did, also what the rules would have refused: no audit relies on those."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from domain import canonical
from domain.header import Header
from domain.ids import command_id, event_id
from domain.matrix.documents import Manifest, ManifestCell
from domain.recorded import Event, Recorded
from domain.standing import Cut
from projections.audit.check import Check
from projections.audit.trail import Trail
from tests.memory_record import MemoryRecord

CELL = "T1/op1-1-nw-legal"


class Office:
    """Puts events on record one after another, each recorded at noon of a day and known then unless it is said when."""

    def __init__(self) -> None:
        self.events: list[Recorded] = []
        self.documents: dict[str, bytes] = {}

    @classmethod
    def of(cls, record: MemoryRecord) -> "Office":
        """Return an office that did what is on a record, all of it by the rules."""
        office = cls()
        office.events += record.events
        return office

    def did(self, stream: str, event: Event, day: str, *, known: str | None = None, **header: Any) -> Recorded:
        position = len(self.events) + 1
        number = command_id(f"command-{position}")
        recorded_at = f"{day}T17:00:00.{position:06}Z"
        said: dict[str, Any] = {
            "format": 1,
            "log": "example.org/ledger1540/test",
            "position": position,
            "event_id": event_id(number, 0),
            "stream": stream,
            "version": position,
            "previous": None,
            "subject": getattr(event, "cell", None),
            "type": event.TYPE,
            "type_version": event.VERSION,
            "body_commitment": "0" * 64,
            "recorded_at": recorded_at,
            "known_at": recorded_at if known is None else f"{known}T17:00:00.000000Z",
            "known_precision": "instant",
            "strikes": None,
            "noticed_at": None,
            "command_id": number,
            "actor": "sec",
            "role": "secretariat",
            "causation_id": None,
            "correlation_id": None,
            "audience": ("committee",),
            "synthetic": True,
        }
        self.events.append(Recorded(Header(**said | header), event))
        return self.events[-1]

    def strikes(self, struck: Recorded, event: Event, day: str, **header: Any) -> Recorded:
        """Correct or void an event; noticed when it is recorded."""
        said: dict[str, Any] = {
            "known_at": struck.header.known_at,
            "strikes": struck.id,
            "noticed_at": f"{day}T17:00:00.000000Z",
            "subject": struck.header.subject,
        }
        return self.did(struck.header.stream, event, day, **said | header)

    def manifest(self, *cells: Recorded) -> str:
        """Keep a manifest that names some cells, and return its hash."""
        named = tuple(ManifestCell(cell=each.header.subject or CELL, event_id=each.id, leaf="0" * 64) for each in cells)
        data = canonical.encode(Manifest(kind="manifest", state="KEN", revision=1, template="T1", cells=named))
        name = canonical.sha256(data)
        self.documents[name] = data
        return name

    def recorded(self, start: int = 1, stop: int | None = None) -> Iterator[Recorded]:
        yield from self.events[start - 1 : stop]

    def document(self, sha256: str) -> bytes | None:
        return self.documents.get(sha256)

    def trail(self, *, day: str = "2014-01-01", gap_days: int = 30, **cut: Any) -> Trail:
        return Trail(self, Cut(position=len(self.events), **cut), day=date.fromisoformat(day), gap_days=gap_days)

    def found(self, check: Check, **asked: Any) -> list[tuple[int, str]]:
        """Return what a check finds: positions and sentences."""
        return [(each.event.position, each.what) for each in check.find(self.trail(**asked))]
