"""Documents that a file brings: decisions see them at once, the store gets them when everything is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ledger.documents import Documents
from ledger.rules import Rules, catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from domain.deciding import Command, Context, RecordView
    from domain.recorded import Decided, Recorded
    from domain.standing import History


class Attached:
    """Bytes kept aside while commands that name them are decided.

    `view` is what the running decisions see; `told` hears of each decision.
    """

    def __init__(self, folder: Path) -> None:
        self._aside = Documents(folder, durable=False)
        self._names: dict[str, None] = {}
        self.view: RecordView | None = None
        self.told: Callable[[Command, Decided], None] | None = None

    def add(self, content: bytes) -> None:
        """Keep bytes aside."""
        self._names[self._aside.put(content)] = None

    def add_sealed(self, commitment: str, data: bytes) -> None:
        """Keep what is sealed aside."""
        self._aside.put_sealed(commitment, data)
        self._names[commitment] = None

    def begin_again(self) -> None:
        """Let go of what was kept aside for a trial: what is sealed anew is sealed otherwise."""
        for path in self._aside.files():
            path.unlink()
        self._names.clear()

    def get(self, name: str) -> bytes | None:
        """Return bytes that are kept aside."""
        return self._aside.get(name) if name in self._names else None

    def store(self, documents: Documents) -> None:
        """Put all of them into a record's store."""
        for path in self._aside.files():
            documents.take(path)


class _WithAttached:
    """A record as a decision sees it, with the bytes kept aside as if they were stored."""

    def __init__(self, record: RecordView, attached: Attached) -> None:
        self._record = record
        self._attached = attached

    def history(self, stream: str) -> History:
        return self._record.history(stream)

    def event(self, event_id: str) -> Recorded | None:
        return self._record.event(event_id)

    def after(self, position: int) -> Iterator[Recorded]:
        return self._record.after(position)

    def document(self, sha256: str) -> bytes | None:
        found = self._attached.get(sha256)
        return self._record.document(sha256) if found is None else found


def rules_with(attached: Attached) -> Rules:
    """Return the Committee's rules, for decisions that also see what is kept aside."""
    rules = catalogue()

    def decide(command: Command, context: Context) -> Decided:
        attached.view = seen = _WithAttached(context.record, attached)
        decided = rules.decide(command, msgspec.structs.replace(context, record=seen))
        if attached.told is not None:
            attached.told(command, decided)
        return decided

    return msgspec.structs.replace(rules, decide=decide)
