"""The Committee's official list of requests and offers, on which a State stands with its consent."""

from collections.abc import Iterable

from domain import ids
from domain.assistance import going, offers
from domain.assistance.going import AlreadyTaken
from domain.assistance.listing_events import Listed, TakenOffList
from domain.deciding import Command, Context
from domain.matrix.consenting import live_consent
from domain.matrix.publishing import NoConsent
from domain.recorded import Decided, Draft
from domain.refusals import MalformedInput, NotFound
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
        return going.require_open(context, event.request, authentic=True).requesters
    offer = offers.require_open(context, event.offer or "")
    return () if offer.state is None else (offer.state,)


def may_be_listed(context: Context, states: Iterable[str]) -> bool:
    """Return whether all of these States consent, by then and for that day, to stand on the official list.

    A list is judged by this again whenever it is read: a consent taken back takes what was listed off it at once.
    """
    day = new_york_date(context.known_at).isoformat()
    return all(
        live_consent(
            tuple(each for each in context.standing(ids.consent(state)) if each.header.known_at <= context.known_at),
            SCOPE,
            OF_NO_MATRIX,
            day,
        )
        for state in states
    )
