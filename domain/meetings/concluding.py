"""How conclusions come out: approved only as the Committee adopted them, sent and discussed only once approved."""

from domain import decision, document
from domain.audiences import COMMITTEE
from domain.content import name_of
from domain.deciding import Context, dated, earliest, fold_of, received_date
from domain.document import DocumentRegistered
from domain.matrix.file import in_order
from domain.meetings.conclusions import (
    ApproveConclusions,
    ConclusionsApproved,
    ConclusionsDiscussed,
    ConclusionsDispatched,
    ConclusionsDrawn,
    DiscussConclusions,
    DispatchConclusions,
    DrawConclusions,
    HoldNoOpenMeeting,
    OpenMeetingNotAppropriate,
)
from domain.meetings.holding import check_states, require_held, stream
from domain.meetings.schedule import planned
from domain.recorded import Decided, Draft, Event
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.values import Instant, Precision


class NotApproved(Refusal):
    """Conclusions leave the Committee only after it has approved them."""


class NotOfAGroup(Refusal):
    """The conclusions that the Committee approves are those of its working groups."""


class NotOpen(Refusal):
    """Conclusions are discussed with all Member States at an open meeting."""


Drawn = ConclusionsDrawn | ConclusionsApproved
Followed = ConclusionsDispatched | ConclusionsDiscussed | OpenMeetingNotAppropriate


def draw(command: DrawConclusions, context: Context) -> Decided:
    """Record conclusions."""
    return _decided(ConclusionsDrawn(meeting=command.meeting, document_id=command.document), context)


def approve(command: ApproveConclusions, context: Context) -> Decided:
    """Approve conclusions by a decision."""
    event = ConclusionsApproved(meeting=command.meeting, decision_id=command.decision)
    return _decided(event, context)


def dispatch(command: DispatchConclusions, context: Context) -> Decided:
    """Record a dispatch; it is known when it was sent."""
    at, precision = received_date(command, command.sent, context, where="sent")
    event = ConclusionsDispatched(meeting=command.meeting, sent_at=at, states=command.states)
    (draft,) = _decided(event, context).drafts
    return Decided((dated(draft, command, at, precision),))


def discuss(command: DiscussConclusions, context: Context) -> Decided:
    """Record an open meeting on conclusions."""
    return _decided(ConclusionsDiscussed(meeting=command.meeting, open_meeting=command.open_meeting), context)


def hold_no_open_meeting(command: HoldNoOpenMeeting, context: Context) -> Decided:
    """Record that no open meeting is appropriate."""
    return _decided(OpenMeetingNotAppropriate(meeting=command.meeting, reason=command.reason), context)


def _decided(event: Drawn | Followed, context: Context) -> Decided:
    check(event, context)
    return Decided((Draft(stream=stream(event.meeting), event=event, audience=COMMITTEE),))


def check(event: Drawn | Followed, context: Context) -> None:
    """Refuse conclusions of no working group's meeting, an approval of none, and all that comes before approval."""
    standing = context.standing(stream(event.meeting))
    if isinstance(event, Followed):
        _check_followed(event, context)
        return
    if fold_of(standing, type(event)):
        raise Conflict(f"meeting {event.meeting} has a {event.TYPE} already", where="meeting", remedy="correct that")
    if isinstance(event, ConclusionsDrawn):
        if planned(context, event.meeting).group is None:
            raise NotOfAGroup(f"meeting {event.meeting} is not of a working group", where="meeting")
        require_held(context, event.meeting)
        document.registered(context, event.document_id)
        return
    _check_adopted(event, context)
    for sent in standing:
        if isinstance(sent.body, ConclusionsDispatched):
            _check_after(sent.body.sent_at, context.known_at, context.known_precision)


def _check_adopted(event: ConclusionsApproved, context: Context) -> None:
    """Refuse an approval of conclusions that are not there, or whose document no adopted item names."""
    drawn = [
        (each.header, each.body)
        for each in context.standing(stream(event.meeting))
        if isinstance(each.body, ConclusionsDrawn)
    ]
    if not drawn:
        raise NotFound(f"no conclusions of meeting {event.meeting} are on record", where="meeting")
    header, conclusions = drawn[-1]
    text = content_hash(document.registered(context, conclusions.document_id).body)
    adoption = decision.adopts(context, event.decision_id, text)
    if adoption is not None:
        begins = earliest(header.known_at, header.known_precision)
        in_order(begins, adoption.header.known_at, "adopted before the conclusions were drawn")
        in_order(adoption.header.known_at, context.known_at, "approved before the decision was adopted")
    elif not context.importing:
        decision.require_adopted(context, event.decision_id)
        raise NotApproved(
            f"decision {event.decision_id} did not adopt document {conclusions.document_id}",
            where="decision",
            remedy="propose and adopt an item that rests on its SHA-256",
        )


def content_hash(body: Event) -> str:
    """Return the hash under which a document is put before the Committee; a sealed one has its commitment alone."""
    assert isinstance(body, DocumentRegistered)  # noqa: S101 - `registered` returns nothing else
    return name_of(body.content)


def _check_followed(event: Followed, context: Context) -> None:
    """Refuse to send or discuss conclusions that are not approved, or to leave aside an open meeting that was held."""
    standing = context.standing(stream(event.meeting))
    approved = fold_of(standing, ConclusionsApproved)
    if not approved:
        raise NotApproved(f"the conclusions of meeting {event.meeting} are not approved", where="meeting")
    match event:
        case ConclusionsDispatched():
            if not event.states:
                raise MalformedInput("no State is named", where="states", remedy="name those whose points of contact")
            check_states(context, event.states, where="states")
            header = approved[-1].header
            _check_after(event.sent_at, header.known_at, header.known_precision)
        case ConclusionsDiscussed():
            if planned(context, event.open_meeting, where="open_meeting").kind != "open":
                raise NotOpen(f"meeting {event.open_meeting} is not open to all", where="open_meeting")
            require_held(context, event.open_meeting, where="open_meeting")
        case OpenMeetingNotAppropriate():
            if fold_of(standing, ConclusionsDiscussed, OpenMeetingNotAppropriate):
                raise Conflict(f"that of meeting {event.meeting} is settled already", where="meeting")


def _check_after(sent_at: Instant, approved_at: Instant, precision: Precision) -> None:
    """Refuse a dispatch that was certainly before the approval, however imprecisely that is dated."""
    if sent_at < earliest(approved_at, precision):
        raise NotApproved(f"sent {sent_at}, but approved {approved_at}", where="sent", remedy="mend the dates")
