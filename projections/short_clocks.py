"""What falls due on short clocks beside the duties of a programme, gathered from a record as of an instant."""

from collections.abc import Iterator

from domain import duty_station
from domain.assistance import going as assistance
from domain.calendar.short_clocks import Falling, of_letters, of_meetings, of_request
from domain.correspondence import letters as correspondence
from domain.deciding import stands_at
from domain.duty_station import NEW_YORK, working_days
from domain.standing import Cut
from domain.values import Instant
from projections.origin import Itself


def falling(record: Itself, at: Instant) -> Iterator[Falling]:
    """Yield what is open of requests, letters and meetings and has a day, as the record has it."""
    standing = stands_at(record, Cut(known_at=at))
    station = working_days(standing(duty_station.stream(NEW_YORK)))
    prefix = assistance.stream("")
    for name in record.stream_names(prefix):
        yield from of_request(name.removeprefix(prefix), standing(name), station)
    register = [event for name in record.stream_names(correspondence.stream("")) for event in standing(name)]
    yield from of_letters(sorted(register, key=lambda event: (event.header.known_at, event.position)))
    yield from of_meetings(standing, at)
