"""Whether the State still had time to reply when its matrix was approved."""

from collections.abc import Iterator, Sequence

from domain import ids
from domain.correspondence import awaiting as letters
from domain.correspondence.letters import LetterSent
from domain.exchange import awaiting as exchange
from domain.exchange.clarification import ClarificationAsked
from domain.exchange.replying import ReplyAsked
from domain.exchange.sending import MatrixSent
from domain.matrix.events import MatrixApproved
from domain.recorded import Recorded
from domain.times import new_york_date
from projections.audit.check import Check, Found
from projections.audit.trail import Trail


def find(trail: Trail) -> Iterator[Found]:
    """Yield approvals before the day by which the State was asked to reply, while no reply was known."""
    for event in trail.standing("matrix/", MatrixApproved):
        body = event.body
        assert isinstance(body, MatrixApproved)  # noqa: S101 - `standing` yields nothing else
        day = new_york_date(event.header.known_at).isoformat()
        acts = trail.known_by(ids.exchange(body.state), event.header.known_at)
        register = _register(trail, event.header.known_at)
        for reply_by, what, asked in (*_in_exchange(acts), *_by_letter(acts, register, body.state)):
            if day <= reply_by:
                named = f"revision {body.revision} of {body.state}"
                yield Found(event, f"{named} was approved on {day}, while {what} was awaited until {reply_by}", asked)


Ran = tuple[str, str, tuple[Recorded, ...]]
"""The day by which a reply was asked for, what was awaited, and the events that asked for it."""


def _in_exchange(acts: Sequence[Recorded]) -> Iterator[Ran]:
    for each in exchange.awaited(acts):
        asked = tuple(act for act in acts if each.of in (_asked_of(act), _sent(act)))
        if each.reply_by is not None:
            clarified = any(isinstance(act.body, ClarificationAsked) for act in asked)
            yield each.reply_by, f"clarification {each.of}" if clarified else "a reply to what was sent", asked


def _asked_of(act: Recorded) -> str | None:
    match act.body:
        case ReplyAsked(manifest=of) | ClarificationAsked(clarification=of):
            return of
        case _:
            return None


def _sent(act: Recorded) -> str | None:
    return act.body.manifest if isinstance(act.body, MatrixSent) else None


def _by_letter(acts: Sequence[Recorded], register: Sequence[Recorded], state: str) -> Iterator[Ran]:
    """Yield letters to a State since a matrix was last sent to it, but those of which the exchange itself tells."""
    sent = [new_york_date(act.header.known_at).isoformat() for act in acts if _sent(act) is not None]
    told = {getattr(act.body, "letter", None) for act in acts}
    for each in letters.awaited(letters.letters(register)):
        if each.party == f"state:{state}" and each.letter not in told and sent and each.since >= sent[-1]:
            asked = tuple(
                act for act in register if isinstance(act.body, LetterSent) and act.body.letter == each.letter
            )
            yield each.reply_by, f"a reply to letter {each.letter}", asked


def _register(trail: Trail, instant: str) -> list[Recorded]:
    """Return what was known of all letters by an instant, those of a year after those of the year before."""
    return [act for stream in sorted(trail.streams("correspondence/")) for act in trail.known_by(stream, instant)]


CHECK = Check(
    name="approved-before-reply",
    says="A matrix is not approved while the State still has time to reply.",
    find=find,
)
