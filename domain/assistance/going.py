"""Whether a request goes on: what is asked before anything more is said of it."""

from datetime import date

from domain.assistance.request_events import RequestAuthenticated, RequestClosed, RequestReceived, RequestWithdrawn
from domain.audiences import with_state
from domain.deciding import Context, fold_of
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import NotFound, Refusal
from domain.times import new_york_date


class TooEarly(Refusal):
    """A step of the procedure is taken from its own day on."""


class AlreadyTaken(Refusal):
    """A step that is taken once was taken already."""


class NotAuthenticated(Refusal):
    """Only a request that was found authentic goes through the procedure."""


class RequestOver(Refusal):
    """A request that was withdrawn or closed goes no further."""


def stream(request: str) -> str:
    """Return the stream of a request."""
    return f"assistance/request/{request}"


def decided(request: str, event: Event, context: Context, *states: str) -> Decided:
    """Return an event of a request, for whoever reads the request and for other States concerned."""
    audience = {*receipt(context, request).header.audience, *with_state(*states)}
    return Decided((Draft(stream=stream(request), event=event, audience=tuple(sorted(audience))),))


def receipt(context: Context, request: str, *, where: str = "request") -> Recorded:
    """Return the standing receipt of a request.

    Raises:
        NotFound: none stands; `where` says which member named it.
    """
    found = fold_of(context.standing(stream(request)), RequestReceived)
    if not found:
        raise NotFound(f"request {request} is not on record", where=where, remedy="record it with `request-assistance`")
    return found[-1]


def requested(context: Context, request: str, *, where: str = "request") -> RequestReceived:
    """Return what was requested."""
    body = receipt(context, request, where=where).body
    assert isinstance(body, RequestReceived)  # noqa: S101 - `receipt` returns nothing else
    return body


def known_by_then(context: Context, request: str) -> tuple[Recorded, ...]:
    """Return what stands of a request and was known by the time of which a command tells."""
    return tuple(each for each in context.standing(stream(request)) if each.header.known_at <= context.known_at)


def check_first(context: Context, request: str, kind: type[Event]) -> None:
    """Refuse what is said of a request a second time.

    Raises:
        AlreadyTaken: with the event that says so already.
    """
    found = fold_of(context.standing(stream(request)), kind)
    if found:
        raise AlreadyTaken(
            f"{found[-1].header.type} {found[-1].id} stands for request {request} already",
            where="request",
            remedy="if that event is wrong, correct it or record it in error",
        )


def require_open(context: Context, request: str, *, authentic: bool = False) -> RequestReceived:
    """Return a request that is received and neither withdrawn nor closed by then, found authentic if that is asked.

    Late history may know of a step without the dates or the findings before it.

    Raises:
        TooEarly: it was received later.
        RequestOver: with the event that ended it.
        NotAuthenticated: it was not found authentic by then.
    """
    found, body = receipt(context, request), requested(context, request)
    if context.importing:
        return body
    if context.known_at < found.header.known_at:
        check_not_before(context, new_york_date(body.received_at), "was received")
    before = known_by_then(context, request)
    for over in fold_of(before, RequestWithdrawn, RequestClosed):
        raise RequestOver(f"request {request} is over, by {over.header.type} {over.id}", where="request")
    if authentic and not fold_of(before, RequestAuthenticated):
        raise NotAuthenticated(
            f"request {request} is not found authentic",
            where="request",
            remedy="authenticate it first; an informal request goes no further",
        )
    return body


def check_not_before(context: Context, day: date, why: str) -> None:
    """Refuse what is done before a day.

    Raises:
        TooEarly: with that day.
    """
    done = new_york_date(context.known_at)
    if done < day:
        raise TooEarly(f"this is allowed from {day}, when the request {why}, not on {done}", remedy=f"wait for {day}")
