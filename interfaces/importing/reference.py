"""The reference files, in the form in which the project ships them: States, template fields, mappings."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from domain.forms import in_words
from domain.mapping import SIDES, AdoptMapping, MappedRow
from domain.refusals import MalformedInput, Refusal
from domain.state import RegisterState
from domain.template import AdoptTemplate, Field, LegendEntry
from interfaces.importing import strict
from interfaces.importing.reading import Given, OnRecord, Placed, check_date
from interfaces.importing.source import beside
from interfaces.importing.tables import Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interfaces.importing.faults import Faults
    from interfaces.importing.source import Source

T = TypeVar("T")

STATES = ("iso2", "iso3", "m49", "name_en_un", "name_fr_cldr", "un_regional_group", "un_admission_year")
FIELDS = ("template", "section", "item_no", "item_key", "item_label", "weapon", "aspect", "value_type", "confidence")
MAPPING = ("kind", "from_cells", "to_cells", "ground", "confidence")
TEMPLATES = "templates.json"
LARGEST_TEMPLATES = 4 * 1024 * 1024
ASPECTS = {"legal_framework": "legal", "enforcement": "enforcement", "statement": "statement"}
X_ROW = ("X", "?", "NA", "")
YES_ROW = ("YES", "")


class Described(msgspec.Struct, frozen=True):
    """What `templates.json` says of one template beside its fields."""

    template: str
    known: str
    legend: tuple[LegendEntry, ...]
    notice: str


def states(source: Source, faults: Faults, given: Given, on_record: OnRecord) -> Iterator[Placed]:
    """Yield a `register-state` command for each row of `member-states.csv`."""
    del on_record
    for row in Table(source, faults).rows():
        cells = row.cells
        found: dict[str, object] = {
            "id": f"import:{source.sha256}:{row.number}",
            "actor": given.actor,
            "known": given.known or cells["un_admission_year"],
            "synthetic": given.synthetic,
            "state": cells["iso3"],
            "iso2": cells["iso2"],
            "m49": cells["m49"],
            "name": cells["name_en_un"],
            "name_fr": cells["name_fr_cldr"],
            "regional_group": cells["un_regional_group"],
            "admitted": _whole(cells["un_admission_year"]),
        }
        try:
            command = _convert(found, RegisterState)
        except Refusal as refusal:
            faults.take(source.name, row.number, refusal)
        else:
            yield Placed(command, (row.number,))


def _whole(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else text


def fields(source: Source, faults: Faults, given: Given, on_record: OnRecord) -> Iterator[Placed]:
    """Yield an `adopt-template` command for each template of `matrix-fields.csv`, legend and notice from beside it."""
    del on_record
    try:
        described = _described(source)
    except Refusal as refusal:
        faults.take(source.name, 1, refusal)
        return
    found: dict[str, list[tuple[Field, int]]] = {}
    for row in Table(source, faults).rows():
        template = row.cells["template"]
        try:
            if template not in described:
                raise MalformedInput(f"{TEMPLATES} says nothing of {template!r}", where="template")
            found.setdefault(template, []).append((_field(row), row.number))
        except Refusal as refusal:
            faults.take(source.name, row.number, refusal)
    for template, listed in found.items():
        about = described[template]
        command = AdoptTemplate(
            id=f"import:{source.sha256}:{template}",
            actor=given.actor,
            known=given.known or about.known,
            synthetic=given.synthetic,
            template=template,
            legend=about.legend,
            notice=about.notice,
            fields=tuple(field for field, _ in listed),
        )
        yield Placed(command, tuple(row for _, row in listed))


def _described(source: Source) -> dict[str, Described]:
    text = beside(source.folder, TEMPLATES, where="template", largest=LARGEST_TEMPLATES)
    try:
        normal = strict.normalised(strict.read(text.decode("utf-8-sig")))
        listed = msgspec.convert(normal, tuple[Described, ...])
    except (UnicodeDecodeError, msgspec.ValidationError, MalformedInput) as error:
        raise MalformedInput(f"{TEMPLATES}: {error}", where="template") from None
    for each in listed:
        check_date("known", each.known)
    return {each.template: each for each in listed}


def _field(row: Row) -> Field:
    cells = row.cells
    if cells["aspect"] not in ASPECTS:
        raise MalformedInput(f"{cells['aspect']!r} is no aspect", where="aspect", remedy=f"one of {', '.join(ASPECTS)}")
    kind = cells["value_type"]
    if not kind.startswith(("X", "YES")):
        raise MalformedInput(f"{kind!r} is no kind of value", where="value_type", remedy="begin with X or with YES")
    aspect, weapon, section = ASPECTS[cells["aspect"]], cells["weapon"].lower(), cells["section"].lower()
    return _convert(
        {
            "cell": f"{cells['template']}/{section}-{cells['item_no']}-{weapon}-{aspect}",
            "label": cells["item_label"],
            "section": section,
            "item": _whole(cells["item_no"]),
            "weapon": weapon,
            "aspect": aspect,
            "allowed": X_ROW if kind.startswith("X") else YES_ROW,
            "confidence": cells["confidence"],
        },
        Field,
    )


def _convert(found: object, kind: type[T]) -> T:
    try:
        return msgspec.convert(found, kind)
    except msgspec.ValidationError as error:
        what, _, path = in_words(str(error)).partition(" - at `$.")
        raise MalformedInput(what, where=path.rstrip("`")) from None


def mapping(source: Source, faults: Faults, given: Given, on_record: OnRecord) -> Iterator[Placed]:
    """Yield the `adopt-mapping` command of a mapping file; its templates are those of the cells."""
    del on_record
    rows: list[MappedRow] = []
    numbers: list[int] = []
    sides: tuple[set[str], set[str]] = (set(), set())
    for row in Table(source, faults).rows():
        try:
            mapped = _mapped(row)
        except Refusal as refusal:
            faults.take(source.name, row.number, refusal)
            continue
        for side, named in zip(sides, (mapped.from_cells, mapped.to_cells), strict=True):
            side.update(cell.partition("/")[0] for cell in named)
        rows.append(mapped)
        numbers.append(row.number)
    if not rows:
        return
    if any(len(side) != 1 for side in sides):
        faults.add(
            source.name, 1, "from_cells", "a mapping leads from one template to one other", "make one file of each"
        )
        return
    (from_template,), (to_template,) = sides
    command = AdoptMapping(
        id=f"import:{source.sha256}:mapping",
        actor=given.actor,
        known=given.known,
        synthetic=given.synthetic,
        from_template=from_template,
        to_template=to_template,
        rows=tuple(rows),
    )
    yield Placed(command, tuple(numbers))


def _mapped(row: Row) -> MappedRow:
    cells = row.cells
    if cells["kind"] not in SIDES:
        raise MalformedInput(f"{cells['kind']!r} is no kind of row", where="kind", remedy=f"one of {', '.join(SIDES)}")
    found: dict[str, object] = {
        "became": cells["kind"],
        "from_cells": cells["from_cells"].split(),
        "to_cells": cells["to_cells"].split(),
        "ground": cells["ground"],
        "confidence": cells["confidence"],
    }
    return _convert(found, MappedRow)
