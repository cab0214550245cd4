"""What follows a request: discussion in the working group, status sent to the parties, feedback from them."""

from typing import ClassVar

from domain import document
from domain.assistance import going, offers, parties
from domain.assistance.matches import MatchAgreed, matches
from domain.assistance.procedure import ANSWERS
from domain.committee import groups, members
from domain.committee.offices import NotAMember
from domain.deciding import Command, Context
from domain.recorded import Decided, Event
from domain.refusals import MalformedInput, Refusal
from domain.times import new_york_date
from domain.values import Name, StateCode


class AskDiscussion(Command, frozen=True, kw_only=True, tag="ask-discussion"):
    """Record that a member asked that a request be discussed by the working group."""

    request: Name
    member: StateCode
    group: Name
    reason: str = ""


class RecordDiscussion(Command, frozen=True, kw_only=True, tag="record-discussion"):
    """Record that the working group discussed a request, at which meeting and with what outcome."""

    request: Name
    group: Name
    outcome: str
    meeting: Name | None = None
    document: Name | None = None


class DispatchStatus(Command, frozen=True, kw_only=True, tag="dispatch-status"):
    """Record that the parties were sent the updated status of some going."""

    requests: tuple[Name, ...]
    states: tuple[StateCode, ...] = ()
    organizations: tuple[Name, ...] = ()
    document: Name | None = None


class GiveFeedback(Command, frozen=True, kw_only=True, tag="give-feedback"):
    """Record what a requester or a provider says of the assistance, and whether the request has been met by it."""

    request: Name
    text: str
    state: StateCode | None = None
    organization: Name | None = None
    answer: str | None = None
    document: Name | None = None


class DiscussionAsked(Event, frozen=True, kw_only=True):
    """A member asked that a request be discussed by the working group."""

    TYPE: ClassVar[str] = "assistance.discussion-asked"
    request: Name
    member: StateCode
    group: Name
    reason: str


class RequestDiscussed(Event, frozen=True, kw_only=True):
    """The working group discussed a request."""

    TYPE: ClassVar[str] = "assistance.request-discussed"
    request: Name
    group: Name
    meeting: Name | None
    outcome: str
    document_id: Name | None


class StatusDispatched(Event, frozen=True, kw_only=True):
    """The parties were sent the updated status of a request."""

    TYPE: ClassVar[str] = "assistance.status-dispatched"
    request: Name
    states: tuple[StateCode, ...]
    organizations: tuple[Name, ...]
    document_id: Name | None


class FeedbackGiven(Event, frozen=True, kw_only=True):
    """A requester or a provider said what became of the assistance."""

    TYPE: ClassVar[str] = "assistance.feedback-given"
    request: Name
    state: StateCode | None
    organization: Name | None
    text: str
    answer: str | None
    document_id: Name | None


EVENTS: tuple[type[Event], ...] = (DiscussionAsked, RequestDiscussed, StatusDispatched, FeedbackGiven)
Following = DiscussionAsked | RequestDiscussed | StatusDispatched | FeedbackGiven


class NotAParty(Refusal):
    """Feedback is given by who requested, or by whose offer was agreed."""


def ask_discussion(command: AskDiscussion, context: Context) -> Decided:
    """Ask for a discussion."""
    event = DiscussionAsked(request=command.request, member=command.member, group=command.group, reason=command.reason)
    return _decided(event, context)


def record_discussion(command: RecordDiscussion, context: Context) -> Decided:
    """Record a discussion."""
    event = RequestDiscussed(
        request=command.request,
        group=command.group,
        meeting=command.meeting,
        outcome=command.outcome,
        document_id=command.document,
    )
    return _decided(event, context)


def dispatch_status(command: DispatchStatus, context: Context) -> Decided:
    """Send the status of some requests, an event each."""
    if not command.requests or len(set(command.requests)) != len(command.requests):
        raise MalformedInput("a status is of one request or more, each named once", where="requests")
    drafts = [
        draft
        for request in command.requests
        for draft in _decided(
            StatusDispatched(
                request=request,
                states=command.states,
                organizations=command.organizations,
                document_id=command.document,
            ),
            context,
        ).drafts
    ]
    return Decided(tuple(drafts))


def give_feedback(command: GiveFeedback, context: Context) -> Decided:
    """Record feedback."""
    event = FeedbackGiven(
        request=command.request,
        state=command.state,
        organization=command.organization,
        text=command.text,
        answer=command.answer,
        document_id=command.document,
    )
    return _decided(event, context)


def _decided(event: Following, context: Context) -> Decided:
    check(event, context)
    return going.decided(event.request, event, context)


def check(event: Following, context: Context) -> None:
    """Refuse a discussion that no member asked for or no group holds, a status to nobody, feedback of a stranger."""
    day = new_york_date(context.known_at).isoformat()
    match event:
        case DiscussionAsked():
            going.require_open(context, event.request)
            groups.open_group(context, event.group, day)
            if not context.importing and event.member not in members.members_on(context.standing(members.STREAM), day):
                raise NotAMember(f"{event.member} is no member of the Committee on {day}", where="member")
        case RequestDiscussed():
            going.require_open(context, event.request)
            groups.open_group(context, event.group, day)
        case StatusDispatched():
            going.receipt(context, event.request, where="requests")
            if not event.states and not event.organizations:
                raise MalformedInput("a status is sent to one party or more", where="states")
            parties.check_all(context, event.states, event.organizations)
        case FeedbackGiven():
            _check_feedback(event, context)
    if not isinstance(event, DiscussionAsked) and event.document_id is not None:
        document.registered(context, event.document_id)


def _check_feedback(event: FeedbackGiven, context: Context) -> None:
    """Refuse feedback of who is no party; that of a provider does not say whether the request has been met."""
    body = going.requested(context, event.request)
    parties.check_one(context, event.state, event.organization)
    said = event.state or event.organization
    requested = event.state in body.requesters or (event.organization is not None and said == body.through)
    if event.answer is not None and (event.answer not in ANSWERS or not requested):
        raise MalformedInput(
            "whether a request has been met is said by who requested", where="answer", remedy=", ".join(ANSWERS)
        )
    if requested or context.importing:
        return
    agreed = matches(going.known_by_then(context, event.request)).items()
    made = [offers.offered(context, offer) for offer, match in agreed if isinstance(match.body, MatchAgreed)]
    if any((each.state, each.organization) == (event.state, event.organization) for each in made):
        return
    raise NotAParty(
        f"{said} neither made request {event.request} nor an offer agreed for it",
        where="state" if event.organization is None else "organization",
        remedy="record the match first",
    )
