"""A batch: all the commands of a file, under one event that causes them; files are recorded whole or not at all."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from domain.refusals import MalformedInput
from interfaces import logs
from interfaces.importing.attached import Attached, rules_with
from interfaces.importing.kinds import LETTER
from interfaces.importing.outcomes import Imported, outcomes_of
from interfaces.importing.planning import plans_of
from interfaces.importing.reading import Given, OnRecord, check_date
from interfaces.importing.running import Run
from interfaces.importing.source import Source
from ledger.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from interfaces.importing.reading import Seal
    from ledger.address import Address

    Progress = Callable[[int], None]


def import_files(
    home: Path,
    files: Sequence[Path | None],
    given: Given,
    *,
    database: Address | None = None,
    batch: str | None = None,
    sheet: str | None = None,
    aside: Path | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> list[Imported]:
    """Record what files hold, all of it or nothing, each file as a batch; None is standard input.

    Of a list, rows that are refused are written to `aside`, if it is given, and the others are recorded.

    Raises:
        RowsRefused: rows that cannot be read, or rows of a list that rules refuse: all of them are named.
        Refusal: a rule refuses a row of another file, or the import as a whole is refused.
    """
    _check_asked(files, given, batch, sheet, aside)
    given = msgspec.structs.replace(given, set_aside=aside is not None)
    with ExitStack() as stack:
        sources = [stack.enter_context(Source(path, sheet=sheet)) for path in files]
        attached = Attached(Path(stack.enter_context(TemporaryDirectory(prefix="ledger1540-import-"))))
        record = stack.enter_context(Record.open(home, address=database, rules=rules_with(attached)))
        seal = None
        if given.profile is not None and given.profile.seals:
            seal = _veil(record, sources)
        _veil_letters(record, [each for each in sources if each.suffix == LETTER], dry_run=dry_run)
        on_record = OnRecord(record)
        plans = plans_of(record, sources, given, on_record, batch, progress)
        run = Run(plans, given, on_record, attached, progress)
        tried = dry_run or aside is not None or seal is not None
        submit = partial(record.submit_all, importing=True)
        receipts = submit(run.commands(record, keep=not tried), dry_run=tried, refused=run.refuse)
        if aside is not None and given.profile is not None:
            from interfaces.importing.aside import set_aside

            set_aside(aside, given.profile, plans[0], run)
        if tried and not dry_run:
            attached.begin_again()
            on_record.begin_again(seal)
            run = Run(plans, given, on_record, attached, progress, tried=run)
            receipts = submit(run.commands(record, keep=True), dry_run=False, refused=run.refuse)
        for receipt in receipts[:1] + receipts[-1:]:
            with logs.bind(command=receipt.command_id, position=receipt.last_position):
                logs.info("decided" if dry_run else "imported", commands=len(receipts))
        return outcomes_of(plans, run, receipts, dry_run=dry_run)


def _check_asked(
    files: Sequence[Path | None], given: Given, batch: str | None, sheet: str | None, aside: Path | None
) -> None:
    for where, asked, what in (
        ("batch", batch, "a name is for the batch of one file"),
        ("sheet", sheet, "a sheet is one of one file"),
        ("aside", aside, "rows of one file are set aside"),
    ):
        if asked is not None and len(files) != 1:
            raise MalformedInput(what, where=where, remedy="import the files one by one")
    if aside is not None and given.profile is None:
        raise MalformedInput("only rows of a list are set aside", where="aside", remedy="name its profile")
    check_date("known", given.known)


def _veil(record: Record, sources: Sequence[Source]) -> Seal:
    """Have files that hold persons go by a hash that tells nothing without the master key; return what seals."""
    from interfaces.vaults import vault_of, veiled

    vault = vault_of(record)
    for source in sources:
        source.sha256 = veiled(source.sha256)
    return partial(vault.seal, new=True)


def _veil_letters(record: Record, letters: Sequence[Source], *, dry_run: bool) -> None:
    """Have letters go by a hash that tells nothing, and by no name, since they are restricted; no simulation does."""
    from interfaces.sealing import make_vault_if_none
    from interfaces.vaults import document_keys_of, veiled

    if not letters or record.simulation:
        return
    if not dry_run:
        make_vault_if_none(record)
    if document_keys_of(record.home).there:
        for source in letters:
            source.sha256 = veiled(source.sha256)
