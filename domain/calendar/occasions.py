"""Letters on an occasion: a proposal is circulated or closed, a meeting is near, a submission or a request has come."""

from collections.abc import Callable, Iterator, Sequence

from domain.assistance import going as assistance
from domain.assistance.life import request_of
from domain.assistance.request_events import RequestReceived
from domain.calendar.due_letters import DueLetter, Post, written
from domain.calendar.ladders import WORTH_SENDING
from domain.calendar.rungs import Offset, rung_at
from domain.deciding import RecordView, fold_of, stands_at
from domain.decision import stream as decision_stream
from domain.duty_station import NEW_YORK, HolidaysUnknown, working_days
from domain.duty_station import stream as station_stream
from domain.meetings import schedule
from domain.meetings.holding import stream as meeting_stream
from domain.meetings.notice import timeliness
from domain.no_objection.events import ObjectionReceived, ProcedureClosed, ProcedureOpened
from domain.no_objection.procedure import procedure
from domain.recorded import Recorded
from domain.records import came_late
from domain.standing import Cut
from domain.submission import NoChangeDeclared, SubmissionReceived, SubmissionWithdrawn
from domain.submission import stream as submission_stream
from domain.times import NEW_YORK as NEW_YORK_ZONE
from domain.times import moment
from domain.values import Instant

MEMBERS = "role:members"
PROPOSAL = "no-objection-proposal"
CLOSED = "no-objection-closed"
NOTICE = "meeting-notice"
RECEIVED = "submission-acknowledgement"
REQUESTED = "assistance-acknowledgement"
PostOf = Callable[[str], Post]
"""Returns where letters to a State go."""
NOTICE_BEFORE = Offset(5, working=True)
"""When a meeting is announced with its papers; internal."""
LONGEST_AFTER = WORTH_SENDING
"""How long after something was received its acknowledgement is still drafted; internal."""
GOES_ON = ("running", "held", "time-asked")


def of_decision(record: RecordView, decision: str, at: Instant) -> Iterator[DueLetter]:
    """Yield the letters to the members: what is proposed while its time runs, what was adopted, and what was not.

    While the holidays that a procedure counts are not on record, nothing is said of it.
    """
    standing, about = stands_at(record, Cut()), decision_stream(decision)
    events = standing(about)
    opened = fold_of(events, ProcedureOpened)
    if not opened:
        return
    try:
        found = procedure(standing, decision, at)
    except HolidaysUnknown:
        return
    status = {} if found is None else {each.item: each.status for each in found.items}
    last = {item: event for event in opened for item in items_of(event)}
    for event in opened:
        items = {item for item in items_of(event) if last[item] is event}
        if any(status[item] in GOES_ON for item in items):
            yield from _to_members(record, event, PROPOSAL, "circulated")
        elif any(status[item] == "objected" for item in items):
            against = [each for each in fold_of(events, ObjectionReceived) if items & {*items_of(each)}]
            yield from _to_members(record, against[-1], CLOSED, "not-adopted")
    for event in fold_of(events, ProcedureClosed):
        yield from _to_members(record, event, CLOSED, "closed")


def items_of(event: Recorded) -> Sequence[int]:
    """Return the items that an event of a procedure is about."""
    body = event.body
    return body.items if isinstance(body, ProcedureOpened | ProcedureClosed | ObjectionReceived) else ()


def _to_members(record: RecordView, event: Recorded, kind: str, what: str) -> Iterator[DueLetter]:
    """Yield a letter about an event of a decision, which its rung names by its version in the stream."""
    header = event.header
    if not came_late(record, (event,)):
        yield DueLetter(
            kind=kind,
            about=header.stream,
            addressee=MEMBERS,
            rung=f"{what}.{header.version}",
            at=header.recorded_at,
            since=header.recorded_at,
        )


def of_submission(record: RecordView, submission: str, posts: PostOf) -> Iterator[DueLetter]:
    """Yield the acknowledgement of what a State submitted and has not taken back."""
    about = submission_stream(submission)
    events = stands_at(record, Cut())(about)
    received = fold_of(events, SubmissionReceived, NoChangeDeclared)
    if received and not fold_of(events, SubmissionWithdrawn):
        body = received[-1].body
        assert isinstance(body, SubmissionReceived | NoChangeDeclared)  # noqa: S101 - as just found
        yield from _acknowledged(record, received[-1], RECEIVED, body.received_at, (body.state,), posts)


def of_request(record: RecordView, request: str, posts: PostOf) -> Iterator[DueLetter]:
    """Yield the acknowledgement of a request, to each State that made it, unless it is acknowledged or over."""
    events = stands_at(record, Cut())(assistance.stream(request))
    found = request_of(events)
    if found is None or found.informal or found.condition in ("withdrawn", "closed") or "acknowledged" in found.done:
        return
    body, received = found.received, fold_of(events, RequestReceived)[-1]
    yield from _acknowledged(record, received, REQUESTED, body.received_at, body.requesters, posts)


def _acknowledged(
    record: RecordView, event: Recorded, kind: str, received_at: Instant, states: Sequence[str], posts: PostOf
) -> Iterator[DueLetter]:
    """Yield an acknowledgement to each State, once, of what was entered here and not long after it was received."""
    header = event.header
    late = moment(header.recorded_at) - moment(received_at) > LONGEST_AFTER
    if late or came_late(record, (event,)):
        return
    for state in states:
        post, rung = posts(state), f"acknowledged.{state}"
        before = written(stands_at(record, Cut()), header.stream, rung, post.ever)
        yield DueLetter(
            kind=kind,
            about=header.stream,
            addressee=post.to if before is None else before.intended.addressee,
            rung=rung,
            at=header.recorded_at,
            since=header.recorded_at,
            language=post.language,
        )


def of_meeting(record: RecordView, meeting: str, at: Instant) -> Iterator[DueLetter]:
    """Yield the notice of a meeting to come, with its papers, unless all members were told of it by other means.

    One whose hours are not set is not announced, and one without papers waits for them.
    """
    standing = stands_at(record, Cut())
    about = [event for event in standing(schedule.STREAM) if getattr(event.body, "meeting", None) == meeting]
    found = schedule.meetings(about).get(meeting)
    if found is None or found.cancelled or found.precision != "instant" or found.starts_at <= at:
        return
    told = timeliness(standing, meeting)
    if (told.members and not told.without_notice) or came_late(record, about):
        return
    last = fold_of(tuple(about), schedule.MeetingPlanned, schedule.MeetingMoved)[-1].header.recorded_at
    station = working_days(standing(station_stream(NEW_YORK)))
    starts = moment(found.starts_at).astimezone(NEW_YORK_ZONE)
    yield DueLetter(
        kind=NOTICE,
        about=meeting_stream(meeting),
        addressee=MEMBERS,
        rung=f"notice.{starts:%Y-%m-%d.%H%M}",
        at=max(rung_at(starts.date(), NOTICE_BEFORE, station).at, last),
        since=last,
        until=found.starts_at,
        lacks="" if told.without_paper else f"no paper of meeting {meeting} is distributed",
    )
