"""Whether all delegations had notice of a meeting, and its papers, before it began (paragraph 5 of the programme)."""

from collections.abc import Iterator

from domain.committee.members import SEATS
from domain.meetings.holding import MeetingHeld, stream
from domain.meetings.notice import MeetingAnnounced, PapersDistributed, Timeliness, timeliness
from domain.meetings.schedule import STREAM, MeetingMoved, MeetingPlanned, meetings
from domain.recorded import Recorded
from projections.audit.check import Check, Found
from projections.audit.trail import Trail


def papers(trail: Trail) -> Iterator[Found]:
    """Yield papers that came after their meeting had begun, or not to all delegations before."""
    for held, meeting, found in _held(trail):
        sent = tuple(trail.standing_in(stream(meeting), PapersDistributed))
        if sent and len(found.members) < SEATS:
            yield Found(held, _unknown(meeting, found, "had papers"), sent)
        for paper, without in found.without_paper.items():
            if without:
                of_it = tuple(each for each in sent if _holds(each, paper))
                yield Found(
                    of_it[0], f"paper {paper} of meeting {meeting} {_lacked(without, found)}", (held, *of_it[1:])
                )


def notices(trail: Trail) -> Iterator[Found]:
    """Yield meetings that were not announced to all delegations before they began, for the hour that was planned."""
    planned = {name: event for event in trail.standing_in(STREAM, MeetingPlanned) for name in _named(event)}
    for held, meeting, found in _held(trail):
        if len(found.members) < SEATS:
            yield Found(held, _unknown(meeting, found, "was held"))
        if found.without_notice:
            announced = trail.standing_in(stream(meeting), MeetingAnnounced)
            moved = (event for event in trail.standing_in(STREAM, MeetingMoved) if meeting in _named(event))
            what = f"notice of meeting {meeting} {_lacked(found.without_notice, found)}"
            yield Found(held, what, (planned[meeting], *moved, *announced))


def _held(trail: Trail) -> Iterator[tuple[Recorded, str, Timeliness]]:
    scheduled = meetings(trail.stands(STREAM))
    for event in trail.standing("meeting/", MeetingHeld):
        for meeting in _named(event):
            if meeting in scheduled:
                yield event, meeting, timeliness(trail.stands, meeting)


def _named(event: Recorded) -> tuple[str, ...]:
    return (event.body.meeting,) if isinstance(event.body, MeetingHeld | MeetingPlanned | MeetingMoved) else ()


def _holds(event: Recorded, paper: str) -> bool:
    return isinstance(event.body, PapersDistributed) and paper in event.body.documents


def _lacked(without: tuple[str, ...], found: Timeliness) -> str:
    whom = "no delegation" if without == found.members else f"not {', '.join(without)}"
    return f"reached {whom} before it began"


def _unknown(meeting: str, found: Timeliness, what: str) -> str:
    seated = len(found.members)
    return f"meeting {meeting} {what}, and of its {SEATS} members {seated} are on record for that day"


PAPERS = Check(
    name="papers-late",
    says="The papers of a meeting reach all delegations before it begins.",
    find=papers,
)
NOTICES = Check(
    name="notice-late",
    says="A meeting is announced to all delegations before it begins.",
    find=notices,
)
