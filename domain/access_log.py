"""The access log's traces in the record: the root of each day, and through which day the log itself was given up.

Who read which restricted document is kept apart from the record, and not for ever. What the record holds is enough to
see that nothing in the log of a sealed day was changed.
"""

from collections.abc import Iterable
from typing import ClassVar, cast

from domain import period
from domain.audiences import SECRETARIAT
from domain.deciding import Command, Context
from domain.mandate import Decide
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict
from domain.values import Date, Position, Sha256

STREAM = "record/access"


class SealAccess(Command, frozen=True, kw_only=True, tag="seal-access"):
    """Put the root of one past day of the access log on record; the verb works it out from the log."""

    day: Date
    entries: int
    root: Sha256


class PruneAccess(Command, frozen=True, kw_only=True, tag="prune-access"):
    """Say that the access log is kept no longer through a day; the verb then deletes it, and the roots stay."""

    through: Date


class AccessSealed(Event, frozen=True, kw_only=True):
    """One day of the access log, how many entries it has, and their root: RFC 6962 over the lines of the log."""

    TYPE: ClassVar[str] = "record.access-sealed"
    day: Date
    entries: Position
    root: Sha256


class AccessPruned(Event, frozen=True, kw_only=True):
    """The access log is kept no longer through a day, this one included."""

    TYPE: ClassVar[str] = "record.access-pruned"
    through: Date


EVENTS: tuple[type[Event], ...] = (AccessSealed, AccessPruned)


def seal(command: SealAccess, context: Context) -> Decided:
    """Seal a day that is over, once."""
    return _decided(AccessSealed(day=command.day, entries=command.entries, root=command.root), context)


def prune(command: PruneAccess, context: Context) -> Decided:
    """Give up the log through a day that is over."""
    return _decided(AccessPruned(through=command.through), context)


def _decided(event: AccessSealed | AccessPruned, context: Context) -> Decided:
    """Refuse a day that is not over, is sealed already, or comes before what was given up already.

    Days are those of UTC, as instants are written; the roots are worked out here and now, so no batch brings any.
    """
    if context.importing:
        raise Conflict("the access log is sealed here and now", remedy="record it live")
    where = "day" if isinstance(event, AccessSealed) else "through"
    day = event.day if isinstance(event, AccessSealed) else event.through
    period.day_of(day, where)
    if day >= context.recorded_at[:10]:
        raise Conflict(f"{day} is not over", where=where, remedy="a day of the log ends at midnight UTC")
    standing = context.standing(STREAM)
    if isinstance(event, AccessSealed) and day in sealed(standing):
        raise Conflict(f"{day} is sealed already", where=where)
    if day <= (pruned_through(standing) or ""):
        raise Conflict(f"the access log through {pruned_through(standing)} was given up", where=where)
    return Decided((Draft(stream=STREAM, event=event, audience=SECRETARIAT),))


def sealed(events: Iterable[Recorded]) -> dict[str, AccessSealed]:
    """Return what is sealed, by day."""
    return {each.body.day: each.body for each in events if isinstance(each.body, AccessSealed)}


def pruned_through(events: Iterable[Recorded]) -> str | None:
    """Return the last day through which the log was given up, if any."""
    return max((each.body.through for each in events if isinstance(each.body, AccessPruned)), default=None)


DECISIONS: dict[type[Command], Decide] = {SealAccess: cast("Decide", seal), PruneAccess: cast("Decide", prune)}
