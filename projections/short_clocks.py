"""What falls due on short clocks beside the duties of a programme, gathered from a record as of an instant."""

from collections.abc import Iterator

from domain import duty_station, mandate, outreach_calendar
from domain.assistance import going as assistance
from domain.calendar import Facts, due
from domain.calendar.choosing import yearly
from domain.calendar.rounds import incoming, of_events, of_intake, of_reports
from domain.calendar.short_clocks import Falling, of_letters, of_meetings, of_request
from domain.calendar.yearly import adoptions, of_priorities, of_the_year
from domain.committee import members
from domain.correspondence import letters as correspondence
from domain.deciding import stands_at
from domain.duty_station import NEW_YORK, WorkingDays, working_days
from domain.meetings import reports
from domain.standing import Cut, Stands
from domain.values import Instant
from projections.origin import Itself


def falling(record: Itself, at: Instant) -> Iterator[Falling]:
    """Yield what is open and has a day, as the record has it: of requests, letters, meetings, calendars, the year."""
    standing = stands_at(record, Cut(known_at=at))
    station = working_days(standing(duty_station.stream(NEW_YORK)))
    prefix = assistance.stream("")
    for name in record.stream_names(prefix):
        yield from of_request(name.removeprefix(prefix), standing(name), station)
    register = [event for name in record.stream_names(correspondence.stream("")) for event in standing(name)]
    yield from of_letters(sorted(register, key=lambda event: (event.header.known_at, event.position)))
    yield from of_meetings(standing, at)
    yield from of_events(standing(outreach_calendar.STREAM), at)
    yield from of_reports(standing(reports.STREAM), station)
    yield from _of_the_year(record, standing, at, station)
    first = incoming(standing, at)
    if first is not None:
        yield from of_intake(standing, _attending(record, standing), first, at, station)


def _of_the_year(record: Itself, standing: Stands, at: Instant, station: WorkingDays) -> Iterator[Falling]:
    """Yield what is missing of yearly duties, since their rules are on record, and what became of no priority."""
    ruled = record.history(mandate.STREAM).events
    if not ruled:
        return
    duties = due(standing, at, which=yearly)
    yield from of_the_year(standing, duties, station, min(event.header.recorded_at for event in ruled))
    programmes = [event for name in record.stream_names("programme/") for event in standing(name)]
    for name in record.stream_names("review/"):
        yield from of_priorities(standing(name), adoptions(programmes), duties, station)


def _attending(record: Itself, standing: Stands) -> Facts:
    """Return who sits in the Committee, and who had the papers of meetings and attended them."""
    names = (members.STREAM, *record.stream_names("meeting/"))
    events = [event for name in names for event in standing(name)]
    return Facts(sorted(events, key=lambda event: (event.header.known_at, event.position)))
