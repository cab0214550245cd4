"""The whole site as files in memory: the same for the same record, as long as the same may be read."""

from collections.abc import Iterator, Mapping

from domain.access import PUBLIC_READER
from interfaces.bootstrap import now_of, question_of
from interfaces.exporting.atom import feed
from interfaces.exporting.calendars import of_events
from interfaces.exporting.icalendar import calendar
from interfaces.site import matrix_pages, open_pages
from interfaces.site.entries import entries
from interfaces.site.matrix_pages import StateFile, state_file
from interfaces.site.open_pages import Open
from interfaces.site.page import STYLE, Page, html_of
from interfaces.text import _
from ledger.record import Record
from projections.axes import Asked, Axes, resolve
from projections.meant import plain
from projections.origin import RecordOrigin
from projections.states import codes, name_of

FEED = "feed.atom"


def site(record: Record, *, url: str | None = None) -> dict[str, bytes]:
    """Return the files of the site by their paths; `url` is where it will be, for the links of the feed."""
    axes = axes_of(record)
    open_ = Open(record, now_of(record), axes.cut)
    files = state_files(record, axes)
    found = {page.path: html_of(page, record) for page in _pages(record, axes, open_, files)}
    found["style.css"] = STYLE.read_bytes()
    found[FEED] = feed_of(record, open_, files, url=url)
    found["events/calendar.ics"] = calendar(
        of_events(record, PUBLIC_READER, axes, now_of(record)),
        log=record.origin,
        title=_marked(record, _("Calendar of events")),
        lang=_("en"),
    )
    return dict(sorted(found.items()))


def axes_of(record: Record) -> Axes:
    """Return the place that the site is made at: what is known by the last event, published."""
    return resolve(record, Asked(standing="published"), now_of(record))


def state_files(record: Record, axes: Axes) -> list[StateFile]:
    """Return, by name, the States of whose matrices something is open."""
    asked = Asked(standing="published")
    found = (
        state_file(question_of(record, "", state, asked, replay=False), name_of(record, state, axes.cut))
        for state in codes(record)
    )
    return sorted((each for each in found if each.versions), key=lambda each: (plain(each.name), each.state))


def feed_of_record(record: Record, *, url: str | None) -> bytes:
    """Return the feed alone."""
    axes = axes_of(record)
    return feed_of(record, Open(record, now_of(record), axes.cut), state_files(record, axes), url=url)


def feed_of(record: Record, open_: Open, files: list[StateFile], *, url: str | None) -> bytes:
    """Return the feed of what was published and is open now."""
    return feed(
        entries(record, open_, files),
        log=record.origin,
        title=_marked(record, _("Resolution 1540 (2004): matrices and programme of work")),
        lang=_("en"),
        url=url,
        begun=record.recorded_at(1),
    )


def _marked(record: Record, title: str) -> str:
    return f"SYNTHETIC: {title}" if record.simulation else title


def _pages(record: Record, axes: Axes, open_: Open, files: list[StateFile]) -> Iterator[Page]:
    over = {"notice": RecordOrigin(record).notice(axes.cut.position)}
    others = [
        *open_pages.programme_pages(open_),
        open_pages.calendar_page(open_),
        open_pages.notes_page(open_),
        *open_pages.reading_pages(open_),
        *(page for file in files for page in matrix_pages.pages(file)),
    ]
    of_matrices = [page for page in others if page.path.startswith("matrices/")]
    yield from others
    listed = over | {"files": files}
    yield _over(of_matrices, "matrices/index.html", "matrices.html", listed)
    counted = over | {"published": sum(file.shown is not None for file in files)}
    yield _over(others, "index.html", "index.html", counted)


def _over(pages: list[Page], path: str, template: str, values: Mapping[str, object]) -> Page:
    """Return a page that rests on what those below it rest on."""
    position = max((page.position for page in pages), default=0)
    return Page(path, template, position, any(page.synthetic for page in pages), values)
