"""Decisions on a screen: all in short, or one in full."""

from collections.abc import Iterable

from interfaces.cli.output import line, table
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.cli.screens.heading import date_words
from interfaces.text import _
from projections.decision import DecisionView, Thing, When
from projections.views.decisions import Decisions


def write_decisions(found: Decisions) -> None:
    """Write all decisions in short."""
    write_over(_("Decisions"), found)
    table(
        (_("Decision"), _("Proposed"), _("Items"), _("Adopted"), _("Not adopted"), _("Meetings"), _("Title")),
        (
            (
                each.decision,
                date_words(each.proposed, each.proposed_precision) or "-",
                str(each.items or "-"),
                _numbers(each.adopted),
                _numbers(each.not_adopted),
                ", ".join(each.meetings),
                each.title or "",
            )
            for each in found.decisions
        ),
    )
    write_withheld(found)


def write_decision(found: DecisionView) -> None:
    """Write one decision in full."""
    write_over(f"{_('Decision')} {found.decision}: {found.title or _('only what rests on it is on record')}", found)
    if found.proposed is not None:
        line(f"{_('Proposed')} {_known(found.proposed)}")
    for item in found.items:
        line(f"  {item.number}. {item.text} ({item.outcome or _('open')})")
        _write_things(item.rests_on)
    for each in found.circulations:
        line(f"{_('Circulated')} {_known(each)}, {_('to')} {', '.join(each.recipients)}")
        _write_things(each.documents)
    for taken in found.outcomes:
        why = "" if taken.reason is None else f": {taken.reason}"
        what = _("Adopted") if taken.outcome == "adopted" else _("Not adopted")
        line(f"{what} {_known(taken)}, {_('items')} {_numbers(taken.items)}, {_('meeting')} {taken.meeting}{why}")
    if found.resting:
        line()
        line(_("What rests on it:"))
    for rests in found.resting:
        item_words = "" if rests.item is None else f", {_('item')} {rests.item}"
        line(f"  {rests.what} {rests.about}{item_words}, {_known(rests)}")
    if found.authorities:
        line()
        line(_("Corrections authorised:"))
    for given in found.authorities:
        used = ", ".join(map(str, given.used_by)) or _("not used")
        of = f"{given.target_type or ''} {given.target} ({given.target_stream or ''})"
        line(f"  {_known(given)}: {of}: {given.reason}; {_('used by')} {used}")
    write_withheld(found)


def _known(when: When) -> str:
    return f"{date_words(when.known_at, when.known_precision)} ({_('position')} {when.position})"


def _numbers(items: Iterable[int]) -> str:
    return ", ".join(map(str, items)) or "-"


def _write_things(things: Iterable[Thing]) -> None:
    for thing in things:
        what = _("withheld") if thing.withheld else thing.what or _("not on record")
        line(f"     {thing.kind or ''} {what} {thing.sha256}")
