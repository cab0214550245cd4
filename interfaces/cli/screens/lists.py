"""Lists on a screen: documents, submissions, corrections; each under the place on the axes that it holds for."""

from interfaces.cli.output import line, table
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.cli.screens.heading import date_words
from interfaces.text import _
from projections.views.corrections import Corrections
from projections.views.documents import Documents
from projections.views.submissions import Submissions


def write_documents(found: Documents) -> None:
    """Write a list of documents."""
    write_over(_("Documents"), found)
    table(
        (
            _("Document"),
            _("Title"),
            _("Symbol"),
            _("Distribution"),
            _("Dated"),
            _("Received"),
            _("Language"),
            _("From"),
            _("Size"),
            _("Readings"),
            "",
        ),
        (
            (
                each.document,
                each.title or "",
                each.symbol or "",
                each.distribution or "",
                each.dated or "",
                date_words(each.received_at, "day"),
                each.language or "",
                each.sender or "",
                str(each.size or ""),
                str(each.readings or ""),
                "" if each.withdrawn is None else _("withdrawn"),
            )
            for each in found.documents
        ),
    )
    write_withheld(found)


def write_submissions(found: Submissions) -> None:
    """Write a list of submissions, and how many there are of each kind."""
    write_over(_("Submissions"), found)
    table(
        (_("Submission"), _("State"), _("Kind"), _("Received"), _("Known"), _("Read"), _("Withdrawn"), _("Documents")),
        (
            (
                each.submission,
                each.state or "",
                each.kind or "",
                date_words(each.received_at, "day"),
                date_words(each.known_at, each.known_precision),
                date_words(each.read, "day"),
                date_words(each.withdrawn, "day"),
                " ".join(each.documents),
            )
            for each in found.submissions
        ),
    )
    line()
    line(", ".join(f"{kind}: {count}" for kind, count in found.kinds.items()))
    write_withheld(found)


def write_corrections(found: Corrections) -> None:
    """Write what was corrected and entered late: act by act where one month was asked, and month by month."""
    write_over(_("Corrections and late entries"), found)
    if found.acts:
        table(
            (
                _("Position"),
                _("Recorded"),
                _("What"),
                _("Role"),
                _("Actor"),
                _("Days"),
                _("Stream"),
                _("Type"),
                _("Strikes"),
                "",
            ),
            (
                (
                    str(each.position),
                    date_words(each.recorded_at, "day"),
                    each.what,
                    each.role or "-",
                    each.actor or "-",
                    str(each.delay_days),
                    each.stream,
                    each.type,
                    "" if each.struck_position is None else str(each.struck_position),
                    each.reason or each.batch or "",
                )
                for each in found.acts
            ),
        )
        line()
    table(
        (_("Month"), _("Role"), _("What"), _("Count"), _("Days, median"), _("Days, longest")),
        (
            (
                each.month,
                each.role or "-",
                each.what,
                str(each.count),
                f"{each.median_delay_days:g}",
                str(each.longest_delay_days),
            )
            for each in found.months
        ),
    )
    write_withheld(found)
