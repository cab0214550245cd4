"""Programme of work of the Committee: adopted from a document, with the duties that its paragraphs lay down."""

from datetime import date
from typing import ClassVar, cast

from domain.audiences import PUBLIC
from domain.committee.offices import require_presiding
from domain.corrected_reading import text_of
from domain.deciding import Command, Context, fold_of
from domain.document import registered
from domain.duty import Duty
from domain.mandate import FIRST_PROGRAMME, Decide
from domain.recorded import Decided, Draft, Event, Recorded, RecordedInError
from domain.refusals import MalformedInput, NotFound, Refusal
from domain.standing import Stands
from domain.template import AlreadyAdopted
from domain.values import Date, Name, Position


class AdoptProgramme(Command, frozen=True, kw_only=True, tag="adopt-programme"):
    """Record that the Committee adopted a programme of work, with its duties."""

    programme: Position
    period_from: Date
    period_to: Date
    document: Name
    duties: tuple[Duty, ...]


class TransmitProgramme(Command, frozen=True, kw_only=True, tag="transmit-programme"):
    """Record that the Chair sent a programme to the President of the Security Council (paragraph 1)."""

    programme: Position
    document: Name | None = None
    symbol: str | None = None
    addressee: str = "President of the Security Council"


class ProgrammeAdopted(Event, frozen=True, kw_only=True):
    """A programme of work was adopted."""

    TYPE: ClassVar[str] = "programme.adopted"
    programme: Position
    period_from: Date
    period_to: Date
    document_id: Name
    duties: tuple[Duty, ...]


class ProgrammeTransmitted(Event, frozen=True, kw_only=True):
    """A programme of work was sent to the Security Council; `symbol` is that of the document issued, if known."""

    TYPE: ClassVar[str] = "programme.transmitted"
    programme: Position
    document_id: Name | None
    symbol: str | None
    addressee: str


class ProgrammeRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a programme should never have been recorded."""

    TYPE: ClassVar[str] = "programme.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (ProgrammeAdopted, ProgrammeTransmitted, ProgrammeRecordedInError)


class NotVerbatim(Refusal):
    """A passage must hold the words that stand in the document at its offsets."""


class DutyIncomplete(Refusal):
    """A duty is named once, cites a passage, and has real dates and different steps."""


def stream(programme: int) -> str:
    """Return the stream of a programme."""
    return f"programme/{programme}"


def _check_period(event: ProgrammeAdopted) -> None:
    try:
        begins, ends = date.fromisoformat(event.period_from), date.fromisoformat(event.period_to)
    except ValueError as error:
        raise MalformedInput(str(error), where="period_from", remedy="write dates as 2013-06-01") from None
    if ends < begins:
        raise MalformedInput("the period ends before it begins", where="period_to", remedy="mend the dates")


def _check_duties(duties: tuple[Duty, ...]) -> None:
    if len({duty.duty for duty in duties}) != len(duties):
        raise DutyIncomplete("each duty is named once", where="duties")
    for duty in duties:
        if not duty.passages:
            raise DutyIncomplete(f"{duty.duty} cites no words of the programme", where="passages")
        if len({step.step for step in duty.steps}) != len(duty.steps):
            raise DutyIncomplete(f"{duty.duty} has a step twice", where="steps")
        try:
            _ = [date.fromisoformat(each) for each in (duty.due, *(w.due for w in duty.wordings)) if each]
        except ValueError as error:
            raise DutyIncomplete(f"{duty.duty}: {error}", where="due") from None


def _check_passages(event: ProgrammeAdopted, context: Context) -> None:
    text = text_of(context, registered(context, event.document_id))
    for duty in event.duties:
        for passage in duty.passages:
            if text[passage.start : passage.end] != passage.quotation:
                raise NotVerbatim(
                    f"{duty.duty}: {passage.quotation!r} does not stand at {passage.start}-{passage.end}",
                    where=f"paragraph {passage.paragraph}",
                    remedy="offsets count code points of the document as registered",
                )


def adopt(command: AdoptProgramme, context: Context) -> Decided:
    """Adopt a programme."""
    event = ProgrammeAdopted(
        programme=command.programme,
        period_from=command.period_from,
        period_to=command.period_to,
        document_id=command.document,
        duties=command.duties,
    )
    check(event, context)
    return Decided((Draft(stream=stream(command.programme), event=event, audience=PUBLIC),))


def transmit(command: TransmitProgramme, context: Context) -> Decided:
    """Record the transmission of a programme."""
    require_presiding(context)
    event = ProgrammeTransmitted(
        programme=command.programme,
        document_id=command.document,
        symbol=command.symbol,
        addressee=command.addressee,
    )
    check(event, context)
    return Decided((Draft(stream=stream(command.programme), event=event, audience=PUBLIC),))


def check(event: ProgrammeAdopted | ProgrammeTransmitted, context: Context) -> None:
    """Refuse a programme adopted twice, or whose passages do not stand verbatim in a document on record.

    What is transmitted is adopted.
    """
    adopted = bool(fold_of(context.standing(stream(event.programme)), ProgrammeAdopted))
    match event:
        case ProgrammeAdopted():
            if adopted:
                raise AlreadyAdopted(
                    f"programme {event.programme} is adopted already",
                    remedy="correct that event, or record it in error",
                )
            _check_period(event)
            _check_duties(event.duties)
            _check_passages(event, context)
        case ProgrammeTransmitted():
            if not adopted:
                raise NotFound(f"programme {event.programme} is not adopted", remedy="adopt it first")
            if event.document_id is not None:
                registered(context, event.document_id)


def evolve(state: ProgrammeAdopted | None, event: Recorded) -> ProgrammeAdopted | None:
    """Return the programme after one more standing event."""
    return event.body if isinstance(event.body, ProgrammeAdopted) else state


def adopted(standing: Stands, year: int) -> tuple[ProgrammeAdopted, ...]:
    """Return the programmes adopted by a cut that lies in `year`, in the order of their numbers."""
    found: list[ProgrammeAdopted] = []
    for number in range(1, year - FIRST_PROGRAMME + 2):
        state: ProgrammeAdopted | None = None
        for event in standing(stream(number)):
            state = evolve(state, event)
        if state is not None:
            found.append(state)
    return tuple(found)


DECISIONS: dict[type[Command], Decide] = {
    AdoptProgramme: cast("Decide", adopt),
    TransmitProgramme: cast("Decide", transmit),
}
