"""What facts of assistance rest on: all that they name, and the finding, question or proposal before them."""

from collections.abc import Iterator

from domain.assistance.interests import InterestExpressed
from domain.assistance.listing_events import Listed, TakenOffList
from domain.assistance.matches import MatchAgreed, MatchNotPursued, MatchProposed
from domain.assistance.offers import OfferReceived
from domain.assistance.procedure import IfMetAnswered, IfMetAsked, Step
from domain.assistance.programmes import ProgrammeRegistered
from domain.assistance.request_events import RequestAuthenticated, RequestReceived
from domain.naming import Named, named
from domain.recorded import Event


def bears(body: Event) -> Iterator[Named]:
    """Yield the grounds that a fact of assistance lays while it stands."""
    match body:
        case RequestReceived():
            yield "request", body.request
        case RequestAuthenticated():
            yield "authentication", body.request
        case IfMetAsked():
            yield "question", body.request
        case OfferReceived():
            yield "offer", body.offer
        case ProgrammeRegistered():
            yield "provider-programme", body.standing_programme
        case MatchProposed():
            yield "match", _match(body)
        case InterestExpressed():
            yield "interest", body.interest
        case Listed():
            yield "listing", _listing(body)
        case _:
            pass


def rests(body: Event) -> Iterator[Named]:
    """Yield the grounds that a fact of assistance stands on."""
    own = set(bears(body))
    yield from (ground for ground in named(body) if ground not in own)
    match body:
        case RequestReceived():
            yield from (("template", template) for template in sorted({cell.partition("/")[0] for cell in body.cells}))
        case MatchProposed():
            yield "authentication", body.request
        case MatchAgreed() | MatchNotPursued():
            yield "match", _match(body)
        case TakenOffList():
            yield "listing", _listing(body)
        case IfMetAnswered():
            yield "question", body.request
        case Listed(request=str(request)):
            yield "authentication", request
        case _:
            pass
    if isinstance(body, Step):
        yield "authentication", body.request


def laid_in(kind: str, name: str) -> tuple[str, ...] | None:
    """Return the streams in which who lays a ground of assistance is found; None for other grounds."""
    match kind:
        case "request" | "offer" | "interest":
            return (f"assistance/{kind}/{name}",)
        case "provider-programme":
            return (f"assistance/programme/{name}",)
        case "authentication" | "question":
            return (f"assistance/request/{name}",)
        case "match":
            return (f"assistance/request/{name.rpartition(' ')[2]}",)
        case "listing":
            return (f"assistance/{name}",)
        case _:
            return None


def rested_on_in(kind: str, name: str) -> tuple[str, ...] | None:
    """Return the streams in which all who rest on a ground of assistance are found, None where that may be any."""
    return laid_in(kind, name) if kind in ("authentication", "question", "match", "listing") else None


def _match(body: MatchProposed | MatchAgreed | MatchNotPursued) -> str:
    return f"{body.offer} with {body.request}"


def _listing(body: Listed | TakenOffList) -> str:
    return f"offer/{body.offer}" if body.request is None else f"request/{body.request}"
