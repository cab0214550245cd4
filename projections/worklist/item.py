"""One thing to do, as a worklist tells it."""

from typing import Literal, NamedTuple

import msgspec

from domain.values import Instant, Precision
from projections.engine.view import Columns, Row

What = Literal[
    "received, not yet reflected",
    "source no longer there",
    "opened, not sealed",
    "sealed, not approved",
    "sent, not answered",
    "comment, not looked at since",
    "clarification awaited",
    "reply to a letter awaited",
    "reply to a letter asked of us",
    "next step on a letter",
    "step of a request for assistance",
    "visit, next act",
    "meeting, not all members told",
    "meeting over, not recorded as held",
    "conclusions drawn, not approved",
    "conclusions approved, not dispatched",
    "conclusions approved, no open meeting",
    "approved, consent not asked",
    "consent asked, not answered",
    "published, consent ended",
    "remark on a draft",
    "contact proposed, not confirmed",
    "contact asked twice, not answered",
    "mail to a contact came back",
    "no point of contact any more",
    "message of which nobody knows whether it went out",
    "message refused by a mail server",
    "message that came back",
    "letter without an address",
]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """Something to do: `about` which submission, revision, row or letter, `since` it was known, how (`do`).

    `state` is null where it concerns no State, or several.
    """

    since: Instant
    since_precision: Precision
    state: str | None
    what: What
    about: str
    note: str
    do: str
    event_id: str
    position: int
    recorded_at: Instant
    synthetic: bool


class Found(NamedTuple):
    """An item, and the row by whose audience it is judged who may see it."""

    row: Row[Columns]
    item: Item


def found(row: Row[Columns], state: str | None, what: What, about: str, do: str, note: str = "") -> Found:
    """Return something to do since an event was known."""
    item = Item(
        since=row.known_at,
        since_precision=row.known_precision,
        state=state,
        what=what,
        about=about,
        note=note,
        do=do,
        event_id=row.event_id,
        position=row.position,
        recorded_at=row.recorded_at,
        synthetic=row.synthetic,
    )
    return Found(row, item)
