"""What a consent or a publication would open, on a screen."""

from interfaces.cli.output import line, table
from interfaces.cli.screens.answered import write_over
from interfaces.cli.screens.heading import value_words, write_heading
from interfaces.cli.screens.matrix import short, source_words
from interfaces.text import _, some
from projections.preview import ForAudience, Opened, Preview
from projections.preview_consent import Contacting, Listing
from projections.question import Question
from projections.states import name_of


def write_preview(question: Question, view: Preview) -> None:
    """Write what each audience would see that it does not see now."""
    write_heading(name_of(question.record, view.state, question.axes.cut), view, None)
    line(_("Nothing is opened by looking. The manifest is {}.").format(view.manifest))
    if not view.approved:
        line(_("The Committee has not approved it: until then nobody sees it under this consent."))
    for each in view.audiences:
        _write_audience(each)


def write_listing(found: Listing) -> None:
    """Write which requests and offers of a State the official list may then name."""
    write_over(_("Consent of {} to the official list").format(found.state), found)
    line(_("Nothing is listed by looking, nor by the consent itself: each is then put on the list."))
    line(_("A line of the list names a request or an offer; nothing else of it is opened to anybody."))
    if found.on_list_already:
        line(some("{} stands there already.", "{} stand there already.", found.on_list_already))
    line()
    if not found.lines:
        line(_("The State has no request or offer that goes on and is not listed."))
        return
    table(
        (_("May be listed"), _("Name"), _("Read by"), _("Must consent too")),
        ((each.of, each.name, ", ".join(each.read_by), ", ".join(each.also_needs)) for each in found.lines),
    )


def write_contacting(found: Contacting) -> None:
    """Write which contacts may be logged of a State once it consents to them."""
    write_over(_("Consent of {} to direct contact").format(found.state), found)
    line(_("Nothing of the State's file is opened to whom the Committee contacts: no cell, no document, no letter."))
    line(_("With: {}").format(", ".join(found.partners) or _("whomever the contact names")))
    line()
    table(
        (_("May be logged"), _("Paragraph"), _("Read by")),
        ((each.kind, each.paragraph, ", ".join(each.read_by)) for each in found.contacts),
    )


def _write_audience(audience: ForAudience) -> None:
    line()
    count = len(audience.cells)
    line(_("{}: {}").format(audience.audience, some("{} cell would be opened", "{} cells would be opened", count)))
    if audience.seen_already:
        line(some("{} cell is seen already.", "{} cells are seen already.", audience.seen_already))
    if count:
        table(
            (_("Cell"), _("Says"), _("Source"), _("Words")),
            (
                (short(each.cell), value_words(each.value, withheld=False), source_words(each.sources), _words(each))
                for each in audience.cells
            ),
        )


def _words(cell: Opened) -> str:
    """Return every text that would be read with a cell."""
    quoted = (text for source in cell.sources for text in (source.quotation, source.translation) if text)
    period = " – ".join(day or "…" for day in (cell.in_force_from, cell.in_force_to))
    dates = period if cell.in_force_from or cell.in_force_to else ""
    return " / ".join(each for each in (*quoted, cell.note or "", dates) if each)
