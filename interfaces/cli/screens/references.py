"""What is kept for reference, on a screen: one table for any kind, its columns those of what is told."""

from interfaces.cli.output import table
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.cli.screens.heading import date_words
from interfaces.text import _
from projections.views.references import References


def write_references(found: References) -> None:
    """Write all things of one kind."""
    write_over(f"{_('List of')} {found.of}", found)
    members = tuple(dict.fromkeys(name for each in found.listed for name in each.told if name not in _LONG))
    table(
        (_("Listed as"), *(heading(name) for name in members), _("Known"), _("Event")),
        (
            (
                each.name,
                *("" if each.told.get(name) is None else _short(name, str(each.told[name])) for name in members),
                date_words(each.known_at, each.known_precision),
                str(each.position),
            )
            for each in found.listed
        ),
    )
    write_withheld(found)


_LONG = frozenset({"notice"})
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
    return headings[member]
