"""Letters that fall due, gathered from a record as of an instant: of both campaigns, and on every occasion."""

from collections.abc import Iterator, Mapping
from functools import cache

from domain import duty_station, ids
from domain.assistance import going as assistance
from domain.calendar import campaigns, occasions
from domain.calendar.due_letters import DueLetter, Post, post_of
from domain.contact import file as contact
from domain.contact.file import ContactFile
from domain.deciding import stands_at
from domain.decision import stream as decision_stream
from domain.duty_station import NEW_YORK, WorkingDays, working_days
from domain.meetings import schedule
from domain.meetings.holding import stream as meeting_stream
from domain.standing import Cut
from domain.submission import SubmissionReceived, SubmissionWithdrawn
from domain.submission import stream as submission_stream
from domain.times import new_york_date
from domain.values import Instant
from projections.origin import Itself
from projections.received import FIRST
from projections.states import members


def of_contacts(record: Itself, at: Instant) -> Iterator[DueLetter]:
    """Yield the letters of the contact-point campaign."""
    del at
    standing, station = stands_at(record, Cut()), _station(record)
    for name in _named(record, contact.stream("")):
        yield from campaigns.of_contact(standing, name, station)


def of_first_reports(record: Itself, at: Instant) -> Iterator[DueLetter]:
    """Yield the letters of the first-report campaign, to Members that have not submitted one."""
    standing, station, post = stands_at(record, Cut()), _station(record), posts(record, at)
    waited_for = [state for state in members(record, Cut()) if standing(ids.exchange(state))]
    reported = _reported(record) if waited_for else frozenset[str]()
    for state in waited_for:
        if state not in reported:
            yield from campaigns.of_state(standing, state, post(state), station)


def on_occasions(record: Itself, at: Instant, about: str = "") -> Iterator[DueLetter]:
    """Yield the letters on occasions, of one thing alone if its stream is named."""
    post = posts(record, at)

    def named(prefix: str) -> Iterator[str]:
        if about:
            return iter([about.removeprefix(prefix)] if about.startswith(prefix) else [])
        return _named(record, prefix)

    for name in named(decision_stream("")):
        yield from occasions.of_decision(record, name, at)
    for name in named(submission_stream("")):
        yield from occasions.of_submission(record, name, post)
    for name in named(assistance.stream("")):
        yield from occasions.of_request(record, name, post)
    planned = schedule.meetings(stands_at(record, Cut())(schedule.STREAM))
    for name in planned:
        if not about or about == meeting_stream(name):
            yield from occasions.of_meeting(record, name, at)


def posts(record: Itself, at: Instant) -> occasions.PostOf:
    """Return what tells where letters to a State go at an instant."""
    day = new_york_date(at)

    @cache
    def missions() -> Mapping[str, list[tuple[str, ContactFile]]]:
        found: dict[str, list[tuple[str, ContactFile]]] = {}
        standing = stands_at(record, Cut())
        for name in _named(record, contact.stream("")):
            file = contact.file_of(standing(contact.stream(name)))
            if file.holds is not None and file.holds.party == "mission" and file.holds.state is not None:
                found.setdefault(file.holds.state, []).append((name, file))
        return found

    def post(state: str) -> Post:
        return post_of(state, missions().get(state, []), day)

    return post


def _named(record: Itself, prefix: str) -> Iterator[str]:
    return (name.removeprefix(prefix) for name in record.stream_names(prefix))


def _station(record: Itself) -> WorkingDays:
    return working_days(record.history(duty_station.stream(NEW_YORK)).standing())


def _reported(record: Itself) -> frozenset[str]:
    """Return the States with a first report that was not taken back."""
    found: set[str] = set()
    for name in record.stream_names(submission_stream("")):
        bodies = [event.body for event in record.history(name).standing()]
        if not any(isinstance(body, SubmissionWithdrawn) for body in bodies):
            found |= {body.state for body in bodies if isinstance(body, SubmissionReceived) and body.kind == FIRST}
    return frozenset(found)
