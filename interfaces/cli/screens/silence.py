"""No-objection procedures on a screen: all in short, or one in full, with hours as New York's clocks show them."""

from domain.times import NEW_YORK, moment
from interfaces.cli.output import line, table
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.text import _
from projections.silence import Delegation, ItemView, Silences, SilenceView


def write_silences(found: Silences) -> None:
    """Write all procedures in short."""
    write_over(_("No-objection procedures"), found)
    table(
        (_("Decision"), _("Sent"), _("Items"), _("Running"), _("Waiting"), _("Next close"), _("Title")),
        (
            (
                each.decision,
                hour(each.sent_at),
                str(each.items),
                str(each.running),
                str(each.waiting),
                hour(each.closes_next) if each.closes_next else "-",
                each.title,
            )
            for each in found.procedures
        ),
    )
    write_withheld(found)


def write_silence(found: SilenceView) -> None:
    """Write one procedure in full."""
    write_over(_("No-objection procedure on {}: {}").format(found.decision, found.title), found)
    days = _("{} full working days of {}, to {} in New York").format(found.days, found.station, found.closing_hour)
    line(f"{_('Sent')} {hour(found.sent_at)}; {days}")
    if found.in_place_of is not None:
        line(_("In place of {}, whose text it amends").format(found.in_place_of))
    line()
    table((_("Item"), _("Status"), _("Closes"), _("By"), _("Text")), map(_item, found.items))
    if found.delegations is None:
        line()
        line(_("Who said what is shown to members, the Secretariat and auditors."))
        return
    line()
    table((_("Delegation"), _("Sent"), _("Answer")), map(_delegation, found.delegations))


def _item(each: ItemView) -> tuple[str, ...]:
    by = _("withheld") if each.by is None else ", ".join(each.by)
    waits = _("not put to {} yet").format(", ".join(each.not_told)) if each.not_told else ""
    closes = hour(each.closes_at) if each.closes_at else _("holidays not on record")
    return str(each.item), each.status, closes, "; ".join(part for part in (by, waits) if part), each.text


def _delegation(each: Delegation) -> tuple[str, ...]:
    said = (
        f"{words.what} {hour(words.received_at)} ({_('items')} {', '.join(map(str, words.items))})"
        for words in each.said
    )
    return each.state, hour(each.sent_at), "; ".join(said) or _("silent")


def hour(instant: str) -> str:
    """Return an instant as New York's clocks show it."""
    return f"{moment(instant).astimezone(NEW_YORK):%Y-%m-%d %H:%M %Z}"
