"""History entered late: a first revision from the paper files, facts found in an archive, and a batch taken back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from domain.canonical import encode, sha256
from domain.correcting import Correct, MarkInError
from domain.deciding import Command
from domain.matrix.commands import ApproveMatrix, AssessCells
from domain.records import ImportBatch, ReverseBatch
from domain.times import parse
from interfaces.demo.agenda import before, decision
from interfaces.demo.cast import SECRETARIAT, expert
from interfaces.demo.cells import assessed
from interfaces.demo.dates import instant, later
from interfaces.demo.plan import Plan, event_of
from interfaces.demo.revision import WORK_HOUR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interfaces.demo.dice import Dice
    from interfaces.demo.matrix import Matrix
    from interfaces.demo.revision import Revision, Stage

PAPER_FILES = date(2008, 2, 12)
SEALED_BY = date(2007, 12, 14)
ARCHIVE_FOUND = date(2016, 11, 15)
WRONG_BATCH = date(2018, 10, 16)
HOUR = 18


class Late(Plan):
    """Gathers what happened long ago as if it were live, then enters it as one batch."""

    def enter(self, plan: Plan, batch: str, day: date, source: str) -> None:
        """Put the batch into a plan: each fact known at its own date, each error noticed at its own."""
        found = [self._claimed(batch, act.at, act.command) for act in self.acts() if isinstance(act.command, Command)]
        if not found:
            return
        at = instant(day, HOUR)
        opening = ImportBatch(
            id=f"sim/batch/{batch}",
            actor=SECRETARIAT,
            batch=batch,
            source=source,
            sha256=sha256(b"\n".join(encode(command) for command in found)),
            commands=len(found),
        )
        plan.add(at, opening, importing=True)
        for command in found:
            plan.add(at, command, importing=True)

    def _claimed(self, batch: str, at: str, command: Command) -> Command:
        return msgspec.structs.replace(
            command,
            known=command.known or (None if isinstance(command, Correct) else at),
            noticed=command.noticed or (at if isinstance(command, Correct | MarkInError) else None),
            role="secretariat" if isinstance(command, ApproveMatrix) else "expert",
            causation=event_of(f"sim/batch/{batch}"),
        )


def from_paper(late: Late, matrix: Matrix, stage: Stage) -> Revision:
    """Gather a first revision with its approval, as the paper files have it."""
    revision = matrix.begin(stage, late)
    matrix.fill(revision, stage)
    revision.seal()
    matrix.revisions.append(revision)
    meeting = before(revision.sealed)
    approval = ApproveMatrix(
        id=revision.key("approve"),
        actor=SECRETARIAT,
        state=matrix.code,
        revision=revision.number,
        decision=f"{decision(meeting)}-on-paper",
    )
    late.add(instant(meeting.day, HOUR), approval)
    return revision


def late_facts(late: Late, matrix: Matrix, name: str, year: int, count: int, dice: Dice) -> None:
    """Gather facts that the Committee knew in a month or year and that nobody had entered."""
    written = dice.pick((f"{year}-{dice.whole(1, 12):02}", f"{year}", f"{year}-{dice.whole(1, 12):02}-15"))
    latest, _ = parse(written)
    begun = [each for each in matrix.revisions if instant(each.opened, WORK_HOUR) <= latest]
    standing = [each for each in begun if each.withdrawn is None or instant(each.withdrawn, WORK_HOUR) > latest]
    if not standing:
        return
    revision = standing[-1]
    fields = dice.some(matrix.fields[revision.template], count)
    papers = matrix.desk.on_hand(date.fromisoformat(latest[:10]))
    command = AssessCells(
        id=f"sim/batch/{name}/{matrix.code}",
        actor=expert(dice.whole(1, 8)),
        known=written,
        state=matrix.code,
        revision=revision.number,
        cells=tuple(assessed(dice, field, papers, year) for field in fields),
    )
    late.add(latest, command)


def enter_all(plan: Plan, paper: Late, matrices: Sequence[Matrix], dice: Dice) -> None:
    """Enter the paper files of the first revisions, the archive found later, and a batch that is then taken back."""
    paper.enter(plan, "sim-paper-files-2006", PAPER_FILES, "SIMULATED paper files of 2005 to 2007")
    archive, wrong = Late(), Late()
    for matrix in matrices:
        if matrix.slot < 3 or dice.chance(0.2):
            late_facts(archive, matrix, "archive", dice.pick((2012, 2013)), dice.whole(4, 12), dice)
        if matrix.slot in (1, 4) or dice.chance(0.02):
            late_facts(wrong, matrix, "wrong", 2015, 6, dice)
    archive.enter(plan, "sim-archive-2016", ARCHIVE_FOUND, "SIMULATED archive of working papers")
    wrong.enter(plan, "sim-wrong-2018", WRONG_BATCH, "SIMULATED list, of another year as it turned out")
    taken_back = ReverseBatch(
        id="sim/batch/sim-wrong-2018/reversed",
        actor=SECRETARIAT,
        batch="sim-wrong-2018",
        reason="SIMULATED: the list was of another year",
    )
    if wrong.acts():
        plan.add(instant(later(WRONG_BATCH, 2), HOUR), taken_back)
