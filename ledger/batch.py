"""Many commands in one transaction, all or none."""

from collections.abc import Callable, Iterable, Sequence

from eventsourcing.persistence import PersistenceError

from domain.deciding import Command
from domain.refusals import Refusal
from ledger.refusals import BatchRefused
from ledger.submitter import Submitter, unavailable
from ledger.unit import Receipt, Unit


class _DryRun(Exception):
    """Ends the transaction of a dry run without recording anything."""


def record_all(
    submitter: Submitter,
    commands: Iterable[Command],
    *,
    importing: bool,
    dry_run: bool,
    refused: Callable[[Refusal], None] | None,
    progress: Callable[[int], None] | None,
) -> list[Receipt]:
    """Record commands in one transaction and return their receipts, those of refused commands left out.

    Raises:
        BatchRefused: a command was refused, and nobody asked to hear of it; nothing is recorded.
        RecordUnavailable: the database could not be used; nothing is recorded, or all of it.
    """
    receipts: list[Receipt] = []
    try:
        with submitter.alone() as parts:
            with parts.recorder.sequenced():
                unit = Unit(parts, commands if isinstance(commands, Sequence) else (), dry=dry_run)
                for index, command in enumerate(commands):
                    try:
                        receipts.append(_one(unit, command, importing=importing))
                    except Refusal as refusal:
                        if refused is None:
                            raise BatchRefused(index, refusal) from refusal
                        refused(refusal)
                    if progress is not None:
                        progress(index + 1)
                unit.write()
                if dry_run:
                    raise _DryRun
            submitter.count(unit)
    except _DryRun:
        pass
    except PersistenceError as error:
        raise unavailable(error) from error
    return receipts


def _one(unit: Unit, command: Command, *, importing: bool) -> Receipt:
    work = unit.decide(command, importing=importing)
    return work if isinstance(work, Receipt) else unit.hold(work)
