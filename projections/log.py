"""Every change of one cell, the last first, with what it said before, on the axes asked."""

from collections.abc import Iterator, Mapping
from functools import cached_property

import msgspec

from domain import ids
from domain.matrix.answer import answer
from domain.matrix.cells import order
from domain.matrix.events import CellAssessed, CellConfirmed, CellCorrected, Source
from domain.recorded import Event, Recorded, RecordedInError
from domain.refusals import NotFound
from domain.standing import Family
from domain.template import TemplateAdopted, by_cell
from domain.values import Date, Instant, Precision
from projections.claims import Claims, LateBatch
from projections.close import close_cells
from projections.commented import SaidOfCell, said_of
from projections.lineage import Place, openings, places
from projections.question import Heading, Question, heading, made_up, members

WHAT: Mapping[type[Event], str] = {
    CellAssessed: "assessed",
    CellCorrected: "corrected",
    CellConfirmed: "confirmed",
}


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One event of a cell's story; withheld, only its place is told.

    `stands` is false for what was struck, `struck_by` then names what stands in its place or voids it. `late_fact`
    is true for what was recorded after its revision was sealed. `old_value` is what the cell read just before;
    `old_withheld` where the reader may not see that.
    `claimed_by_import` names the batch of late history whose claims role and dates are, null where recorded live.
    """

    what: str | None = None
    revision: int
    cell: str
    inherited: bool
    value: str | None = None
    old_value: str | None = None
    old_withheld: bool = False
    role: str | None = None
    claimed_by_import: str | None = None
    event_id: str | None = None
    position: int | None = None
    known_at: Instant | None = None
    known_precision: Precision | None = None
    recorded_at: Instant | None = None
    noticed_at: Instant | None = None
    strikes: str | None = None
    stands: bool | None = None
    struck_by: str | None = None
    late_fact: bool | None = None
    sources: tuple[Source, ...] | None = None
    in_force_from: Date | None = None
    in_force_to: Date | None = None
    note: str | None = None
    reason: str | None = None
    withheld: bool = False


class CellLog(Heading, frozen=True, kw_only=True):
    """The story of one cell, the last change first, and the batches of late history that claim some of it.

    `said` is what the State commented on it, the last first, and `said_withheld` how much of that is withheld.
    """

    cell: str
    changes: tuple[Change, ...]
    batches: tuple[LateBatch, ...]
    said: tuple[SaidOfCell, ...] = ()
    said_withheld: int = 0


def log(question: Question, cell: str) -> CellLog:
    """Return every change of a cell, and of those it reads through.

    Raises:
        NotFound: the cell's template has no such cell.
    """
    template = question.facts.template(ids.prefix(cell), question.axes.cut)
    fields = by_cell(template)
    if cell not in fields:
        raise NotFound(
            f"{template.template} has no cell {cell.partition('/')[2]!r}",
            where="CELL",
            remedy=close_cells(cell, list(fields)),
        )
    teller = _Teller(question)
    told = [change for place in places(question, cell) for change in teller.tell(place)]
    shown = [change for _, change in sorted(told, key=lambda each: each[0], reverse=True)]
    last = max((change.revision for change in shown), default=None)
    over = _untold(question, template) if last is None else heading(question, last, template, teller.synthetic)
    said, said_withheld = said_of(question, cell)
    told_of = {
        "cell": cell,
        "changes": tuple(shown),
        "batches": teller.claims.batches,
        "said": said,
        "said_withheld": said_withheld,
    }
    return msgspec.convert(members(over) | told_of, CellLog)


def _untold(question: Question, template: TemplateAdopted) -> Heading:
    """Return the heading of a cell of which nothing is told: the draft that it is in stands all the same."""
    found = answer(question.facts, question.state, question.axes.cut, "working")
    there = found.revision if found.template is not None and found.template.template == template.template else None
    return heading(question, there, template, there is not None and made_up(question, found))


class _Teller:
    """Tells the families of one place after another."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._cut = question.axes.cut
        self._matrix = question.matrix()
        self._rights = question.rights
        self.synthetic = False
        self.claims = Claims(question.record)

    @cached_property
    def _openings(self) -> dict[int, Recorded]:
        return dict(openings(self._question))

    def tell(self, place: Place) -> Iterator[tuple[tuple[str, int, int], Change]]:
        """Yield the changes of a place, each with its order."""
        history = self._question.record.history(ids.matrix_revision(self._question.state, place.revision))
        for family in history.families_of(place.cell):
            yield from self._family(place, family)

    def _family(self, place: Place, family: Family) -> Iterator[tuple[tuple[str, int, int], Change]]:
        members = family.considered(self._cut.position, self._cut.noticed_by)
        told = [m for m in members if not m.header.voids]
        if not any(m.header.known_at <= self._cut.known_at for m in told):
            return
        stands = family.standing(self._cut.position, self._cut.noticed_by)
        known = (stands or told[0]).header.known_at
        for event in members:
            self.synthetic = self.synthetic or event.header.synthetic
            yield (known, family.root.position, event.position), self._change(place, family, event)

    def _change(self, place: Place, family: Family, event: Recorded) -> Change:
        body, header = event.body, event.header
        reads_file = self._rights.may(event)
        if not self._rights.sees(event):
            return Change(revision=place.revision, cell=place.cell, inherited=place.inherited, withheld=True)
        opening_stands = place.revision in self._matrix.opened
        stands, struck_by = self._stands(family, event)
        cell = body if isinstance(body, CellAssessed | CellCorrected) else None
        confirmed = isinstance(body, CellConfirmed)
        after = self._reads(place, family, event.position) if cell is None and not confirmed else None
        return Change(
            what="recorded in error" if header.voids else WHAT.get(type(body), header.type),
            revision=place.revision,
            cell=place.cell,
            inherited=place.inherited,
            value=after if cell is None else cell.value,
            old_value=self._reads(place, family, event.position - 1) if reads_file and not confirmed else None,
            old_withheld=not reads_file and not confirmed,
            role=header.role,
            claimed_by_import=self.claims.of(event),
            event_id=event.id,
            position=event.position,
            known_at=header.known_at,
            known_precision=header.known_precision,
            recorded_at=header.recorded_at,
            noticed_at=header.noticed_at,
            strikes=header.strikes,
            stands=stands and opening_stands,
            struck_by=struck_by if opening_stands or struck_by is not None else self._opening_struck(place.revision),
            late_fact=self._late(place.revision, family),
            sources=None if cell is None else cell.sources,
            in_force_from=None if cell is None else cell.in_force_from,
            in_force_to=None if cell is None else cell.in_force_to,
            note=body.note if isinstance(body, CellAssessed | CellCorrected | CellConfirmed) else None,
            reason=body.reason if isinstance(body, CellCorrected | RecordedInError) else None,
        )

    def _stands(self, family: Family, event: Recorded) -> tuple[bool, str | None]:
        at = (self._cut.position, self._cut.noticed_by)
        voiding = family.voids(*at).get(event.id)
        if event.header.voids:
            return voiding is None, None if voiding is None else voiding.id
        standing = family.standing(*at)
        if standing is not None and standing.id == event.id:
            return True, None
        instead = standing if voiding is None or standing is not None else voiding
        return False, None if instead is None else instead.id

    def _opening_struck(self, revision: int) -> str | None:
        opening = self._openings.get(revision)
        if opening is None:
            return None
        family = self._question.record.history(opening.header.stream).family(opening.id)
        return self._stands(family, opening)[1]

    def _late(self, revision: int, family: Family) -> bool:
        seal, root = self._matrix.sealed.get(revision), family.root
        return seal is not None and root.header.noticed_at is None and root.position > seal.root_position

    def _reads(self, place: Place, family: Family, position: int) -> str | None:
        """Return what the cell read with this family as it was at a position and all else as on the axes."""
        standing = family.standing(position, self._cut.noticed_by) if position >= family.root.position else None
        if standing is not None and isinstance(standing.body, CellAssessed | CellCorrected):
            return standing.body.value
        before = (family.root.header.known_at, family.root.position)
        own = [row for row in self._matrix.own_of(place.revision, place.cell) if order(row) < before]
        if own:
            return own[-1].value
        shown = self._matrix.carried(place.revision, (place.cell,)).get(place.cell)
        return None if shown is None else shown.value
