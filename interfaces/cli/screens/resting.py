"""What rests on a document, on a screen, and the cells that rest on one that is no longer there."""

from collections.abc import Iterable

from interfaces.cli.output import line, paragraph, table
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.cli.screens.heading import date_words, value_words
from interfaces.text import _
from projections.laws import KnownLaw, LawRests
from projections.rested import Resting
from projections.resting import DeadSources, Known, WhatRests


def write_resting(found: WhatRests) -> None:
    """Write what rests on a document."""
    write_over(_("What rests on {}").format(found.document.document), found)
    line(f"  {_('Source'):<11} {_source(found.document)}")
    line()
    _write_notice(found.notice, found.resting)
    if found.resting:
        write_table(found.resting)
    else:
        line(_("Nothing that you may see rests on it."))
    write_withheld(found)


def write_law(found: LawRests) -> None:
    """Write the cells that rest on a law."""
    write_over(_("What rests on {}").format(found.law.law), found)
    line(f"  {_('Law'):<11} {_law(found.law)}")
    line()
    _write_notice(found.notice, found.resting)
    if found.resting:
        table((_("Document"), *_COLUMNS), ((each.document, *_row(each)) for each in found.resting))
    else:
        line(_("Nothing that you may see rests on it."))
    write_withheld(found)


def write_dead(found: DeadSources) -> None:
    """Write the cells that stand and rest on a source that is no longer there."""
    write_over(_("Cells whose source is no longer there"), found)
    if not found.resting:
        line(_("None that you may see."))
    else:
        _write_notice(found.notice, found.resting)
        for each in found.documents:
            line(f"  {each.document}: {_source(each)}")
        for law in found.laws:
            line(f"  {law.law}: {_law(law)}")
        line()
        table(
            (_("Document"), _("Law"), *_COLUMNS),
            ((each.document, each.law or "", *_row(each)) for each in found.resting),
        )
    write_withheld(found)


def write_table(resting: Iterable[Resting]) -> None:
    """Write a table of what rests on one document."""
    table(_COLUMNS, (_row(each) for each in resting))


_COLUMNS = (
    _("What"),
    _("Name"),
    _("Value"),
    _("Place in it"),
    _("Words"),
    _("Stands"),
    _("Known"),
    _("Position"),
)


def _row(each: Resting) -> tuple[str, ...]:
    return (
        each.what,
        place_words(each),
        value_words(each.value) if each.what == "cell" else "",
        each.locator,
        " ".join(each.quotation.split()),
        _stands(each),
        date_words(each.known_at, each.known_precision),
        str(each.position),
    )


def place_words(each: Resting) -> str:
    """Return where something that rests on a document is found."""
    if each.what == "cell":
        return f"{each.state}/{each.revision} {each.name}"
    return each.name if each.state is None else f"{each.state} {each.name}"


def _stands(each: Resting) -> str:
    if each.what != "cell":
        return ""
    told = (
        f"{place.standing} ({_('carried to')} {place.revision} {place.cell})" if place.carried else place.standing
        for place in each.stands
    )
    return (", ".join(told) or "-") + (f"; {_('corrected or voided since')}" if each.struck else "")


def _source(known: Known) -> str:
    said = {
        "on record": _("on record"),
        "withdrawn": _("withdrawn"),
        "replaced": _("replaced by {}").format(known.replaced_by),
        "voided": _("registered in error"),
        "not on record": _("not on record there"),
    }[known.source]
    when = f", {date_words(known.known_at, 'day')}" if known.known_at else ""
    return said + when + (f": {known.reason}" if known.reason else "")


def _law(known: KnownLaw) -> str:
    name = ", ".join(each for each in (known.title, known.number, known.state) if each)
    if known.repealed_to is not None:
        by = _(" by {}").format(known.repealed_by) if known.repealed_by else ""
        return name + "; " + _("repealed, in force until {}").format(known.repealed_to) + by
    articles = ", ".join(known.repealed_articles)
    return name + ("; " + _("repealed articles: {}").format(articles) if articles else "")


def _write_notice(notice: str | None, resting: Iterable[Resting]) -> None:
    if notice and any(each.what == "cell" for each in resting):
        paragraph(notice)
        line()
