"""The pages beside the matrices: programmes, the calendar, notes, how a matrix is read. All that is open to anyone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from domain import document
from domain.access import PUBLIC_READER, may
from domain.activity.kinds import KINDS
from domain.activity.records import ActivityLogged
from domain.deciding import fold_of
from domain.document import DocumentRegistered
from domain.meetings.schedule import STREAM as MEETINGS
from domain.meetings.schedule import meetings
from domain.outreach_calendar import STREAM as CALENDAR
from domain.outreach_calendar import EventsPublished
from domain.programme import ProgrammeAdopted, ProgrammeTransmitted
from domain.recorded import Recorded
from domain.standing import Cut
from domain.template import TemplateAdopted
from interfaces.site.page import Page
from ledger.record import Record
from projections.told import told


class Paper(NamedTuple):
    """A document that anyone may read."""

    document: str
    title: str
    symbol: str | None
    dated: str | None
    language: str


class Open:
    """What is open to anyone of a record now."""

    def __init__(self, record: Record, now: str, cut: Cut) -> None:
        self._record = record
        self._now = now
        self._cut = cut

    def of(self, prefix: str) -> list[Recorded]:
        """Return what stands in streams whose names begin so."""
        return told(self._record, prefix, PUBLIC_READER, self._cut, self._now)[0]

    def paper(self, name: str | None) -> Paper | None:
        """Return a document, None where it is not for everyone."""
        found = () if name is None else fold_of(self._registered(name), DocumentRegistered)
        if not found:
            return None
        body = found[-1].body
        assert isinstance(body, DocumentRegistered)  # noqa: S101 - what the fold was asked for
        return Paper(body.document, body.title, body.symbol, body.dated, body.language)

    def _registered(self, name: str) -> tuple[Recorded, ...]:
        standing = self._record.history(document.stream(name)).standing(self._cut)
        return tuple(event for event in standing if may(PUBLIC_READER, event.header, self._now))


def programme_pages(open_: Open) -> Iterator[Page]:
    """Yield the list of programmes of work, and a page for each that lays down duties."""
    events = open_.of("programme/")
    adopted = {event.body.programme: event for event in events if isinstance(event.body, ProgrammeAdopted)}
    sent = {event.body.programme: event for event in events if isinstance(event.body, ProgrammeTransmitted)}
    listed = [(adopted[number], sent.get(number)) for number in sorted(adopted, reverse=True)]
    yield _page("programme/index.html", "programmes.html", events, {"listed": listed})
    for event, transmitted in listed:
        assert isinstance(event.body, ProgrammeAdopted)  # noqa: S101 - chosen above
        if event.body.duties:
            yield _page(
                f"programme/{event.body.programme}/index.html",
                "programme.html",
                [event, *([] if transmitted is None else [transmitted])],
                {"event": event, "transmitted": transmitted, "paper": open_.paper(event.body.document_id)},
            )


def calendar_page(open_: Open) -> Page:
    """Return the calendar of events in its last version, and the open meetings."""
    versions = [event for event in open_.of(CALENDAR) if isinstance(event.body, EventsPublished)]
    events = open_.of(MEETINGS)
    planned = sorted(meetings(events).values(), key=lambda each: (each.starts_at, each.meeting), reverse=True)
    last = versions[-1] if versions else None
    values = {"last": last, "meetings": planned, "papers": _papers(open_, last)}
    return _page("events/index.html", "events.html", [*versions[-1:], *events], values)


def _papers(open_: Open, last: Recorded | None) -> dict[str, Paper]:
    entries = last.body.entries if last is not None and isinstance(last.body, EventsPublished) else ()
    found = ((entry.document_id, open_.paper(entry.document_id)) for entry in entries)
    return {name: paper for name, paper in found if name is not None and paper is not None}


def notes_page(open_: Open) -> Page:
    """Return the notes, frequently asked questions and changes of the website, the last first."""
    logged = [event for event in open_.of("activity/") if isinstance(event.body, ActivityLogged)]
    logged.sort(key=lambda event: (event.header.known_at, event.position), reverse=True)
    told_of = [(event, _of_note(open_, event)) for event in logged]
    return _page("notes/index.html", "notes.html", logged, {"listed": told_of, "kinds": KINDS})


def _of_note(open_: Open, event: Recorded) -> Sequence[Paper]:
    assert isinstance(event.body, ActivityLogged)  # noqa: S101 - chosen by the caller
    return [paper for name in event.body.documents if (paper := open_.paper(name)) is not None]


def reading_pages(open_: Open) -> Iterator[Page]:
    """Yield how a matrix is read, template by template: the notice, the legend and the fields of its time."""
    adopted = [event for event in open_.of("template/") if isinstance(event.body, TemplateAdopted)]
    adopted.sort(key=lambda event: (event.header.known_at, event.position), reverse=True)
    yield _page("reading/index.html", "reading.html", adopted, {"listed": adopted})
    for event in adopted:
        assert isinstance(event.body, TemplateAdopted)  # noqa: S101 - chosen above
        values = {"event": event, "template": event.body}
        yield _page(f"reading/{event.body.template}.html", "template.html", [event], values)


def _page(path: str, template: str, events: Sequence[Recorded], values: Mapping[str, object]) -> Page:
    position = max((event.position for event in events), default=0)
    return Page(path, template, position, any(event.header.synthetic for event in events), values)
