"""What the exchange with States and the register of correspondence lay and rest on."""

from collections.abc import Iterator, Mapping

from domain.correspondence.handling import LetterCirculated, LetterClosed, LetterHandedOn
from domain.correspondence.letters import LetterReceived, LetterSent
from domain.deciding import RecordView
from domain.exchange.clarification import ClarificationAnswered, ClarificationAsked
from domain.exchange.comments import CellCommented
from domain.exchange.non_reporting import MatrixPrefilled, NonReportingExplained
from domain.exchange.replying import ReplyAsked, ReplyReceived
from domain.exchange.sending import MatrixSent
from domain.recorded import Event
from domain.resting.ground import (
    FindStreams,
    Ground,
    Grounds,
    documents,
    first_word,
    last_word,
    letters,
    parties,
    states,
    under,
)


def bears(body: Event) -> Iterator[Ground]:
    """Yield the grounds that a sending, a question or a letter lays while it stands."""
    match body:
        case MatrixSent():
            yield _sending(body)
        case ClarificationAsked():
            yield Ground("clarification", f"{body.clarification} of {body.state}")
        case LetterReceived() | LetterSent():
            yield from letters(body.letter)
        case _:
            pass


def rests(_record: RecordView, body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact of an exchange or of the register stands on."""
    match body:
        case CellCommented():
            yield _sending(body)
            yield from letters(body.letter)
            yield from documents(body.document_id)
        case ClarificationAsked() | NonReportingExplained():
            yield from states(body.state)
            yield from letters(body.letter)
            yield from documents(body.document_id)
        case ClarificationAnswered():
            yield Ground("clarification", f"{body.clarification} of {body.state}")
            yield from letters(body.letter)
            yield from documents(body.document_id)
        case ReplyAsked():
            yield _sending(body)
            yield from letters(body.letter)
        case ReplyReceived():
            yield _sending(body)
            yield Ground("submission", body.submission)
        case MatrixPrefilled():
            yield _sending(body)
        case LetterReceived() | LetterSent():
            yield from parties(*((body.sender,) if isinstance(body, LetterReceived) else body.addressees))
            yield from documents(*body.documents)
            yield from letters(body.answers)
        case LetterCirculated() | LetterHandedOn() | LetterClosed():
            yield from letters(body.letter)
        case _:
            pass


def _sending(body: MatrixSent | CellCommented | ReplyAsked | ReplyReceived | MatrixPrefilled) -> Ground:
    return Ground("sending", f"{body.state} of manifest {body.manifest}")


_EXCHANGED: Mapping[str, FindStreams] = {"clarification": last_word("exchange"), "sending": first_word("exchange")}
GROUNDS = Grounds(
    bears,
    rests,
    laid_in={**_EXCHANGED, "letter": under("correspondence")},
    rested_on_in=_EXCHANGED,
)
