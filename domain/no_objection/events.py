"""What is recorded of a no-objection procedure, in the stream of its decision."""

from typing import ClassVar

from domain.recorded import Event
from domain.values import Instant, Integer, LetterId, Name, Sha256, StateCode, Uuid

BY_SILENCE = "no-objection procedure"
"""In the place of a meeting, for what silence adopted."""


class ProcedureOpened(Event, frozen=True, kw_only=True):
    """Items of a proposal were sent to all delegations, who have some full working days to object.

    `days` are full working days of the duty station; `closing_hour` is New York's, as `17:00`. A delegation that comes
    in while it runs has at least `incoming_days`; holds end with membership if `holds_lapse`.
    """

    TYPE: ClassVar[str] = "decision.procedure-opened"
    decision: Name
    items: tuple[Integer, ...]
    sent_at: Instant
    delegations: tuple[StateCode, ...]
    documents: tuple[Sha256, ...]
    days: Integer
    closing_hour: str
    station: Name
    incoming_days: Integer
    holds_lapse: bool
    in_place_of: Name | None


class IncomingInformed(Event, frozen=True, kw_only=True):
    """What runs was put to delegations that come into the Committee before it closes."""

    TYPE: ClassVar[str] = "decision.incoming-informed"
    decision: Name
    sent_at: Instant
    delegations: tuple[StateCode, ...]


class Voice(Event, frozen=True, kw_only=True):
    """What a delegation says of items, and when that was received."""

    decision: Name
    items: tuple[Integer, ...]
    state: StateCode
    received_at: Instant
    letter: LetterId | None


class ObjectionReceived(Voice, frozen=True, kw_only=True):
    """A member objects to items, which ends the procedure for them at once."""

    TYPE: ClassVar[str] = "decision.objection-received"
    reason: str


class HoldReceived(Voice, frozen=True, kw_only=True):
    """A member places items on hold: they stay open until it lifts the hold."""

    TYPE: ClassVar[str] = "decision.hold-received"
    reason: str


class HoldReleased(Voice, frozen=True, kw_only=True):
    """A member lifts its hold on items."""

    TYPE: ClassVar[str] = "decision.hold-released"


class TimeAsked(Voice, frozen=True, kw_only=True):
    """A member asks for more time on items: they stay open until the Chair has answered."""

    TYPE: ClassVar[str] = "decision.time-asked"


class TimeAnswered(Event, frozen=True, kw_only=True):
    """The Chair answers who asked for time on items: so many further full working days, or none."""

    TYPE: ClassVar[str] = "decision.time-answered"
    decision: Name
    items: tuple[Integer, ...]
    days: Integer
    reason: str


class ProcedureClosed(Event, frozen=True, kw_only=True):
    """The time for some items ran out without an objection: who the members were then, and what it rests on."""

    TYPE: ClassVar[str] = "decision.procedure-closed"
    decision: Name
    items: tuple[Integer, ...]
    closed_at: Instant
    members: tuple[StateCode, ...]
    basis: tuple[Uuid, ...]


EVENTS: tuple[type[Event], ...] = (
    ProcedureOpened,
    IncomingInformed,
    ObjectionReceived,
    HoldReceived,
    HoldReleased,
    TimeAsked,
    TimeAnswered,
    ProcedureClosed,
)
