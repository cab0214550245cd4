"""The matrix of one State through twenty simulated years: its revisions, and what goes wrong on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.correcting import MarkInError
from domain.matrix.commands import WithdrawRevision
from interfaces.demo.cast import SECRETARIAT, expert
from interfaces.demo.cells import ORDINARY, SOURCED
from interfaces.demo.dates import instant, later, office_day
from interfaces.demo.revision import WORK_HOUR, Revision, Stage
from interfaces.demo.slips import APPROVED, OPEN, Slips
from interfaces.demo.stages import EXAMPLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from domain.template import Field
    from interfaces.demo.aftermath import Aftermath
    from interfaces.demo.dice import Dice
    from interfaces.demo.plan import Plan
    from interfaces.demo.reporting import Desk

MISHAPS = ("opened in error", "withdrawn", "sealed too early", "approval voided", "void of an approval undone")


class Matrix:
    """A State's file."""

    def __init__(
        self,
        plan: Plan,
        code: str,
        slot: int,
        *,
        desk: Desk,
        aftermath: Aftermath,
        templates: Mapping[str, Sequence[Field]],
        dice: Dice,
    ) -> None:
        self.code = code
        self.slot = slot
        self.desk = desk
        self.revisions: list[Revision] = []
        self.fields = templates
        self.aftermath = aftermath
        self._plan = plan
        self._dice = dice
        self._actor = expert(slot % 8 + 1)
        self._next = 1
        self.silent = False
        """Whether the State had not reported when its matrix was filled in for it."""

    def begin(self, stage: Stage, plan: Plan | None = None) -> Revision:
        """Open the next revision, seeded from the last that was not given up."""
        standing = [each.number for each in self.revisions if each.withdrawn is None]
        revision = Revision(
            plan or self._plan,
            self.code,
            self._next,
            stage,
            seeded_from=standing[-1] if standing else None,
            actor=self._actor,
            dice=self._dice,
        )
        self._next += 1
        revision.open()
        return revision

    def go_through(self, stage: Stage) -> None:
        """Work through one revision from its opening to what follows its approval."""
        mishap = self._mishap(stage)
        if mishap == "opened in error":
            self._opened_in_error(stage)
        elif mishap == "withdrawn":
            stage = self._given_up(stage)
        revision = self.begin(stage)
        self.fill(revision, stage)
        if mishap == "sealed too early":
            self._sealed_too_early(revision)
        revision.seal()
        self.revisions.append(revision)
        if stage.kind == "pre-filled":
            self.silent = True
            self.aftermath.prefilled(revision)
        else:
            self.aftermath.approved(revision, mishap)
            self._mend_later(revision)

    def _mishap(self, stage: Stage) -> str:
        """Return what goes wrong with a revision: one thing each in the first places of the list, later by chance."""
        if self.slot == EXAMPLE or stage.kind in ("maintenance", "pre-filled"):
            return ""
        if self.slot <= len(MISHAPS):
            return MISHAPS[self.slot - 1] if stage.template == "T2011" else ""
        return self._dice.pick(MISHAPS) if self._dice.chance(0.12) else ""

    def fill(self, revision: Revision, stage: Stage) -> None:
        """Assess cells, look at others again, mend slips; all before the seal."""
        fields, opened = self.fields[stage.template], revision.opened
        papers = self.desk.on_hand(opened)[-4:]
        if not papers or self._dice.chance(0.3):
            papers.append(self.desk.found(later(opened, -12)))
        chosen = self._dice.some(fields, stage.cells)
        revision.work(chosen, papers, SOURCED if stage.kind == "pre-filled" else ORDINARY)
        touched = {field.cell for field in chosen}
        others = [field for field in fields if field.cell not in touched] if revision.seeded_from else []
        revision.look_again(self._dice.some(others, self._dice.whole(8, 24)), self._dice.some(fields, 2))
        which = self.slot + revision.number
        if stage.kind == "pre-filled":
            return
        Slips(revision, self._dice).while_open((OPEN[which % len(OPEN)], self._dice.pick(OPEN)))

    def _mend_later(self, revision: Revision) -> None:
        """Correct an approved matrix, months later; the example's errors of 2013 are noticed in 2014."""
        if revision.approved is None or revision.template == "T2005":
            return
        papers, fields = self.desk.on_hand(revision.sealed), self.fields[revision.template]
        noticed = later(revision.approved, self._dice.whole(25, 90))
        if self.slot == EXAMPLE:
            kinds: tuple[str, ...] = ("typo", "typo", "void", "repair", "date", "page")
            noticed = later(revision.approved, 250) if revision.sealed.year == 2013 else noticed
        else:
            kinds = (APPROVED[(self.slot + revision.number) % len(APPROVED)],)
        if self.slot <= len(APPROVED) or self._dice.chance(0.35):
            Slips(revision, self._dice).after_approval(kinds, noticed, fields, papers)

    def _opened_in_error(self, stage: Stage) -> None:
        wrong = self.begin(stage._replace(opened=later(stage.opened, -9)))
        self._void(wrong.key("open"), wrong.opened, "opened for the wrong State")

    def _given_up(self, stage: Stage) -> Stage:
        given_up = self.begin(stage)
        papers = self.desk.on_hand(given_up.opened)
        given_up.work(self._dice.some(self.fields[stage.template], 20), papers)
        given_up.withdrawn = office_day(later(given_up.sealed, 4))
        command = WithdrawRevision(
            id=given_up.key("withdraw"),
            actor=self._actor,
            state=self.code,
            revision=given_up.number,
            reason="SIMULATED: begun again on other sources",
        )
        self._plan.add(instant(given_up.withdrawn, WORK_HOUR), command)
        self.revisions.append(given_up)
        opened = later(given_up.withdrawn, 7)
        return stage._replace(opened=opened, sealed=later(opened, 60))

    def _sealed_too_early(self, revision: Revision) -> None:
        early = office_day(later(revision.sealed, -7))
        revision.seal("seal-early", early)
        self._void(revision.key("seal-early"), early, "sealed too early")

    def _void(self, target: str, day: date, reason: str) -> None:
        command = MarkInError(
            id=f"{target}/in-error", actor=SECRETARIAT, target=f"{target}#0", reason=f"SIMULATED: {reason}"
        )
        self._plan.add(instant(day, WORK_HOUR, 50), command)
