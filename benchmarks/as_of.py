"""As of: one matrix, and the world, at a past date, on half a million and on five million cell versions."""

from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from benchmarks.as_of_peers import peers
from benchmarks.as_of_postgres import moved, unmade
from benchmarks.as_of_servers import PostgreSQL
from benchmarks.peer import Found, Peer
from benchmarks.versions import KINDS, STATES, VALUES, Question, Written, instant
from domain.matrix.answer import Said, said
from domain.matrix.reading import MatrixFacts
from domain.standing import Cut
from ledger.record import Record
from projections.matrix_index import IndexedFacts

EACH = {"half a million": 7, "five million": 67}
"""How many versions each of the cells has, so that there are about as many in all."""
CHECKED = 6
"""Questions of each kind whose answers are compared, all contenders' with the truth."""

TOGETHER = 30
"""Questions that one contender is asked before it is the next one's turn."""


class Measured(NamedTuple):
    """Milliseconds by kind of question, `world` among them."""

    name: str
    taken: dict[str, list[float]]

    def row(self) -> str:
        """Return a line of a table: for each kind the median, and the 99th of a hundred."""
        shown = (f"{median(each):,.2f} ({quantiles(each, n=100)[-1]:,.2f})" for each in self.taken.values())
        return f"| {self.name} | {' | '.join(shown)} |"


class Ours:
    """This record, with all that an answer rests on: acts, opening, template, and the check of what came since."""

    def __init__(self, name: str, written: Written, record: Record) -> None:
        self.name = name
        self.record = record
        self._written = written
        self._facts = IndexedFacts(record)
        self._cuts: dict[Question, Cut] = {}

    def prepare(self, questions: Sequence[Question]) -> None:
        """Write questions as this record is asked: dates as text."""
        for asked in questions:
            self._cuts[asked] = Cut(known_at=instant(asked.known), position=self._written.position(asked))

    def _said(self, state: int, cut: Cut) -> Said:
        return said(MatrixFacts(self._facts, STATES[state], cut), "working")

    def matrix(self, asked: Question) -> Said:
        """Return what stands in the cells of one State."""
        return self._said(asked.state, self._cuts[asked])

    def world(self, asked: Question) -> list[Said]:
        """Return what stands in the cells of all States."""
        return [self._said(state, self._cuts[asked]) for state in range(len(STATES))]

    def found(self, said: Said) -> Found:
        """Return an answer as peers give it."""
        place = {name: number for number, name in enumerate(self._written.cells)}
        before = self._written.before
        return [(place[cell], s.position - before, VALUES.index(s.value)) for cell, s in said.cells.items()]


def run(rounds: int, sizes: Sequence[str]) -> str:
    """Return tables of one matrix and of the world, by size of the record, each answer checked against one truth."""
    parts: list[str] = []
    middles: dict[str, list[float]] = {}
    for size in sizes:
        with TemporaryDirectory() as folder:
            measured, table = _measured(Path(folder), size, rounds)
        parts.append(table)
        for each in measured:
            middles.setdefault(each.name, []).append(median(each.taken[KINDS[0]]))
    if len(sizes) > 1:
        rows = (f"| {name} | {last / first:.2f} |" for name, (first, *_, last) in middles.items())
        parts.append("\n".join([f"\n| {KINDS[0]}: ten times the versions cost | times |\n|---|---|", *rows]))
    return "\n".join(parts)


def _measured(folder: Path, size: str, rounds: int) -> tuple[list[Measured], str]:
    started = perf_counter()
    written = Written(folder / "ours", EACH[size])
    ours = [Ours("ledger1540", written, written.record)]
    others, absent = peers(folder, written.versions)
    for server in others:
        if isinstance(server, PostgreSQL):
            there = moved(written, folder / "ours", server.address)
            ours.append(Ours("ledger1540 on PostgreSQL", written, there))
    loaded = perf_counter()
    for each in ours:
        each.record.repack()
    packed = perf_counter() - loaded
    questions = {kind: written.versions.questions(kind, rounds * TOGETHER) for kind in KINDS}
    for asked in questions.values():
        for each in ours:
            each.prepare(asked)
        _check(written, ours, others, asked[:CHECKED])
    contenders: list[Ours | Peer] = [*ours, *others]
    found = [Measured(each.name, {}) for each in contenders]
    for kind, several in questions.items():
        _in_turn(found, kind, [each.matrix for each in contenders], several)
    _in_turn(found, "world", [each.world for each in contenders], questions[KINDS[1]][: max(rounds, 2)])
    for more in ours[1:]:
        unmade(more.record)
    for other in others:
        other.close()
    written.record.close()
    head = (
        f"\n### As of a past date, {written.versions.count:,} cell versions\n\n"
        f"Loaded in {loaded - started:.0f} s, all contenders together; pages packed in {packed:.1f} s"
        f"{', on both databases' if len(ours) > 1 else ''}.\n\n"
        f"| milliseconds, median (p99) | {' | '.join(f'one matrix, {kind}' for kind in KINDS)} | the world |\n"
        f"|{'---|' * (len(KINDS) + 2)}"
    )
    return found, "\n".join([head, *(each.row() for each in found), *(f"\n{why}" for why in absent)])


def _check(written: Written, ours: Sequence[Ours], others: Sequence[Peer], questions: Sequence[Question]) -> None:
    for asked in questions:
        truth = written.versions.truth(asked)
        for answered in (*(each.found(each.matrix(asked)) for each in ours), *(each.matrix(asked) for each in others)):
            assert sorted(answered) == truth, asked
    everywhere = (questions[0]._replace(state=state) for state in range(len(STATES)))
    count = sum(len(written.versions.truth(asked)) for asked in everywhere)
    worlds = (
        *(sum(len(said.cells) for said in each.world(questions[0])) for each in ours),
        *(len(each.world(questions[0])) for each in others),
    )
    assert set(worlds) == {count}, worlds


def _in_turn(
    found: Sequence[Measured],
    kind: str,
    contenders: Sequence[Callable[[Question], object]],
    questions: Sequence[Question],
) -> None:
    """Time contenders on the same questions, some at a time: A B A B."""
    for first in range(0, len(questions), TOGETHER):
        for measured, ask in zip(found, contenders, strict=True):
            for asked in questions[first : first + TOGETHER]:
                start = perf_counter()
                ask(asked)
                measured.taken.setdefault(kind, []).append((perf_counter() - start) * 1000)
