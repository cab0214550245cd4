"""To which address a message goes, looked up when it is sent: a contact's in the vault, an office's as it is set."""

import re
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from domain.contact.file import file_of, stream
from domain.deciding import RecordView
from domain.messages.commands import Obstacle
from domain.sealed import Sealed
from domain.times import new_york_date
from domain.values import Instant

_ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")


class Unseal(Protocol):
    """Opens a field of a person."""

    def __call__(self, person: str, field: str, sealed: Sealed, /) -> str | None:
        """Return the text, or None where it cannot be opened here."""
        ...


class Found(NamedTuple):
    """An address, or what stands in the way of one."""

    address: str | None = None
    obstacle: Obstacle = "no-address"


class Addresses:
    """Looks addresses up; they are kept nowhere."""

    def __init__(self, record: RecordView, unseal: Unseal, offices: Mapping[str, str]) -> None:
        self._record = record
        self._unseal = unseal
        self._offices = offices

    def of(self, addressee: str, at: Instant) -> Found:
        """Return the address of a role or a contact at an instant; a State or an organization as such has none."""
        kind, _, name = addressee.partition(":")
        if kind == "role":
            return _found(self._offices.get(name))
        return self._of_contact(name, at) if kind == "contact" else Found()

    def _of_contact(self, contact: str, at: Instant) -> Found:
        file = file_of(self._record.history(stream(contact)).standing())
        if file.erased is not None:
            return Found(obstacle="erased")
        last = file.last_day()
        if last is not None and last < new_york_date(at).isoformat():
            return Found(obstacle="ended")
        if file.bounced is not None:
            return Found(obstacle="bounced")
        if file.holds is None or file.holds.details.email is None:
            return Found()
        return _found(self._unseal(contact, "email", file.holds.details.email))


def _found(address: str | None) -> Found:
    return Found(address) if address is not None and _ADDRESS.fullmatch(address) else Found()
