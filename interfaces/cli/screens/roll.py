"""Who the Committee is on a day, on a screen."""

from domain.committee.members import SEATS
from interfaces.cli.output import line, table
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.text import _
from projections.roll import Roll, Seat


def seat_words(seat: Seat) -> str:
    """Return what somebody is, in words."""
    return {
        "member": _("member"),
        "chair": _("Chair"),
        "acting-chair": _("acting Chair"),
        "vice-chair": _("Vice-Chair"),
        "group": _("working group"),
        "group-chair": _("chair of a working group"),
        "expert": _("expert"),
    }[seat]


def write_roll(found: Roll) -> None:
    """Write the roll, how many of the fifteen are on record, and who presides."""
    write_over(_("The Committee on {}").format(found.day), found)
    table(
        (_("Seat"), _("Who"), _("Of"), _("From"), _("To")),
        (
            (seat_words(each.seat), each.who, each.of or "", each.valid_from, each.valid_to or "")
            for each in found.seated
        ),
    )
    line()
    line(_("{} of {} members are on record for this day.").format(found.members, SEATS))
    if found.vacant:
        line(_("The chair is vacant: nothing is signed or closed."))
    else:
        line(_("No Chair is on record.") if found.presides is None else _("{} presides.").format(found.presides))
    write_withheld(found)
