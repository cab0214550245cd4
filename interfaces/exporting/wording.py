"""The words of the layout, in the language that is asked for."""

from collections.abc import Iterable
from typing import NamedTuple

from interfaces.text import Words, some_in
from interfaces.words import reading_words, standing_words
from projections.citation import Citation
from projections.matrix import CellView


class Cited(NamedTuple):
    """How to cite a matrix, as lines: a name and what it says."""

    title: str
    synthetic: str
    lines: tuple[tuple[str, str], ...]
    notice: str


def cited_lines(cited: Citation, name: str, _: Words) -> Cited:
    """Return what stands on each page: what this is, where on the axes, on what basis, and the notice."""
    if cited.revision is None:
        title = _("Matrix of {} ({}): nothing stands there as {}").format(name, cited.state, cited.standing)
    else:
        title = _("Matrix of {} ({}), revision {}, template {}").format(
            name, cited.state, cited.revision, cited.template
        )
    lines = [
        (_("Standing"), f"{cited.standing}: {standing_words(cited.standing, _)}"),
        (_("Reading"), f"{cited.reading}: {reading_words(cited.reading, _)}"),
        (_("As of"), cited.as_of or _("the last event below")),
        (_("Known by"), cited.known_cut),
        (_("Recorded by position"), f"{cited.position} ({cited.recorded_at or _('nothing is recorded')})"),
        (_("Basis"), _basis(cited, _)),
        (_("Root of the log"), cited.root),
    ]
    if cited.in_force_on is not None:
        lines.append((_("In force on"), f"{cited.in_force_on}: {_('cells not in force on that day are blanked')}"))
    if cited.rows is not None:
        lines.append((_("Rows verified"), _("{} of {}").format(cited.rows_verified, cited.rows)))
    if cited.claimed_by_import:
        named = ", ".join(batch.batch for batch in cited.batches)
        count = some_in(_, "{} cell", "{} cells", len(cited.claimed_by_import))
        lines.append((_("Dates claimed by import"), f"{count}: {named}"))
    return Cited(
        title,
        _("SYNTHETIC: this content is made up; it states no fact about a real State.") if cited.synthetic else "",
        tuple(lines),
        _(cited.notice) if cited.notice else "",
    )


def _basis(cited: Citation, _: Words) -> str:
    if cited.decision is not None:
        return _("decision {}, manifest {}").format(cited.decision, cited.manifest)
    return _("a draft, on no decision") if cited.manifest is None else _("manifest {}").format(cited.manifest)


def legend_lines(cited: Citation, _: Words) -> Iterable[tuple[str, str]]:
    """Yield what values mean."""
    for entry in cited.legend or ():
        yield entry.value or _("(blank)"), _(entry.meaning)


def section_words(section: str, weapon: str | None, _: Words) -> str:
    """Return the title of a table."""
    title = {
        "op1": _("OP 1 and related matters from OP 5, OP 6, OP 8 (a), (b), (c) and OP 10"),
        "op2": _("OP 2 - NW, CW, BW"),
        "op3ab": _("OP 3 (a) and (b) - Account for/Secure/Physically protect, including Related Materials"),
        "op3cd": _("OP 3 (c) and (d) and related matters from OP 6 and OP 10 - Controls, including Related Materials"),
        "op6_7_8d": _("OP 6, 7 and 8 (d) - Control lists, Assistance, Information"),
    }.get(section.lower(), section)
    return title if weapon is None else f"{title} - {weapon_words(weapon, _)}"


def weapon_words(weapon: str, _: Words) -> str:
    """Return the name of a weapon as a column has it; a statement is on none of them alone."""
    return {"NW": _("NW"), "CW": _("CW"), "BW": _("BW")}.get(weapon, "")


def aspect_words(aspect: str, _: Words) -> str:
    """Return the name of an aspect as a group of columns has it."""
    return {
        "legal": _("National legal framework"),
        "enforcement": _("Enforcement: civil/criminal penalties, and others"),
        "statement": _("Statement"),
    }[aspect]


def value_words(cell: CellView, _: Words) -> str:
    """Return a value as the layout shows it: blank where nothing stands."""
    return _("withheld") if cell.withheld else cell.value or ""
