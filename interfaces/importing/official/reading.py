"""A country matrix in a document or a workbook of another hand, read into commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.matrix.facts import FactsOnRecord
from domain.matrix.reading import MatrixFacts
from domain.standing import Cut
from domain.times import parse
from interfaces.importing.official.commands import MatrixCommands
from interfaces.importing.official.files import grids_of, is_ours
from interfaces.importing.official.matching import read_grids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interfaces.importing.faults import Faults
    from interfaces.importing.reading import Given, OnRecord, Placed
    from interfaces.importing.source import Source


def read(source: Source, faults: Faults, given: Given, on_record: OnRecord) -> Iterator[Placed]:
    """Yield the commands of a matrix; doubtful rows and values that are none are said, and left out."""
    matrix = _matrix(source, faults, given, on_record)
    if matrix is None:
        return
    state, known, revision = matrix
    facts = MatrixFacts(FactsOnRecord(on_record.record), state, Cut(known_at=parse(known)[0]))
    opened = facts.opening(revision)
    if opened is None:
        faults.add(source.name, 1, "", f"revision {revision} of {state} is not open on record")
        return
    found = read_grids(grids_of(source, faults), facts.fields(opened.template))
    if not found.cells:
        what = f"no table of it is one of a matrix on template {opened.template}"
        faults.add(source.name, 1, "", what, "see docs/how-to/exchange-matrices.md for the layout")
        return
    yield from MatrixCommands(source, given, state, known, revision, found, facts, on_record).placed(faults)


def _matrix(source: Source, faults: Faults, given: Given, on_record: OnRecord) -> tuple[str, str, int] | None:
    """Return State, known date and revision, or None where they are not said, which is then a fault."""
    if is_ours(source):
        faults.add(source.name, 1, "", "we exported it ourselves", "what was changed in it: `ledger1540 enter FILE`")
    elif given.state is None or given.known is None:
        missing = "--state" if given.state is None else "--known"
        faults.add(source.name, 1, missing, "a matrix in the official layout", "say --state KEN and --known DATE")
    elif not on_record.has_state(given.state):
        faults.add(source.name, 1, "--state", f"State {given.state} is not on record")
    else:
        revision = on_record.working_revision(given.state, given.known)
        if revision is not None:
            return given.state, given.known, revision
        what = f"{given.state} has no revision opened and not withdrawn by {given.known}"
        faults.add(source.name, 1, "--known", what, "open one no later than that")
    return None
