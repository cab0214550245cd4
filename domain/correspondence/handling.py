"""What becomes of a letter: circulated by role, handed on to who holds the next step, closed."""

from typing import ClassVar

from msgspec.structs import replace

from domain import period
from domain.actor import ROLES, SCOPED
from domain.audiences import COMMITTEE
from domain.correspondence.letters import entered, stream
from domain.deciding import Command, Context
from domain.recorded import Decided, Draft, Event
from domain.refusals import MalformedInput, Refusal
from domain.values import Date, LetterId

HOLDERS = tuple(role for role in ROLES if role not in (*SCOPED, "public", "auditor"))


class CirculateLetter(Command, frozen=True, kw_only=True, tag="circulate-letter"):
    """Record to whom a letter was circulated, by role."""

    letter: LetterId
    recipients: tuple[str, ...]


class HandOnLetter(Command, frozen=True, kw_only=True, tag="hand-on-letter"):
    """Record who holds the next step on a letter, what it is and by when."""

    letter: LetterId
    holder: str
    next_step: str
    due: Date | None = None


class CloseLetter(Command, frozen=True, kw_only=True, tag="close-letter"):
    """Record that nothing more is to be done on a letter: it was answered, or needs no answer."""

    letter: LetterId
    reason: str


class LetterCirculated(Event, frozen=True, kw_only=True):
    """A letter was circulated."""

    TYPE: ClassVar[str] = "correspondence.letter-circulated"
    letter: LetterId
    recipients: tuple[str, ...]


class LetterHandedOn(Event, frozen=True, kw_only=True):
    """The next step on a letter is someone's."""

    TYPE: ClassVar[str] = "correspondence.letter-handed-on"
    letter: LetterId
    holder: str
    next_step: str
    due: Date | None


class LetterClosed(Event, frozen=True, kw_only=True):
    """Nothing more is to be done on a letter."""

    TYPE: ClassVar[str] = "correspondence.letter-closed"
    letter: LetterId
    reason: str


Handling = LetterCirculated | LetterHandedOn | LetterClosed


class LetterIsClosed(Refusal):
    """On a closed letter there is no next step; it is closed once."""


def circulate(command: CirculateLetter, context: Context) -> Decided:
    """Circulate a letter."""
    return _decided(LetterCirculated(letter=command.letter, recipients=command.recipients), context)


def hand_on(command: HandOnLetter, context: Context) -> Decided:
    """Hand a letter on."""
    event = LetterHandedOn(letter=command.letter, holder=command.holder, next_step=command.next_step, due=command.due)
    return _decided(event, context)


def close(command: CloseLetter, context: Context) -> Decided:
    """Close a letter."""
    return _decided(LetterClosed(letter=command.letter, reason=command.reason), context)


def _decided(event: Handling, context: Context) -> Decided:
    """Record what becomes of a letter; done now, it comes after all that stands, whatever date is stated."""
    check(event, context if context.importing else replace(context, known_at=context.recorded_at))
    return Decided((Draft(stream=stream(event.letter), event=event, audience=COMMITTEE),))


def check(event: Handling, context: Context) -> None:
    """Refuse a letter that is not in the register or was closed by then, and whoever is no role."""
    entered(context, event.letter)
    if isinstance(event, LetterCirculated):
        wrong = [each for each in event.recipients if each not in HOLDERS]
        if wrong or not event.recipients or len(set(event.recipients)) < len(event.recipients):
            raise MalformedInput(
                "a letter is circulated to roles, each once", where="recipients", remedy=", ".join(HOLDERS)
            )
        return
    for each in context.standing(stream(event.letter)):
        if isinstance(each.body, LetterClosed) and each.header.known_at <= context.known_at:
            raise LetterIsClosed(f"letter {event.letter} was closed, by event {each.id}", where="letter")
    if isinstance(event, LetterHandedOn):
        if event.holder not in HOLDERS:
            raise MalformedInput(f"{event.holder!r} holds no letters", where="holder", remedy=", ".join(HOLDERS))
        if event.due is not None:
            period.day_of(event.due, "due")
