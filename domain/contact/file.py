"""The file of one contact: what holds, what waits for a second person, and what became of it."""

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec.structs import replace

from domain.contact.events import (
    ContactBounced,
    ContactConfirmed,
    ContactEnded,
    ContactErased,
    ContactProposed,
    NoChangeOfContact,
)
from domain.recorded import Recorded
from domain.times import new_york_date
from domain.values import Instant

INTERNAL_INTERVAL = 365
"""Days after which a contact is asked again; the programme names no number, so this is internal and shown as such."""


class ContactFile(msgspec.Struct, frozen=True):
    """What standing events say of a contact.

    `confirmed_at` is when a second person or the party last confirmed it, `bounced` what came back since.
    """

    holds: ContactProposed | None = None
    pending: ContactProposed | None = None
    confirmed_at: Instant | None = None
    bounced: Recorded | None = None
    ended: ContactEnded | None = None
    erased: Recorded | None = None
    proposals: tuple[ContactProposed, ...] = ()

    @property
    def shown(self) -> ContactProposed | None:
        """What there is to show: what holds, or as long as nothing does, what is proposed."""
        return self.holds or self.pending

    def last_day(self) -> str | None:
        """Return the last day, of its end or as it was proposed."""
        days = [each.valid_to for each in (self.ended, self.holds) if each is not None and each.valid_to is not None]
        return min(days, default=None)

    def goes_on(self, on: date) -> bool:
        """True where a contact has not ended by a day, and nobody erased it."""
        last = self.last_day()
        return self.erased is None and (last is None or on.isoformat() <= last)

    def reached(self, on: date) -> bool:
        """True where mail can be sent to it on a day, as far as the record knows."""
        addressed = self.holds is not None and self.holds.details.email is not None
        return addressed and self.bounced is None and self.goes_on(on)

    def to_be_asked(self, on: date) -> bool:
        """True where a contact goes on and nobody has confirmed it for longer than the internal interval."""
        confirmed = self.confirmed_at is not None
        return self.goes_on(on) and confirmed and (on - self.confirmed_on).days > INTERNAL_INTERVAL

    @property
    def confirmed_on(self) -> date:
        """The day in New York on which it was last confirmed, of one that ever was."""
        assert self.confirmed_at is not None  # noqa: S101 - asked of those alone
        return new_york_date(self.confirmed_at)


def stream(contact: str) -> str:
    """Return the stream of a contact."""
    return f"contact/{contact}"


def evolve(state: ContactFile, event: Recorded) -> ContactFile:
    """Return the file after one more standing event."""
    match event.body:
        case ContactProposed() as body:
            return replace(state, pending=body, proposals=(*state.proposals, body))
        case ContactConfirmed() as body:
            held = next((each for each in state.proposals if each.proposal == body.proposal), None)
            pending = None if state.pending is held else state.pending
            return replace(state, holds=held, pending=pending, confirmed_at=event.header.known_at, bounced=None)
        case NoChangeOfContact():
            return replace(state, confirmed_at=event.header.known_at, bounced=None)
        case ContactBounced():
            return replace(state, bounced=event)
        case ContactEnded() as body:
            return replace(state, ended=body)
        case ContactErased():
            return replace(state, erased=event)
        case _:
            return state


def file_of(standing: Iterable[Recorded]) -> ContactFile:
    """Return the file that standing events make, in order of (known_at, root position)."""
    state = ContactFile()
    for event in standing:
        state = evolve(state, event)
    return state
