"""What facts of a visit rest on: all that they name, and the decision, visit or question that comes before them."""

from collections.abc import Iterator, Mapping

from domain.deciding import RecordView
from domain.recorded import Event
from domain.resting.ground import FindStreams, Ground, Grounds, first_word, named_besides
from domain.visits.events import (
    CoordinationAnswered,
    CoordinationAsked,
    VisitCarriedOut,
    VisitDecided,
    VisitInvited,
    VisitReported,
)


def bears(body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact of a visit lays while it stands."""
    match body:
        case VisitInvited():
            yield Ground("visit", body.visit)
        case VisitDecided():
            yield Ground("visit-decision", body.visit)
        case VisitCarriedOut():
            yield Ground("visit-made", body.visit)
        case CoordinationAsked():
            yield Ground("coordination", f"{body.visit} with {body.committee}")
        case _:
            pass


def rests(_record: RecordView, body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact of a visit stands on."""
    yield from named_besides(bears(body), body)
    match body:
        case VisitCarriedOut():
            yield Ground("visit-decision", body.visit)
        case VisitReported():
            yield Ground("visit-made", body.visit)
        case CoordinationAnswered():
            yield Ground("coordination", f"{body.visit} with {body.committee}")
        case _:
            pass


_OWN: Mapping[str, FindStreams] = dict.fromkeys(
    ("visit", "visit-decision", "visit-made", "coordination"), first_word("visit")
)
GROUNDS = Grounds(bears, rests, laid_in=_OWN, rested_on_in=_OWN)
