"""The as-of index in memory, kept as the ledger keeps it, and the answer to `show` as the dict that is printed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from domain.index import Row, change, noticed_cut
from domain.matrix.answer import Answer, Shown, answer, differs, in_force, possibly_known
from domain.matrix.cells import Cells, RowCells, Stands, cell_body
from domain.matrix.documents import CarriedCell, Manifest
from domain.matrix.facts import Facts, FactsOnRecord
from domain.matrix.reading import MatrixFacts
from domain.recorded import Recorded
from domain.standing import NO_LIMIT, Cut, Family, History
from domain.template import TemplateAdopted
from domain.values import Standing
from tests.memory_record import MemoryRecord


class MemoryIndex:
    """Facts from index rows: each event closes the open rows of its root at its position and adds its own."""

    def __init__(self, record: MemoryRecord) -> None:
        self.naive = FactsOnRecord(record)
        self._record = record
        self.rows: dict[tuple[str, int], list[Row]] = {}
        histories: dict[str, History] = {}
        for event in record.events:
            stream = event.header.stream
            histories[stream] = histories.get(stream, History()).extended((event,))
            self._apply(histories[stream], event)

    def _apply(self, history: History, event: Recorded) -> None:
        changed = change(history, event)
        if changed is None:
            return
        if changed.closes_at is not None:
            for rows in self.rows.values():
                for place, row in enumerate(rows):
                    if (row.state, row.root_position) == (changed.state, changed.root_position):
                        rows[place] = msgspec.structs.replace(row, to_position=min(row.to_position, changed.closes_at))
        for row in changed.rows:
            self.rows.setdefault((row.state, row.revision), []).append(row)

    def _at(self, state: str, revision: int, cut: Cut) -> list[Row]:
        noticed, position = noticed_cut(cut.known_at, cut.reading), min(cut.position, NO_LIMIT - 1)
        return [
            row
            for row in self.rows.get((state, revision), [])
            if row.from_position <= position < row.to_position and row.from_noticed <= noticed < row.to_noticed
        ]

    def acts(self, state: str, cut: Cut) -> Sequence[Row]:
        """Return the acts that stand; they lie under revision 0."""
        return self._at(state, 0, cut)

    def cell(self, state: str, revision: int, cell: str, cut: Cut) -> Sequence[Row]:
        """Return the rows of one cell."""
        return [row for row in self._at(state, revision, cut) if row.cell == cell]

    def cells(self, state: str, revision: int, cut: Cut) -> Cells:
        """Return the cells of a revision."""
        rows: dict[str, list[Row]] = {}
        for row in self._at(state, revision, cut):
            rows.setdefault(row.cell, []).append(row)
        return RowCells(cut.known_at, rows, lambda cell: rows.get(cell, ()))

    def event(self, event_id: str) -> Recorded:
        """Return an event by id."""
        return self.naive.event(event_id)

    def at(self, positions: Collection[int]) -> Mapping[int, Recorded]:
        """Return events by position."""
        return {position: self._record.events[position - 1] for position in positions}

    def family(self, event: Recorded) -> Family:
        """Return the family of an event."""
        return self.naive.family(event)

    def manifest(self, sha256: str) -> Manifest:
        """Return a stored manifest."""
        return self.naive.manifest(sha256)

    def manifest_cells(self, sha256: str) -> Mapping[str, Stands]:
        """Return what stands in a stored manifest."""
        return self.naive.manifest_cells(sha256)

    def carry_over(self, sha256: str) -> Mapping[str, CarriedCell]:
        """Return the rows of a stored carry-over."""
        return self.naive.carry_over(sha256)

    def template(self, name: str, cut: Cut) -> TemplateAdopted:
        """Return a template as it stands."""
        return self.naive.template(name, cut)


def shown(
    record: MemoryRecord,
    facts: Facts,
    state: str,
    cut: Cut,
    standing: Standing,
    in_force_on: date | None = None,
) -> dict[str, Any]:
    """Return the answer of `domain` as the dict of `show --json`, for a reader who sees everything."""
    here = _in_force(answer(facts, state, cut, standing), in_force_on)
    there = _in_force(answer(facts, state, cut.other(), standing), in_force_on)
    last = record.events[min(cut.position, record.position) - 1].header
    template = here.template
    return {
        "state": state,
        "as_of": None,
        "known_cut": cut.known_at,
        "recorded_by": {"position": last.position, "recorded_at": last.recorded_at},
        "standing": standing,
        "reading": cut.reading,
        "revision": here.revision,
        "template": None if template is None else template.template,
        "legend": None if template is None else plain(template.legend),
        "notice": _notice(record, cut) if template is None else template.notice,
        "synthetic": any(event.header.synthetic for event in _made_of(record, facts, here)),
        "possibly_known": possibly_known(facts, state, cut),
        "differs": list(differs(here, there)),
        "cells": [_cell(cell) for cell in here.cells],
    }


def _notice(record: MemoryRecord, cut: Cut) -> str | None:
    """Return the notice of the template last known among all on record."""
    adopted = [
        (event.header.known_at, history.family(event.id).root.position, event.body.notice)
        for stream, history in record.streams().items()
        if stream.startswith("template/")
        for event in history.standing(Cut(position=cut.position))
        if isinstance(event.body, TemplateAdopted)
    ]
    return max(adopted)[2] if adopted else None


def _made_of(record: MemoryRecord, facts: Facts, found: Answer) -> list[Recorded]:
    """Return what may make an answer synthetic: the record's first event, what it rests on, what it shows."""
    matrix = MatrixFacts(facts, found.state, found.cut)
    act = matrix.act_of(found.standing) if found.standing != "working" else matrix.opened.get(found.revision or 0)
    resting = [] if act is None else [facts.event(act.event_id)]
    return [record.events[0], *resting, *(cell.event for cell in found.cells if cell.event is not None)]


def plain(value: object) -> Any:
    """Return what a reader of the printed JSON has in hand."""
    return msgspec.json.decode(msgspec.json.encode(value))


def _in_force(found: Answer, on: date | None) -> Answer:
    if on is None:
        return found
    cells = tuple(
        msgspec.structs.replace(cell, event=None, carried_from=None, corrected_by=None)
        if cell.event is not None and not in_force(cell.event, on)
        else cell
        for cell in found.cells
    )
    return msgspec.structs.replace(found, cells=cells)


def _cell(cell: Shown) -> dict[str, Any]:
    event = cell.event
    header = None if event is None else event.header
    carried = cell.carried_from
    return {
        "cell": cell.cell,
        "value": cell.value,
        "event_id": None if header is None else header.event_id,
        "position": None if header is None else header.position,
        "known_at": None if header is None else header.known_at,
        "known_precision": None if header is None else header.known_precision,
        "recorded_at": None if header is None else header.recorded_at,
        "sources": None if event is None else plain(cell_body(event).sources),
        "carried_from": None if carried is None else {"revision": carried[0], "cell": carried[1]},
        "corrected_by": cell.corrected_by,
        "later_fact": cell.later_fact,
        "withheld": False,
    }
