"""What stands over every view of a matrix on a screen: the heading, the legend and the notice."""

from collections.abc import Collection, Sequence

from domain.template import LegendEntry, TemplateAdopted
from domain.times import new_york_date
from interfaces.cli.output import line, paragraph
from interfaces.text import _
from interfaces.words import reading_words, standing_words
from projections.question import Heading

VERIFIED = "verified"


def write_heading(
    name: str,
    over: Heading,
    template: TemplateAdopted | None,
    *,
    extra: Sequence[tuple[str, str]] = (),
    with_standing: bool = True,
    values: Collection[str | None] | None = None,
) -> None:
    """Write the heading of a view: what is shown of whom, where on the axes, by which legend, and the notice.

    `values` are those that the view shows where it is of one cell: the legend is then told of these alone.
    """
    if over.revision is None:
        line(_("Matrix of {} ({}): nothing stands there as {}").format(name, over.state, over.standing))
    else:
        line(_("Matrix of {} ({}), revision {}").format(name, over.state, over.revision))
    if over.synthetic:
        line(_("SYNTHETIC: this content is made up; it states no fact about a real State."))
    line()
    for label, words in (*_axes(over)[0 if with_standing else 1 :], *extra):
        line(f"  {label:<11} {words}")
    if template is not None:
        write_confidence(template)
        write_legend([each for each in template.legend if values is None or each.value in values])
    line()
    if over.notice:
        paragraph(over.notice)
        line()


def write_confidence(template: TemplateAdopted) -> None:
    """Write how sure a template's rows are."""
    line(f"  {_('Template'):<11} {confidence(template)}")


def write_legend(entries: Sequence[LegendEntry]) -> None:
    """Write what values mean."""
    for place, entry in enumerate(entries):
        value = entry.value or _("(blank)")
        line(f"  {_('Legend') if place == 0 else '':<11} {value:<8} {entry.meaning}")


def _axes(over: Heading) -> list[tuple[str, str]]:
    asked = _("the last event below") if over.as_of is None else over.as_of
    known = f"{asked} ({_('what was known by')} {over.known_cut})"
    by = over.recorded_by
    return [
        (_("Standing"), f"{over.standing}: {standing_words(over.standing)}"),
        (_("Reading"), f"{over.reading}: {reading_words(over.reading)}"),
        (_("As of"), known),
        (_("Recorded"), f"{_('by position')} {by.position} ({by.recorded_at or _('nothing is recorded')})"),
    ]


def confidence(template: TemplateAdopted) -> str:
    """Return how sure a template's rows are."""
    verified = sum(field.confidence == VERIFIED for field in template.fields)
    total = len(template.fields)
    if verified == total:
        return f"{template.template}: {_('all {} rows are verified').format(total)}"
    if not verified:
        return f"{template.template}: {_('none of its {} rows is verified; they are a reconstruction').format(total)}"
    words = _("only {} of its {} rows are verified; the rest is a reconstruction")
    return f"{template.template}: {words.format(verified, total)}"


def value_words(value: str | None, *, withheld: bool = False) -> str:
    """Return a value as it is shown: nothing recorded and set to blank are different things."""
    if withheld:
        return _("withheld")
    return "-" if value is None else value or _("(blank)")


def date_words(known_at: str | None, precision: str | None) -> str:
    """Return a date of New York as precisely as it is known."""
    if known_at is None:
        return ""
    day = new_york_date(known_at).isoformat()
    return {"year": day[:4], "month": day[:7]}.get(precision or "", day)
