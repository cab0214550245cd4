"""Commands of a matrix that came back: what was changed is assessed or corrected, what a State says is a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from domain.correcting import Change, Correct
from domain.exchange.comments import Comment, CommentOnMatrix
from domain.matrix.cells import cell_body
from domain.matrix.commands import AssessCells, AssessedCell, RemarkRow
from domain.refusals import MalformedInput, Refusal
from interfaces.importing.comparing import Now

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.deciding import Command, RecordView
    from domain.recorded import Recorded
    from interfaces.cli.work.doing import Said
    from interfaces.importing.comparing import CellChanged
    from interfaces.importing.covering_letter import Letter
    from interfaces.importing.faults import Faults
    from interfaces.importing.returned import RemarkGiven


class Step(Protocol):
    """Gives what is said of one of several commands."""

    def __call__(self, part: str, known: str, /) -> Said:
        """Return it by the name of the command and its known date, if it has one of its own."""
        ...


class Entering:
    """What a file changes in one revision, checked against what stands there now."""

    def __init__(self, record: RecordView, state: str, revision: int, taken_at: int, faults: Faults, name: str) -> None:
        self._record = record
        self._now = Now(record)
        self._state, self._revision, self._taken_at = state, revision, taken_at
        self._faults, self._name = faults, name

    def commands(self, changes: Sequence[CellChanged], remarks: Sequence[RemarkGiven], step: Step) -> Iterator[Command]:
        """Yield the commands that record what was changed; what stands so already is left out."""
        assessed: dict[str, list[AssessedCell]] = {}
        for change in _by_row(changes):
            try:
                self._check(change)
                if self._now.says(change):
                    continue
                act = self._standing(change)
                if change.given.reason and act is not None:
                    yield self._correction(change, act, step)
                else:
                    assessed.setdefault(change.given.known, []).append(_assessed(change, act))
            except Refusal as refusal:
                self._faults.take(self._name, change.given.row, refusal)
        for known, cells in assessed.items():
            said = step(f"assess:{known}", known)
            yield AssessCells(**said, state=self._state, revision=self._revision, cells=tuple(cells))
        yield from self._remarks(remarks, step)

    def _check(self, change: CellChanged) -> None:
        given = change.given
        if given.comment:
            raise MalformedInput(
                "a comment is of the State", where="comment", remedy="add --from-state if it sent the file back"
            )
        if given.reason and change.act is None and not given.of_row:
            raise MalformedInput("nothing stood there to be corrected", where="reason", remedy="leave it empty")
        if not change.after and (given.of_row or not (given.reason and given.known)):
            where = "reason" if given.reason else "known"
            raise MalformedInput(f"a {where}, but nothing was changed", where=where, remedy="change it, or leave it")

    def _standing(self, change: CellChanged) -> Recorded | None:
        """Return what stands in the cell, which must be what the file was taken from.

        Raises:
            MalformedInput: it was changed meanwhile, with both values.
        """
        stands = self._now.act(change.given)
        there, here = (None if each is None else each.id for each in (stands, change.act))
        if there != here:
            now = "nothing" if stands is None else repr(cell_body(stands).value)
            at = "" if stands is None else f" (event {stands.id}, position {stands.position})"
            raise MalformedInput(
                f"{change.given.cell} was changed meanwhile: it now says {now}{at}, "
                f"and the file, taken at position {self._taken_at}, {_words(change)}",
                where="value",
                remedy="export it again, look again, then decide",
            )
        return stands

    def _correction(self, change: CellChanged, act: Recorded, step: Step) -> Correct:
        given, sources = change.given, change.sources()
        changes: dict[str, Change] = {}
        for column in ("value", "note"):
            if column in change.after:
                changes[column] = change.after[column]
        for column in ("in_force_from", "in_force_to"):
            if column in change.after:
                changes[column] = change.after[column] or None
        if sources is not None:
            changes["sources"] = [msgspec.to_builtins(each) for each in sources]
        said = step(f"correct:{given.cell}", given.known)
        return Correct(**said, target=act.id, reason=given.reason, changes=changes)

    def _remarks(self, remarks: Sequence[RemarkGiven], step: Step) -> Iterator[Command]:
        new: dict[tuple[str, int], str] = {}
        for given in remarks:
            before = self._now.remark(self._state, self._revision, (given.section, given.item), self._taken_at)
            if given.remark == before.strip():
                continue
            now = self._now.remark(self._state, self._revision, (given.section, given.item))
            row = f"{given.section}-{given.item}"
            if given.remark == now.strip():
                continue
            if now != before or new.setdefault((given.section, given.item), given.remark) != given.remark:
                what = (
                    f"the remark on {row} was changed meanwhile, or in two ways: {now!r}, in the file {given.remark!r}"
                )
                self._faults.add(self._name, given.row, "remark", what, "export it again, look again, then decide")
        for (section, item), text in new.items():
            said = step(f"remark:{section}-{item}", "")
            yield RemarkRow(**said, state=self._state, revision=self._revision, section=section, item=item, remark=text)

    def comments(
        self, changes: Sequence[CellChanged], remarks: Sequence[RemarkGiven], step: Step, letter: Letter
    ) -> Iterator[Command]:
        """Yield the command that records what a State says, cell by cell; it changes no value."""
        texts: dict[str, list[str]] = {}
        for change in _by_row(changes):
            written = texts.setdefault(change.given.cell, [])
            written += [change.given.comment] if change.given.comment else []
            written += [f"{_words(change, [column])}" for column in change.after]
            if change.given.known or change.given.reason:
                self._faults.add(
                    self._name,
                    change.given.row,
                    "reason" if change.given.reason else "known",
                    "a State corrects and dates nothing in the record",
                    "write it as a comment",
                )
        for given in remarks:
            before = self._now.remark(self._state, self._revision, (given.section, given.item), self._taken_at)
            if given.remark and given.remark != before.strip():
                for cell in given.cells:
                    texts.setdefault(cell, []).append(given.remark)
        if texts:
            yield CommentOnMatrix(
                **step("comments", ""),
                state=self._state,
                revision=self._revision,
                comments=tuple(Comment(cell=cell, text="\n".join(each)) for cell, each in texts.items()),
                received=letter.received,
                letter=letter.letter,
                document=letter.document,
            )


def _by_row(changes: Sequence[CellChanged]) -> Iterator[CellChanged]:
    """Yield the changes; what is said of a whole row is said of its cells that were changed, if any were."""
    moved = {each.given.of_row for each in changes if each.after}
    return (each for each in changes if each.after or not each.given.of_row or each.given.of_row not in moved)


def _assessed(change: CellChanged, act: Recorded | None) -> AssessedCell:
    body, sources = None if act is None else cell_body(act), change.sources()
    kept = () if body is None else body.sources
    says = {
        "value": "" if body is None else body.value,
        "in_force_from": "" if body is None else body.in_force_from or "",
        "in_force_to": "" if body is None else body.in_force_to or "",
        "note": "" if body is None else body.note,
    } | change.after
    return AssessedCell(
        cell=change.given.cell,
        value=says["value"],
        sources=kept if sources is None else sources,
        in_force_from=says["in_force_from"] or None,
        in_force_to=says["in_force_to"] or None,
        note=says["note"],
        replaces=None if act is None else act.id,
    )


def _words(change: CellChanged, columns: Sequence[str] | None = None) -> str:
    """Return what was changed, in words: what stood there and what the file has."""
    chosen = list(change.after) if columns is None else columns
    return ", ".join(f"{each}: {change.before[each]!r} -> {change.after[each]!r}" for each in chosen)
