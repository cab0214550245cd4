"""Matches: a request and an offer brought together by the experts, agreed by the two parties or not pursued."""

from typing import ClassVar

from domain import document
from domain.assistance import going, offers
from domain.deciding import Command, Context
from domain.recorded import Decided, Event, Recorded
from domain.refusals import Refusal
from domain.values import Name


class ProposeMatch(Command, frozen=True, kw_only=True, tag="propose-match"):
    """Record that the experts proposed an offer to the requester, and why it fits."""

    request: Name
    offer: Name
    reason: str


class AgreeMatch(Command, frozen=True, kw_only=True, tag="agree-match"):
    """Record that requester and provider agreed."""

    request: Name
    offer: Name
    document: Name | None = None


class DropMatch(Command, frozen=True, kw_only=True, tag="drop-match"):
    """Record that a proposed or agreed match is not pursued, and why."""

    request: Name
    offer: Name
    reason: str


class MatchProposed(Event, frozen=True, kw_only=True):
    """An offer was proposed for a request."""

    TYPE: ClassVar[str] = "assistance.match-proposed"
    request: Name
    offer: Name
    reason: str


class MatchAgreed(Event, frozen=True, kw_only=True):
    """Requester and provider agreed on an offer."""

    TYPE: ClassVar[str] = "assistance.match-agreed"
    request: Name
    offer: Name
    document_id: Name | None


class MatchNotPursued(Event, frozen=True, kw_only=True):
    """A match is not pursued."""

    TYPE: ClassVar[str] = "assistance.match-not-pursued"
    request: Name
    offer: Name
    reason: str


EVENTS: tuple[type[Event], ...] = (MatchProposed, MatchAgreed, MatchNotPursued)
Match = MatchProposed | MatchAgreed | MatchNotPursued
BEFORE: dict[type[Event], tuple[type[Event] | None, ...]] = {
    MatchProposed: (None, MatchNotPursued),
    MatchAgreed: (MatchProposed,),
    MatchNotPursued: (MatchProposed, MatchAgreed),
}
"""What a match was before it becomes proposed, agreed or not pursued."""


class NotInOrder(Refusal):
    """A match is proposed, then agreed; what is not pursued may be proposed again."""


def propose(command: ProposeMatch, context: Context) -> Decided:
    """Propose a match."""
    return _decided(MatchProposed(request=command.request, offer=command.offer, reason=command.reason), context)


def agree(command: AgreeMatch, context: Context) -> Decided:
    """Agree on a match that was proposed."""
    return _decided(MatchAgreed(request=command.request, offer=command.offer, document_id=command.document), context)


def drop(command: DropMatch, context: Context) -> Decided:
    """Pursue a match no longer."""
    return _decided(MatchNotPursued(request=command.request, offer=command.offer, reason=command.reason), context)


def _decided(event: Match, context: Context) -> Decided:
    check(event, context)
    offer = offers.offered(context, event.offer)
    return going.decided(event.request, event, context, *(() if offer.state is None else (offer.state,)))


def check(event: Match, context: Context) -> None:
    """Refuse an offer for another request or withdrawn, and what does not follow on the match so far."""
    going.require_open(context, event.request, authentic=True)
    if not isinstance(event, MatchNotPursued):
        offers.require_open(context, event.offer)
    offers.check_for(offers.offered(context, event.offer), event.request)
    last = matches(going.known_by_then(context, event.request)).get(event.offer)
    if not context.importing and (None if last is None else type(last.body)) not in BEFORE[type(event)]:
        said = "was not proposed" if last is None else f"stands as {last.header.type}, by event {last.id}"
        raise NotInOrder(f"the match of {event.offer} with {event.request} {said}", where="offer")
    if isinstance(event, MatchAgreed) and event.document_id is not None:
        document.registered(context, event.document_id)


def matches(standing: tuple[Recorded, ...]) -> dict[str, Recorded]:
    """Return by offer the last that is said of its match, among standing events of a request."""
    return {event.body.offer: event for event in standing if isinstance(event.body, Match)}
