"""Meetings to be announced or recorded, and conclusions of working groups to be approved, sent and discussed."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from domain.deciding import stands_at
from domain.meetings import schedule
from domain.meetings.conclusions import (
    ConclusionsApproved,
    ConclusionsDiscussed,
    ConclusionsDispatched,
    ConclusionsDrawn,
    OpenMeetingNotAppropriate,
)
from domain.meetings.holding import MeetingHeld, MeetingRecorded
from domain.meetings.notice import timeliness_of
from domain.meetings.schedule import MeetingMoved, MeetingPlanned, Scheduled
from domain.recorded import Event
from domain.standing import Stands
from domain.values import Instant
from projections.duties import reads_progress
from projections.engine.answering import Asking
from projections.engine.view import Row
from projections.views import references
from projections.views.references import ReferenceColumns
from projections.worklist.item import Found, found

Last = dict[type[Event], Row[ReferenceColumns]]
"""The row of the last event of each type."""
HELD = frozenset[type[Event]]((MeetingHeld, MeetingRecorded))
OPENED = frozenset[type[Event]]((ConclusionsDiscussed, OpenMeetingNotAppropriate))


def items(asking: Asking, states: Collection[str] | None) -> Iterator[Found]:
    """Yield what is to be done about meetings, which concern no one State, for who may know how far it is."""
    if states is not None or not reads_progress(asking.reader, asking.now):
        return
    cut = asking.axes.cut
    standing = stands_at(asking.source, cut)
    scheduled = schedule.meetings(standing(schedule.STREAM))
    by_meeting: dict[str, Last] = defaultdict(dict)
    for row, event in asking.read(asking.rows.at(references.VIEW, cut, {"kind": "meetings"})):
        by_meeting[row.of.name][type(event.body)] = row
    for name, last in sorted(by_meeting.items()):
        meeting = scheduled.get(name)
        if meeting is not None and not meeting.cancelled and not last.keys() & HELD:
            yield from _to_be_held(standing, meeting, last, cut.known_at)
        yield from _of_conclusions(name, last)


def _to_be_held(standing: Stands, meeting: Scheduled, last: Last, at: Instant) -> Iterator[Found]:
    """Yield a meeting to come that not all members have been told of, and one that is over and not recorded as held."""
    row, name = last.get(MeetingMoved) or last[MeetingPlanned], meeting.meeting
    if meeting.ends_at <= at:
        do = f"record hold-meeting --meeting {name}, or record cancel-meeting"
        yield found(row, None, "meeting over, not recorded as held", name, do, meeting.day)
    elif at < meeting.starts_at and not (told := timeliness_of(standing, meeting)).in_time:
        papers = ", ".join(paper for paper, lacking in told.without_paper.items() if lacking)
        do = f"record announce-meeting or distribute-papers --meeting {name}"
        note = f"{meeting.day}; {len(told.without_notice)} members without notice"
        yield found(
            row, None, "meeting, not all members told", name, do, f"{note}; lacking {papers}" if papers else note
        )


def _of_conclusions(name: str, last: Last) -> Iterator[Found]:
    approved = last.get(ConclusionsApproved)
    if approved is None:
        if ConclusionsDrawn in last:
            do = f"propose, adopt, then record approve-conclusions --meeting {name}"
            yield found(last[ConclusionsDrawn], None, "conclusions drawn, not approved", name, do)
        return
    if ConclusionsDispatched not in last:
        do = f"record dispatch-conclusions --meeting {name}"
        yield found(approved, None, "conclusions approved, not dispatched", name, do)
    if not last.keys() & OPENED:
        do = f"record discuss-conclusions or hold-no-open-meeting --meeting {name}"
        yield found(approved, None, "conclusions approved, no open meeting", name, do)
