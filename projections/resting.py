"""What rests on a document at a place on the axes, and which cells rest on a source that is no longer there."""

from collections.abc import Iterable
from typing import Literal, get_args

import msgspec

from domain import document as documents
from domain.document import DocumentRegistered
from domain.matrix.facts import Facts
from domain.refusals import NotFound
from domain.values import Instant, Standing
from projections.cited_cells import Cells, Found
from projections.close import close_to
from projections.dead_sources import dead
from projections.engine.answering import Answered, Asking, answer, over
from projections.laws import KnownLaw, day_of, known_law
from projections.origin import RecordOrigin
from projections.rested import Resting, resting, within
from projections.views.citations import VIEW, What

Source = Literal["on record", "withdrawn", "replaced", "voided", "not on record"]
ORDER: tuple[What, ...] = get_args(What)
OF_ITSELF = ("registered", "withdrawn")


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A document as a source: if it is there, else why not, and since when that was known."""

    document: str
    source: Source
    reason: str | None = None
    replaced_by: str | None = None
    known_at: Instant | None = None


class WhatRests(Answered, frozen=True, kw_only=True):
    """What rests on a document, by kind; within one by State, and in the order in which it was known."""

    notice: str | None
    document: Known
    resting: tuple[Resting, ...]


class DeadSources(Answered, frozen=True, kw_only=True):
    """Documents and laws that are no longer there, and the cells that stand and rest on them, by State."""

    notice: str | None
    documents: tuple[Known, ...]
    laws: tuple[KnownLaw, ...]
    resting: tuple[Resting, ...]


def what_rests_on(asking: Asking, facts: Facts, name: str, standing: Standing | None = None) -> WhatRests:
    """Return what rests on a document, as the reader may see it; of cells, those that stand in a standing if so asked.

    Raises:
        NotFound: neither is the document on record, nor does anything there name it.
    """
    cut = asking.axes.cut
    found = asking.rows.at(VIEW, cut, {"document": name})
    if not found and not asking.source.history(documents.stream(name)).events:
        readable = {row.of.name: row.of.name for row in asking.see(VIEW, {"what": "registered"})[0]}
        raise NotFound(
            f"no document {name!r} is on record, and nothing there names it",
            where="DOCUMENT",
            remedy=close_to(name, readable) or "`ledger1540 documents` lists them",
        )
    cells = Cells(asking, facts)
    standing_now = {row.event_id for row in found if cells.on_record(row)}
    found = [
        row
        for row in asking.rows.ever(VIEW, cut, {"document": name})
        if row.event_id in standing_now or cells.held(row)
    ]
    seen = [row for row in found if cells.seen(row)]
    hashes = [row.of.sha256 for row in seen if row.of.what == "registered" and row.of.sha256 is not None]
    by_hash = asking.rows.at(VIEW, cut, {"sha256": hashes, "what": ("decision", "circulation")}) if hashes else []
    seen += [row for row in by_hash if cells.seen(row)]
    told = (resting(name, row, cells, standing_now) for row in seen if row.of.what not in OF_ITSELF)
    listed = [each for each in told if each.what != "cell" or within(each, standing)]
    listed.sort(key=lambda each: (ORDER.index(each.what), each.state or ""))
    return answer(
        WhatRests,
        over(asking, asking.withheld(VIEW), any(row.synthetic for row in seen)),
        notice=RecordOrigin(asking.source).notice(cut.position),
        document=_known(asking, name, found, seen),
        resting=tuple(listed),
    )


def dead_sources(asking: Asking, facts: Facts, standing: Standing | None = None) -> DeadSources:
    """Return the standing cells that rest on a source withdrawn, replaced, voided or not on record, or a repealed law.

    A cell is told once for each source and each law that is no longer there.
    """
    cells = Cells(asking, facts)
    reasons, gone, laws, standing_now = dead(asking, cells)
    day = day_of(asking)
    seen = [(row, law) for row, law in reasons if cells.seen(row)]
    told = (resting(row.of.document or "", row, cells, standing_now, law) for row, law in seen)
    listed = sorted(
        (each for each in told if each.stands and within(each, standing)), key=lambda each: each.state or ""
    )
    of_sources = {each.document for each in listed if each.law is None}
    of = {name: [row for row in gone if row.of.document == name] for name in of_sources}
    of_laws = {each.law for each in listed}
    return answer(
        DeadSources,
        over(asking, asking.withheld(VIEW), any(each.synthetic for each in listed)),
        notice=RecordOrigin(asking.source).notice(asking.axes.cut.position),
        documents=tuple(_known(asking, name, of[name], of[name]) for name in sorted(of)),
        laws=tuple(known_law(law, day) for law in laws if law.law in of_laws),
        resting=tuple(listed),
    )


def _known(asking: Asking, name: str, found: Iterable[Found], seen: Iterable[Found]) -> Known:
    """Return how a document is as a source; that it is registered a header tells, why it was withdrawn does not."""
    gone = [row for row in seen if row.of.what == "withdrawn"]
    if gone:
        last = gone[-1]
        return Known(
            document=name,
            source="replaced" if last.of.name else "withdrawn",
            reason=last.of.quotation,
            replaced_by=last.of.name or None,
            known_at=last.known_at,
        )
    if any(row.of.what == "registered" for row in found):
        return Known(document=name, source="on record")
    return Known(document=name, source="voided" if _voided(asking, name) else "not on record")


def _voided(asking: Asking, name: str) -> bool:
    """Return whether a registration was recorded by the cut, and none of those stands, whatever its known date."""
    cut = asking.axes.cut
    families = asking.source.history(documents.stream(name)).families()
    registered = [
        family
        for family in families
        if isinstance(family.root.body, DocumentRegistered) and family.root.position <= cut.position
    ]
    return bool(registered) and not any(family.standing(cut.position, cut.noticed_by) for family in registered)
