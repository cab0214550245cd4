"""The directory of contacts on a screen."""

from collections.abc import Iterator

from interfaces.cli.output import line, table
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.text import _
from projections.contacts import Contact, Contacts
from projections.disposed_bodies import in_its_place


def write_contacts(found: Contacts) -> None:
    """Write contacts, one a line, and under them what the interval is."""
    write_over(_("Contacts"), found)
    table(
        (_("Contact"), _("Of"), _("Seat"), _("Name"), _("Title"), _("E-mail"), _("Phone"), _("Confirmed"), ""),
        (
            (
                each.contact,
                _party(each),
                each.seat,
                each.name or "",
                each.title or "",
                each.email or "",
                each.phone or "",
                each.confirmed_on or "",
                "; ".join(_remarks(each)),
            )
            for each in found.contacts
        ),
    )
    for gone in found.disposed:
        line(f"{gone.contact}  {in_its_place(gone.disposed)}")
    line()
    line(_("A contact is asked again after {} days: an internal interval.").format(found.internal_interval))
    write_withheld(found)


def _party(each: Contact) -> str:
    named = each.state or each.organization or ""
    return _("{} (Mission)").format(named) if each.party == "mission" else named


def _remarks(each: Contact) -> Iterator[str]:
    if each.waits is not None:
        yield _("proposal {} waits for a second person").format(each.waits)
    if each.to_be_asked:
        yield _("not confirmed since {} (internal interval)").format(each.confirmed_on)
    if each.bounced is not None:
        yield _("came back: {}").format(each.bounced)
    if each.last_day is not None:
        yield _("until {}").format(each.last_day)
