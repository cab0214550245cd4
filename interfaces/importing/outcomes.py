"""What became of the files of an import; of a list, of each of its rows, so that it adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interfaces.importing.planning import Planned
    from interfaces.importing.running import Run
    from ledger.unit import Receipt


class Rows(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a list, header and what is blank at the end left out: each is in one of the other counts."""

    rows: int
    commands: int
    on_record: int
    doubtful: int
    """Rows that say word for word what an earlier one says."""
    refused: int
    blank: int


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
    rows: Rows | None
    said: tuple[str, ...]


def outcomes_of(plans: Sequence[Planned], run: Run, receipts: Sequence[Receipt], *, dry_run: bool) -> list[Imported]:
    """Return what became of each file, its receipts being those of its batch and its commands, in order."""
    outcomes: list[Imported] = []
    start = 0
    for plan in plans:
        commands = run.left(plan)
        size = commands + 1 if commands else 0
        own = [r for r in receipts[start : start + size] if not r.repeated and r.last_position is not None]
        start += size
        outcomes.append(
            Imported(
                file=plan.source.name,
                kind=plan.kind.name,
                batch=plan.batch,
                sha256=plan.source.sha256,
                commands=commands,
                events=sum((r.last_position or 0) - (r.first_position or 0) + 1 for r in own),
                first_position=own[0].first_position if own else None,
                last_position=own[-1].last_position if own else None,
                repeated=plan.repeated,
                dry_run=dry_run,
                rows=rows_of(plan, commands) if plan.kind.each_alone and not plan.repeated else None,
                said=tuple(plan.found.said),
            )
        )
    return outcomes


def rows_of(plan: Planned, commands: int) -> Rows:
    """Return what becomes of the rows of a list, of which `commands` can be recorded."""
    counts = plan.found.counts
    refused = len(plan.found.rows) + plan.commands - commands
    return Rows(
        rows=commands + refused + counts.on_record + counts.repeated + counts.blank,
        commands=commands,
        on_record=counts.on_record,
        doubtful=counts.repeated,
        refused=refused,
        blank=counts.blank,
    )


def in_words(rows: Rows) -> str:
    """Return what would become of the rows of a list that is refused, were the others recorded."""
    return (
        f"{rows.rows} rows: {rows.commands} can be recorded, {rows.on_record} on record already, "
        f"{rows.refused} refused, {rows.doubtful} doubtful (word for word as an earlier row), {rows.blank} blank"
    )
