"""State: a Member of the United Nations, keyed by ISO 3166 alpha-3; its name changes with time."""

from typing import ClassVar

from domain.audiences import PUBLIC
from domain.deciding import Command, Context, fold_of
from domain.recorded import Decided, Draft, Event, Recorded, RecordedInError
from domain.refusals import Conflict, NotFound, Refusal
from domain.standing import Cut, History
from domain.values import Integer, StateCode


class RegisterState(Command, frozen=True, kw_only=True, tag="register-state"):
    """Put a State on record under its name."""

    state: StateCode
    iso2: str
    m49: str
    name: str
    name_fr: str
    regional_group: str
    admitted: int


class RenameState(Command, frozen=True, kw_only=True, tag="rename-state"):
    """Record that a State has another name."""

    state: StateCode
    name: str
    name_fr: str


class StateRegistered(Event, frozen=True, kw_only=True):
    """A State was put on record; `admitted` is its year of admission."""

    TYPE: ClassVar[str] = "state.registered"
    state: StateCode
    iso2: str
    m49: str
    name: str
    name_fr: str
    regional_group: str
    admitted: Integer


class StateRenamed(Event, frozen=True, kw_only=True):
    """A State has another name."""

    TYPE: ClassVar[str] = "state.renamed"
    state: StateCode
    name: str
    name_fr: str


class StateRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a State should never have been recorded."""

    TYPE: ClassVar[str] = "state.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (StateRegistered, StateRenamed, StateRecordedInError)


class NamedBefore(Refusal):
    """A State has another name only after it had its first: an earlier first name is a correction."""


def stream(state: str) -> str:
    """Return the stream of a State."""
    return f"state/{state}"


def _registrations(context: Context, state: str) -> tuple[Recorded, ...]:
    return fold_of(context.standing(stream(state)), StateRegistered)


def registered(context: Context, state: str, *, where: str = "state") -> Recorded:
    """Return the standing registration of a State.

    Raises:
        NotFound: none stands; `where` says which member named it.
    """
    found = _registrations(context, state)
    if not found:
        raise NotFound(f"State {state} is not on record", where=where, remedy="States are keyed by ISO 3166 alpha-3")
    return found[-1]


def register(command: RegisterState, context: Context) -> Decided:
    """Register a State once."""
    event = StateRegistered(
        state=command.state,
        iso2=command.iso2,
        m49=command.m49,
        name=command.name,
        name_fr=command.name_fr,
        regional_group=command.regional_group,
        admitted=command.admitted,
    )
    check(event, context)
    return Decided((Draft(stream=stream(command.state), event=event, audience=PUBLIC),))


def rename(command: RenameState, context: Context) -> Decided:
    """Rename a State that is on record, from a date after its registration was known."""
    event = StateRenamed(state=command.state, name=command.name, name_fr=command.name_fr)
    check(event, context)
    return Decided((Draft(stream=stream(command.state), event=event, audience=PUBLIC),))


def check(event: StateRegistered | StateRenamed, context: Context) -> None:
    """Refuse a second registration, or another name known before the first."""
    if isinstance(event, StateRegistered):
        if _registrations(context, event.state):
            raise Conflict(f"State {event.state} is on record already")
        first = context.known_at
        named = [each.header.known_at for each in fold_of(context.standing(stream(event.state)), StateRenamed)]
    else:
        first = registered(context, event.state).header.known_at
        named = [context.known_at]
    if any(known_at < first for known_at in named):
        raise NamedBefore(
            f"another name known {min(named)} is before {first}, when the first was",
            where="known",
            remedy="correct the registration's name or its known date",
        )


def evolve(name: str | None, event: Recorded, language: str = "en") -> str | None:
    """Return the English name, or the French, after one more standing event."""
    if not isinstance(event.body, StateRegistered | StateRenamed):
        return name
    return (language == "fr" and event.body.name_fr) or event.body.name


def name_at(history: History, cut: Cut, language: str = "en") -> str:
    """Return a State's English name at a cut, or its French; before its first known name, that first name."""
    name: str | None = None
    for event in history.standing(cut):
        name = evolve(name, event, language)
    if name is None:
        for event in history.standing(Cut(position=cut.position))[:1]:
            name = evolve(name, event, language)
    if name is None:
        raise NotFound("the State is not on record")
    return name
