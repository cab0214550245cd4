"""Verify: how many events a second are recomputed from their stored bytes."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import in_turn, table
from domain.matrix.commands import AssessCells, AssessedCell, OpenRevision
from domain.standing import Cut
from domain.template import adopted
from interfaces import initialise
from ledger.record import Record
from ledger.verify import verify

STATES = ("KEN", "PER", "NPL", "TUV", "GHA", "CHL", "ITA", "FJI", "LAO", "MLI")


def _build(home: Path) -> Record:
    made = Record.create(home, origin="benchmark.example/ledger1540/1")
    fill(made)
    return made


def fill(made: Record) -> None:
    """Put into a new record a revision for each of some States, every cell of it assessed five times."""
    for document in initialise.documents():
        made.documents.put(document)
    made.submit_all([*initialise.types("benchmark"), *initialise.commands("benchmark")])
    fields = adopted(made.history("template/T2011"), "T2011", Cut()).fields
    cells = tuple(AssessedCell(cell=field.cell, value=field.allowed[0]) for field in fields)
    for state in STATES:
        opening = OpenRevision(id=f"{state}:open", actor="benchmark", state=state, template="T2011")
        made.submit(opening)
        for turn in range(5):
            made.submit(AssessCells(id=f"{state}:{turn}", actor="benchmark", state=state, revision=1, cells=cells))


def run(rounds: int) -> str:
    """Return the table of events verified a second: leaves, commitments, chains, heads, nodes, root, index."""
    with TemporaryDirectory() as folder, _build(Path(folder, "ours")) as made:

        def whole() -> int:
            findings = list(verify(made.home))
            assert not findings, findings
            return made.last_position

        figures = in_turn({f"verify, {made.last_position:,} events": whole}, rounds)
        return table("Verify", "events a second", figures)
