"""How a matrix and a cell came to say what they say, on a screen."""

from collections.abc import Sequence

from domain.template import by_cell
from interfaces.cli.output import line, table, talk
from interfaces.cli.screens.claims import claim_words, marked, named, write_batches
from interfaces.cli.screens.heading import date_words, value_words, write_heading
from interfaces.cli.screens.matrix import short, source_words, write_sources
from interfaces.text import _, some
from projections.blame import Approval, Blame
from projections.claims import LateBatch
from projections.log import CellLog, Change
from projections.question import Question
from projections.states import name_of


def write_blame(question: Question, view: Blame) -> None:
    """Write who set each cell."""
    template = None if view.template is None else question.facts.template(view.template, question.axes.cut)
    write_heading(name_of(question.record, view.state, question.axes.cut), view, template)
    table(
        (_("Cell"), _("Says"), _("Set by"), _("Known"), _("Recorded"), _("Source"), _("First approved")),
        (
            (
                short(each.cell),
                value_words(each.value, withheld=each.withheld),
                marked(each.role or "", each.claimed_by_import, view.batches),
                date_words(each.known_at, each.known_precision),
                date_words(each.recorded_at, "day"),
                source_words(each.sources),
                _approved(each.approval, view.batches) if each.event_id else "",
            )
            for each in view.cells
        ),
    )
    if view.batches:
        line()
        write_batches(view.batches)
    withheld = sum(each.withheld for each in view.cells)
    if withheld:
        talk(some("{} cell is withheld from you.", "{} cells are withheld from you.", withheld))


def _approved(approval: Approval | None, batches: Sequence[LateBatch]) -> str:
    if approval is None:
        return _("not yet approved")
    if approval.withheld:
        return _("withheld")
    decision = f"{_('decision')} {approval.decision_id}, {_('revision')} {approval.revision}"
    return marked(f"{date_words(approval.known_at, 'day')}, {decision}", approval.claimed_by_import, batches)


def write_log(question: Question, view: CellLog) -> None:
    """Write the story of a cell, the last change first."""
    template = question.facts.template(view.cell.partition("/")[0], question.axes.cut)
    name = name_of(question.record, view.state, question.axes.cut)
    told = {value for each in view.changes for value in (each.value, each.old_value)}
    write_heading(name, view, template, with_standing=False, values=told)
    field = by_cell(template)[view.cell]
    line(f"{view.cell}: {field.label} ({_('confidence of the row')}: {field.confidence})")
    for change in view.changes:
        line()
        _write_change(change, named(change.claimed_by_import, view.batches))
    if not view.changes:
        line(_("Nothing is on record for this cell there."))
    for said in view.said:
        line()
        line(_("the State commented: {}").format(said.text))
        by = said.letter or said.document_id
        line(f"  {_('Received'):<11} {said.received_at}" + (f", {by}" if by else ""))
        line(f"  {_('Recorded'):<11} {said.recorded_at}, {_('position')} {said.position}")
    if view.said_withheld:
        talk(some("{} comment of the State is withheld from you.", "{} comments are withheld.", view.said_withheld))


def _in_words(value: str | None) -> str:
    return _("nothing") if value is None else value_words(value)


def _write_change(change: Change, claimed: LateBatch | None) -> None:
    place = f"{_('revision')} {change.revision}"
    if change.inherited:
        place += f", {_('read through from')} {change.cell}"
    if change.withheld:
        line(f"{_('withheld')} ({place})")
        return
    by = f"{_('by role')} {change.role}" if change.role else _("by a role that is not named")
    if claimed is not None:
        by += f", {claim_words(claimed)}"
    line(f"{change.what} {by} ({place})")
    if change.what != "confirmed":
        old = _("withheld") if change.old_withheld else _in_words(change.old_value)
        line(f"  {_('Says'):<11} {_in_words(change.value)}  ({_('before')}: {old})")
    line(f"  {_('Known'):<11} {date_words(change.known_at, change.known_precision)} ({change.known_at})")
    line(
        f"  {_('Recorded'):<11} {change.recorded_at}, {_('position')} {change.position}, {_('event')} {change.event_id}"
    )
    if change.strikes is not None:
        line(f"  {_('Strikes'):<11} {change.strikes}, {_('noticed')} {change.noticed_at}")
    if not change.stands:
        by = f": {_('struck by')} {change.struck_by}" if change.struck_by else ""
        line(f"  {_('Stands'):<11} {_('no')}{by}")
    if change.late_fact:
        line(f"  {_('Late fact'):<11} {_('recorded after its revision was sealed')}")
    if change.in_force_from or change.in_force_to:
        line(f"  {_('In force'):<11} {change.in_force_from or '…'} – {change.in_force_to or '…'}")
    for label, words in ((_("Note"), change.note), (_("Reason"), change.reason)):
        if words:
            line(f"  {label:<11} {words}")
    write_sources(change.sources or ())
