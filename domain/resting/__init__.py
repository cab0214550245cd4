"""What rests on what: a fact is not struck while another that stands rests on it.

Each kind of record says which grounds its facts lay while they stand (the State, the document, the duty) and which they
stand on. Openings and seals, whose dates matter too, are in `matrix.guards`.
"""

from collections.abc import Iterator, Mapping

from domain.deciding import RecordView
from domain.recorded import Event
from domain.resting import (
    assistance,
    committee,
    contacts,
    decisions,
    exchanges,
    knowledge,
    matrix,
    meetings,
    messages,
    organizations,
    reference,
    reviews,
    visits,
)
from domain.resting.ground import FindStreams, Ground, Grounds, Streams

__all__ = ["Ground", "bears", "laid_in", "rested_on_in", "rests"]

_KINDS: Mapping[str, tuple[Grounds, ...]] = {
    "activity": (knowledge.GROUNDS,),
    "actor": (reference.GROUNDS,),
    "assistance": (assistance.GROUNDS,),
    "calendar": (reference.GROUNDS,),
    "committee": (committee.GROUNDS, meetings.GROUNDS),
    "compilation": (knowledge.GROUNDS,),
    "consent": (matrix.GROUNDS,),
    "contact": (contacts.GROUNDS,),
    "correspondence": (exchanges.GROUNDS,),
    "deadline": (decisions.GROUNDS,),
    "decision": (decisions.GROUNDS,),
    "document": (reference.GROUNDS,),
    "exchange": (exchanges.GROUNDS,),
    "law": (knowledge.GROUNDS,),
    "mandate": (decisions.GROUNDS,),
    "mapping": (reference.GROUNDS,),
    "matrix": (matrix.GROUNDS,),
    "meeting": (meetings.GROUNDS,),
    "message": (messages.GROUNDS,),
    "organization": (organizations.GROUNDS,),
    "plan": (knowledge.GROUNDS,),
    "practice": (knowledge.GROUNDS,),
    "programme": (decisions.GROUNDS, reviews.GROUNDS),
    "record": (reference.GROUNDS,),
    "review": (reviews.GROUNDS,),
    "state": (reference.GROUNDS,),
    "submission": (reference.GROUNDS,),
    "template": (reference.GROUNDS,),
    "treaty": (knowledge.GROUNDS,),
    "visit": (visits.GROUNDS,),
}
"""By the prefix of an event's type, who says what it lays and rests on."""

_ALL = {id(grounds): grounds for kinds in _KINDS.values() for grounds in kinds}.values()
_LAID_IN: Mapping[str, FindStreams] = {kind: find for each in _ALL for kind, find in each.laid_in.items()}
_RESTED_ON_IN: Mapping[str, FindStreams] = {kind: find for each in _ALL for kind, find in each.rested_on_in.items()}


def bears(body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact lays while it stands."""
    for kind in _KINDS[body.TYPE.partition(".")[0]]:
        yield from kind.bears(body)


def rests(record: RecordView, body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact stands on; the record is looked up for what the fact alone does not say."""
    for kind in _KINDS[body.TYPE.partition(".")[0]]:
        yield from kind.rests(record, body)


def laid_in(ground: Ground, year: int) -> Streams:
    """Return the streams in which those who lay a ground are found, programmes up to those of a year."""
    find = _LAID_IN.get(ground.kind)
    return (f"{ground.kind}/{ground.name}",) if find is None else find(ground.name, year)


def rested_on_in(ground: Ground, year: int) -> Streams | None:
    """Return the streams in which all who rest on a ground are found, or None where that may be any."""
    find = _RESTED_ON_IN.get(ground.kind)
    return None if find is None else find(ground.name, year)
