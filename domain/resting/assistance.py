"""What facts of assistance rest on: all that they name, and the finding, question or proposal before them."""

from collections.abc import Iterator, Mapping

from domain.assistance.interests import InterestExpressed
from domain.assistance.listing_events import Listed, TakenOffList
from domain.assistance.matches import MatchAgreed, MatchNotPursued, MatchProposed
from domain.assistance.offers import OfferReceived
from domain.assistance.procedure import IfMetAnswered, IfMetAsked, Step
from domain.assistance.programmes import ProgrammeRegistered
from domain.assistance.request_events import RequestAuthenticated, RequestReceived
from domain.deciding import RecordView
from domain.recorded import Event
from domain.resting.ground import FindStreams, Ground, Grounds, last_word, named_besides, under


def bears(body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact of assistance lays while it stands."""
    match body:
        case RequestReceived():
            yield Ground("request", body.request)
        case RequestAuthenticated():
            yield Ground("authentication", body.request)
        case IfMetAsked():
            yield Ground("question", body.request)
        case OfferReceived():
            yield Ground("offer", body.offer)
        case ProgrammeRegistered():
            yield Ground("provider-programme", body.standing_programme)
        case MatchProposed():
            yield Ground("match", _match(body))
        case InterestExpressed():
            yield Ground("interest", body.interest)
        case Listed():
            yield Ground("listing", _listing(body))
        case _:
            pass


def rests(_record: RecordView, body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact of assistance stands on."""
    yield from named_besides(bears(body), body)
    match body:
        case RequestReceived():
            yield from (
                Ground("template", template) for template in sorted({cell.partition("/")[0] for cell in body.cells})
            )
        case MatchProposed():
            yield Ground("authentication", body.request)
        case MatchAgreed() | MatchNotPursued():
            yield Ground("match", _match(body))
        case TakenOffList():
            yield Ground("listing", _listing(body))
        case IfMetAnswered():
            yield Ground("question", body.request)
        case Listed(request=str(request)):
            yield Ground("authentication", request)
        case _:
            pass
    if isinstance(body, Step):
        yield Ground("authentication", body.request)


def _match(body: MatchProposed | MatchAgreed | MatchNotPursued) -> str:
    return f"{body.offer} with {body.request}"


def _listing(body: Listed | TakenOffList) -> str:
    return f"offer/{body.offer}" if body.request is None else f"request/{body.request}"


_WITHIN: Mapping[str, FindStreams] = {
    "authentication": under("assistance/request"),
    "question": under("assistance/request"),
    "match": last_word("assistance/request"),
    "listing": under("assistance"),
}
GROUNDS = Grounds(
    bears,
    rests,
    laid_in={
        **_WITHIN,
        "interest": under("assistance/interest"),
        "offer": under("assistance/offer"),
        "provider-programme": under("assistance/programme"),
        "request": under("assistance/request"),
    },
    rested_on_in=_WITHIN,
)
