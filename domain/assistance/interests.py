"""Expression of interest, short of a request or an offer: followed up, or lapsed."""

from typing import ClassVar

from domain import document
from domain.assistance import going, offers, parties
from domain.assistance.going import AlreadyTaken
from domain.deciding import Command, Context, fold_of, received_date
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.values import Instant, Name, StateCode

KINDS = ("assistance", "providing")
"""In what interest is expressed: in receiving assistance, or in providing it."""


class ExpressInterest(Command, frozen=True, kw_only=True, tag="express-interest"):
    """Record that a State or an organization expressed interest in assistance or in providing it."""

    interest: Name
    interest_in: str
    text: str
    received: str
    state: StateCode | None = None
    organization: Name | None = None
    documents: tuple[Name, ...] = ()


class FollowUpInterest(Command, frozen=True, kw_only=True, tag="follow-up-interest"):
    """Record how an interest was followed up, and the request or offer that came of it."""

    interest: Name
    note: str
    request: Name | None = None
    offer: Name | None = None


class LapseInterest(Command, frozen=True, kw_only=True, tag="lapse-interest"):
    """Record that an interest lapsed, and why."""

    interest: Name
    reason: str


class InterestExpressed(Event, frozen=True, kw_only=True):
    """A State or an organization expressed interest."""

    TYPE: ClassVar[str] = "assistance.interest-expressed"
    interest: Name
    state: StateCode | None
    organization: Name | None
    interest_in: str
    text: str
    documents: tuple[Name, ...]
    received_at: Instant


class InterestFollowedUp(Event, frozen=True, kw_only=True):
    """An interest was followed up."""

    TYPE: ClassVar[str] = "assistance.interest-followed-up"
    interest: Name
    note: str
    request: Name | None
    offer: Name | None


class InterestLapsed(Event, frozen=True, kw_only=True):
    """An interest lapsed."""

    TYPE: ClassVar[str] = "assistance.interest-lapsed"
    interest: Name
    reason: str


EVENTS: tuple[type[Event], ...] = (InterestExpressed, InterestFollowedUp, InterestLapsed)


def stream(interest: str) -> str:
    """Return the stream of an expression of interest."""
    return f"assistance/interest/{interest}"


def express(command: ExpressInterest, context: Context) -> Decided:
    """Record an interest; it is known when it was received."""
    received_at, precision = received_date(command, command.received, context, where="received")
    event = InterestExpressed(
        interest=command.interest,
        state=command.state,
        organization=command.organization,
        interest_in=command.interest_in,
        text=command.text,
        documents=command.documents,
        received_at=received_at,
    )
    check(event, context)
    return Decided(
        (
            Draft(
                stream=stream(event.interest),
                event=event,
                audience=parties.audience(event.state),
                known_at=received_at,
                known_precision=precision,
            ),
        )
    )


def follow_up(command: FollowUpInterest, context: Context) -> Decided:
    """Follow an interest up."""
    event = InterestFollowedUp(
        interest=command.interest, note=command.note, request=command.request, offer=command.offer
    )
    return _followed(event, context)


def lapse(command: LapseInterest, context: Context) -> Decided:
    """Let an interest lapse."""
    return _followed(InterestLapsed(interest=command.interest, reason=command.reason), context)


def _followed(event: InterestFollowedUp | InterestLapsed, context: Context) -> Decided:
    check(event, context)
    audience = expressed(context, event.interest).header.audience
    return Decided((Draft(stream=stream(event.interest), event=event, audience=audience),))


def check(event: InterestExpressed | InterestFollowedUp | InterestLapsed, context: Context) -> None:
    """Refuse an interest expressed twice or by nobody, and what becomes of one that is not there or lapsed."""
    standing = context.standing(stream(event.interest))
    if isinstance(event, InterestExpressed):
        if fold_of(standing, InterestExpressed):
            raise Conflict(f"interest {event.interest} is on record already", where="interest", remedy="use another id")
        if event.interest_in not in KINDS:
            raise MalformedInput(f"{event.interest_in!r} is no interest", where="interest_in", remedy=", ".join(KINDS))
        parties.check_one(context, event.state, event.organization)
        for name in event.documents:
            document.registered(context, name, where="documents")
        return
    expressed(context, event.interest)
    for lapsed in fold_of(standing, InterestLapsed):
        if isinstance(event, InterestLapsed) or lapsed.header.known_at <= context.known_at:
            raise AlreadyTaken(
                f"interest {event.interest} lapsed, by event {lapsed.id}",
                where="interest",
                remedy="what is expressed anew is another interest",
            )
    if isinstance(event, InterestFollowedUp):
        if event.request is not None:
            going.receipt(context, event.request)
        if event.offer is not None:
            offers.receipt(context, event.offer)


def expressed(context: Context, interest: str) -> Recorded:
    """Return the standing expression of an interest.

    Raises:
        NotFound: none stands.
    """
    found = fold_of(context.standing(stream(interest)), InterestExpressed)
    if not found:
        raise NotFound(
            f"interest {interest} is not on record", where="interest", remedy="record it with `express-interest`"
        )
    return found[-1]
