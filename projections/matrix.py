"""The matrix of a State at a place on the axes, as a reader may see it (the record's section 4, `show --json`)."""

from collections.abc import Mapping

import msgspec

from domain.matrix.answer import Answer, Shown, answer, in_force, possibly_known
from domain.matrix.cells import cell_body
from domain.matrix.events import Source
from domain.refusals import NotFound
from domain.values import Instant, Precision
from projections.close import close_cells
from projections.question import Heading, Question, heading, made_up, members


class CarriedFrom(msgspec.Struct, frozen=True):
    """The revision and cell that the event shown belongs to, where it is not the cell's own."""

    revision: int
    cell: str


class CellView(msgspec.Struct, frozen=True, kw_only=True):
    """One cell. Nothing stands: value and event null. Withheld: all null but the cell's name."""

    cell: str
    value: str | None = None
    event_id: str | None = None
    position: int | None = None
    known_at: Instant | None = None
    known_precision: Precision | None = None
    recorded_at: Instant | None = None
    sources: tuple[Source, ...] | None = None
    carried_from: CarriedFrom | None = None
    corrected_by: str | None = None
    later_fact: str | None = None
    withheld: bool = False


NOTHING = CellView(cell="")


class MatrixView(Heading, frozen=True, kw_only=True):
    """The answer to `show`."""

    possibly_known: int
    differs: tuple[str, ...]
    cells: tuple[CellView, ...]


class Matrix(msgspec.Struct, frozen=True):
    """The view, and the answer of the domain that it was made from."""

    view: MatrixView
    answer: Answer


def show(question: Question) -> Matrix:
    """Return a State's matrix as the reader may see it."""
    axes = question.axes
    found = answer(question.facts, question.state, axes.cut, axes.standing)
    other = answer(question.facts, question.state, axes.cut.other(), axes.standing)
    cells = views(question, found)
    over = heading(question, found.revision, found.template, made_up(question, found))
    counted = possibly_known(question.facts, question.state, axes.cut) if question.rights.reads_file else 0
    view = msgspec.convert(
        members(over)
        | {
            "possibly_known": counted,
            "differs": _differs(cells, views(question, other)),
            "cells": tuple(cells.values()),
        },
        MatrixView,
    )
    return Matrix(view, found)


def only(question: Question, matrix: Matrix, cell: str) -> Matrix:
    """Return the view of one cell, named with or without its template; it is made up if what it shows is.

    Raises:
        NotFound: the matrix has no such cell.
    """
    if matrix.view.template is None:
        asked = cell.lower().rpartition("/")[2]
        left = tuple(each for each in matrix.view.differs if each.rpartition("/")[2] == asked)
        return Matrix(msgspec.structs.replace(matrix.view, differs=left), matrix.answer)
    name = full_name(matrix.view.template, cell)
    cells = {each.cell: each for each in matrix.view.cells}
    if name not in cells:
        raise NotFound(
            f"{matrix.view.template} has no cell {cell!r}",
            where="CELL",
            remedy=close_cells(name, list(cells)),
        )
    differs = tuple(each for each in matrix.view.differs if each == name)
    alone = msgspec.structs.replace(matrix.answer, cells=tuple(c for c in matrix.answer.cells if c.cell == name))
    view = msgspec.structs.replace(
        matrix.view,
        cells=(cells[name],),
        differs=differs,
        synthetic=question.origin.synthetic or made_up(question, alone),
    )
    return Matrix(view, matrix.answer)


def full_name(template: str, cell: str) -> str:
    """Return the name of a cell with its template in front, as cells are named on record."""
    before, slash, rest = cell.rpartition("/")
    return f"{before.upper() if slash else template}/{rest.lower()}"


def _differs(shown: Mapping[str, CellView], other: Mapping[str, CellView]) -> tuple[str, ...]:
    """Return the cells whose value differs, nothing being a value, where the reader may see both."""

    def differ(cell: str) -> bool:
        here, there = shown.get(cell, NOTHING), other.get(cell, NOTHING)
        return here.value != there.value and not (here.withheld or there.withheld)

    return tuple(cell for cell in {**shown, **other} if differ(cell))


def views(question: Question, found: Answer) -> Mapping[str, CellView]:
    """Return the cells of an answer as the reader may see them, in the order of the template."""
    return {cell.cell: _view(question, found, cell) for cell in found.cells}


def _view(question: Question, found: Answer, cell: Shown) -> CellView:
    rights, event = question.rights, cell.event
    opened = rights.opens(found) or (rights.reads_file if event is None else rights.may(event))
    if not opened:
        return CellView(cell=cell.cell, withheld=True)
    if event is not None and question.axes.in_force_on is not None and not in_force(event, question.axes.in_force_on):
        event = None
    later = _if_readable(question, cell.later_fact)
    if event is None:
        return CellView(cell=cell.cell, later_fact=later)
    body = cell_body(event)
    return CellView(
        cell=cell.cell,
        value=body.value,
        event_id=event.id,
        position=event.position,
        known_at=event.header.known_at,
        known_precision=event.header.known_precision,
        recorded_at=event.header.recorded_at,
        sources=body.sources,
        carried_from=None if cell.carried_from is None else CarriedFrom(*cell.carried_from),
        corrected_by=_if_readable(question, cell.corrected_by),
        later_fact=later,
    )


def _if_readable(question: Question, event_id: str | None) -> str | None:
    if event_id is None:
        return None
    return event_id if question.rights.may(question.facts.event(event_id)) else None
