"""Notice of a meeting and its papers, each with its sending; who had them in time is worked out, never refused.

The programme (paragraph 5) has every meeting announced to all delegations, and documents distributed in advance.
"""

from collections.abc import Iterable, Mapping
from typing import ClassVar

import msgspec

from domain import document
from domain.committee import members
from domain.deciding import Command, Context, dated, received_date
from domain.meetings.holding import MeetingHeld, audience, check_states, stream
from domain.meetings.schedule import STREAM, Scheduled, planned, require_on, scheduled
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import MalformedInput, NotFound
from domain.standing import Stands
from domain.times import new_york_date, parse
from domain.values import Instant, Name, StateCode


class AnnounceMeeting(Command, frozen=True, kw_only=True, tag="announce-meeting"):
    """Record that a meeting was announced to delegations; none named means all members on its day.

    `starts` is the start that was announced, by default the one that is planned.
    """

    meeting: Name
    sent: str
    delegations: tuple[StateCode, ...] = ()
    starts: str | None = None
    document: Name | None = None


class DistributePapers(Command, frozen=True, kw_only=True, tag="distribute-papers"):
    """Record that papers of a meeting were distributed to delegations; none named means all members on its day."""

    meeting: Name
    documents: tuple[Name, ...]
    sent: str
    delegations: tuple[StateCode, ...] = ()


class MeetingAnnounced(Event, frozen=True, kw_only=True):
    """A meeting was announced to delegations, with the start that it was then to have."""

    TYPE: ClassVar[str] = "meeting.announced"
    meeting: Name
    sent_at: Instant
    delegations: tuple[StateCode, ...]
    starts_at: Instant
    document_id: Name | None


class PapersDistributed(Event, frozen=True, kw_only=True):
    """Papers of a meeting were distributed to delegations."""

    TYPE: ClassVar[str] = "meeting.papers-distributed"
    meeting: Name
    sent_at: Instant
    delegations: tuple[StateCode, ...]
    documents: tuple[Name, ...]


class Timeliness(msgspec.Struct, frozen=True, kw_only=True):
    """Which members, of those on the day, had no notice of a meeting in time, and which of its papers they lacked."""

    members: tuple[str, ...]
    without_notice: tuple[str, ...]
    without_paper: Mapping[str, tuple[str, ...]]

    @property
    def in_time(self) -> bool:
        """True where all fifteen had notice and every paper before the start."""
        complete = len(self.members) == members.SEATS and not self.without_notice
        return complete and not any(self.without_paper.values())


Sent = MeetingAnnounced | PapersDistributed


def announce(command: AnnounceMeeting, context: Context) -> Decided:
    """Record a notice, to the members on the day unless others are named."""
    meeting = planned(context, command.meeting)
    starts = meeting.starts_at if command.starts is None else parse(command.starts)[0]
    event = MeetingAnnounced(
        meeting=command.meeting,
        sent_at=received_date(command, command.sent, context, where="sent")[0],
        delegations=command.delegations or delegations_on(context, meeting.day),
        starts_at=starts,
        document_id=command.document,
    )
    return _decided(event, command, command.sent, context)


def distribute(command: DistributePapers, context: Context) -> Decided:
    """Record a distribution, late or not, to the members on the day unless others are named."""
    event = PapersDistributed(
        meeting=command.meeting,
        sent_at=received_date(command, command.sent, context, where="sent")[0],
        delegations=command.delegations or delegations_on(context, planned(context, command.meeting).day),
        documents=command.documents,
    )
    return _decided(event, command, command.sent, context)


def delegations_on(context: Context, day: str) -> tuple[str, ...]:
    """Return the fifteen members on a day, who are meant where no delegation is named."""
    return members.electorate(context.standing(members.STREAM), day)


def _decided(event: Sent, command: Command, sent: str, context: Context) -> Decided:
    """Record what was sent; it is known when it was."""
    check(event, context)
    kind = planned(context, event.meeting).kind
    draft = Draft(stream=stream(event.meeting), event=event, audience=audience(kind))
    at, precision = received_date(command, sent, context, where="sent")
    return Decided((dated(draft, command, at, precision),))


def check(event: Sent, context: Context) -> None:
    """Refuse what was sent to nobody or to no State on record, and papers that are not on record."""
    planned(context, event.meeting)
    require_on(context, event.meeting, by=event.sent_at)
    check_states(context, event.delegations, where="delegations")
    if not event.delegations:
        raise MalformedInput("no delegation is named", where="delegations", remedy="name the States it was sent to")
    if isinstance(event, PapersDistributed):
        if not event.documents:
            raise MalformedInput("no paper is named", where="documents", remedy="name the documents")
        for each in event.documents:
            document.registered(context, each, where="documents")
    elif event.document_id is not None:
        document.registered(context, event.document_id)


def timeliness(standing: Stands, meeting: str) -> Timeliness:
    """Return who had notice and papers of a meeting before it began, from what stands.

    It began when it is on record to have begun, else as planned. A notice counts for the start that it announced: who
    was told of another had none. Where only the day is known, what was sent on it counts as late.

    Raises:
        NotFound: it is not on record.
    """
    found = scheduled(standing(STREAM), meeting)
    if found is None:
        raise NotFound(f"meeting {meeting} is not on record", where="meeting")
    return timeliness_of(standing, found)


def timeliness_of(standing: Stands, meeting: Scheduled) -> Timeliness:
    """Return the same of a meeting as it is scheduled."""
    sent = [event.body for event in standing(stream(meeting.meeting))]
    starts = _start(standing, meeting)
    seated = members.members_on(standing(members.STREAM), new_york_date(starts).isoformat())
    told = {
        each
        for body in sent
        if isinstance(body, MeetingAnnounced) and body.sent_at < starts and body.starts_at == meeting.starts_at
        for each in body.delegations
    }
    papers: dict[str, set[str]] = {}
    for body in sent:
        if isinstance(body, PapersDistributed):
            for paper in body.documents:
                papers.setdefault(paper, set()).update(body.delegations if body.sent_at < starts else ())
    return Timeliness(
        members=seated,
        without_notice=tuple(each for each in seated if each not in told),
        without_paper={paper: tuple(each for each in seated if each not in had) for paper, had in papers.items()},
    )


def in_time(standing: Stands, meeting: str) -> bool:
    """True where all fifteen members had notice of a meeting and all its papers before it began."""
    return timeliness(standing, meeting).in_time


def before_it_began(sent: Iterable[Recorded], standing: Stands, meeting: Scheduled) -> list[Recorded]:
    """Return those notices and papers that were sent before a meeting began; what is sent again later serves nobody."""
    starts = _start(standing, meeting)
    return [event for event in sent if isinstance(event.body, Sent) and event.body.sent_at < starts]


def _start(standing: Stands, scheduled: Scheduled) -> Instant:
    bodies = (event.body for event in standing(stream(scheduled.meeting)))
    held = [body for body in bodies if isinstance(body, MeetingHeld)]
    return held[-1].started_at if held and held[-1].precision == "instant" else scheduled.starts_at
