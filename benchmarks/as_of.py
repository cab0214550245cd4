"""As of: one matrix, and the world, at a past date, on a record of half a million cell versions."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.measure import milliseconds
from domain.deciding import Command
from domain.matrix.answer import Answer, answer, values
from domain.matrix.commands import AssessCells, AssessedCell, OpenRevision
from domain.matrix.events import Source
from domain.matrix.facts import FactsOnRecord
from domain.matrix.reading import MatrixFacts
from domain.standing import Cut
from domain.state import RegisterState
from domain.template import TemplateAdopted, adopted
from domain.times import end_of
from interfaces import initialise
from ledger.record import Record
from projections.matrix_index import IndexedFacts

ROUNDS = 7
STATES = tuple(command.state for command in initialise.states("benchmark") if isinstance(command, RegisterState))
SOURCE = Source(document_id="report", locator="page 1", quotation="", language="en", translation="")


def _history(state: str, template: TemplateAdopted) -> Iterator[Command]:
    """Yield a revision whose every cell is assessed again and again over ten years."""
    yield OpenRevision(id=f"{state}:open", actor="benchmark", state=state, template="T2011", known="2011-06-01")
    choice = Random(state)
    for turn in range(ROUNDS):
        known = date(2011, 7, 1) + timedelta(days=500 * turn + choice.randrange(400))
        cells = tuple(AssessedCell(cell=f.cell, value=choice.choice(f.allowed)) for f in template.fields)
        yield AssessCells(
            id=f"{state}:{turn}",
            actor="benchmark",
            state=state,
            revision=1,
            known=known.isoformat(),
            cells=cells,
            sources=(SOURCE,),
        )


def build(home: Path) -> Record:
    """Return a record of about half a million cell versions, each decided by the Committee's rules."""
    made = Record.create(home, origin="benchmark.example/ledger1540/1")
    for document in initialise.documents():
        made.documents.put(document)
    made.submit_all([*initialise.types("benchmark"), *initialise.commands("benchmark")])
    template = adopted(made.history("template/T2011"), "T2011", Cut())
    for state in STATES:
        made.submit_all(_history(state, template))
    return made


def run(rounds: int) -> str:
    """Return one matrix and the world at a past date, by the index and by the naive fold; both must agree."""
    with TemporaryDirectory() as folder, build(Path(folder, "ours")) as made:
        versions = made.last_position
        cut = Cut(known_at=end_of(date(2016, 12, 31)), position=made.last_position)
        rows: list[str] = []
        choice = Random(1)

        def one() -> Answer:
            return answer(IndexedFacts(made), choice.choice(STATES), cut, "working")

        def world() -> int:
            return sum(len(answer(IndexedFacts(made), state, cut, "working").cells) for state in STATES)

        def standing_only() -> int:
            return sum(len(working(IndexedFacts(made), state, cut)) for state in STATES)

        for state in STATES[::40]:
            fold = answer(FactsOnRecord(made), state, cut, "working")
            assert values(fold) == values(answer(IndexedFacts(made), state, cut, "working"))
        for name, work, times in (
            ("one matrix, every member of `show` without bodies' sources", one, rounds * 20),
            ("the world, 193 matrices, values and events", standing_only, rounds),
            ("the world, 193 matrices, whole answers", world, max(rounds // 2, 1)),
        ):
            middle, least, most = milliseconds(work, times)
            rows.append(f"| {name} | {middle:,.2f} | {least:,.2f} to {most:,.2f} |")
    head = f"\n### As of a past date, {versions:,} events\n\n| | milliseconds, median | spread |\n|---|---|---|"
    return "\n".join([head, *rows])


def working(facts: IndexedFacts, state: str, cut: Cut) -> dict[str, str | None]:
    """Return the value of each cell that stands in a State's working matrix."""
    matrix = MatrixFacts(facts, state, cut)
    revision = matrix.working_revision()
    if revision is None:
        return {}
    return {cell: rows[-1].value for cell, rows in matrix.own(revision).items()}
