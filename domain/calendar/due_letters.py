"""Letters that fall due: to whom, about what, of which kind and when; what each says is worked out when it does."""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from domain.calendar.ladders import WORTH_SENDING
from domain.calendar.rungs import Offset, rung_at
from domain.contact.file import ContactFile
from domain.duty_station import WorkingDays
from domain.messages.message import Message, message_of, stream
from domain.messages.naming import message_name
from domain.standing import Stands
from domain.times import moment
from domain.values import Addressee, Instant, Name, StreamName


class DueLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that falls due at an instant and rests on what is on record since another.

    `first` is the message whose thread it continues; `lacks` says what it cannot be written without; `until` is when it
    is too late to send it.
    """

    kind: Name
    about: StreamName
    addressee: Addressee
    rung: Name
    at: Instant
    since: Instant
    language: str = "en"
    first: Name | None = None
    lacks: str = ""
    until: Instant | None = None

    @property
    def message(self) -> str:
        """The name of the message."""
        return message_name(self.about, addressee=self.addressee, rung=self.rung)

    def worth_sending(self, at: Instant) -> bool:
        """True where it fell due only after what it rests on was on record, and not too long ago."""
        return self.at >= self.since and moment(at) - moment(self.at) <= WORTH_SENDING


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """Where letters to a State go now: its Mission's contact or, for want of an address, the State, by hand.

    `ever` is whoever such a letter may have gone to before.
    """

    to: Addressee
    ever: tuple[Addressee, ...]
    language: str = "en"


def post_of(state: str, missions: Iterable[tuple[str, ContactFile]], on: date) -> Post:
    """Return where letters to a State go on a day, among the contacts of its Mission."""
    found = sorted(missions, key=lambda each: each[0])
    here = f"state:{state}"
    for name, file in found:
        if file.holds is not None and file.reached(on):
            return Post(to=f"contact:{name}", ever=_ever(found, here), language=file.holds.language)
    return Post(to=here, ever=_ever(found, here))


def _ever(found: Iterable[tuple[str, ContactFile]], here: Addressee) -> tuple[Addressee, ...]:
    return (here, *(f"contact:{name}" for name, _ in found))


def written(standing: Stands, about: StreamName, rung: Name, addressees: Iterable[Addressee]) -> Message | None:
    """Return the message that is on record of a rung, to whichever of some addressees."""
    for each in addressees:
        found = message_of(standing(stream(message_name(about, addressee=each, rung=rung))))
        if found is not None:
            return found
    return None


def morning(day: date, station: WorkingDays) -> Instant:
    """Return the hour of the first working day from a day on."""
    return rung_at(day - timedelta(days=1), Offset(-1), station).at
