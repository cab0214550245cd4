"""Whole answers to `show`: every cell with its event, on a record that the Committee's rules decided."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import milliseconds
from benchmarks.versions import ORIGIN, STATES
from domain.matrix.answer import Answer, answer, values
from domain.matrix.commands import AssessCells, AssessedCell, OpenRevision
from domain.matrix.events import Source
from domain.matrix.facts import FactsOnRecord
from domain.standing import Cut
from domain.template import adopted
from domain.times import parse
from interfaces import initialise
from interfaces.initialise.twelfth import SCAN
from ledger.record import Record
from projections.matrix_index import IndexedFacts

KNOWN = ("2011-06-01", "2012-07-01", "2014-03-31")
"""When each revision is opened, and when all of its cells are assessed and assessed again."""
SOURCE = Source(document_id=SCAN, locator="page 1", quotation="", language="en", translation="")


def build(home: Path) -> Record:
    """Return a record in which every State has a matrix whose every cell was assessed twice."""
    made = Record.create(home, origin=ORIGIN)
    for document in initialise.documents():
        made.documents.put(document)
    made.submit_all([*initialise.types("benchmark"), *initialise.commands("benchmark")])
    template = adopted(made.history("template/T2011"), "T2011", Cut())
    for state in STATES:
        opened, *assessed = KNOWN
        commands = [OpenRevision(id=f"{state}:open", actor="benchmark", state=state, template="T2011", known=opened)]
        made.submit_all(
            [
                *commands,
                *(
                    AssessCells(
                        id=f"{state}:{known}",
                        actor="benchmark",
                        state=state,
                        revision=1,
                        known=known,
                        cells=tuple(AssessedCell(cell=field.cell, value=field.allowed[0]) for field in template.fields),
                        sources=(SOURCE,),
                    )
                    for known in assessed
                ),
            ]
        )
    return made


def run(rounds: int) -> str:
    """Return how long a whole answer takes, the first time in a process and again; the naive fold must agree."""
    with TemporaryDirectory() as folder, build(Path(folder, "ours")) as made:
        cut = Cut(known_at=parse("2013-12-31")[0], position=made.last_position)

        def one(facts: IndexedFacts, state: str) -> Answer:
            return answer(facts, state, cut, "working")

        for state in STATES[::40]:
            assert values(answer(FactsOnRecord(made), state, cut, "working")) == values(one(IndexedFacts(made), state))
        again = milliseconds(lambda: one(IndexedFacts(made), STATES[0]), rounds * 10)
        with Record.open(Path(folder, "ours")) as reopened:
            coming = iter(STATES)
            facts = IndexedFacts(reopened)
            first = milliseconds(lambda: one(facts, next(coming)), len(STATES))
        rows = [
            f"| {name} | {middle:,.2f} | {least:,.2f} to {most:,.2f} |"
            for name, (middle, least, most) in (("read for the first time", first), ("read again", again))
        ]
        head = f"\n### Whole answers, each of 389 cells with its event, {made.last_position:,} events\n"
        return "\n".join([head, "| | milliseconds, median | spread |\n|---|---|---|", *rows])
