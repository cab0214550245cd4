"""Template of the matrix: its fields in order, the legend of its values and the notice that stands on it."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

import msgspec

from domain.audiences import PUBLIC
from domain.deciding import Command, Context, fold_of
from domain.recorded import Decided, Draft, Event, Recorded, RecordedInError
from domain.refusals import MalformedInput, NotFound, Refusal
from domain.standing import Cut, History
from domain.values import CellId, Integer, Name


class Field(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One cell of a template: where it stands, what it may hold, and how sure we are of the row."""

    cell: CellId
    label: str
    section: str
    item: Integer
    weapon: str
    aspect: str
    allowed: tuple[str, ...]
    confidence: str


class LegendEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one value means on this template."""

    value: str
    meaning: str


class AdoptTemplate(Command, frozen=True, kw_only=True, tag="adopt-template"):
    """Put a template on record."""

    template: Name
    legend: tuple[LegendEntry, ...]
    notice: str
    fields: tuple[Field, ...]


class TemplateAdopted(Event, frozen=True, kw_only=True):
    """A template was adopted."""

    TYPE: ClassVar[str] = "template.adopted"
    template: Name
    legend: tuple[LegendEntry, ...]
    notice: str
    fields: tuple[Field, ...]


class TemplateRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a template should never have been recorded."""

    TYPE: ClassVar[str] = "template.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (TemplateAdopted, TemplateRecordedInError)


ALLOWED = ("X", "?", "NA", "YES", "")
"""The values that a row may allow; the last is blank."""
CONFIDENCE = ("verified", "high", "medium", "low")
"""How sure we are of a row, the surest first."""


class AlreadyAdopted(Refusal):
    """It is on record already; a change is a new template or a correction."""


class CellNamedTwice(Refusal):
    """A template names each cell once."""


class WrongField(Refusal):
    """A cell is named by template, section, item, weapon and aspect; its row allows at least one value."""


def notice(standing: Iterable[Recorded]) -> str:
    """Return the notice that stands on a matrix of a template, or nothing where that is not on record."""
    found = [event.body.notice for event in standing if isinstance(event.body, TemplateAdopted)]
    return found[-1] if found else ""


def stream(template: str) -> str:
    """Return the stream of a template."""
    return f"template/{template}"


def cell_of(template: str, field: Field) -> str:
    """Return the id of a field's cell: `T2011/op3cd-5-nw-legal`."""
    return f"{template}/{field.section.lower()}-{field.item}-{field.weapon.lower()}-{field.aspect}"


def check_confidence(said: str, where: str) -> None:
    """Refuse a row that does not say, in the words there are for it, how sure we are.

    Raises:
        MalformedInput: with those words.
    """
    if said not in CONFIDENCE:
        raise MalformedInput(f"{said!r} is no confidence", where=where, remedy=f"one of {', '.join(CONFIDENCE)}")


def _check_field(template: str, field: Field, where: str) -> None:
    named = cell_of(template, field)
    if field.cell != named:
        raise WrongField(f"the cell of this row is {named!r}, not {field.cell!r}", where=where)
    if not field.allowed or len(set(field.allowed) & set(ALLOWED)) != len(field.allowed):
        shown = ", ".join(map(repr, ALLOWED))
        raise WrongField(f"{named} cannot allow {field.allowed}", where=where, remedy=f"each once, of: {shown}")
    check_confidence(field.confidence, where)


def decide_adopt(command: AdoptTemplate, context: Context) -> Decided:
    """Adopt a template."""
    event = TemplateAdopted(
        template=command.template, legend=command.legend, notice=command.notice, fields=command.fields
    )
    check(event, context)
    return Decided((Draft(stream=stream(command.template), event=event, audience=PUBLIC),))


def check(event: TemplateAdopted, context: Context) -> None:
    """Refuse a template that is adopted already, or whose fields are not cells of its own, each once."""
    if fold_of(context.standing(stream(event.template)), TemplateAdopted):
        raise AlreadyAdopted(f"template {event.template} is already adopted")
    if not event.fields:
        raise WrongField(f"template {event.template} has no fields", where="fields")
    seen: set[str] = set()
    for place, field in enumerate(event.fields):
        _check_field(event.template, field, f"fields[{place}]")
        if field.cell in seen:
            raise CellNamedTwice(f"{field.cell} is named twice", where=f"fields[{place}]", remedy="name each cell once")
        seen.add(field.cell)


def evolve(state: TemplateAdopted | None, event: Recorded) -> TemplateAdopted | None:
    """Return the template after one more standing event."""
    return event.body if isinstance(event.body, TemplateAdopted) else state


def adopted(history: History, name: str, cut: Cut) -> TemplateAdopted:
    """Return a template as it stands on the axes of recording and reading, whatever its known date.

    Raises:
        NotFound: the template is not on record there.
    """
    found: TemplateAdopted | None = None
    for family in history.families():
        stands = family.standing(cut.position, cut.noticed_by)
        found = found if stands is None else evolve(found, stands)
    if found is None:
        raise NotFound(f"template {name} is not on record", remedy="adopt it first, or name one that is on record")
    return found


def by_cell(template: TemplateAdopted) -> Mapping[str, Field]:
    """Return the fields of a template by cell."""
    return {field.cell: field for field in template.fields}
