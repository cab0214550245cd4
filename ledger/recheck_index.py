"""Verification's fresh derivation of the as-of index, compared State by State through sums of row hashes.

A sum needs no memory for the rows, and rows may come in any order. Python's own hash of a row has a secret key in each
process, so that nobody can prepare rows whose sum is right; and the index is no evidence, it can be made anew. Only
where sums differ is a State derived row by row, to say which event it is about.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from eventsourcing.persistence import PersistenceError

from domain.index import Change, Row, change
from domain.recorded import Recorded
from domain.standing import History
from domain.standing import history as history_of
from ledger import standing
from ledger.database import Snapshot, Value
from ledger.finding import Finding
from ledger.mapper import RecordMapper
from ledger.rules import Rules

_MODULUS = 1 << 64
_HISTORIES = 64
_ALL = f"SELECT {standing.COLUMNS} FROM standing"  # noqa: S608 - fixed columns
_STREAM = """SELECT e.position, e.header, b.body FROM events AS e JOIN bodies AS b USING (position)
WHERE e.stream = ? AND e.version > ? AND e.version <= ? ORDER BY e.version"""


class IndexCheck:
    """Follows the events and keeps, for each State, the sum of the rows that should be there."""

    def __init__(self, snapshot: Snapshot, rules: Rules) -> None:
        self._snapshot = snapshot
        self._mapper = RecordMapper(rules.body_type)
        self._sums: dict[str, int] = {}
        self._unread: str | None = None
        self._histories: OrderedDict[str, History] = OrderedDict()

    def follow(self, event: Recorded) -> None:
        """Take the next event.

        Raises:
            KeyError: it strikes an event that its stream does not have.
        """
        for closed, row in _effects(event, None if event.header.strikes is None else self._history(event)):
            self._sums[row.state] = (self._sums.get(row.state, 0) + (-_sum(row) if closed else _sum(row))) % _MODULUS

    def _history(self, event: Recorded) -> History:
        stream = event.header.stream
        found = self._histories.pop(stream, History())
        rows = list(self._snapshot.rows(_STREAM, (stream, found.version, event.header.version)))
        found = found.extended(self._mapper.recorded(*row) for row in rows)
        self._histories[stream] = found
        if len(self._histories) > _HISTORIES:
            self._histories.popitem(last=False)
        return found

    def run(self, streams: Iterable[str], *, sound: bool) -> Iterator[Finding]:
        """Compare with the table; rows are named only where the events are `sound`, else they are a consequence."""
        stored: dict[str, int] = {}
        for columns in self._readable(_ALL):
            state = columns[0]
            stored[state] = (stored.get(state, 0) + hash(columns)) % _MODULUS
        names = list(streams)
        for state in sorted(stored.keys() | self._sums.keys()):
            if stored.get(state, 0) == self._sums.get(state, 0):
                continue
            if not sound:
                yield Finding(None, None, f"the as-of index of {state} does not follow from these events")
            else:
                yield from self._state(state, [name for name in names if state in name.split("/")])
        if self._unread is not None:
            yield Finding(None, None, f"the as-of index cannot be read whole: {self._unread}")

    def _readable(self, statement: str, values: Sequence[Value] = ()) -> Iterator[standing.Columns]:
        """Yield rows as far as they can be read: those that cannot are missed, and so named."""
        try:
            yield from self._snapshot.rows(statement, values)
        except PersistenceError as error:
            self._unread = str(error)

    def _state(self, state: str, streams: list[str]) -> Iterator[Finding]:
        wanted: set[standing.Columns] = set()
        for stream in streams:
            history = History()
            for stored in list(self._snapshot.rows(_STREAM, (stream, 0, 2**53))):
                event = self._mapper.recorded(*stored)
                history = history.extended([event])
                for closed, row in _effects(event, history):
                    if closed:
                        wanted.discard(standing.columns(row))
                    else:
                        wanted.add(standing.columns(row))
        found = set(self._readable(f"{_ALL} WHERE state = ?", (state,)))
        for columns in sorted(found ^ wanted, key=lambda columns: (columns[10], columns[5])):
            what = "has a row that does not follow from the events" if columns in found else "lacks a row"
            yield Finding(columns[10], None, f"the as-of index of {state} {what}: {columns[2] or columns[9]}")


def _effects(event: Recorded, history: History | None) -> Iterator[tuple[bool, Row]]:
    """Yield the rows that an event takes away (True) and adds (False)."""
    found = standing.derived(event, history)
    if found is None:
        return
    if found.closes_at is not None and history is not None:
        for row in _open_before(history, event).rows:
            yield True, row
            yield False, msgspec.structs.replace(row, to_position=found.closes_at)
    for row in found.rows:
        yield False, row


def _open_before(history: History, event: Recorded) -> Change:
    """Return what the family's previous member had added: the rows open until now."""
    members = history.family(event.id).members
    before = history_of(members[: members.index(event)])
    found = change(before, before.events[-1])
    return found or Change("", 0, None, ())


def _sum(row: Row) -> int:
    return hash(standing.columns(row))
