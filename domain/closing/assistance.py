"""When duties about assistance, visits, practices and organizations are open."""

from collections.abc import Sequence

from domain.activity.records import ActivityLogged
from domain.assistance.interests import InterestExpressed, InterestFollowedUp, InterestLapsed
from domain.assistance.matches import MatchAgreed, MatchNotPursued, MatchProposed
from domain.assistance.offers import OfferReceived, OfferWithdrawn
from domain.assistance.programmes import ProgrammeEnded, ProgrammeRegistered
from domain.assistance.request_events import RequestClosed, RequestFoundInformal, RequestReceived, RequestWithdrawn
from domain.closing.rules import Asked, Item, Judged, place
from domain.closing.shapes import kind_of, named
from domain.practice.compilation import (
    CompilationApproved,
    CompilationDrafted,
    CompilationListed,
    CompilationShared,
)
from domain.recorded import Event, Recorded
from domain.visits.events import VisitCancelled, VisitCarriedOut, VisitDecided, VisitInvited, VisitReported

MATCHED = (MatchProposed, MatchAgreed, MatchNotPursued)
OVER = (RequestWithdrawn, RequestClosed, RequestFoundInformal, OfferWithdrawn)
KEPT = (RequestReceived, OfferReceived, ProgrammeRegistered, ProgrammeEnded, *MATCHED, *OVER)
"""What is entered in the database of requests, offers and programmes."""
INTEREST = (InterestExpressed, InterestFollowedUp, InterestLapsed)
OF_A_VERSION = (CompilationApproved, CompilationListed, CompilationShared)


def matched(asked: Asked) -> Judged:
    """Ask of each request and offer whether it was matched, or is over without."""
    settled: set[tuple[str, str]] = set()
    for event in asked.facts.of(*MATCHED, *OVER):
        settled |= {(of, name) for of in ("request", "offer") if (name := getattr(event.body, of, None)) is not None}
    items = [
        *(_item(event, "request", body.request) for event, body in asked.facts.told(RequestReceived)),
        *(_item(event, "offer", body.offer) for event, body in asked.facts.told(OfferReceived)),
    ]
    open_ones = tuple(item for name, item in items if name not in settled)
    return Judged(acts=asked.acts(*KEPT), items=open_ones)


def _item(event: Recorded, of: str, name: str) -> tuple[tuple[str, str], Item]:
    return (of, name), Item(of=f"{of} {name}", opened=event)


def visits(asked: Asked) -> Judged:
    """Ask of each invitation for a decision, a visit and a report, unless the visit was cancelled."""
    decided, made = _visits(asked, VisitDecided), _visits(asked, VisitCarriedOut)
    complete = (decided & made & _visits(asked, VisitReported)) | _visits(asked, VisitCancelled)
    items = tuple(
        Item(of=body.visit, opened=event)
        for event, body in asked.facts.told(VisitInvited)
        if body.visit not in complete
    )
    acts = asked.acts(VisitDecided, VisitCarriedOut, VisitReported, VisitCancelled)
    return Judged(openings=asked.facts.of(VisitInvited), acts=acts, items=items)


def _visits(asked: Asked, kind: type[Event]) -> set[str]:
    return {getattr(event.body, "visit", "") for event in asked.facts.of(kind)}


def compilation(asked: Asked) -> Judged:
    """Ask for a version of the compilation that was approved, listed and shared."""
    acts = asked.acts(*OF_A_VERSION)
    complete = {name: last for name in _versions(acts) if (last := _completed(acts, name)) is not None}
    items = tuple(
        Item(of=body.compilation, opened=event)
        for event, body in asked.facts.told(CompilationDrafted)
        if body.compilation not in complete
    )
    closed = min(complete.values(), key=place, default=None)
    return Judged(openings=asked.facts.of(CompilationDrafted), acts=acts, items=items, closed=closed)


def _versions(acts: Sequence[Recorded]) -> dict[str, None]:
    return dict.fromkeys(_version(event) for event in acts)


def _version(event: Recorded) -> str:
    name: str = getattr(event.body, "compilation")  # noqa: B009 - every event of a version names it
    return name


def _completed(acts: Sequence[Recorded], version: str) -> Recorded | None:
    """Return the last of the three acts that make a version, None where one is missing."""
    of_version = [event for event in acts if _version(event) == version]
    firsts = (next((event for event in of_version if isinstance(event.body, kind)), None) for kind in OF_A_VERSION)
    done = [event for event in firsts if event is not None]
    return max(done, key=place) if len(done) == len(OF_A_VERSION) else None


def lessons(asked: Asked) -> Judged:
    """Ask of each lesson that was learnt whether a version of the compilation contains it."""
    linking = [(event, body.lessons) for event, body in asked.facts.told(CompilationDrafted) if body.lessons]
    linked = {lesson for _, lessons in linking for lesson in lessons}
    learnt = [event for event in asked.facts.of(ActivityLogged) if kind_of(event) == "lesson-learned"]
    return Judged(
        acts=tuple(event for event, _ in linking if event.header.known_at >= asked.begins),
        items=tuple(Item(of=named(event), opened=event) for event in learnt if named(event) not in linked),
    )
