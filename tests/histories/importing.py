"""Operations on late history: batches of late facts, of whole revisions, and their reversal."""

from datetime import timedelta
from typing import Any

from domain import ids
from domain.deciding import Command
from domain.matrix import commands as c
from domain.matrix import events as e
from domain.recorded import Recorded
from domain.records import ImportBatch, ReverseBatch
from domain.times import moment, text
from tests.histories.historian import Historian, pick
from tests.histories.made_up import FIELDS
from tests.histories.striking import allowed
from tests.histories.working import assesses


def enters_late(historian: Historian, state: str) -> None:
    """Import one or two late facts."""
    batch = _batch(historian)
    if batch is not None:
        assesses(historian, state, sealed=True, batch=batch.id)
        historian.c = historian.c * 7 + 3
        historian.a += 1
        assesses(historian, state, sealed=(True, None)[historian.b % 2], batch=batch.id)


def imports_revision(historian: Historian, state: str) -> None:
    """Import a whole revision of long ago: opened, assessed, sealed, perhaps approved and sent."""
    batch = _batch(historian)
    if batch is None:
        return
    start = moment("2005-01-10T15:00:00.000000Z") + timedelta(days=historian.a * 4)
    days = iter(range(0, 2000, 1 + historian.b % 90))
    numbers = [
        ev.body.revision
        for ev in historian.record.history(ids.matrix(state)).events
        if isinstance(ev.body, e.RevisionOpened)
    ]
    revision = max(numbers, default=0) + 1
    sealed = historian.revision(state, historian.a, sealed=True) if historian.b % 2 else None
    template = "T1"
    if sealed is not None:
        opened = historian.facts(state).opening(sealed)
        assert opened is not None
        template = opened.template
        start = max(start, moment(historian.facts(state).sealed[sealed].known_at))

    def when() -> str:
        return text(min(start + timedelta(days=next(days)), moment(historian.record.recorded_at())))

    def enters(kind: type[Command], **members: Any) -> None:
        historian.give(kind, batch.id, actor="old", state=state, revision=revision, known=when(), **members)

    enters(c.OpenRevision, template=template, seeded_from=sealed)
    fields = FIELDS[template]
    for place in range(1 + historian.c % 5):
        chosen = fields[(historian.a + place * 2) % len(fields)]
        value = chosen.allowed[(historian.c + place) % len(chosen.allowed)]
        enters(c.AssessCells, cells=(c.AssessedCell(cell=chosen.cell, value=value),))
    if historian.b % 5:
        enters(c.SealRevision)
    if historian.b % 3:
        enters(c.ApproveMatrix, decision="old")
    if historian.b % 4 == 1:
        enters(c.SendMatrix)


def reverses(historian: Historian, state: str) -> None:
    """Reverse a batch as one, mostly on a second person's authority."""
    del state
    batch = pick(list(reversed(historian.batches)), historian.a % 4)
    if batch is not None:
        authority = allowed(historian, batch.id) if historian.c % 5 else None
        name = batch.header.stream.rpartition("/")[2]
        historian.give(ReverseBatch, batch=name, reason="wrong", causation=authority)


def _batch(historian: Historian) -> Recorded | None:
    opened = historian.give(ImportBatch, batch=f"b{historian.number}", source="old files", sha256="0" * 64, commands=1)
    if opened:
        historian.batches.append(opened[0])
    return opened[0] if opened else None
