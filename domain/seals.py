"""The seal over the heads of all streams: what the record holds in each, as at a position, under one root.

A checkpoint alone shows what is there. With a seal under it, it also shows that nothing of a stream was left out.
"""

from collections.abc import Iterable
from typing import ClassVar, cast

from domain.audiences import PUBLIC
from domain.deciding import Command, Context
from domain.mandate import Decide
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, MalformedInput
from domain.values import Position, Sha256

STREAM = "record/seals"


class SealHeads(Command, frozen=True, kw_only=True, tag="seal-heads"):
    """Put the root over the heads of all streams on record; the system works it out and gives it."""

    through: int
    streams: int
    root: Sha256


class HeadsSealed(Event, frozen=True, kw_only=True):
    """The heads of all streams as at position `through`, and their root: RFC 6962 over one line for each stream."""

    TYPE: ClassVar[str] = "record.heads-sealed"
    through: Position
    streams: Position
    root: Sha256


EVENTS: tuple[type[Event], ...] = (HeadsSealed,)


def seal(command: SealHeads, context: Context) -> Decided:
    """Seal what is on record, further on than the last seal does.

    Whether the root is right is not for the rules: whoever holds the record works it out again.
    """
    if context.importing:
        raise Conflict("heads are sealed here and now", remedy="the record seals itself")
    if command.through > context.before:
        raise MalformedInput(f"position {command.through} is not on record", where="through")
    if command.streams > command.through:
        raise MalformedInput(f"{command.through} events are not in {command.streams} streams", where="streams")
    last = last_sealed(context.standing(STREAM))
    if last is not None and command.through <= last.through:
        raise Conflict(f"the heads are sealed through position {last.through} already", where="through")
    event = HeadsSealed(through=command.through, streams=command.streams, root=command.root)
    return Decided((Draft(stream=STREAM, event=event, audience=PUBLIC),))


def last_sealed(events: Iterable[Recorded]) -> HeadsSealed | None:
    """Return the last of some seals."""
    return max(
        (each.body for each in events if isinstance(each.body, HeadsSealed)), key=lambda one: one.through, default=None
    )


DECISIONS: dict[type[Command], Decide] = {SealHeads: cast("Decide", seal)}
