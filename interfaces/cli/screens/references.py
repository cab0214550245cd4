"""What is kept for reference, on a screen: one table for any kind; what is told act by act is told in words."""

from collections.abc import Iterable

from interfaces.cli.output import table
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.cli.screens.heading import date_words
from interfaces.text import _
from projections.views.references import Entry, References


def write_references(found: References) -> None:
    """Write all things of one kind."""
    write_over(f"{_('List of')} {found.of}", found)
    acts = any("what" in each.told for each in found.listed)
    columns = ("what",) if acts else _members(found.listed)
    table(
        (
            _("Listed as"),
            *(heading(name) for name in columns),
            *((_("Says"),) if acts else ()),
            _("Known"),
            _("Event"),
        ),
        (
            (
                each.name,
                *(_told(each, name) for name in columns),
                *((_said(each),) if acts else ()),
                date_words(each.known_at, each.known_precision),
                str(each.position),
            )
            for each in found.listed
        ),
    )
    write_withheld(found)


def _members(listed: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in listed for name in each.told if name not in _LONG))


def _told(each: Entry, name: str) -> str:
    told = each.told.get(name)
    return "" if told is None else _short(name, str(told))


def _said(each: Entry) -> str:
    """Return what an act says, member by member; acts of one kind have too many different ones for columns."""
    named = (name for name in _members([each]) if name != "what" and each.told[name] not in (None, ""))
    return "; ".join(f"{heading(name)}: {_told(each, name)}" for name in named)


_LONG = frozenset({"notice", "note"})
"""What is told in JSON alone."""
_HASHES = frozenset({"manifest", "sha256"})


def _short(name: str, told: str) -> str:
    return told[:12] if name in _HASHES else told


def heading(member: str) -> str:
    """Return the heading of a column."""
    headings = {
        "addressee": _("To whom"),
        "admitted": _("Admitted"),
        "adopted": _("Adopted"),
        "commands": _("Commands"),
        "document": _("Document"),
        "document_id": _("Document"),
        "duties": _("Duties"),
        "events": _("Events struck"),
        "from": _("From"),
        "imported": _("Imported"),
        "iso2": _("ISO 2"),
        "kind": _("Kind"),
        "m49": _("M49"),
        "manifest": _("Manifest"),
        "name": _("Name"),
        "name_fr": _("Name in French"),
        "position": _("Position"),
        "reason": _("Reason"),
        "regional_group": _("Regional group"),
        "resolution": _("Resolution"),
        "reversed": _("Reversed"),
        "roles": _("Roles"),
        "rows": _("Rows"),
        "rules": _("Rules"),
        "scope": _("Scope"),
        "sha256": _("SHA-256"),
        "source": _("Source"),
        "symbol": _("Symbol"),
        "to": _("To"),
        "transmitted": _("Transmitted"),
        "valid_from": _("From"),
        "valid_to": _("To"),
        "verified": _("Verified"),
        "what": _("What"),
    }
    return headings.get(member) or member.removesuffix("_id").replace("_", " ").capitalize()
