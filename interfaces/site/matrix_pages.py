"""The pages of matrices: one for each State, one for each version that is open now, and what changed between two."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from domain.consent import Published
from domain.matrix.cells import cell_body
from domain.template import Field, by_cell
from interfaces.site.page import Page
from interfaces.site.words import aspects, sections, weapons
from projections.claims import Claims, claims_of_cells
from projections.diff import diff, matrix_side
from projections.matrix import CellView
from projections.publications import Version, current, versions
from projections.question import Question


class Said(NamedTuple):
    """A cell as a page shows it."""

    weapon: str
    view: CellView
    in_force_from: str | None
    in_force_to: str | None
    note: str
    claimed: bool


class Line(NamedTuple):
    """A row of a table: an obligation in one aspect, and what its cells say."""

    label: str
    aspect: str
    cells: tuple[Said, ...]


class Section(NamedTuple):
    """A table of a matrix."""

    title: str
    lines: tuple[Line, ...]


class StateFile(NamedTuple):
    """What is open of a State's matrices; `shown` is the version published now."""

    state: str
    name: str
    versions: tuple[Version, ...]
    shown: Version | None


def state_file(question: Question, name: str) -> StateFile:
    """Return what is open of a State's matrices."""
    found = versions(question)
    return StateFile(question.state, name, found, current(question, found))


def folder(state: str) -> str:
    """Return the undated address of a State's matrix."""
    return f"matrices/{state.lower()}"


def address(version: Version) -> str:
    """Return the dated address of a version."""
    return f"{folder(version.question.state)}/{version.day}/index.html"


def pages(file: StateFile) -> Iterator[Page]:
    """Yield the pages of a State."""
    last = max(each.published.position for each in file.versions)
    made_up = any(each.matrix.view.synthetic for each in file.versions)
    listed = tuple(reversed(file.versions))
    yield Page(f"{folder(file.state)}/index.html", "state.html", last, made_up, {"file": file, "versions": listed})
    earlier: dict[str, Version] = {later.day: before for before, later in pairwise(file.versions)}
    for version in file.versions:
        before = earlier.get(version.day)
        yield _version_page(file, version, before)
        if before is not None:
            yield _changes_page(version, before)


def _version_page(file: StateFile, version: Version, before: Version | None) -> Page:
    view = version.matrix.view
    assert isinstance(version.published.body, Published)  # noqa: S101 - the act of a publication
    claims = Claims(version.question.record)
    claimed = claims_of_cells(claims, version.question, view.cells)
    return Page(
        address(version),
        "matrix.html",
        version.published.position,
        view.synthetic,
        {
            "version": version,
            "view": view,
            "manifest": version.published.body.manifest,
            "others": tuple(each for each in reversed(file.versions) if each.day != version.day),
            "is_shown": file.shown is not None and file.shown.day == version.day,
            "before": before,
            "sections": tuple(_sections(version, claimed)),
            "batches": claims.batches,
            "claimed": len(claimed),
        },
    )


def _sections(version: Version, claimed: Mapping[str, str]) -> Iterator[Section]:
    template = version.matrix.answer.template
    if template is None:
        return
    said = dict(_said(version, by_cell(template), claimed))
    for section, fields in groupby(template.fields, lambda field: field.section):
        yield Section(sections().get(section, section), tuple(_lines(tuple(fields), said)))


def _lines(fields: Sequence[Field], said: Mapping[str, Said]) -> Iterator[Line]:
    rows: dict[tuple[int, str], list[Field]] = {}
    for field in fields:
        rows.setdefault((field.item, field.aspect), []).append(field)
    for (_, aspect), cells in rows.items():
        yield Line(cells[0].label, aspects().get(aspect, aspect), tuple(said[field.cell] for field in cells))


def _said(version: Version, fields: Mapping[str, Field], claimed: Mapping[str, str]) -> Iterator[tuple[str, Said]]:
    for view, shown in zip(version.matrix.view.cells, version.matrix.answer.cells, strict=True):
        body = None if shown.event is None or view.event_id is None else cell_body(shown.event)
        weapon = fields[view.cell].weapon
        said = Said(
            weapon=weapons().get(weapon, weapon),
            view=view,
            in_force_from=None if body is None else body.in_force_from,
            in_force_to=None if body is None else body.in_force_to,
            note="" if body is None else body.note,
            claimed=view.cell in claimed,
        )
        yield view.cell, said


def _changes_page(version: Version, before: Version) -> Page:
    found = diff(version.question, matrix_side(before.question), matrix_side(version.question))
    labels = {
        field.cell: (field.label, weapons().get(field.weapon, field.weapon), aspects().get(field.aspect, field.aspect))
        for template in (before.matrix.answer.template, version.matrix.answer.template)
        if template is not None
        for field in template.fields
    }
    return Page(
        f"{folder(version.question.state)}/{version.day}/changes.html",
        "changes.html",
        version.published.position,
        version.matrix.view.synthetic or before.matrix.view.synthetic,
        {"version": version, "before": before, "found": found, "labels": labels},
    )
