"""What `export` writes beside the log and matrices: calendars, the feed, and the figures of an annual review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.refusals import MalformedInput
from interfaces.cli.filing import check_form
from interfaces.cli.output import talk
from interfaces.cli.writing import written
from interfaces.text import _

if TYPE_CHECKING:
    from pathlib import Path

    from interfaces.cli.reading import Request


def export_calendar(request: Request, to: Path | None) -> None:
    """Write the calendar of events and the meetings, as far as the reader may see them."""
    from interfaces.exporting.calendars import of_events
    from interfaces.exporting.icalendar import calendar

    file = _named(to, ".ics", "--to events.ics")
    entries = of_events(request.record, request.reader, request.axes, request.now)
    title = _marked(request, _("Calendar of events and meetings"))
    written(file, [calendar(entries, log=request.record.origin, title=title, lang=_("en"))])


def export_due(request: Request, to: Path | None, of: str | None = None) -> None:
    """Write what is due on a day, of one role, working group or State if so asked, as far as the reader may see it."""
    from msgspec.structs import replace

    from interfaces.exporting.calendars import of_duties
    from interfaces.exporting.icalendar import calendar
    from projections.bearing import VIEWS

    file = _named(to, ".ics", "--to due.ics")
    title = _marked(request, _("What is due"))
    with request.asking(*VIEWS) as asking:
        entries = of_duties(replace(asking, axes=request.today), request.record, of)
        written(file, [calendar(entries, log=request.record.origin, title=title, lang=_("en"))])


def export_feed(request: Request, url: str | None, to: Path | None) -> None:
    """Write the feed of what was published and is open to anyone now."""
    from interfaces.site.building import feed_of_record

    if request.axes.as_of is not None:
        raise MalformedInput("the feed is of what is open now", where="--as-of", remedy="leave it out")
    written(_named(to, ".atom", "--to published.atom"), [feed_of_record(request.record, url=url)])


def export_review(request: Request, year: int, to: Path | None) -> None:
    """Write what the annual review of a year rests on, with how to cite it."""
    from interfaces.exporting.answers import FORMS, citation
    from projections.annual_review import VIEWS, annual_review

    if to is None:
        raise MalformedInput("figures are exported to a file", where="--to", remedy="--to review.xlsx")
    check_form(to, option="--to")
    with request.asking(*VIEWS) as asking:
        found = annual_review(asking, request.record, year)
    cited = citation(request.record, request.axes, request.reader, f"export annual-review={year}", found)
    written(to, [FORMS[to.suffix.lower()](cited, found)])
    if found.withheld:
        talk(_("{} withheld from you").format(found.withheld))


def _named(to: Path | None, ending: str, remedy: str) -> Path:
    if to is None or to.suffix.lower() != ending:
        raise MalformedInput(f"it is exported to a file whose name ends in {ending}", where="--to", remedy=remedy)
    return to


def _marked(request: Request, title: str) -> str:
    return f"SYNTHETIC: {title}" if request.record.simulation else title
