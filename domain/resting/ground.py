"""What facts rest on, by kind and name; and the form in which each kind of record says it of its facts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from domain.deciding import RecordView
from domain.naming import named
from domain.recorded import Event

WORDS: Mapping[str, str] = {
    "adoption": "the adoption of decision",
    "approval": "the approval of the conclusions of meeting",
    "approved": "the approval of compilation",
    "attempt": "the attempt to send message",
    "authentication": "the authentication of request",
    "bond": "what binds",
    "closing": "the closing, without an objection, of item",
    "closure": "the closure of",
    "conclusions": "the conclusions of meeting",
    "coordination": "the coordination of",
    "cut-off": "the cut-off of the review of",
    "details": "the details of contact",
    "draft": "the draft or the adoption of programme",
    "duty": "the duty",
    "expertise": "the listing of",
    "group": "working group",
    "held": "the holding of meeting",
    "item": "the adoption of item",
    "listing": "the official list's entry of",
    "mandate": "a mandate that runs in",
    "match": "the proposed match of",
    "objective": "the objective",
    "office": "the office of",
    "priority": "the priority of the review of",
    "procedure": "the no-objection procedure on",
    "proposal": "the proposal of item",
    "provider-programme": "the assistance programme",
    "question": "the question whether it has been met, of request",
    "report": "the date of a report of",
    "resolution": "the resolution",
    "rule": "the rule of",
    "sending": "the sending to",
    "signature": "the signature of",
    "state": "State",
    "step": "the step",
    "text": "the text of document",
    "transmission": "the transmission of programme",
    "visit-decision": "the decision on visit",
    "visit-made": "the carrying out of visit",
}
"""What is said before a ground's name, where its kind alone does not say it."""


class Ground(NamedTuple):
    """Something that facts rest on, by kind and name: `document` and `report-1`."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{WORDS.get(self.kind, self.kind)} {self.name}"


Streams = tuple[str, ...]
FindStreams = Callable[[str, int], Streams]
"""Finds streams by the name of a ground; what lies in programmes is looked for in those up to a year."""


class Grounds(NamedTuple):
    """What the facts of one kind of record lay and rest on."""

    bears: Callable[[Event], Iterator[Ground]]
    """Yields the grounds that a fact lays while it stands."""

    rests: Callable[[RecordView, Event], Iterator[Ground]]
    """Yields the grounds that a fact stands on; the record is looked up for what the fact alone does not say."""

    laid_in: Mapping[str, FindStreams]
    """By kind of ground: in which streams those who lay one are found, where that is not the stream `kind/name`."""

    rested_on_in: Mapping[str, FindStreams]
    """By kind of ground: in which streams all who rest on one are found, where that may not be any."""


def nothing(_body: Event) -> Iterator[Ground]:
    """Yield no ground: for kinds of record on which nothing rests."""
    return iter(())


def documents(*named: str | None) -> Iterator[Ground]:
    """Yield the documents that are named."""
    return (Ground("document", name) for name in named if name is not None)


def letters(*named: str | None) -> Iterator[Ground]:
    """Yield the letters that are named."""
    return (Ground("letter", name) for name in named if name is not None)


def states(*codes: str) -> Iterator[Ground]:
    """Yield the States that are named."""
    return (Ground("state", code) for code in codes)


def organizations(*named: str | None) -> Iterator[Ground]:
    """Yield the organizations that are named."""
    return (Ground("organization", name) for name in named if name is not None)


def adoptions(*decisions: str | None) -> Iterator[Ground]:
    """Yield the adoptions of the decisions that are named."""
    return (Ground("adoption", name) for name in decisions if name is not None)


def parties(*named: str) -> Iterator[Ground]:
    """Yield those of the parties that have a stream: States and organizations, as `state:KEN`."""
    for party in named:
        kind, _, name = party.partition(":")
        if kind in ("state", "organization"):
            yield Ground(kind, name)


def named_besides(own: Iterable[Ground], body: Event) -> Iterator[Ground]:
    """Yield all that a fact names by its members, but for what it lays itself."""
    laid = set(own)
    return (ground for ground in (Ground(*each) for each in named(body)) if ground not in laid)


def in_one(stream: str) -> FindStreams:
    """Return that all are in one stream."""
    return lambda _name, _year: (stream,)


def under(prefix: str) -> FindStreams:
    """Return that all are in the stream of the ground's name under a prefix."""
    return lambda name, _year: (f"{prefix}/{name}",)


def first_word(prefix: str) -> FindStreams:
    """Return that all are in the stream named by the first word of the ground's name."""
    return lambda name, _year: (f"{prefix}/{name.partition(' ')[0]}",)


def last_word(prefix: str) -> FindStreams:
    """Return that all are in the stream named by the last word of the ground's name."""
    return lambda name, _year: (f"{prefix}/{name.rpartition(' ')[2]}",)
