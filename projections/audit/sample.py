"""A sample drawn at random that anybody can draw again: by hashing event ids with a seed."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from domain.decision import DecisionAdopted, DecisionNotAdopted
from domain.matrix.events import CellAssessed, CellCorrected, MatrixApproved
from domain.recorded import Recorded
from domain.resting import rests
from domain.submission import NoChangeDeclared, SubmissionReceived
from domain.values import Date, Instant, Precision
from projections.audit.auditing import Auditing
from projections.audit.trail import Trail
from projections.claims import Claims, LateBatch
from projections.engine.answering import Answered, answer, over
from projections.openness import seen_by
from projections.origin import RecordOrigin

Kind = Literal["decisions", "approvals", "cells", "corrections", "submissions"]
Population = Callable[[Trail], Iterator[Recorded]]

METHOD = (
    "For each event of the population the key is the SHA-256, in hexadecimal, of the seed, a colon and the event id, "
    "as ASCII text. The sample is the events with the smallest keys, in that order. By hand: "
    "printf '%s' 'SEED:EVENT_ID' | sha256sum"
)


def _corrections(trail: Trail) -> Iterator[Recorded]:
    return (act for act in trail.acts() if act.header.strikes is not None)


POPULATIONS: Mapping[Kind, tuple[str, Population]] = {
    "decisions": (
        "what was adopted or not adopted, as it stands there",
        lambda trail: trail.standing("decision/", DecisionAdopted, DecisionNotAdopted),
    ),
    "approvals": (
        "approvals of matrices that stand there",
        lambda trail: trail.standing("matrix/", MatrixApproved),
    ),
    "cells": (
        "assessments and corrections of cells that stand there, those of all revisions",
        lambda trail: trail.standing("matrix/", CellAssessed, CellCorrected),
    ),
    "corrections": (
        "every event recorded by then that corrects or voids another, whether it stands or not",
        _corrections,
    ),
    "submissions": (
        "submissions received and declarations of no change that stand there",
        lambda trail: trail.standing("submission/", SubmissionReceived, NoChangeDeclared),
    ),
}
"""What a sample may be drawn of: in words, and the events."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One event of a sample; withheld, only what its header says. Of several sources each gives a line."""

    number: int
    key: str
    event_id: str
    position: int
    stream: str
    type: str
    in_force_from: Date | None = None
    in_force_to: Date | None = None
    known_at: Instant
    known_precision: Precision
    recorded_at: Instant
    actor: str
    role: str
    claimed_by_import: str | None
    says: str | None = None
    rests_on: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    quotations: tuple[str, ...] = ()
    withheld: bool = False


class Sample(Answered, frozen=True, kw_only=True):
    """A sample, and how it was drawn; `root` is that of the log at the position."""

    log: str
    root: str
    notice: str | None
    of: Kind
    population: str
    population_size: int
    size: int
    seed: str
    method: str
    batches: tuple[LateBatch, ...]
    items: tuple[Item, ...]


def key(seed: str, event_id: str) -> str:
    """Return by what an event is drawn."""
    return hashlib.sha256(f"{seed}:{event_id}".encode()).hexdigest()


def drawn(seed: str, size: int, events: Iterable[Recorded]) -> list[Recorded]:
    """Return the events with the smallest keys, in that order."""
    return sorted(events, key=lambda event: key(seed, event.id))[:size]


def sample(auditing: Auditing, of: Kind, *, size: int, seed: str) -> Sample:
    """Return a sample of what stands at the place asked, as the reader may see it."""
    record, position = auditing.record, auditing.axes.cut.position
    trail, seen = auditing.trail(), seen_by(auditing.record, auditing.reader, auditing.now)
    words, events_of = POPULATIONS[of]
    population = list(events_of(trail))
    claims, items = Claims(trail), list[Item]()
    for number, event in enumerate(drawn(seed, size, population), 1):
        item = _item(number, key(seed, event.id), event, claims)
        items.append(_with_body(item, event, trail) if seen(event.header) else item)
    heading = over(auditing, sum(each.withheld for each in items), any(event.header.synthetic for event in population))
    return answer(
        Sample,
        heading,
        log=record.origin,
        root=record.root(position).hex(),
        notice=RecordOrigin(record).notice(position),
        of=of,
        population=words,
        population_size=len(population),
        size=len(items),
        seed=seed,
        method=METHOD,
        batches=claims.batches,
        items=items,
    )


def _item(number: int, drawn_by: str, event: Recorded, claims: Claims) -> Item:
    header = event.header
    return Item(
        number=number,
        key=drawn_by,
        event_id=header.event_id,
        position=header.position,
        stream=header.stream,
        type=header.type,
        known_at=header.known_at,
        known_precision=header.known_precision,
        recorded_at=header.recorded_at,
        actor=header.actor,
        role=header.role,
        claimed_by_import=claims.of(event),
        withheld=True,
    )


def _with_body(item: Item, event: Recorded, trail: Trail) -> Item:
    body = event.body
    cell = body if isinstance(body, CellAssessed | CellCorrected) else None
    sources = () if cell is None else cell.sources
    documents: Sequence[str] = [source.document_id for source in sources]
    if isinstance(body, SubmissionReceived | NoChangeDeclared):
        documents = body.documents
    return msgspec.structs.replace(
        item,
        withheld=False,
        says=_says(event),
        in_force_from=None if cell is None else cell.in_force_from,
        in_force_to=None if cell is None else cell.in_force_to,
        rests_on=tuple(_rests_on(event, trail)),
        documents=tuple(documents),
        pages=tuple(source.locator for source in sources),
        quotations=tuple(source.quotation for source in sources),
    )


def _says(event: Recorded) -> str:
    """Return what an event says in a line: its value, its reason, or the items that it decides."""
    body = event.body
    if isinstance(body, CellAssessed | CellCorrected):
        return f"{body.cell}: {body.value or '(blank)'}"
    if isinstance(body, DecisionAdopted | DecisionNotAdopted):
        return f"items {', '.join(map(str, body.items))} in {body.meeting}"
    if isinstance(body, MatrixApproved):
        return f"revision {body.revision} of {body.state}, manifest {body.manifest}"
    if isinstance(body, SubmissionReceived | NoChangeDeclared):
        return body.kind if isinstance(body, SubmissionReceived) else f"no change since {body.since}"
    return str(getattr(body, "reason", ""))


def _rests_on(event: Recorded, trail: Trail) -> Iterator[str]:
    if event.header.strikes is not None:
        yield f"strikes {event.header.strikes}"
    yield from (str(ground) for ground in dict.fromkeys(rests(trail, event.body)))
    yield from (f"event {each}" for each in getattr(event.body, "basis", ()))
