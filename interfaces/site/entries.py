"""What the feed tells: versions of matrices, programmes, versions of the calendar and notes that are open now."""

from collections.abc import Iterable, Iterator

from domain.activity.records import ActivityLogged
from domain.outreach_calendar import STREAM as CALENDAR
from domain.outreach_calendar import EventsPublished
from domain.programme import ProgrammeAdopted
from domain.recorded import Recorded
from interfaces.exporting.atom import Entry
from interfaces.site.matrix_pages import StateFile, address
from interfaces.site.open_pages import Open
from interfaces.text import _
from ledger.record import Record


def entries(record: Record, open_: Open, files: Iterable[StateFile]) -> Iterator[Entry]:
    """Yield an entry for each thing published, under the event by which it first came on record."""
    for file in files:
        for version in file.versions:
            title = _("Matrix of {} as published on {}").format(version.name, version.day)
            view = version.matrix.view
            said = _("revision {}, template {}").format(view.revision, view.template)
            notice = f"{said}. {view.notice}" if view.notice else said
            yield _entry(record, version.published, title, notice, address(version), synthetic=view.synthetic)
    for event in open_.of("programme/"):
        if isinstance(body := event.body, ProgrammeAdopted):
            page = f"programme/{body.programme}/index.html" if body.duties else "programme/index.html"
            title = _("Programme of work {}").format(body.programme)
            yield _entry(record, event, title, f"{body.period_from} – {body.period_to}", page)
    for event in open_.of(CALENDAR):
        if isinstance(body := event.body, EventsPublished):
            said = _("events were asked for up to {}").format(body.covers_to)
            yield _entry(record, event, _("Calendar of events"), said, "events/index.html")
    for event in open_.of("activity/"):
        if isinstance(body := event.body, ActivityLogged):
            title = _("Notes and questions: {}").format(body.first_day)
            yield _entry(record, event, title, body.text, "notes/index.html")


def _entry(record: Record, event: Recorded, title: str, summary: str, path: str, *, synthetic: bool = False) -> Entry:
    root = record.history(event.header.stream).family(event.id).root
    return Entry(
        event_id=root.id,
        title=f"SYNTHETIC: {title}" if synthetic or event.header.synthetic else title,
        summary=summary,
        path=path,
        published=event.header.known_at,
        updated=event.header.recorded_at,
    )
