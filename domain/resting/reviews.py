"""What annual reviews and the papers of programmes of work lay and rest on."""

from collections.abc import Iterator, Mapping

from domain.deciding import RecordView
from domain.programme import ProgrammeAdopted, ProgrammeTransmitted
from domain.programme_papers import ProgrammeDrafted, SymbolRecorded
from domain.recorded import Event
from domain.resting.ground import FindStreams, Ground, Grounds, documents, first_word, under
from domain.review.preparing import CutOffSet, InputGiven, ReviewDrafted
from domain.review.priorities import PrioritySetAside, PriorityStated, PriorityTakenUp


def bears(body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact about a review lays while it stands, and the transmission of a programme."""
    match body:
        case ProgrammeDrafted() | ProgrammeAdopted():
            yield Ground("draft", str(body.programme))
        case ProgrammeTransmitted():
            yield Ground("transmission", str(body.programme))
        case CutOffSet():
            yield Ground("cut-off", f"{body.year} on {body.cut_off}")
        case PriorityStated():
            yield Ground("priority", f"{body.year} {body.priority}")
        case _:
            pass


def rests(_record: RecordView, body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact about a review, or a paper of a programme, stands on."""
    match body:
        case ProgrammeDrafted():
            yield from documents(body.document_id)
        case SymbolRecorded():
            yield Ground("transmission", str(body.programme))
            yield from documents(body.document_id)
        case InputGiven():
            yield Ground("group", body.group)
            yield from documents(body.document_id)
        case ReviewDrafted():
            yield Ground("cut-off", f"{body.year} on {body.cut_off}")
            yield from documents(body.document_id)
        case PriorityTakenUp() | PrioritySetAside():
            yield Ground("priority", f"{body.year} {body.priority}")
            yield Ground("draft", str(body.programme))
        case _:
            pass


_OWN: Mapping[str, FindStreams] = {
    "cut-off": first_word("review"),
    "priority": first_word("review"),
    "transmission": under("programme"),
}
GROUNDS = Grounds(bears, rests, laid_in={"draft": under("programme"), **_OWN}, rested_on_in=_OWN)
