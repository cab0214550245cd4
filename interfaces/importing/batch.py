"""A batch: all the commands of a file, under one event that causes them; files are recorded whole or not at all."""

from __future__ import annotations

import re
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from domain.document import RegisterDocument
from domain.ids import command_id, event_id
from domain.records import ImportBatch
from domain.refusals import MalformedInput
from interfaces import logs
from interfaces.importing.attached import Attached, rules_with
from interfaces.importing.faults import Faults
from interfaces.importing.planning import Planned, batch_key, plans_of
from interfaces.importing.reading import Given, OnRecord, Placed, check_date
from interfaces.importing.source import Source
from interfaces.sealing import bring
from ledger.record import Record
from ledger.refusals import BatchRefused, CommandReused

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from domain.deciding import Command
    from ledger.address import Address
    from ledger.unit import Receipt

    Progress = Callable[[int], None]

REUSED = "give a new command a new id; of a file that has grown since it was imported, import the new lines alone"
_CELL = re.compile(r"cells\[(?P<place>\d+)\](?:\.(?P<member>.+))?")
_COLUMNS = {"sources[0].document_id": "document"}
"""The column of a table that a member comes from, where it has another name."""


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file, or would become of it in a dry run."""

    file: str
    kind: str
    batch: str
    sha256: str
    commands: int
    events: int
    first_position: int | None
    last_position: int | None
    repeated: bool
    dry_run: bool


def import_files(
    home: Path,
    files: Sequence[Path | None],
    given: Given,
    *,
    database: Address | None = None,
    batch: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> list[Imported]:
    """Record what files hold, all of it or nothing, each file as a batch; None is standard input.

    Raises:
        RowsRefused: rows that cannot be read (all of them are named), or the first that a rule refuses.
        Refusal: the import as a whole is refused.
    """
    if batch is not None and len(files) != 1:
        raise MalformedInput("a name is for the batch of one file", where="batch", remedy="import the files one by one")
    check_date("known", given.known)
    with ExitStack() as stack:
        sources = [stack.enter_context(Source(path)) for path in files]
        attached = Attached(Path(stack.enter_context(TemporaryDirectory(prefix="ledger1540-import-"))))
        record = stack.enter_context(Record.open(home, address=database, rules=rules_with(attached)))
        on_record = OnRecord(record)
        plans = plans_of(record, sources, given, on_record, batch, progress)
        run = _Run([plan for plan in plans if not plan.repeated], given, on_record, attached, progress)
        with _named(run):
            receipts = record.submit_all(run.commands(record, dry_run=dry_run), importing=True, dry_run=dry_run)
        for receipt in receipts[:1] + receipts[-1:]:
            with logs.bind(command=receipt.command_id, position=receipt.last_position):
                logs.info("decided" if dry_run else "imported", commands=len(receipts))
        return _outcomes(plans, receipts, dry_run=dry_run)


class _Run:
    """The commands of all files in order, and the row that the one being decided comes from."""

    def __init__(
        self,
        plans: Sequence[Planned],
        given: Given,
        on_record: OnRecord,
        attached: Attached,
        progress: Progress | None,
    ) -> None:
        self._plans = plans
        self._given = given
        self._on_record = on_record
        self._attached = attached
        self._progress = progress
        self.file = ""
        self.rows: tuple[int, ...] = ()

    def commands(self, record: Record, *, dry_run: bool) -> Iterator[Command]:
        """Yield the commands; once all are decided, and before anything is kept, store the documents they bring."""
        done = 0
        for plan in self._plans:
            self.file, self.rows = plan.source.name, ()
            begin = _begin(plan, self._given)
            yield begin
            if self._attached.view is not None:
                self._on_record.decide_on(self._attached.view)
            cause = event_id(command_id(begin.id), 0)
            for placed in self._placed(plan):
                self.rows = placed.rows
                command = placed.command
                if placed.content is not None and isinstance(command, RegisterDocument):
                    command = bring(record, self._attached, command, placed.content, dry_run=dry_run)
                yield msgspec.structs.replace(command, causation=cause)
                done += 1
                if self._progress is not None:
                    self._progress(done)
        self.file, self.rows = "", ()
        if not dry_run:
            self._attached.store(record.documents)

    def _placed(self, plan: Planned) -> Iterator[Placed]:
        faults = Faults()
        yield from plan.kind.read(plan.source, faults, self._given, self._on_record)
        if faults:  # a document beside the file has gone or changed since it was checked
            raise faults.refusal()


def _begin(plan: Planned, given: Given) -> ImportBatch:
    return ImportBatch(
        id=batch_key(plan.source.sha256),
        actor=given.actor,
        synthetic=given.synthetic,
        batch=plan.batch,
        source=plan.source.name,
        sha256=plan.source.sha256,
        commands=plan.commands,
    )


@contextmanager
def _named(run: _Run) -> Generator[None]:
    """Name file, row and column where a rule refuses a command."""
    try:
        yield
    except BatchRefused as refused:
        cause = refused.cause
        if isinstance(cause, CommandReused):
            cause = CommandReused(cause.what, where=cause.where, remedy=REUSED)
        if not run.rows:
            raise cause.at(run.file) from None
        cell = _CELL.fullmatch(cause.where)
        if cell is not None and len(run.rows) > int(cell["place"]):
            column = _COLUMNS.get(cell["member"], cell["member"])
            row = f"{run.file}, row {run.rows[int(cell['place'])]}"
            raise cause.at(f"{row}, {column}" if column else row) from None
        raise cause.at(f"{run.file}, row {run.rows[0]}" + (f", {cause.where}" if cause.where else "")) from None


def _outcomes(plans: Sequence[Planned], receipts: Sequence[Receipt], *, dry_run: bool) -> list[Imported]:
    outcomes: list[Imported] = []
    start = 0
    for plan in plans:
        size = 0 if plan.repeated else plan.commands + 1
        own = [r for r in receipts[start : start + size] if not r.repeated and r.last_position is not None]
        start += size
        first = own[0].first_position if own else None
        last = own[-1].last_position if own else None
        outcomes.append(
            Imported(
                file=plan.source.name,
                kind=plan.kind.name,
                batch=plan.batch,
                sha256=plan.source.sha256,
                commands=plan.commands,
                events=sum((r.last_position or 0) - (r.first_position or 0) + 1 for r in own),
                first_position=first,
                last_position=last,
                repeated=plan.repeated,
                dry_run=dry_run,
            )
        )
    return outcomes
