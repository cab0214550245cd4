"""Request for assistance: received, found to be in due form or not, and in the end withdrawn or closed."""

from domain import document, template
from domain.assistance import parties
from domain.assistance.going import check_first, decided, require_open, stream
from domain.assistance.request_events import (
    Followed,
    RequestAuthenticated,
    RequestClosed,
    RequestFoundInformal,
    RequestReceived,
    RequestWithdrawn,
    WishStated,
)
from domain.audiences import with_state
from domain.committee.offices import require_presiding
from domain.deciding import Command, Context, fold_of, received_date
from domain.organization import registering
from domain.recorded import Decided, Draft
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.standing import Cut
from domain.values import CellId, Name, StateCode

WISHES = ("after-five-days", "at-once", "not")
"""When a request is sent on or summed up: after five full working days, unless the requester says otherwise."""


class RequestAssistance(Command, frozen=True, kw_only=True, tag="request-assistance"):
    """Record a request for assistance in one subject area, by a State, by several jointly or `through` a body."""

    request: Name
    subject: str
    needs: str
    received: str
    requesters: tuple[StateCode, ...] = ()
    through: Name | None = None
    cells: tuple[CellId, ...] = ()
    wider_goals: tuple[str, ...] = ()
    documents: tuple[Name, ...] = ()
    sending: str = "after-five-days"
    posting: str = "after-five-days"


class StateWish(Command, frozen=True, kw_only=True, tag="state-wish"):
    """Record that the requester says otherwise: when, or that not, its request is sent on and a summary posted."""

    request: Name
    sending: str
    posting: str
    document: Name | None = None


class AuthenticateRequest(Command, frozen=True, kw_only=True, tag="authenticate-request"):
    """Record that a request is authentic and in due form, shown by a note verbale if one is on record."""

    request: Name
    document: Name | None = None


class FindInformal(Command, frozen=True, kw_only=True, tag="find-informal"):
    """Record that a request is informal: not from a State, not to the Committee, or not in due form."""

    request: Name
    reason: str


class WithdrawRequest(Command, frozen=True, kw_only=True, tag="withdraw-request"):
    """Record that the requester takes its request back."""

    request: Name
    reason: str
    document: Name | None = None


class CloseRequest(Command, frozen=True, kw_only=True, tag="close-request"):
    """Record that a request is closed, and why."""

    request: Name
    reason: str


def request_assistance(command: RequestAssistance, context: Context) -> Decided:
    """Record a request; it is known when it was received."""
    received_at, precision = received_date(command, command.received, context, where="received")
    event = RequestReceived(
        request=command.request,
        requesters=command.requesters,
        through=command.through,
        subject=command.subject,
        needs=command.needs,
        cells=command.cells,
        wider_goals=command.wider_goals,
        documents=command.documents,
        sending=command.sending,
        posting=command.posting,
        received_at=received_at,
    )
    check(event, context)
    return Decided(
        (
            Draft(
                stream=stream(event.request),
                event=event,
                audience=with_state(*event.requesters),
                known_at=received_at,
                known_precision=precision,
            ),
        )
    )


def state_wish(command: StateWish, context: Context) -> Decided:
    """Record what the requester wishes."""
    event = WishStated(
        request=command.request, sending=command.sending, posting=command.posting, document_id=command.document
    )
    return _followed(event, context)


def authenticate(command: AuthenticateRequest, context: Context) -> Decided:
    """Find a request authentic."""
    return _followed(RequestAuthenticated(request=command.request, document_id=command.document), context)


def find_informal(command: FindInformal, context: Context) -> Decided:
    """Find a request informal."""
    return _followed(RequestFoundInformal(request=command.request, reason=command.reason), context)


def withdraw(command: WithdrawRequest, context: Context) -> Decided:
    """Record a withdrawal."""
    event = RequestWithdrawn(request=command.request, reason=command.reason, document_id=command.document)
    return _followed(event, context)


def close(command: CloseRequest, context: Context) -> Decided:
    """Close a request, while somebody presides."""
    return _followed(RequestClosed(request=command.request, reason=command.reason), context)


def _followed(event: Followed, context: Context) -> Decided:
    check(event, context)
    return decided(event.request, event, context)


def check(event: RequestReceived | Followed, context: Context) -> None:
    """Refuse a request received twice or by nobody on record, and what is said of one that is not there or over."""
    if isinstance(event, RequestReceived):
        _check_received(event, context)
        return
    require_open(context, event.request)
    match event:
        case WishStated():
            _check_wishes(event)
        case RequestAuthenticated():
            check_first(context, event.request, RequestAuthenticated)
        case RequestFoundInformal():
            check_first(context, event.request, RequestFoundInformal)
            check_first(context, event.request, RequestAuthenticated)
        case RequestClosed():
            check_first(context, event.request, RequestClosed)
            require_presiding(context)
        case RequestWithdrawn():
            check_first(context, event.request, RequestWithdrawn)
    if not isinstance(event, RequestFoundInformal | RequestClosed) and event.document_id is not None:
        document.registered(context, event.document_id)


def _check_received(event: RequestReceived, context: Context) -> None:
    if fold_of(context.standing(stream(event.request)), RequestReceived):
        raise Conflict(
            f"request {event.request} is on record already",
            where="request",
            remedy="one request for each subject area: use another id",
        )
    registering.check_named(context, event.through, where="through")
    if not event.requesters and event.through is None:
        raise MalformedInput("a State requests, or a body for its members", where="requesters")
    parties.check_all(context, event.requesters)
    _check_wishes(event)
    for name in event.documents:
        document.registered(context, name, where="documents")
    for cell in event.cells:
        named = cell.partition("/")[0]
        adopted = template.adopted(context.record.history(template.stream(named)), named, Cut(position=context.before))
        if cell not in template.by_cell(adopted):
            raise NotFound(f"template {named} has no cell {cell}", where="cells")


def _check_wishes(event: RequestReceived | WishStated) -> None:
    for wish, where in ((event.sending, "sending"), (event.posting, "posting")):
        if wish not in WISHES:
            raise MalformedInput(f"{wish!r} is no wish of a requester", where=where, remedy=", ".join(WISHES))
