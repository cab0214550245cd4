"""Work statistics on a screen."""

from collections.abc import Iterator

from domain.calendar import Progress
from interfaces.cli.output import line, paragraph, table, talk
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.cli.screens.heading import date_words
from interfaces.text import _
from projections.handling import Days
from projections.periods import By
from projections.statistics import Statistics


def write_statistics(found: Statistics, *, by: By | None, show: str | None) -> None:
    """Write how far the Committee was, its figures and handling times, and the events of a figure that is asked for."""
    write_over(_("Work of the Committee"), found)
    begins, ends = found.period_from or _("the beginning"), found.period_to or _("the date asked")
    line(f"  {_('Period'):<11} {begins} {_('to')} {ends}")
    line()
    if found.notice:
        paragraph(found.notice)
        line()
    if not found.figures:
        talk(_("What the Committee did is withheld from you: a part of it would be taken for the whole."))
        write_withheld(found)
        return
    if show is not None:
        _write_shown(found)
        return
    _write_progress(found)
    table((_("Figure"), _("Count")), ((each.figure, str(each.count)) for each in found.figures))
    line()
    table(
        (_("Handling time"), _("Count"), _("Days, median"), _("Days, longest"), _("Waiting")),
        ((each.figure, *_days(each.days), str(each.waiting)) for each in found.handling),
    )
    if by is not None:
        line()
        table((_("Period"), _("Figure"), _("Count"), _("Days, median"), _("Days, longest")), _periods(found))
    line()
    line(_("`--show FIGURE` lists the events that a figure rests on; in JSON each figure has their positions."))


def _write_progress(found: Statistics) -> None:
    if found.examined is not None:
        words = _("States whose matrix was examined since {}, when programme {} began: {}")
        line(words.format(found.examined_since, found.programme, _of(found.examined)))
    if found.first_reports is not None:
        missing = found.first_reports.of - found.first_reports.done
        line(_("States that had submitted a first report: {}; not: {}").format(_of(found.first_reports), missing))
    line()


def _write_shown(found: Statistics) -> None:
    table(
        (_("Position"), _("Known"), _("Type"), _("Event")),
        (
            (str(each.position), date_words(each.known_at, each.known_precision), each.type, each.event_id)
            for each in found.shown
        ),
    )


def _periods(found: Statistics) -> Iterator[tuple[str, ...]]:
    counts = [(name, each.figure, str(count), "", "") for each in found.figures for name, count in each.periods.items()]
    times = [(name, each.figure, *_days(of)) for each in found.handling for name, of in each.periods.items()]
    yield from sorted((*counts, *times), key=lambda row: row[0])


def _of(progress: Progress) -> str:
    return f"{progress.done} / {progress.of}"


def _days(found: Days | None) -> tuple[str, str, str]:
    return ("0", "-", "-") if found is None else (str(found.count), f"{found.median:g}", str(found.longest))
