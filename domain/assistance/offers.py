"""Offer of assistance: received, circulated by the Chair, acknowledged, told to the requester, in the end withdrawn."""

from typing import ClassVar

from domain import document
from domain.assistance import going, parties, programmes
from domain.assistance.going import AlreadyTaken
from domain.committee.offices import require_presiding
from domain.deciding import Command, Context, fold_of, received_date
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.values import Instant, Name, StateCode


class OfferAssistance(Command, frozen=True, kw_only=True, tag="offer-assistance"):
    """Record an offer by a State or an organization, for a request, under a standing programme, or for any State."""

    offer: Name
    subject: str
    text: str
    received: str
    state: StateCode | None = None
    organization: Name | None = None
    for_request: Name | None = None
    under_programme: Name | None = None
    documents: tuple[Name, ...] = ()


class CirculateOffer(Command, frozen=True, kw_only=True, tag="circulate-offer"):
    """Record that the Chair circulated an offer to the members."""

    offer: Name


class AcknowledgeOffer(Command, frozen=True, kw_only=True, tag="acknowledge-offer"):
    """Record the letter by which the Chair acknowledged an offer."""

    offer: Name
    document: Name | None = None


class TellRequester(Command, frozen=True, kw_only=True, tag="tell-requester"):
    """Record that the Chair told the requester of a request about an offer."""

    offer: Name
    request: Name
    document: Name | None = None


class WithdrawOffer(Command, frozen=True, kw_only=True, tag="withdraw-offer"):
    """Record that the provider takes its offer back."""

    offer: Name
    reason: str
    document: Name | None = None


class OfferReceived(Event, frozen=True, kw_only=True):
    """An offer of assistance was received."""

    TYPE: ClassVar[str] = "assistance.offer-received"
    offer: Name
    state: StateCode | None
    organization: Name | None
    subject: str
    text: str
    for_request: Name | None
    under_programme: Name | None
    documents: tuple[Name, ...]
    received_at: Instant


class OfferCirculated(Event, frozen=True, kw_only=True):
    """An offer was circulated to the members."""

    TYPE: ClassVar[str] = "assistance.offer-circulated"
    offer: Name


class OfferAcknowledged(Event, frozen=True, kw_only=True):
    """The Chair acknowledged an offer."""

    TYPE: ClassVar[str] = "assistance.offer-acknowledged"
    offer: Name
    document_id: Name | None


class RequesterTold(Event, frozen=True, kw_only=True):
    """The Chair told a requester about an offer."""

    TYPE: ClassVar[str] = "assistance.requester-told"
    offer: Name
    request: Name
    document_id: Name | None


class OfferWithdrawn(Event, frozen=True, kw_only=True):
    """The provider took its offer back."""

    TYPE: ClassVar[str] = "assistance.offer-withdrawn"
    offer: Name
    reason: str
    document_id: Name | None


EVENTS: tuple[type[Event], ...] = (OfferReceived, OfferCirculated, OfferAcknowledged, RequesterTold, OfferWithdrawn)
Followed = OfferCirculated | OfferAcknowledged | RequesterTold | OfferWithdrawn
"""What is said of an offer after it was received."""


class OfferOver(Refusal):
    """An offer that was withdrawn goes no further."""


class ForAnotherRequest(Refusal):
    """An offer made for one request is for no other."""


def stream(offer: str) -> str:
    """Return the stream of an offer."""
    return f"assistance/offer/{offer}"


def offer_assistance(command: OfferAssistance, context: Context) -> Decided:
    """Record an offer; it is known when it was received."""
    received_at, precision = received_date(command, command.received, context, where="received")
    event = OfferReceived(
        offer=command.offer,
        state=command.state,
        organization=command.organization,
        subject=command.subject,
        text=command.text,
        for_request=command.for_request,
        under_programme=command.under_programme,
        documents=command.documents,
        received_at=received_at,
    )
    check(event, context)
    return Decided(
        (
            Draft(
                stream=stream(event.offer),
                event=event,
                audience=parties.audience(event.state),
                known_at=received_at,
                known_precision=precision,
            ),
        )
    )


def circulate(command: CirculateOffer, context: Context) -> Decided:
    """Circulate an offer."""
    return _followed(OfferCirculated(offer=command.offer), context)


def acknowledge(command: AcknowledgeOffer, context: Context) -> Decided:
    """Acknowledge an offer."""
    return _followed(OfferAcknowledged(offer=command.offer, document_id=command.document), context)


def tell_requester(command: TellRequester, context: Context) -> Decided:
    """Tell a requester about an offer."""
    event = RequesterTold(offer=command.offer, request=command.request, document_id=command.document)
    return _followed(event, context)


def withdraw(command: WithdrawOffer, context: Context) -> Decided:
    """Record a withdrawal."""
    event = OfferWithdrawn(offer=command.offer, reason=command.reason, document_id=command.document)
    return _followed(event, context)


def _followed(event: Followed, context: Context) -> Decided:
    check(event, context)
    audience = receipt(context, event.offer).header.audience
    return Decided((Draft(stream=stream(event.offer), event=event, audience=audience),))


def check(event: OfferReceived | Followed, context: Context) -> None:
    """Refuse an offer received twice or by nobody, and what is said of one that is not there, over or said already."""
    if isinstance(event, OfferReceived):
        _check_received(event, context)
        return
    body = require_open(context, event.offer)
    same = [
        each
        for each in fold_of(context.standing(stream(event.offer)), type(event))
        if not isinstance(event, RequesterTold) or getattr(each.body, "request", None) == event.request
    ]
    if same:
        raise AlreadyTaken(f"{same[-1].header.type} {same[-1].id} stands already", where="offer")
    if not isinstance(event, OfferWithdrawn):
        require_presiding(context)
    if isinstance(event, RequesterTold):
        going.require_open(context, event.request)
        check_for(body, event.request)
    if not isinstance(event, OfferCirculated) and event.document_id is not None:
        document.registered(context, event.document_id)


def _check_received(event: OfferReceived, context: Context) -> None:
    if fold_of(context.standing(stream(event.offer)), OfferReceived):
        raise Conflict(f"offer {event.offer} is on record already", where="offer", remedy="use another id")
    parties.check_one(context, event.state, event.organization)
    if event.for_request is not None:
        going.receipt(context, event.for_request, where="for_request")
    if event.under_programme is not None:
        found = programmes.registered(context, event.under_programme, where="under_programme").body
        if isinstance(found, programmes.ProgrammeRegistered) and (found.state, found.organization) != (
            event.state,
            event.organization,
        ):
            raise MalformedInput("an offer under a programme is made by whose it is", where="under_programme")
    for name in event.documents:
        document.registered(context, name, where="documents")


def receipt(context: Context, offer: str) -> Recorded:
    """Return the standing receipt of an offer.

    Raises:
        NotFound: none stands.
    """
    found = fold_of(context.standing(stream(offer)), OfferReceived)
    if not found:
        raise NotFound(f"offer {offer} is not on record", where="offer", remedy="record it with `offer-assistance`")
    return found[-1]


def offered(context: Context, offer: str) -> OfferReceived:
    """Return what was offered."""
    body = receipt(context, offer).body
    assert isinstance(body, OfferReceived)  # noqa: S101 - `receipt` returns nothing else
    return body


def require_open(context: Context, offer: str) -> OfferReceived:
    """Return an offer that is not withdrawn by then.

    Raises:
        OfferOver: with the event that ended it.
    """
    body = offered(context, offer)
    for over in fold_of(context.standing(stream(offer)), OfferWithdrawn):
        if over.header.known_at <= context.known_at and not context.importing:
            raise OfferOver(f"offer {offer} was withdrawn, by event {over.id}", where="offer")
    return body


def check_for(offer: OfferReceived, request: str) -> None:
    """Refuse to bring an offer together with a request that it was not made for.

    Raises:
        ForAnotherRequest: with the one that it was made for.
    """
    if offer.for_request not in (None, request):
        raise ForAnotherRequest(f"offer {offer.offer} was made for request {offer.for_request}", where="request")
