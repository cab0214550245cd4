"""One simulated revision of a matrix: opened, its cells assessed over some weeks, looked at again, sealed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain.matrix.commands import (
    AssessCells,
    AssessedCell,
    ConfirmCells,
    OpenRevision,
    RemarkRow,
    SealRevision,
)
from domain.refusals import MalformedInput
from domain.times import parse, period_of
from interfaces.demo.cells import ORDINARY, assessed
from interfaces.demo.dates import instant, later, office_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.template import Field
    from interfaces.demo.dice import Dice
    from interfaces.demo.plan import Plan
    from interfaces.demo.reporting import Paper

WORK_HOUR = 20
LARGEST_TABLE = 120


class OwnCell(NamedTuple):
    """A cell that a revision assessed itself: which event, when, and what it said."""

    key: str
    place: int
    day: date
    field: Field
    cell: AssessedCell


class Stage(NamedTuple):
    """What is planned of a revision."""

    template: str
    opened: date
    sealed: date
    cells: int
    """How many cells are assessed, of about 390."""
    kind: str
    """`first`, `pre-filled`, `new template` or `maintenance`."""


class Revision:
    """A revision in the making."""

    def __init__(
        self, plan: Plan, code: str, number: int, stage: Stage, *, seeded_from: int | None, actor: str, dice: Dice
    ) -> None:
        self.plan = plan
        self.code = code
        self.number = number
        self.template = stage.template
        self.actor = actor
        self.dice = dice
        self.seeded_from = seeded_from
        self.opened = office_day(stage.opened)
        self.sealed = office_day(max(stage.sealed, later(self.opened, 28)))
        self.withdrawn: date | None = None
        self.approved: date | None = None
        self.approval = "approve"
        """The act of the approval that stays, where the first was voided."""
        self.own: list[OwnCell] = []
        self.mended: set[tuple[str, int]] = set()

    @property
    def seal_key(self) -> str:
        """The key of the command that seals it for good."""
        return self.key("seal")

    def key(self, act: str) -> str:
        """Return the key of a command on this revision."""
        return f"sim/matrix/{self.code}/{self.number}/{act}"

    def open(self) -> None:
        """Open it."""
        command = OpenRevision(
            id=self.key("open"),
            actor=self.actor,
            state=self.code,
            template=self.template,
            revision=self.number,
            seeded_from=self.seeded_from,
        )
        self.plan.add(instant(self.opened, WORK_HOUR), command)

    def work(self, fields: Sequence[Field], papers: Sequence[Paper], values: Sequence[str] = ORDINARY) -> None:
        """Assess these cells, a table at a time, on days between the opening and two weeks before the seal."""
        tables = [fields[place : place + LARGEST_TABLE] for place in range(0, len(fields), LARGEST_TABLE)]
        last = later(self.sealed, -14)
        days = sorted(office_day(self.dice.day(later(self.opened, 3), later(last, -4))) for _ in tables)
        for place, (day, table) in enumerate(zip(days, tables, strict=True)):
            cells = tuple(assessed(self.dice, field, papers, day.year, values) for field in table)
            command = AssessCells(
                id=self.key(f"assess-{place}"),
                actor=self.actor,
                known=self._known(day),
                state=self.code,
                revision=self.number,
                cells=cells,
            )
            self.plan.add(instant(day, WORK_HOUR), command)
            self.own += [OwnCell(command.id, i, day, f, c) for i, (f, c) in enumerate(zip(table, cells, strict=True))]

    def _known(self, day: date) -> str | None:
        """Return a date without an hour for some of the tables, to the day, month or year."""
        chance = self.dice.whole(1, 100)
        month = later(day.replace(day=1), -1)
        written = (
            later(day, -self.dice.whole(0, 4)).isoformat()
            if chance <= 50
            else f"{month:%Y-%m}"
            if chance <= 56
            else f"{day.year - 1}"
            if chance <= 59
            else None
        )
        return written if written and date_fits(written, self.opened, day) else None

    def look_again(self, fields: Sequence[Field], rows: Sequence[Field]) -> None:
        """Confirm some cells as they stand, and put remarks on some rows."""
        day = office_day(later(self.sealed, -14))
        if fields:
            confirmed = ConfirmCells(
                id=self.key("confirm"),
                actor=self.actor,
                state=self.code,
                revision=self.number,
                cells=tuple(field.cell for field in fields),
                note="SIMULATED: looked at again, still stands",
            )
            self.plan.add(instant(day, WORK_HOUR, 10), confirmed)
        for place, row in enumerate(rows):
            remark = RemarkRow(
                id=self.key(f"remark-{place}"),
                actor=self.actor,
                state=self.code,
                revision=self.number,
                section=row.section,
                item=row.item,
                remark=f"SIMULATED remark {place + 1}",
            )
            self.plan.add(instant(day, WORK_HOUR, 10), remark)

    def seal(self, act: str = "seal", day: date | None = None) -> None:
        """Seal it, on the day planned or another."""
        command = SealRevision(id=self.key(act), actor=self.actor, state=self.code, revision=self.number)
        self.plan.add(instant(day or self.sealed, WORK_HOUR, 30), command)


def date_fits(written: str, opened: date, recorded: date) -> bool:
    """True where a date can be the known date of a cell: begun by its recording, and ending after the opening."""
    try:
        latest, precision = parse(written)
    except MalformedInput:
        return False
    begins = latest if precision == "instant" else period_of(latest, precision)[0]
    return begins <= instant(recorded, WORK_HOUR) and latest >= instant(opened, WORK_HOUR)
