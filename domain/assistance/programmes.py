"""Standing programmes of providers, from which States may be assisted without an offer made to them first."""

from typing import ClassVar

from domain import document, period
from domain.assistance import parties
from domain.deciding import Command, Context, fold_of
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, NotFound
from domain.values import Date, Name, StateCode


class RegisterProviderProgramme(Command, frozen=True, kw_only=True, tag="register-provider-programme"):
    """Put a standing assistance programme of a State or an organization on record."""

    standing_programme: Name
    title: str
    text: str
    valid_from: Date
    valid_to: Date | None = None
    state: StateCode | None = None
    organization: Name | None = None
    documents: tuple[Name, ...] = ()


class EndProviderProgramme(Command, frozen=True, kw_only=True, tag="end-provider-programme"):
    """Record the last day of a standing assistance programme that ends before what was said of it."""

    standing_programme: Name
    valid_to: Date
    reason: str


class ProgrammeRegistered(Event, frozen=True, kw_only=True):
    """A provider has a standing programme of assistance."""

    TYPE: ClassVar[str] = "assistance.programme-registered"
    standing_programme: Name
    state: StateCode | None
    organization: Name | None
    title: str
    text: str
    valid_from: Date
    valid_to: Date | None
    documents: tuple[Name, ...]


class ProgrammeEnded(Event, frozen=True, kw_only=True):
    """A standing programme of assistance ended."""

    TYPE: ClassVar[str] = "assistance.programme-ended"
    standing_programme: Name
    valid_to: Date
    reason: str


EVENTS: tuple[type[Event], ...] = (ProgrammeRegistered, ProgrammeEnded)


def stream(standing_programme: str) -> str:
    """Return the stream of a standing programme."""
    return f"assistance/programme/{standing_programme}"


def register(command: RegisterProviderProgramme, context: Context) -> Decided:
    """Put a programme on record."""
    event = ProgrammeRegistered(
        standing_programme=command.standing_programme,
        state=command.state,
        organization=command.organization,
        title=command.title,
        text=command.text,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        documents=command.documents,
    )
    check(event, context)
    draft = Draft(stream=stream(event.standing_programme), event=event, audience=parties.audience(event.state))
    return Decided((draft,))


def end(command: EndProviderProgramme, context: Context) -> Decided:
    """End a programme."""
    event = ProgrammeEnded(
        standing_programme=command.standing_programme, valid_to=command.valid_to, reason=command.reason
    )
    check(event, context)
    found = registered(context, event.standing_programme)
    return Decided((Draft(stream=stream(event.standing_programme), event=event, audience=found.header.audience),))


def check(event: ProgrammeRegistered | ProgrammeEnded, context: Context) -> None:
    """Refuse a programme put on record twice or of nobody, and the end of one that does not run on that day."""
    if isinstance(event, ProgrammeRegistered):
        if fold_of(context.standing(stream(event.standing_programme)), ProgrammeRegistered):
            raise Conflict(f"programme {event.standing_programme} is on record already", where="standing_programme")
        period.check(event.valid_from, event.valid_to)
        parties.check_one(context, event.state, event.organization)
        for name in event.documents:
            document.registered(context, name, where="documents")
        return
    period.day_of(event.valid_to, "valid_to")
    body = registered(context, event.standing_programme).body
    ended = fold_of(context.standing(stream(event.standing_programme)), ProgrammeEnded)
    if ended or not isinstance(body, ProgrammeRegistered) or not period.holds(body, event.valid_to):
        raise NotFound(f"programme {event.standing_programme} does not run on {event.valid_to}", where="valid_to")


def registered(context: Context, standing_programme: str, *, where: str = "standing_programme") -> Recorded:
    """Return the standing entry of a programme.

    Raises:
        NotFound: none stands; `where` says which member named it.
    """
    found = fold_of(context.standing(stream(standing_programme)), ProgrammeRegistered)
    if not found:
        raise NotFound(
            f"assistance programme {standing_programme} is not on record",
            where=where,
            remedy="put it on record with `register-provider-programme`",
        )
    return found[-1]
