"""Two matrices side by side, on a screen."""

from interfaces.cli.output import line, paragraph, table, talk
from interfaces.cli.screens.heading import value_words, write_confidence, write_legend
from interfaces.cli.screens.matrix import source_words
from interfaces.text import _, some
from interfaces.words import reading_words, standing_words
from projections.diff import Diff, Difference
from projections.question import Heading, Question
from projections.states import name_of


def write_diff(question: Question, found: Diff) -> None:
    """Write what differs, or that nothing does."""
    name = name_of(question.record, found.right.state, question.axes.cut)
    line(_("Matrix of {} ({}), compared").format(name, found.right.state))
    if found.left.synthetic or found.right.synthetic:
        line(_("SYNTHETIC: this content is made up; it states no fact about a real State."))
    line()
    for label, side in ((_("Left"), found.left), (_("Right"), found.right)):
        line(f"  {label:<11} {_side(side)}")
    reading = found.right.reading
    line(f"  {_('Reading'):<11} {reading}: {reading_words(reading)}")
    by = found.right.recorded_by
    line(f"  {_('Recorded'):<11} {_('by position')} {by.position} ({by.recorded_at})")
    _write_legends(question, found)
    if found.right.notice:
        line()
        paragraph(found.right.notice)
    line()
    if found.differences:
        table(
            (_("Cell"), _("Left"), _("Right"), _("Source on the right"), _("What differs")),
            (_row(each) for each in found.differences),
        )
    else:
        line(_("Nothing differs."))
    line()
    line(some("{} cell is the same.", "{} cells are the same.", found.same))
    if found.withheld:
        words = some("{} cell is withheld from you.", "{} cells are withheld from you.", found.withheld)
        talk(f"{words} {_('They were not compared.')}")


def _side(side: Heading) -> str:
    asked = side.as_of or _("the last event")
    if side.revision is None:
        return f"{side.standing}, {_('as of')} {asked}: {_('no revision')}"
    revision = f"{_('revision')} {side.revision}, {_('template')} {side.template}"
    return f"{side.standing}, {_('as of')} {asked}: {revision} ({standing_words(side.standing)})"


def _write_legends(question: Question, found: Diff) -> None:
    names = dict.fromkeys(side.template for side in (found.left, found.right) if side.template is not None)
    templates = [question.facts.template(name, question.axes.cut) for name in names]
    for place, template in enumerate(templates):
        write_confidence(template)
        if all(template.legend != each.legend for each in templates[place + 1 :]):
            write_legend(template.legend)


def _row(each: Difference) -> tuple[str, ...]:
    cell = each.cell
    if each.from_cells not in ((), (each.cell,)):
        cell += f" ({_('from')} {', '.join(each.from_cells)})"
    how = _("value") if each.differs == "value" else _("what it rests on")
    return cell, value_words(each.left.value), value_words(each.right.value), source_words(each.right.sources), how
