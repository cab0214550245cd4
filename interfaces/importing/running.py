"""The commands of an import, one after another, and what becomes of the row that the one being decided comes from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from domain.document import RegisterDocument
from domain.ids import command_id, event_id
from domain.records import ImportBatch
from domain.refusals import Conflict, Refusal
from interfaces.importing.faults import Faults
from interfaces.importing.lists.columns import shown
from interfaces.importing.outcomes import in_words, rows_of
from interfaces.sealing import bring
from ledger.refusals import CommandReused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from domain.deciding import Command
    from interfaces.importing.attached import Attached
    from interfaces.importing.planning import Planned
    from interfaces.importing.reading import Given, OnRecord, Placed
    from ledger.record import Record

    Progress = Callable[[int], None]

REUSED = "give a new command a new id; of a file that has grown since it was imported, import the new lines alone"
AGAIN = "import it again"
_CELL = re.compile(r"cells\[(?P<place>\d+)\](?:\.(?P<member>.+))?")
_COLUMNS = {"sources[0].document_id": "document"}
"""The column of a table that a member comes from, where it has another name."""


class Run:
    """The commands of all files in order; rows of lists that a rule refuses are collected, other refusals end it."""

    def __init__(
        self,
        plans: Sequence[Planned],
        given: Given,
        on_record: OnRecord,
        attached: Attached,
        progress: Progress | None,
        tried: Run | None = None,
    ) -> None:
        """Begin; what `tried` found to be refused is left out, and nothing further is let go."""
        self.refused: dict[str, dict[int, Refusal]] = {} if tried is None else tried.refused
        self._tried = tried is not None
        self._all = plans
        self._plans = [plan for plan in plans if self.left(plan)]
        self._given = given
        self._on_record = on_record
        self._attached = attached
        self._progress = progress
        self._plan: Planned | None = None
        self._at: Placed | None = None

    def left(self, plan: Planned) -> int:
        """Return how many commands of a file are not refused."""
        return 0 if plan.repeated else plan.commands - len(self.refused.get(plan.key, ()))

    def commands(self, record: Record, *, keep: bool) -> Iterator[Command]:
        """Yield the commands; once all are decided, and before anything is kept, store the documents they bring.

        Raises:
            RowsRefused: rows of a list that cannot be read or that rules refuse, all of them, if not set aside.
        """
        done = 0
        for plan in self._plans:
            self._plan, self._at = plan, None
            begin = self._begin(plan)
            yield begin
            if self._attached.view is not None:
                self._on_record.decide_on(self._attached.view)
            cause = event_id(command_id(begin.id), 0)
            for placed in self._placed(plan):
                self._at = placed
                command = placed.command
                if placed.content is not None and isinstance(command, RegisterDocument):
                    command = bring(record, self._attached, command, placed.content, dry_run=not keep)
                yield msgspec.structs.replace(command, causation=cause)
                done += 1
                if self._progress is not None:
                    self._progress(done)
        self._plan = self._at = None
        if not self._given.set_aside and (self.refused or any(plan.found for plan in self._all)):
            raise self._all_refused()
        if keep:
            self._attached.store(record.documents)

    def refuse(self, refusal: Refusal) -> None:
        """Take note that the command just yielded is refused.

        Raises:
            Refusal: the same, with file, row and column, where the others cannot do without it.
        """
        plan, at = self._plan, self._at
        if plan is None or at is None or not plan.kind.each_alone or self._tried:
            raise self._named(refusal) from None
        self.refused.setdefault(plan.key, {})[at.rows[0]] = refusal.at(shown(at.columns, refusal.where))

    def _begin(self, plan: Planned) -> ImportBatch:
        return ImportBatch(
            id=plan.key,
            actor=self._given.actor,
            synthetic=self._given.synthetic,
            batch=plan.batch,
            source=plan.named,
            sha256=plan.source.sha256,
            commands=self.left(plan),
        )

    def _placed(self, plan: Planned) -> Iterator[Placed]:
        faults, found = Faults(), 0
        refused = self.refused.get(plan.key, {}) if self._tried else {}
        for placed in plan.kind.read(plan.source, faults, self._given, self._on_record):
            found += 1
            if placed.rows[0] not in refused:
                yield placed
        if not faults and found != plan.commands:
            raise Conflict("the record has moved on since the file was read", where=plan.source.name, remedy=AGAIN)
        if faults.count != plan.found.count:  # a document beside the file has gone or changed since it was checked
            raise faults.refusal()

    def _all_refused(self) -> Refusal:
        faults, rows = Faults(), list[str]()
        for plan in self._all:
            faults.take_all(plan.found)
            for row, refusal in self.refused.get(plan.key, {}).items():
                faults.take(plan.source.name, row, refusal)
            if plan.kind.each_alone and not plan.repeated:
                rows.append(f"{plan.source.name}: {in_words(rows_of(plan, self.left(plan)))}")
        return faults.refusal("is refused" if self.refused else "cannot be read", rows)

    def _named(self, cause: Refusal) -> Refusal:
        """Return a refusal with the file, the row and the column that it comes from."""
        if isinstance(cause, CommandReused):
            cause = CommandReused(cause.what, where=cause.where, remedy=REUSED)
        file = "" if self._plan is None else self._plan.source.name
        if self._at is None:
            return cause.at(file)
        number, column = 0, shown(self._at.columns, cause.where)
        cell = _CELL.fullmatch(cause.where)
        if cell is not None and len(self._at.rows) > int(cell["place"]):
            number, column = int(cell["place"]), _COLUMNS.get(cell["member"], cell["member"])
        row = f"{file}, {self._at.place(number)}"
        return cause.at(f"{row}, {column}" if column else row)
