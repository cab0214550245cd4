"""Events found by words in their stored bodies: canonical JSON spells a member and its value in one way only."""

from domain.canonical import encode
from domain.recorded import Recorded
from ledger.record import Record

_HOLDING = """SELECT e.position FROM events AS e JOIN bodies AS b USING (position)
WHERE {} AND ({}) ORDER BY e.position"""
_ANYWHERE = "e.position <= ?"
# The sign keeps SQLite from going through all positions up to that one, instead of the streams alone.
_IN_STREAMS = "+e.position <= ? AND e.stream >= ? AND e.stream < ?"


def member(name: str, value: str) -> bytes:
    """Return how a member of a body is written."""
    return encode(name) + b":" + encode(value)


def holding(record: Record, prefix: str, position: int, *words: bytes) -> list[Recorded]:
    """Return the events of streams that begin with `prefix`, recorded by a position, whose body holds any words."""
    if not words:
        return []
    database = record.application.sequencer.database
    where, bounds = (_IN_STREAMS, (prefix, prefix + "\x7f")) if prefix else (_ANYWHERE, ())
    statement = _HOLDING.format(where, " OR ".join([database.holds("b.body")] * len(words)))
    positions = [found for (found,) in database.rows(statement, (position, *bounds, *words))]
    events = record.at(positions)
    return [events[each] for each in positions if each in events]
