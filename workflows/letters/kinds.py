"""The kinds of letters: what each is filled from, whether somebody approves it, and what an uncertain sending means."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta

from domain.messages.commands import WhenUncertain

Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]


class Values(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a letter is filled from; never a person's name or address."""


class Reminding(Values, frozen=True, kw_only=True):
    """A duty that falls due, or is overdue."""

    duty: str
    what: str
    paragraph: str
    words: str
    last_day: Day
    days_left: int
    steps_left: tuple[str, ...]
    internal: bool


class Confirming(Values, frozen=True, kw_only=True):
    """A point of contact, last confirmed on a day if it ever was; `reply_by` is asked for and owed by nobody."""

    party: str
    confirmed_on: Day | None
    reply_by: Day


class Inviting(Values, frozen=True, kw_only=True):
    """A State that has not submitted a first report, its pre-filled matrix and the notice that stands on that."""

    state: str
    matrix_document: str
    notice: str


class Proposing(Values, frozen=True, kw_only=True):
    """A proposal under a no-objection procedure; its items, each behind its number, and when it closes."""

    decision: str
    title: str
    items: tuple[str, ...]
    closes: str


class Closing(Values, frozen=True, kw_only=True):
    """What became of items of a proposal under a no-objection procedure."""

    decision: str
    title: str
    items: tuple[str, ...]
    adopted: bool
    closed: str


class Announcing(Values, frozen=True, kw_only=True):
    """A meeting, when and, if that is known, where, and the documents that are before it."""

    meeting: str
    title: str
    starts: str
    place: str | None
    documents: tuple[str, ...]


class Acknowledging(Values, frozen=True, kw_only=True):
    """What was received, when, and under which reference."""

    party: str
    title: str
    received_on: Day
    reference: str


class Noting(Values, frozen=True, kw_only=True):
    """What falls due on a day and is still open."""

    says: str
    day: Day
    internal: bool


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of letter. One to Committee colleagues may come twice; one to a State is asked about."""

    values: type[Values]
    approval_needed: bool
    when_uncertain: WhenUncertain


def _among_us(values: type[Values]) -> Kind:
    return Kind(values=values, approval_needed=False, when_uncertain="send-again")


def _outside(values: type[Values]) -> Kind:
    return Kind(values=values, approval_needed=True, when_uncertain="ask")


KINDS: Mapping[str, Kind] = {
    "deadline-reminder": _among_us(Reminding),
    "note-to-the-secretariat": _among_us(Noting),
    "contact-confirmation": _outside(Confirming),
    "contact-confirmation-reminder": _outside(Confirming),
    "first-report-invitation": _outside(Inviting),
    "no-objection-proposal": Kind(values=Proposing, approval_needed=True, when_uncertain="send-again"),
    "no-objection-closed": Kind(values=Closing, approval_needed=True, when_uncertain="send-again"),
    "meeting-notice": _among_us(Announcing),
    "submission-acknowledgement": _outside(Acknowledging),
    "assistance-acknowledgement": _outside(Acknowledging),
}
