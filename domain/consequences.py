"""What followed from a decision: all that rests on it, on what rests on that, and so on; and the messages about those.

A message rests on nothing it tells of: a decision is voided although letters were sent under it, and those letters are
then looked for here.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from domain.consent import Published, Unpublished
from domain.deadline import DeadlineDropped, DeadlineExtended, DeadlineResumed, DeadlineSuspended, StepDone
from domain.deciding import RecordView
from domain.decision import stream
from domain.matrix.events import MatrixApproved
from domain.messages.events import MessageIntended
from domain.no_objection.events import ProcedureClosed, ProcedureOpened
from domain.programme import ProgrammeAdopted
from domain.recorded import Event, Recorded
from domain.resting import Ground, bears, rests

What = Literal[
    "moved", "suspended", "resumed", "closed", "opened", "took back", "approved", "published", "sent", "rests on it"
]
_WHAT: tuple[tuple[tuple[type[Event], ...], What], ...] = (
    ((DeadlineExtended,), "moved"),
    ((DeadlineSuspended,), "suspended"),
    ((DeadlineResumed,), "resumed"),
    ((DeadlineDropped, StepDone, ProcedureClosed), "closed"),
    ((ProgrammeAdopted, ProcedureOpened), "opened"),
    ((MatrixApproved,), "approved"),
    ((Published,), "published"),
    ((Unpublished,), "took back"),
    ((MessageIntended,), "sent"),
)


class Consequence(msgspec.Struct, frozen=True, kw_only=True):
    """An event that followed, what it is to the decision, and through what; `stands` while nothing has struck it."""

    event: Recorded
    what: What
    through: str
    stands: bool


def consequences(record: RecordView, decision: str, events: Iterable[Recorded]) -> Iterator[Consequence]:
    """Yield what followed from a decision among events in order of position, whether the decision stands or not."""
    own = stream(decision)
    before = record.history(own).events
    grounds = {Ground("adoption", decision), *(ground for event in before for ground in bears(event.body))}
    streams, found = {own}, {event.id for event in before}
    for event in events:
        body = event.body
        through = None if event.header.stream == own else _through(record, event, grounds, streams)
        if event.header.strikes in found:
            through = f"event {event.header.strikes}"
        if event.header.stream != own and through is None:
            continue
        grounds.update(bears(body), _manifest(body))
        found.add(event.id)
        if through is not None:
            streams.add(event.header.stream)
            struck = event.header.voids or record.history(event.header.stream).family(event.id).stands is None
            what: What = "took back" if event.header.strikes in found else _what(body)
            yield Consequence(event=event, what=what, through=through, stands=not struck)


def _through(record: RecordView, event: Recorded, grounds: set[Ground], streams: set[str]) -> str | None:
    """Return through what an event follows, or None where it does not."""
    if event.header.voids:
        return None
    if isinstance(event.body, MessageIntended):
        return f"{event.body.about}, of which it tells" if event.body.about in streams else None
    for ground in (*rests(record, event.body), *_named(event.body)):
        if ground in grounds:
            return str(ground)
    return None


def _manifest(body: Event) -> Iterator[Ground]:
    """Yield the manifest that an approval lets be published."""
    if isinstance(body, MatrixApproved):
        yield Ground("manifest", body.manifest)


def _named(body: Event) -> Iterator[Ground]:
    """Yield the manifest that a publication names."""
    if isinstance(body, Published):
        yield Ground("manifest", body.manifest)


def _what(body: Event) -> What:
    for kinds, what in _WHAT:
        if isinstance(body, kinds):
            return what
    return "rests on it"
