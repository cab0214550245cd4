"""Errors and how they are mended: in a revision that is still open, and in one that the Committee has approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from domain.correcting import Correct, MarkInError
from domain.decision import AuthoriseCorrection
from domain.matrix.commands import AssessCells
from interfaces.demo.cast import SECRETARIAT
from interfaces.demo.cells import another, assessed
from interfaces.demo.dates import instant, later, office_day
from interfaces.demo.plan import event_of
from interfaces.demo.revision import WORK_HOUR, OwnCell, Revision, date_fits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.correcting import Change
    from domain.template import Field
    from interfaces.demo.dice import Dice
    from interfaces.demo.reporting import Paper

OPEN = ("typo", "page", "twice", "void", "unvoid", "date")
APPROVED = ("typo", "date", "void", "page", "repair")
MENDED = 40
"""Minutes past the hour at which slips are mended, after the day's other work."""


class Permit(NamedTuple):
    """The authority to correct an approved matrix: the key of its command, and when the slip was noticed."""

    key: str
    noticed: date


class Slips:
    """Mends cells of a revision, each at most once so that no slip meets another."""

    def __init__(self, revision: Revision, dice: Dice) -> None:
        self._revision = revision
        self._dice = dice
        untouched = [own for own in revision.own if (own.key, own.place) not in revision.mended]
        self._left = dice.shuffled(untouched)

    def while_open(self, kinds: Sequence[str]) -> None:
        """Mend slips before the seal."""
        for kind in kinds:
            if self._left:
                cell = self._next()
                first = office_day(later(cell.day, 1))
                second = office_day(later(first, 1))
                if second < self._revision.sealed:
                    self._mend(kind, cell, (first, second), None)

    def after_approval(self, kinds: Sequence[str], noticed: date, fields: Sequence[Field], papers: list[Paper]) -> None:
        """Mend slips noticed after the approval, each under an authority that another person gave."""
        day = later(self._authorised_on(noticed), 7)
        for kind in kinds:
            if kind == "repair":
                self._repair(noticed, day, fields, papers)
            elif self._left:
                cell = self._next()
                name = cell.cell.cell.partition("/")[2]
                permit = Permit(self._authority(name, f"{cell.key}#{cell.place}", noticed), noticed)
                self._mend(kind, cell, (day, day), permit)

    def _next(self) -> OwnCell:
        cell = self._left.pop()
        self._revision.mended.add((cell.key, cell.place))
        return cell

    def _mend(self, kind: str, cell: OwnCell, days: tuple[date, date], permit: Permit | None) -> None:
        key, (first, second) = f"{cell.key}#{cell.place}", days
        match kind:
            case "typo":
                typo: dict[str, Change] = {"value": another(self._dice, cell.field, cell.cell.value)}
                self._correct(key, first, typo, "typing error", permit)
            case "page":
                self._correct(key, first, self._page(cell), "wrong page", permit)
            case "twice":
                corrected = self._correct(key, first, self._page(cell), "wrong page", permit)
                self._correct(corrected, second, self._page(cell), "the correction named a wrong page too", permit)
            case "date":
                known = later(cell.day, -self._dice.whole(1, 10)).isoformat()
                if date_fits(known, self._revision.opened, first):
                    self._correct(key, first, {}, "date of knowledge", permit, known)
            case "void":
                self._void(key, first, "belongs to another State's matrix", permit)
            case _:
                voided = self._void(key, first, "thought to belong elsewhere", permit)
                self._void(voided, second, "it did belong here", permit)

    def _page(self, cell: OwnCell) -> dict[str, Change]:
        sources = cell.cell.sources
        if not sources:
            return {"note": "SIMULATED: note mended"}
        moved = msgspec.structs.replace(sources[0], locator=f"p. {self._dice.whole(1, 40)}, para. 9")
        listed: list[object] = [msgspec.to_builtins(moved)]
        return {"sources": listed}

    def _correct(
        self,
        target: str,
        day: date,
        changes: dict[str, Change],
        reason: str,
        permit: Permit | None,
        known: str | None = None,
    ) -> str:
        """Correct an event and return the reference of the correction."""
        command = Correct(
            id=f"{target}/corrected",
            actor=self._revision.actor,
            known=known,
            noticed=None if permit is None else permit.noticed.isoformat(),
            causation=None if permit is None else event_of(permit.key),
            target=target,
            reason=f"SIMULATED: {reason}",
            changes=changes,
        )
        self._revision.plan.add(instant(day, WORK_HOUR, MENDED), command)
        return f"{command.id}#0"

    def _void(self, target: str, day: date, reason: str, permit: Permit | None) -> str:
        command = MarkInError(
            id=f"{target}/in-error",
            actor=self._revision.actor,
            noticed=None if permit is None else permit.noticed.isoformat(),
            causation=None if permit is None else event_of(permit.key),
            target=target,
            reason=f"SIMULATED: {reason}",
        )
        self._revision.plan.add(instant(day, WORK_HOUR, MENDED), command)
        return f"{command.id}#0"

    def _authority(self, concerns: str, target: str, noticed: date) -> str:
        revision = self._revision
        name = f"sim-correction-{revision.code.lower()}-{revision.number}-{concerns}"
        command = AuthoriseCorrection(
            id=f"sim/decision/{name}",
            actor=SECRETARIAT,
            decision=name,
            target=target,
            reason="SIMULATED: noticed in the dialogue with the State",
        )
        revision.plan.add(instant(self._authorised_on(noticed), WORK_HOUR), command)
        return command.id

    @staticmethod
    def _authorised_on(noticed: date) -> date:
        return office_day(later(noticed, 1))

    def _repair(self, noticed: date, day: date, fields: Sequence[Field], papers: list[Paper]) -> None:
        """Enter a cell that was known before the seal and left out by our error."""
        revision = self._revision
        touched = {own.cell.cell for own in revision.own}
        free = [field for field in fields if field.cell not in touched]
        if free:
            command = AssessCells(
                id=revision.key("repair"),
                actor=revision.actor,
                known=later(revision.sealed, -6).isoformat(),
                noticed=noticed.isoformat(),
                causation=event_of(self._authority("repair", f"{revision.key(revision.approval)}#0", noticed)),
                state=revision.code,
                revision=revision.number,
                cells=(assessed(self._dice, self._dice.pick(free), papers, revision.sealed.year),),
            )
            revision.plan.add(instant(day, WORK_HOUR, MENDED), command)
