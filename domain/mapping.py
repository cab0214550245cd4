"""Mapping between templates: what became of each row, with its ground and how sure we are."""

from typing import ClassVar

import msgspec

from domain.audiences import PUBLIC
from domain.deciding import Command, Context, fold_of
from domain.recorded import Decided, Draft, Event, RecordedInError
from domain.refusals import Refusal
from domain.standing import Cut
from domain.template import AlreadyAdopted, adopted, check_confidence
from domain.template import stream as template_stream
from domain.values import CellId, Name


class MappedRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of some cells: none on the left is `new`, none on the right is `dropped`."""

    became: str
    from_cells: tuple[CellId, ...]
    to_cells: tuple[CellId, ...]
    ground: str
    confidence: str


class AdoptMapping(Command, frozen=True, kw_only=True, tag="adopt-mapping"):
    """Put a mapping between two templates on record."""

    from_template: Name
    to_template: Name
    rows: tuple[MappedRow, ...]


class MappingAdopted(Event, frozen=True, kw_only=True):
    """A mapping between two templates was adopted."""

    TYPE: ClassVar[str] = "mapping.adopted"
    from_template: Name
    to_template: Name
    rows: tuple[MappedRow, ...]


class MappingRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a mapping should never have been recorded."""

    TYPE: ClassVar[str] = "mapping.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (MappingAdopted, MappingRecordedInError)


class IncompleteMapping(Refusal):
    """Every cell of both templates is named exactly once, and a row's kind fits the cells it names."""


SIDES: dict[str, tuple[str, str]] = {
    "kept": ("one", "one"),
    "renamed": ("one", "one"),
    "split": ("one", "many"),
    "merged": ("many", "one"),
    "dropped": ("one", "none"),
    "new": ("none", "one"),
}


def stream(from_template: str, to_template: str) -> str:
    """Return the stream of a mapping."""
    return f"mapping/{from_template}-{to_template}"


def _size(cells: tuple[str, ...]) -> str:
    return "none" if not cells else "one" if len(cells) == 1 else "many"


def _check_side(rows: tuple[MappedRow, ...], side: str, template: tuple[str, ...], name: str) -> None:
    named = [cell for row in rows for cell in (row.from_cells if side == "from" else row.to_cells)]
    missing = set(template) - set(named)
    if len(named) != len(set(named)) or missing or set(named) - set(template):
        example = next(
            iter(sorted(missing or (set(named) - set(template)) or {c for c in named if named.count(c) > 1}))
        )
        raise IncompleteMapping(
            f"the mapping must name each of the {len(template)} cells of {name} once; look at {example}"
        )


def decide_adopt(command: AdoptMapping, context: Context) -> Decided:
    """Adopt a mapping."""
    event = MappingAdopted(from_template=command.from_template, to_template=command.to_template, rows=command.rows)
    check(event, context)
    where = stream(command.from_template, command.to_template)
    return Decided((Draft(stream=where, event=event, audience=PUBLIC),))


def check(event: MappingAdopted, context: Context) -> None:
    """Refuse a mapping that is adopted already, or that does not name every row of both sides exactly once."""
    where = stream(event.from_template, event.to_template)
    if fold_of(context.standing(where), MappingAdopted):
        raise AlreadyAdopted(f"mapping {where} is already adopted")
    if event.from_template == event.to_template:
        raise IncompleteMapping(f"{event.from_template} is both sides", remedy="within a template every row is kept")
    for place, row in enumerate(event.rows):
        check_confidence(row.confidence, f"rows[{place}]")
        if SIDES.get(row.became) != (_size(row.from_cells), _size(row.to_cells)):
            raise IncompleteMapping(
                f"a row that is {row.became!r} cannot name {row.from_cells} -> {row.to_cells}", where=f"rows[{place}]"
            )
    for side, name in (("from", event.from_template), ("to", event.to_template)):
        template = adopted(context.record.history(template_stream(name)), name, Cut(position=context.before))
        _check_side(event.rows, side, tuple(field.cell for field in template.fields), name)


def sources_of(mapping: MappingAdopted) -> dict[str, tuple[str, ...]]:
    """Return, for every target cell that has source cells, those cells."""
    return {cell: row.from_cells for row in mapping.rows if row.from_cells for cell in row.to_cells}
