"""What an audit found, and a sample that was drawn, on a screen."""

from collections.abc import Iterable

from interfaces.cli.output import line, paragraph, table
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.cli.screens.claims import marked, write_batches
from interfaces.cli.screens.heading import date_words
from interfaces.text import _
from projections.audit.auditing import Audit, Checked
from projections.audit.check import Check
from projections.audit.sample import Sample

FIRST = 10
"""Findings of each check that are shown where no check was named."""


def write_checks(checks: Iterable[Check]) -> None:
    """Write the names of checks and what they look at."""
    table((_("Check"), _("What should be so")), ((each.name, _(each.says)) for each in checks))


def write_audit(found: Audit, *, whole: bool) -> None:
    """Write how much each check found, then its findings: all of them, or the first."""
    write_over(_("Audit of the Committee's and the Secretariat's own work"), found)
    line(_("A finding is something to look at, not a fault, and says nothing of a State."))
    line()
    table(
        (_("Check"), _("Live"), _("Claimed by imports"), _("Withheld"), _("What should be so")),
        ((each.name, str(each.live), str(each.imported), str(each.withheld), _(each.says)) for each in found.checks),
    )
    for check in found.checks:
        if check.findings:
            _write_findings(found, check, len(check.findings) if whole else FIRST)
    if found.batches:
        line()
        write_batches(found.batches)
    write_withheld(found)


def _write_findings(found: Audit, check: Checked, count: int) -> None:
    line()
    line(f"{check.name}: {_(check.says)}")
    table(
        (_("Position"), _("Events"), _("Recorded"), _("Role"), _("Stream"), _("What"), _("Look at")),
        (
            (
                str(each.position),
                str(each.events),
                date_words(each.recorded_at, "day"),
                marked(each.role or "-", each.claimed_by_import, found.batches),
                each.stream,
                each.what,
                each.look,
            )
            for each in check.findings[:count]
        ),
    )
    if len(check.findings) > count:
        rest = len(check.findings) - count
        line(_("and {} more: ledger1540 audit {}").format(rest, check.name))


def write_sample(found: Sample) -> None:
    """Write how a sample was drawn, and its items."""
    write_over(_("Sample of {}").format(found.of), found)
    drawn = _("{} of {} events, with the seed {}: {}")
    line(drawn.format(found.size, found.population_size, found.seed, found.population))
    paragraph(found.method)
    if found.notice:
        paragraph(found.notice)
    line()
    table(
        ("", _("Position"), _("Known"), _("Recorded"), _("Role"), _("Stream"), _("Says"), _("Event")),
        (
            (
                str(each.number),
                str(each.position),
                date_words(each.known_at, each.known_precision),
                date_words(each.recorded_at, "day"),
                marked(each.role or "-", each.claimed_by_import, found.batches),
                each.stream,
                _("withheld") if each.withheld else each.says or "",
                each.event_id,
            )
            for each in found.items
        ),
    )
    if found.batches:
        line()
        write_batches(found.batches)
    write_withheld(found)
