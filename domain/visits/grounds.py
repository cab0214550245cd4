"""What facts of a visit rest on: all that they name, and the decision, visit or question that comes before them."""

from collections.abc import Iterator

from domain.naming import Named, named
from domain.recorded import Event
from domain.visits.events import (
    CoordinationAnswered,
    CoordinationAsked,
    VisitCarriedOut,
    VisitDecided,
    VisitInvited,
    VisitReported,
)

KINDS = ("visit", "visit-decision", "visit-made", "coordination")


def bears(body: Event) -> Iterator[Named]:
    """Yield the grounds that a fact of a visit lays while it stands."""
    match body:
        case VisitInvited():
            yield "visit", body.visit
        case VisitDecided():
            yield "visit-decision", body.visit
        case VisitCarriedOut():
            yield "visit-made", body.visit
        case CoordinationAsked():
            yield "coordination", f"{body.visit} with {body.committee}"
        case _:
            pass


def rests(body: Event) -> Iterator[Named]:
    """Yield the grounds that a fact of a visit stands on."""
    own = set(bears(body))
    yield from (ground for ground in named(body) if ground not in own)
    match body:
        case VisitCarriedOut():
            yield "visit-decision", body.visit
        case VisitReported():
            yield "visit-made", body.visit
        case CoordinationAnswered():
            yield "coordination", f"{body.visit} with {body.committee}"
        case _:
            pass


def laid_in(kind: str, name: str) -> tuple[str, ...] | None:
    """Return the stream in which who lays a ground of a visit is found, and all who rest on it; None for others."""
    return (f"visit/{name.partition(' ')[0]}",) if kind in KINDS else None
