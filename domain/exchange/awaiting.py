"""What is awaited of a State in the exchange about its matrix, and since when."""

from collections.abc import Iterable, Iterator

import msgspec

from domain.exchange.clarification import ClarificationAnswered, ClarificationAsked
from domain.exchange.replying import ReplyAsked, ReplyReceived
from domain.exchange.sending import MatrixSent
from domain.recorded import Recorded
from domain.times import new_york_date
from domain.values import Date


class Awaited(msgspec.Struct, frozen=True, kw_only=True):
    """A reply to a manifest or a clarification by its name, awaited since a day; `reply_by` where one was asked."""

    of: str
    since: Date
    reply_by: Date | None


def awaited(standing: Iterable[Recorded]) -> Iterator[Awaited]:
    """Yield what has not been answered: sendings to which a reply was asked, and clarifications, cell by cell."""
    events = tuple(standing)
    bodies = [event.body for event in events]
    asked = {body.manifest: body.reply_by for body in bodies if isinstance(body, ReplyAsked)}
    replied = {body.manifest for body in bodies if isinstance(body, ReplyReceived)}
    sent: set[str] = set()
    for event in events:
        body, since = event.body, new_york_date(event.header.known_at).isoformat()
        if isinstance(body, MatrixSent) and body.manifest in asked.keys() - replied - sent:
            sent.add(body.manifest)
            yield Awaited(of=body.manifest, since=since, reply_by=asked[body.manifest])
        elif isinstance(body, ClarificationAsked) and not _clarified(body, bodies):
            yield Awaited(of=body.clarification, since=since, reply_by=body.reply_by)


def _clarified(asked: ClarificationAsked, bodies: Iterable[object]) -> bool:
    """True where an answer was of all, or answers together of every cell asked."""
    answers = [
        body for body in bodies if isinstance(body, ClarificationAnswered) and body.clarification == asked.clarification
    ]
    told = {cell for answer in answers for cell in answer.cells}
    return any(not answer.cells for answer in answers) or (bool(asked.cells) and told >= set(asked.cells))
