"""Lists on a screen: documents, submissions, corrections; each under the place on the axes that it holds for."""

from interfaces.cli.output import line, table, talk
from interfaces.cli.screens.heading import date_words, reading_words
from interfaces.text import _, some
from projections.engine.answering import Answered
from projections.views.corrections import Corrections
from projections.views.documents import Documents
from projections.views.submissions import Submissions


def write_documents(found: Documents) -> None:
    """Write a list of documents."""
    write_over(_("Documents"), found)
    table(
        (_("Document"), _("Symbol"), _("Dated"), _("Received"), _("Language"), _("From"), _("Size"), _("Readings"), ""),
        (
            (
                each.document,
                each.symbol or "",
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
            (_("Position"), _("Recorded"), _("What"), _("Role"), _("Days"), _("Stream"), _("Type"), _("Strikes"), ""),
            (
                (
                    str(each.position),
                    date_words(each.recorded_at, "day"),
                    each.what,
                    each.role or "-",
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


def write_over(title: str, found: Answered) -> None:
    """Write the title of a list, and the place on the axes that it holds for."""
    line(title)
    if found.synthetic:
        line(_("SYNTHETIC: this content is made up; it states no fact about a real State."))
    line()
    by = found.recorded_by
    line(f"  {_('Reading'):<11} {found.reading}: {reading_words(found.reading)}")
    line(f"  {_('As of'):<11} {found.as_of or _('the last event')} ({_('what was known by')} {found.known_cut})")
    line(f"  {_('Recorded'):<11} {_('by position')} {by.position} ({by.recorded_at or _('nothing is recorded')})")
    line()


def write_withheld(found: Answered) -> None:
    """Say how much of a list is withheld."""
    if found.withheld:
        talk(some("{} row is withheld from you.", "{} rows are withheld from you.", found.withheld))
