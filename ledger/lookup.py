"""Events found by words in their stored bodies: canonical JSON spells a member and its value in one way only."""

from domain.canonical import encode
from domain.recorded import Recorded
from ledger.mapper import uuid_text
from ledger.record import Record

_HOLDING = """SELECT e.event_id FROM events AS e JOIN bodies AS b USING (position)
WHERE e.stream >= ? AND e.stream < ? AND e.position <= ? AND ({}) ORDER BY e.position"""


def member(name: str, value: str) -> bytes:
    """Return how a member of a body is written."""
    return encode(name) + b":" + encode(value)


def holding(record: Record, prefix: str, position: int, *words: bytes) -> list[Recorded]:
    """Return the events of streams that begin with `prefix`, recorded by a position, whose body holds any words."""
    if not words:
        return []
    database = record.application.sequencer.database
    statement = _HOLDING.format(" OR ".join([database.holds("b.body")] * len(words)))
    rows = database.rows(statement, (prefix, prefix + "\x7f", position, *words))
    found = [record.event(uuid_text(event_id)) for (event_id,) in rows]
    return [event for event in found if event is not None]
