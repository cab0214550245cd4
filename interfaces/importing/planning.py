"""What an import would do: every file read to its end, and what is on record of it already."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from domain.ids import command_id, event_id
from domain.records import BatchImported, BatchReversed, batch_stream
from domain.refusals import Conflict, MalformedInput
from domain.values import Name
from interfaces.importing.faults import SHOWN, Faults
from interfaces.importing.kinds import LETTER, kind_of
from interfaces.importing.letters import passed_over

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from interfaces.importing.kinds import Kind
    from interfaces.importing.reading import Given, OnRecord
    from interfaces.importing.source import Source
    from ledger.record import Record

    Progress = Callable[[int], None]


class AlreadyImported(Conflict):
    """The file is on record already, in another batch, marked otherwise, or reversed since."""


class Planned(NamedTuple):
    """A file that can be read: its kind, its batch, how many commands it holds, and what else its reading told."""

    source: Source
    kind: Kind
    batch: str
    key: str
    commands: int
    repeated: bool
    found: Faults
    """What a person is told of it; of a list, the faults of rows that cannot be read too."""

    @property
    def named(self) -> str:
        """What the record says that it came from: of a letter no more than that, since its name may be its subject."""
        return self.kind.name if self.source.suffix == LETTER else self.source.name


def plans_of(
    record: Record,
    sources: Sequence[Source],
    given: Given,
    on_record: OnRecord,
    batch: str | None,
    progress: Progress | None,
) -> list[Planned]:
    """Read every file to its end, so that all that cannot be read is told at once; of lists, with what rules refuse."""
    faults = Faults()
    plans: list[Planned] = []
    for source in sources:
        name = _checked(batch) if batch is not None else _default_name(source, given)
        kind = kind_of(source, faults, given.profile)
        if kind is None:
            continue
        key = _batch_key(source, given)
        repeated = _is_on_record(record, source, key, name if batch is not None else None, given)
        if repeated is not None:
            again = Faults()
            other = passed_over(source, given, record) if source.suffix == LETTER else None
            if other is not None:
                again.say(source.name, other)
            plans.append(Planned(source, kind, repeated, key, 0, repeated=True, found=again))
            continue
        found, count = Faults(kept=sys.maxsize if given.set_aside else SHOWN), 0
        for count, placed in enumerate(kind.read(source, found, given, on_record), start=1):
            on_record.bring(placed.command)
            if progress is not None:
                progress(count)
        if not count and not found and not found.counts.on_record:
            found.add(source.name, 1, "", "the file holds nothing to import", "see docs/reference/commands.md")
            found.ended = True
        if found.ended or not kind.each_alone:
            faults.take_all(found)
        plans.append(Planned(source, kind, name, key, count, repeated=False, found=found))
    if len({plan.key for plan in plans}) != len(plans):
        raise MalformedInput("the same file is named twice", where="FILE", remedy="name it once")
    if faults:
        for plan in plans:
            if plan.kind.each_alone and not plan.found.ended:
                faults.take_all(plan.found)
        raise faults.refusal()
    return plans


def _batch_key(source: Source, given: Given) -> str:
    """Return the key of the command that begins the batch of a file: one file, one batch for each profile and sheet."""
    read_as = [each for each in (given.profile and given.profile.name, source.sheet) if each]
    return ":".join(["import", source.sha256, *read_as])


def _is_on_record(record: Record, source: Source, key: str, name: str | None, given: Given) -> str | None:
    """Return the batch under which a file is on record, or None.

    Raises:
        AlreadyImported: it is there, but not as it is now asked for.
    """
    begun = record.event(event_id(command_id(key), 0))
    if begun is None or not isinstance(begun.body, BatchImported):
        return None
    batch = begun.body.batch
    if name is not None and name != batch:
        raise AlreadyImported(f"it is on record as batch {batch}", where=source.name, remedy="leave --batch out")
    if any(isinstance(event.body, BatchReversed) for event in record.history(batch_stream(batch)).standing()):
        raise AlreadyImported(
            f"it is on record as batch {batch}, which was reversed",
            where=source.name,
            remedy="import a mended file; commands that were reversed need new ids",
        )
    if begun.header.synthetic != given.synthetic and not record.simulation:
        mark = "synthetic" if begun.header.synthetic else "not synthetic"
        raise AlreadyImported(
            f"it is on record as batch {batch}, marked {mark}",
            where=source.name,
            remedy=f"{'leave --synthetic out' if given.synthetic else 'add --synthetic'}, and nothing new is recorded; "
            f"if the mark is wrong, reverse it with `ledger1540 in-error --batch {batch}` and import a mended file; "
            "commands that were reversed need new ids",
        )
    return batch


def _checked(name: str) -> str:
    try:
        return str(msgspec.convert(name, Name))
    except msgspec.ValidationError:
        raise MalformedInput(
            f"{name!r} is no name for a batch", where="batch", remedy="use A-Z a-z 0-9 . _ -, at most 100 of them"
        ) from None


def _default_name(source: Source, given: Given) -> str:
    read_as = "" if given.profile is None else f"-{_as_name(given.profile.name)[:12]}"
    sheet = "" if source.sheet is None else f"-{_as_name(source.sheet)[:12]}"
    stem = f"letter-{given.letter}" if source.suffix == LETTER else Path(source.name).stem
    return f"{_as_name(stem)[:60] or 'import'}-{source.sha256[:12]}{read_as}{sheet}"


def _as_name(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-.")
