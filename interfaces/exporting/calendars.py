"""What goes into calendars: events that were announced, meetings, and what is due; as a reader may see it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from domain.access import Reader
from domain.deadline import DeadlineExtended
from domain.mandate import STREAM as MANDATES
from domain.mandate import MandateAdopted
from domain.meetings.schedule import STREAM as MEETINGS
from domain.meetings.schedule import MeetingCancelled, MeetingMoved, MeetingPlanned, meetings
from domain.outreach_calendar import STREAM as CALENDAR
from domain.outreach_calendar import EventsPublished, OutreachEvent
from domain.programme import ProgrammeAdopted, stream
from domain.recorded import Recorded
from domain.times import new_york_date
from interfaces.exporting.icalendar import Entry
from interfaces.text import _
from ledger.record import Record
from projections.axes import Axes
from projections.due_for import due_for
from projections.duties import duties
from projections.engine.answering import Asking
from projections.told import told

Name = tuple[str, str, str, int]
"""What makes an event the same in a later version: title, organizer, year, and which of those it is."""


def of_events(record: Record, reader: Reader, axes: Axes, now: str) -> list[Entry]:
    """Return the events of the calendar in its last version, and the meetings."""
    versions, _withheld = told(record, CALENDAR, reader, axes.cut, now)
    schedule, _withheld = told(record, MEETINGS, reader, axes.cut, now)
    return [*announced(versions), *planned(schedule)]


def announced(versions: Iterable[Recorded]) -> Iterator[Entry]:
    """Yield the events of the last version; the sequence of each grows with every version that changed it."""
    found: dict[Name, Entry] = {}
    said: dict[Name, OutreachEvent] = {}
    for event in versions:
        if not isinstance(event.body, EventsPublished):
            continue
        listed = dict(_named(event.body.entries))
        for name, entry in listed.items():
            before = found.get(name)
            if before is None or said[name] != entry:
                found[name] = _announced(name, entry, event, before)
        found, said = {name: found[name] for name in listed}, listed
    yield from found.values()


def _named(entries: Iterable[OutreachEvent]) -> Iterator[tuple[Name, OutreachEvent]]:
    counted = Counter[tuple[str, str, str]]()
    for entry in entries:
        name = (entry.title, entry.organizer, entry.first_day[:4])
        counted[name] += 1
        yield (*name, counted[name]), entry


def _announced(name: Name, entry: OutreachEvent, event: Recorded, before: Entry | None) -> Entry:
    told_of = ((_("Organizer"), entry.organizer), (_("Open to"), entry.open_to))
    return Entry(
        name="/".join(("event", *map(str, name))),
        summary=entry.title,
        first=entry.first_day,
        last=entry.last_day,
        created=event.header.recorded_at if before is None else before.created,
        modified=event.header.recorded_at,
        sequence=0 if before is None else before.sequence + 1,
        description="\n".join(f"{label}: {words}" for label, words in told_of if words),
        location=entry.place,
        url=entry.url,
        synthetic=event.header.synthetic,
    )


def planned(schedule: Sequence[Recorded]) -> Iterator[Entry]:
    """Yield the meetings as they are planned after all moves, those cancelled too."""
    said: dict[str, list[Recorded]] = {}
    for event in schedule:
        if isinstance(event.body, MeetingPlanned | MeetingMoved | MeetingCancelled):
            said.setdefault(event.body.meeting, []).append(event)
    for each in meetings(schedule).values():
        events = said[each.meeting]
        days = (new_york_date(each.starts_at).isoformat(), new_york_date(each.ends_at).isoformat())
        first, last = days if each.precision == "day" else (each.starts_at, each.ends_at)
        yield Entry(
            name=f"meeting/{each.meeting}",
            summary=each.meeting if each.group is None else f"{each.meeting} ({each.group})",
            first=first,
            last=last,
            created=min(event.header.recorded_at for event in events),
            modified=max(event.header.recorded_at for event in events),
            sequence=len(events) - 1,
            description=each.kind,
            cancelled=each.cancelled,
            synthetic=any(event.header.synthetic for event in events),
        )


def of_duties(asking: Asking, record: Record, of: str | None = None) -> Iterator[Entry]:
    """Yield what is due on a day, of one role, working group or State if so asked.

    For who may see how far it is, what is done, suspended or dropped is left out.
    """
    for duty in duties(asking, record) if of is None else due_for(asking, record, of).duties:
        day = duty["last_day"] or duty["due"]
        if isinstance(day, str) and duty["status"] not in ("done", "suspended", "dropped"):
            yield _due(record, asking.axes, duty, day)


def _due(record: Record, axes: Axes, duty: Mapping[str, object], day: str) -> Entry:
    laid_down = _laid_down(record, axes, duty)
    extended = [] if duty["deadline"] is None else _extensions(record, axes, str(duty["deadline"]))
    recorded = [event.header.recorded_at for event in (*laid_down, *extended)] or [axes.cut.known_at]
    names = (duty["programme"], duty["mandate"], duty["due_before"] or duty["due"])
    words = (
        _("Paragraph {} of the programme of work").format(duty["paragraph"])
        if duty["programme"] is not None
        else _("Resolution {}, paragraph {}").format(duty["mandate"], duty["paragraph"]),
        _("Owed by: {}").format(duty["owes"]),
        str(duty["words"] or ""),
    )
    return Entry(
        name="/".join(("due", str(duty["duty"]), *map(str, names))),
        summary=(_("Encouraged: {}: {}") if "encourage" in str(duty["owes"]) else _("Due: {}: {}")).format(
            duty["duty"], duty["text"]
        ),
        first=day,
        last=day,
        created=min(recorded),
        modified=max(recorded),
        sequence=len(extended),
        description="\n".join(each for each in words if each),
        busy=False,
        synthetic=record.simulation,
    )


def _laid_down(record: Record, axes: Axes, duty: Mapping[str, object]) -> list[Recorded]:
    """Return the adoption of the programme, or of the mandate, that lays a duty down."""
    number, mandate = duty["programme"], duty["mandate"]
    standing = record.history(stream(number) if isinstance(number, int) else MANDATES).standing(axes.cut)
    return [
        event
        for event in standing
        if isinstance(event.body, ProgrammeAdopted)
        or (isinstance(event.body, MandateAdopted) and event.body.mandate == mandate)
    ]


def _extensions(record: Record, axes: Axes, deadline: str) -> list[Recorded]:
    standing = record.history(deadline).standing(axes.cut)
    return [event for event in standing if isinstance(event.body, DeadlineExtended)]
