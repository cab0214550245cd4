"""The Committee's official list of requests and offers, on which a State stands with its consent."""

from collections.abc import Iterable

from domain import ids
from domain.assistance import going, offers
from domain.assistance.going import AlreadyTaken
from domain.assistance.listing_events import Listed, TakenOffList
from domain.assistance.offers import OfferReceived, OfferWithdrawn
from domain.assistance.request_events import RequestAuthenticated, RequestClosed, RequestReceived, RequestWithdrawn
from domain.deciding import Command, Context, RecordView, fold_of
from domain.matrix.consented import live_consent
from domain.matrix.publishing import NoConsent
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import MalformedInput, NotFound
from domain.standing import Cut
from domain.times import new_york_date
from domain.values import Name

SCOPE = "official-list"
OF_NO_MATRIX = ""
"""The official list shows no matrix: a consent to it names no manifest."""


class ListOfficially(Command, frozen=True, kw_only=True, tag="list-officially"):
    """Put a request or an offer on the official list, with the consent of the States whose it is."""

    request: Name | None = None
    offer: Name | None = None


class TakeOffList(Command, frozen=True, kw_only=True, tag="take-off-list"):
    """Take a request or an offer off the official list."""

    reason: str
    request: Name | None = None
    offer: Name | None = None


def put_on_list(command: ListOfficially, context: Context) -> Decided:
    """Put something on the list."""
    return _decided(Listed(request=command.request, offer=command.offer), context)


def take_off_list(command: TakeOffList, context: Context) -> Decided:
    """Take something off the list."""
    return _decided(TakenOffList(request=command.request, offer=command.offer, reason=command.reason), context)


def _decided(event: Listed | TakenOffList, context: Context) -> Decided:
    check(event, context)
    named = offers.receipt(context, event.offer) if event.offer else going.receipt(context, event.request or "")
    return Decided((Draft(stream=stream(event), event=event, audience=named.header.audience),))


def stream(event: Listed | TakenOffList) -> str:
    """Return the stream of the request or the offer that is listed.

    Raises:
        MalformedInput: it names neither, or both.
    """
    match event.request, event.offer:
        case str(request), None:
            return going.stream(request)
        case None, str(offer):
            return offers.stream(offer)
        case _:
            raise MalformedInput("a request or an offer is listed", where="request", remedy="name one of the two")


def check(event: Listed | TakenOffList, context: Context) -> None:
    """Refuse to list what is over, listed already or without consent, and to take off what is not on the list."""
    on_list = [
        each.body
        for each in context.standing(stream(event))
        if isinstance(each.body, Listed | TakenOffList) and each.header.known_at <= context.known_at
    ]
    listed = bool(on_list) and isinstance(on_list[-1], Listed)
    if isinstance(event, TakenOffList):
        if not listed and not context.importing:
            raise NotFound("it is not on the official list", where="request" if event.offer is None else "offer")
        return
    states = _states(event, context)
    if listed and not context.importing:
        raise AlreadyTaken("it is on the official list already", where="request" if event.offer is None else "offer")
    if not context.importing and not may_be_listed(context, states):
        raise NoConsent(
            f"not all of {', '.join(states)} consent to stand on the official list",
            remedy="ask the State, and record its consent with the scope `official-list`",
        )


def _states(event: Listed, context: Context) -> tuple[str, ...]:
    if event.request is not None:
        return whose(going.require_open(context, event.request, authentic=True))
    return whose(offers.require_open(context, event.offer or ""))


def may_be_listed(context: Context, states: Iterable[str]) -> bool:
    """Return whether all of these States consent, by then and for that day, to stand on the official list."""
    day = new_york_date(context.known_at).isoformat()
    return consented(context.record, states, Cut(known_at=context.known_at, position=context.before), day)


def consented(record: RecordView, states: Iterable[str], cut: Cut, day: str) -> bool:
    """Return whether all of these States consent for a day, by what stands at a cut.

    A list is judged by this again whenever it is read: a consent taken back takes what was listed off it at once.
    """
    return not lacking(record, states, cut, day)


def lacking(record: RecordView, states: Iterable[str], cut: Cut, day: str) -> tuple[str, ...]:
    """Return those of these States that do not consent for a day, by what stands at a cut."""
    return tuple(
        state
        for state in states
        if live_consent(record.history(ids.consent(state)).standing(cut), SCOPE, OF_NO_MATRIX, day) is None
    )


def going_on(record: RecordView, of: str, cut: Cut) -> Recorded | None:
    """Return the receipt of what a stream is of, or None where it is over, or a request not found authentic."""
    events = record.history(of).standing(cut)
    received = fold_of(events, RequestReceived, OfferReceived)
    if not received or fold_of(events, RequestWithdrawn, RequestClosed, OfferWithdrawn):
        return None
    is_request = isinstance(received[-1].body, RequestReceived)
    return None if is_request and not fold_of(events, RequestAuthenticated) else received[-1]


def whose(received: Event) -> tuple[str, ...]:
    """Return the States whose a request or an offer is, all of which must consent."""
    match received:
        case RequestReceived():
            return received.requesters
        case OfferReceived(state=str(state)):
            return (state,)
        case _:
            return ()


def on_list(record: RecordView, of: str, cut: Cut, day: str) -> bool:
    """Return whether the request or offer of a stream stands on the list on a day: put there, and with consent."""
    acts = fold_of(record.history(of).standing(cut), Listed, TakenOffList)
    received = going_on(record, of, cut)
    listed = bool(acts) and isinstance(acts[-1].body, Listed)
    return listed and received is not None and consented(record, whose(received.body), cut, day)
