"""What meetings, their papers and conclusions and the groups' reports lay and rest on."""

from collections.abc import Iterator, Mapping

from domain.deciding import RecordView
from domain.document import DocumentRegistered
from domain.meetings import holding, reports, schedule
from domain.meetings.concluding import content_hash
from domain.meetings.conclusions import (
    ConclusionsApproved,
    ConclusionsDiscussed,
    ConclusionsDispatched,
    ConclusionsDrawn,
    OpenMeetingNotAppropriate,
)
from domain.meetings.holding import MeetingHeld, MeetingRecorded
from domain.meetings.notice import MeetingAnnounced, PapersDistributed
from domain.meetings.reports import CalendarCirculated, ReportTabled
from domain.meetings.schedule import MeetingCancelled, MeetingMoved, MeetingPlanned
from domain.recorded import Event
from domain.resting import decisions, reference
from domain.resting.ground import (
    FindStreams,
    Ground,
    Grounds,
    Streams,
    adoptions,
    documents,
    first_word,
    in_one,
    states,
)


def bears(body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact of a meeting lays while it stands."""
    match body:
        case MeetingPlanned():
            yield Ground("meeting", body.meeting)
        case MeetingHeld():
            yield Ground("held", body.meeting)
        case ConclusionsDrawn():
            yield Ground("conclusions", f"{body.meeting} in {body.document_id}")
        case ConclusionsApproved():
            yield Ground("approval", body.meeting)
        case CalendarCirculated():
            yield from (Ground("report", f"{each.group} by {each.due}") for each in body.reports)
        case _:
            pass


def rests(record: RecordView, body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact of a meeting stands on."""
    match body:
        case MeetingPlanned():
            yield from () if body.group is None else (Ground("group", body.group),)
        case MeetingMoved() | MeetingCancelled():
            yield Ground("meeting", body.meeting)
        case MeetingAnnounced() | PapersDistributed():
            yield Ground("meeting", body.meeting)
            yield from states(*body.delegations)
            yield from documents(*(body.documents if isinstance(body, PapersDistributed) else (body.document_id,)))
        case MeetingHeld():
            yield Ground("meeting", body.meeting)
            yield from states(*body.attendance)
        case MeetingRecorded() | ConclusionsDrawn():
            yield Ground("held", body.meeting)
            yield from documents(body.document_id)
        case ConclusionsApproved():
            yield from adoptions(body.decision_id)
            yield from _approved(record, body)
        case ConclusionsDispatched():
            yield Ground("approval", body.meeting)
            yield from states(*body.states)
        case ConclusionsDiscussed():
            yield Ground("approval", body.meeting)
            yield Ground("held", body.open_meeting)
        case OpenMeetingNotAppropriate():
            yield Ground("approval", body.meeting)
        case CalendarCirculated():
            yield from documents(body.document_id)
            yield from states(*body.delegations)
            yield from (Ground("group", each.group) for each in body.reports)
        case ReportTabled():
            yield Ground("held", body.meeting)
            yield Ground("report", f"{body.group} by {body.due}")
            yield from documents(body.document_id)
        case _:
            pass


def _approved(record: RecordView, body: ConclusionsApproved) -> Iterator[Ground]:
    """Yield the conclusions that were approved, the text of their document, and the items that adopted it."""
    for event in record.history(holding.stream(body.meeting)).standing():
        if isinstance(event.body, ConclusionsDrawn):
            yield from bears(event.body)
            yield from reference.text(record, event.body.document_id)
            for registered in record.history(f"document/{event.body.document_id}").standing():
                if isinstance(registered.body, DocumentRegistered):
                    yield from decisions.items(record, body.decision_id, content_hash(registered.body))


def _of_meeting(name: str, _year: int) -> Streams:
    return schedule.STREAM, holding.stream(name)


_CONCLUDED: Mapping[str, FindStreams] = {"approval": first_word("meeting"), "conclusions": first_word("meeting")}
GROUNDS = Grounds(
    bears,
    rests,
    laid_in={
        **_CONCLUDED,
        "held": first_word("meeting"),
        "meeting": in_one(schedule.STREAM),
        "report": in_one(reports.STREAM),
    },
    rested_on_in={
        **_CONCLUDED,
        "meeting": _of_meeting,
        "report": in_one(reports.STREAM),
    },
)
