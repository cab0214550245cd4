"""A matrix that was sent to its State; how it is sent is decided with the other acts of a matrix."""

from typing import ClassVar

from domain import ids
from domain.deciding import Context
from domain.recorded import Event, Recorded
from domain.refusals import Refusal
from domain.values import Instant, Sha256, StateCode, Uuid


class MatrixSent(Event, frozen=True, kw_only=True):
    """A manifest was sent to the State."""

    TYPE: ClassVar[str] = "exchange.matrix-sent"
    state: StateCode
    manifest: Sha256
    basis: tuple[Uuid, ...]


class NotSent(Refusal):
    """A State answers and comments on what was sent to it."""


def sent(context: Context, state: str, manifest: str) -> Recorded | None:
    """Return the first standing sending of a manifest to its State; history that enters late may have lost it.

    Raises:
        NotSent: none stands, of what is recorded live.
    """
    for event in context.standing(ids.exchange(state)):
        if isinstance(event.body, MatrixSent) and event.body.manifest == manifest:
            return event
    if context.importing:
        return None
    raise NotSent(f"manifest {manifest} was not sent to {state}", where="revision", remedy="record the sending first")


def after_sending(context: Context, state: str, manifest: str, at: Instant, *, where: str) -> None:
    """Refuse what answers a sending before it, or none at all."""
    sending = sent(context, state, manifest)
    if sending is not None and at < sending.header.known_at:
        raise NotSent(f"it was sent on {sending.header.known_at}, later than {at}", where=where, remedy="mend the date")
