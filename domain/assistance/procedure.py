"""Steps of the 2010 procedure for a request: circulated, acknowledged, sent on, summed up, asked after one year."""

from typing import ClassVar

from domain import document, duty_station
from domain.assistance import parties
from domain.assistance.dates import FULL_DAYS, a_year_after, allowed_from
from domain.assistance.going import check_first, check_not_before, decided, known_by_then, require_open
from domain.assistance.request_events import RequestReceived, WishStated
from domain.committee.offices import require_presiding
from domain.deciding import Command, Context, fold_of
from domain.recorded import Decided, Event
from domain.refusals import MalformedInput, NotFound, Refusal
from domain.values import Name, StateCode

ANSWERS = ("met", "in-part", "not-met")
"""Whether a request has been met."""


class CirculateRequest(Command, frozen=True, kw_only=True, tag="circulate-request"):
    """Record that a request was circulated for information to the members, the experts and the Secretariat."""

    request: Name
    documents: tuple[Name, ...] = ()


class AcknowledgeRequest(Command, frozen=True, kw_only=True, tag="acknowledge-request"):
    """Record the letter by which the Chair acknowledged a request."""

    request: Name
    document: Name | None = None


class SendRequestOn(Command, frozen=True, kw_only=True, tag="send-request-on"):
    """Record that the Chair sent a request on to potential providers."""

    request: Name
    states: tuple[StateCode, ...] = ()
    organizations: tuple[Name, ...] = ()
    document: Name | None = None


class PostSummary(Command, frozen=True, kw_only=True, tag="post-summary"):
    """Record that the summary of a request was posted on the website."""

    request: Name
    document: Name


class AskIfMet(Command, frozen=True, kw_only=True, tag="ask-if-met"):
    """Record that the Chair asked the requester, one year after the request, whether it has been met."""

    request: Name
    document: Name | None = None


class AnswerIfMet(Command, frozen=True, kw_only=True, tag="answer-if-met"):
    """Record what the requester answered: that its request has been met, in part, or not."""

    request: Name
    answer: str
    note: str = ""
    document: Name | None = None


class RequestCirculated(Event, frozen=True, kw_only=True):
    """A request was circulated for information."""

    TYPE: ClassVar[str] = "assistance.request-circulated"
    request: Name
    documents: tuple[Name, ...]


class RequestAcknowledged(Event, frozen=True, kw_only=True):
    """The Chair acknowledged a request."""

    TYPE: ClassVar[str] = "assistance.request-acknowledged"
    request: Name
    document_id: Name | None


class RequestSentOn(Event, frozen=True, kw_only=True):
    """The Chair sent a request on to potential providers."""

    TYPE: ClassVar[str] = "assistance.request-sent-on"
    request: Name
    states: tuple[StateCode, ...]
    organizations: tuple[Name, ...]
    document_id: Name | None


class SummaryPosted(Event, frozen=True, kw_only=True):
    """The summary of a request was posted on the website."""

    TYPE: ClassVar[str] = "assistance.summary-posted"
    request: Name
    document_id: Name


class IfMetAsked(Event, frozen=True, kw_only=True):
    """The Chair asked whether a request has been met."""

    TYPE: ClassVar[str] = "assistance.if-met-asked"
    request: Name
    document_id: Name | None


class IfMetAnswered(Event, frozen=True, kw_only=True):
    """The requester answered whether its request has been met."""

    TYPE: ClassVar[str] = "assistance.if-met-answered"
    request: Name
    answer: str
    note: str
    document_id: Name | None


EVENTS: tuple[type[Event], ...] = (
    RequestCirculated,
    RequestAcknowledged,
    RequestSentOn,
    SummaryPosted,
    IfMetAsked,
    IfMetAnswered,
)
Step = RequestCirculated | RequestAcknowledged | RequestSentOn | SummaryPosted | IfMetAsked | IfMetAnswered


class OtherwiseSaid(Refusal):
    """The requester said that its request is not sent on, or that no summary is posted."""


def circulate(command: CirculateRequest, context: Context) -> Decided:
    """Circulate a request."""
    return _taken(RequestCirculated(request=command.request, documents=command.documents), context)


def acknowledge(command: AcknowledgeRequest, context: Context) -> Decided:
    """Acknowledge a request."""
    return _taken(RequestAcknowledged(request=command.request, document_id=command.document), context)


def send_on(command: SendRequestOn, context: Context) -> Decided:
    """Send a request on."""
    event = RequestSentOn(
        request=command.request,
        states=command.states,
        organizations=command.organizations,
        document_id=command.document,
    )
    return _taken(event, context)


def post_summary(command: PostSummary, context: Context) -> Decided:
    """Post the summary of a request."""
    return _taken(SummaryPosted(request=command.request, document_id=command.document), context)


def ask_if_met(command: AskIfMet, context: Context) -> Decided:
    """Ask whether a request has been met."""
    return _taken(IfMetAsked(request=command.request, document_id=command.document), context)


def answer_if_met(command: AnswerIfMet, context: Context) -> Decided:
    """Record the answer of the requester."""
    event = IfMetAnswered(
        request=command.request, answer=command.answer, note=command.note, document_id=command.document
    )
    return _taken(event, context)


def _taken(event: Step, context: Context) -> Decided:
    check(event, context)
    return decided(event.request, event, context)


def check(event: Step, context: Context) -> None:
    """Refuse a step of a request that is not authentic or over, taken twice, too early, or against its wish."""
    body = require_open(context, event.request, authentic=True)
    match event:
        case RequestCirculated():
            check_first(context, event.request, RequestCirculated)
        case RequestAcknowledged():
            check_first(context, event.request, RequestAcknowledged)
            require_presiding(context)
        case RequestSentOn():
            if not event.states and not event.organizations:
                raise MalformedInput("a request is sent on to one provider or more", where="states")
            parties.check_all(context, event.states, event.organizations)
            require_presiding(context)
            _check_wish(body, context, "sending")
        case SummaryPosted():
            _check_wish(body, context, "posting")
        case IfMetAsked():
            require_presiding(context)
            if not context.importing:
                check_not_before(context, a_year_after(body.received_at), "is a year old")
        case IfMetAnswered():
            _check_answer(event, context)
    for name in event.documents if isinstance(event, RequestCirculated) else (event.document_id,):
        if name is not None:
            document.registered(context, name)


def _check_wish(body: RequestReceived, context: Context, which: str) -> None:
    """Refuse what the requester does not want by then, and what it has the right to be asked five full days for."""
    if context.importing:
        return
    said = [body, *(each.body for each in fold_of(known_by_then(context, body.request), WishStated))]
    wish: str = getattr(said[-1], which)
    days = duty_station.working_days(context.standing(duty_station.stream(duty_station.NEW_YORK)))
    allowed = allowed_from(wish, body.received_at, days)
    if allowed is None:
        raise OtherwiseSaid(
            f"the requester of {body.request} said otherwise: {which} is not wished",
            where="request",
            remedy="if it says so no longer, record that with `state-wish`",
        )
    check_not_before(context, allowed, f"has waited {FULL_DAYS} full working days")


def _check_answer(event: IfMetAnswered, context: Context) -> None:
    if event.answer not in ANSWERS:
        raise MalformedInput(f"{event.answer!r} is no answer", where="answer", remedy=", ".join(ANSWERS))
    if not context.importing and not fold_of(known_by_then(context, event.request), IfMetAsked):
        raise NotFound(
            f"the requester of {event.request} was not asked whether it has been met",
            where="request",
            remedy="record the question with `ask-if-met`, or what was said unasked with `give-feedback`",
        )
