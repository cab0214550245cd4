"""States as lists name them: by code, or by a name that was theirs on the date of the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.deciding import RecordView, fold_of
from domain.refusals import MalformedInput
from domain.standing import Cut
from domain.state import StateRegistered, StateRenamed, name_at, stream
from domain.times import parse
from projections.close import close_to
from projections.meant import plain

if TYPE_CHECKING:
    from projections.states import NamedStreams


class StateNames:
    """The names that States on record have or had."""

    def __init__(self, record: NamedStreams) -> None:
        self._named: dict[str, set[str]] = {}
        self._record: RecordView = record
        for name in record.stream_names("state/"):
            for event in fold_of(record.history(name).standing(), StateRegistered, StateRenamed):
                if isinstance(event.body, StateRegistered | StateRenamed):
                    for each in (event.body.name, event.body.name_fr):
                        self._named.setdefault(plain(each), set()).add(event.body.state)

    def code(self, written: str, on: str | None) -> str:
        """Return the code of the State that is written, by a name that no other had on a date.

        Raises:
            MalformedInput: no State has that name, or more than one had it.
        """
        if len(written) == 3 and written.isascii() and written.isupper():
            return written
        found = self._named.get(plain(written), set())
        if len(found) > 1:
            cut = Cut() if on is None else Cut(known_at=parse(on)[0])
            found = {
                code for code in found if plain(name_at(self._record.history(stream(code)), cut)) == plain(written)
            }
        if len(found) != 1:
            near = {name: f"{name} ({', '.join(sorted(codes))})" for name, codes in self._named.items()}
            raise MalformedInput(
                f"no State is called {written[:80]!r}" if not found else f"more than one State was called {written!r}",
                remedy=close_to(plain(written), near)
                or "write the code, such as KEN, or a value for it in the profile",
            )
        return next(iter(found))
