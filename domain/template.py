"""Template of the matrix: its fields in order, the legend of its values and the notice that stands on it."""

from collections.abc import Mapping
from typing import ClassVar

import msgspec

from domain.audiences import PUBLIC
from domain.deciding import Command, Context, fold_of
from domain.ids import prefix
from domain.recorded import Decided, Draft, Event, Recorded, RecordedInError
from domain.refusals import NotFound, Refusal
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


class AlreadyAdopted(Refusal):
    """It is on record already; a change is a new template or a correction."""


class CellNamedTwice(Refusal):
    """A template names each cell once, and each begins with the template's name."""


def stream(template: str) -> str:
    """Return the stream of a template."""
    return f"template/{template}"


def decide_adopt(command: AdoptTemplate, context: Context) -> Decided:
    """Adopt a template once, its cells all different and all its own."""
    if fold_of(context.standing(stream(command.template)), TemplateAdopted):
        raise AlreadyAdopted(f"template {command.template} is already adopted")
    cells = [field.cell for field in command.fields]
    strangers = [cell for cell in cells if prefix(cell) != command.template]
    if strangers or len(set(cells)) != len(cells):
        raise CellNamedTwice(
            f"the fields of {command.template} must be different cells of it", remedy="name each cell once"
        )
    event = TemplateAdopted(
        template=command.template, legend=command.legend, notice=command.notice, fields=command.fields
    )
    return Decided((Draft(stream=stream(command.template), event=event, audience=PUBLIC),))


def evolve(state: TemplateAdopted | None, event: Recorded) -> TemplateAdopted | None:
    """Return the template after one more standing event."""
    return event.body if isinstance(event.body, TemplateAdopted) else state


def adopted(history: History, name: str, cut: Cut) -> TemplateAdopted:
    """Return a template as it stands on the axes of recording and reading, whatever its known date.

    Raises:
        NotFound: the template is not on record there.
    """
    found: TemplateAdopted | None = None
    for family in history.families.values():
        stands = family.standing(cut.position, cut.noticed_by)
        found = found if stands is None else evolve(found, stands)
    if found is None:
        raise NotFound(f"template {name} is not on record", remedy="adopt it first, or name one that is on record")
    return found


def by_cell(template: TemplateAdopted) -> Mapping[str, Field]:
    """Return the fields of a template by cell."""
    return {field.cell: field for field in template.fields}
