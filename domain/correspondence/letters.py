"""Letters of the register: received and sent, each under its year and number, with the numbers of both sides."""

from itertools import count
from typing import ClassVar

from msgspec.structs import replace

from domain import document, parties, period
from domain.deciding import Command, Context, fold_of, received_date
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.times import new_york_date
from domain.values import Date, Instant, LetterId, Name, Party

UNSAID = "und"
"""The language of what nobody said a language of (ISO 639-2: undetermined)."""


class ReceiveLetter(Command, frozen=True, kw_only=True, tag="receive-letter"):
    """Enter a letter that was received; `received` is a date or instant and is when the Committee knew it."""

    letter: LetterId
    sender: Party
    title: str
    received: str
    dated: Date | None = None
    their_reference: str | None = None
    our_reference: str | None = None
    reply_by: Date | None = None
    language: str = UNSAID
    documents: tuple[Name, ...] = ()
    answers: LetterId | None = None


class SendLetter(Command, frozen=True, kw_only=True, tag="send-letter"):
    """Enter a letter that was sent; by `reply_by` a reply is asked for, which nobody owes."""

    letter: LetterId
    addressees: tuple[Party, ...]
    title: str
    dated: Date
    our_reference: str | None = None
    reply_by: Date | None = None
    language: str = UNSAID
    documents: tuple[Name, ...] = ()
    answers: LetterId | None = None


class LetterReceived(Event, frozen=True, kw_only=True):
    """A letter was received."""

    TYPE: ClassVar[str] = "correspondence.letter-received"
    letter: LetterId
    sender: Party
    title: str
    received_at: Instant
    dated: Date | None
    their_reference: str | None
    our_reference: str | None
    reply_by: Date | None
    language: str
    documents: tuple[Name, ...]
    answers: LetterId | None


class LetterSent(Event, frozen=True, kw_only=True):
    """A letter was sent."""

    TYPE: ClassVar[str] = "correspondence.letter-sent"
    letter: LetterId
    addressees: tuple[Party, ...]
    title: str
    dated: Date
    our_reference: str | None
    reply_by: Date | None
    language: str
    documents: tuple[Name, ...]
    answers: LetterId | None


Letter = LetterReceived | LetterSent


def stream(letter: str) -> str:
    """Return the stream of a letter."""
    return f"correspondence/{letter}"


def receive(command: ReceiveLetter, context: Context) -> Decided:
    """Enter a letter received."""
    received, precision = received_date(command, command.received, context, where="received")
    event = LetterReceived(
        letter=command.letter,
        sender=command.sender,
        title=command.title,
        received_at=received,
        dated=command.dated,
        their_reference=command.their_reference,
        our_reference=command.our_reference,
        reply_by=command.reply_by,
        language=command.language,
        documents=command.documents,
        answers=command.answers,
    )
    check(event, context)
    draft = Draft(stream=stream(event.letter), event=event, audience=parties.audience(event.sender))
    return Decided((replace(draft, known_at=received, known_precision=precision),))


def send(command: SendLetter, context: Context) -> Decided:
    """Enter a letter sent."""
    event = LetterSent(
        letter=command.letter,
        addressees=command.addressees,
        title=command.title,
        dated=command.dated,
        our_reference=command.our_reference,
        reply_by=command.reply_by,
        language=command.language,
        documents=command.documents,
        answers=command.answers,
    )
    check(event, context)
    return Decided((Draft(stream=stream(event.letter), event=event, audience=parties.audience(*event.addressees)),))


def check(event: Letter, context: Context) -> None:
    """Refuse a number that is taken or of another year, days out of order, and what is named but not on record."""
    if fold_of(context.standing(stream(event.letter)), LetterReceived, LetterSent):
        raise Conflict(
            f"letter {event.letter} is in the register already",
            where="letter",
            remedy=f"{_next_free(event.letter, context)} is the next that is free",
        )
    day = event.dated if isinstance(event, LetterSent) else new_york_date(event.received_at).isoformat()
    period.day_of(day, "dated")
    if not event.letter.startswith(day[:4]):
        raise MalformedInput(
            f"{event.letter} is no number of {day[:4]}", where="letter", remedy="number it in its year"
        )
    if event.dated is not None and period.day_of(event.dated, "dated").isoformat() > day:
        raise MalformedInput(f"it is dated {event.dated} and was received on {day}", where="dated")
    if event.reply_by is not None and period.day_of(event.reply_by, "reply_by").isoformat() < (event.dated or day):
        raise MalformedInput("a reply is asked for before the letter", where="reply_by")
    if isinstance(event, LetterReceived):
        parties.check(context, (event.sender,), where="sender")
    else:
        if not event.addressees:
            raise MalformedInput("a letter is sent to someone", where="addressees")
        parties.check(context, event.addressees, where="addressees")
    for each in event.documents:
        document.registered(context, each, where="documents")
    if event.answers is not None:
        _check_answers(event, event.answers, context)


def _next_free(letter: LetterId, context: Context) -> LetterId:
    year, _, number = letter.partition("/")
    later = (f"{year}/{each}" for each in count(int(number) + 1))
    return next(each for each in later if not context.standing(stream(each)))


def _check_answers(event: Letter, answered: str, context: Context) -> None:
    """Refuse an answer to a letter that went the same way."""
    if type(entered(context, answered, where="answers").body) is type(event):
        raise MalformedInput(
            f"letter {answered} went the same way", where="answers", remedy="what was received answers what was sent"
        )


def entered(context: Context, letter: str, *, where: str = "letter") -> Recorded:
    """Return the standing entry of a letter.

    Raises:
        NotFound: none stands; `where` says which member named it.
    """
    found = fold_of(context.standing(stream(letter)), LetterReceived, LetterSent)
    if not found:
        raise NotFound(f"letter {letter} is not in the register", where=where, remedy="enter it first")
    return found[-1]
