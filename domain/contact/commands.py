"""What is asked of contacts. Personal fields come sealed: no command holds the text."""

from typing import Literal

import msgspec

from domain.deciding import Command
from domain.sealed import Sealed
from domain.values import Date, Name, StateCode

Party = Literal["state", "mission", "organization"]
Seat = Literal["capital", "new-york", "headquarters"]
Ending = Literal["left", "replaced", "withdrawn", "unreachable"]


class Details(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The personal fields of a contact, each sealed for its person alone."""

    name: Sealed | None
    title: Sealed | None
    email: Sealed | None
    phone: Sealed | None
    address: Sealed | None


class ProposeContact(Command, frozen=True, kw_only=True, tag="propose-contact"):
    """Propose a contact of a State, its Mission or an organization, or what is to hold of one from now on."""

    contact: Name
    party: Party
    seat: Seat
    language: str
    details: Details
    state: StateCode | None = None
    organization: Name | None = None
    valid_from: Date | None = None
    valid_to: Date | None = None
    document: Name | None = None


class ConfirmContact(Command, frozen=True, kw_only=True, tag="confirm-contact"):
    """As a second person, confirm the last proposal of a contact; `proposal` is its number."""

    contact: Name
    proposal: int


class ReaffirmContact(Command, frozen=True, kw_only=True, tag="reaffirm-contact"):
    """Record that a party says that its contact has not changed."""

    contact: Name
    document: Name | None = None


class BounceContact(Command, frozen=True, kw_only=True, tag="bounce-contact"):
    """Record that what was sent to a contact came back, with the status that the mail system gives."""

    contact: Name
    status: str


class EndContact(Command, frozen=True, kw_only=True, tag="end-contact"):
    """Record the last day of a contact."""

    contact: Name
    valid_to: Date
    ending: Ending
    document: Name | None = None


class EraseContact(Command, frozen=True, kw_only=True, tag="erase-contact"):
    """Erase a person, on the authority of a decision or a document; the verb `erase` then destroys the key."""

    contact: Name
    reason: str
    decision: Name | None = None
    document: Name | None = None
