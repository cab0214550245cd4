"""What may be struck: what stands, but nothing by which the record registers, erases, holds or disposes."""

from domain import disposed, filing, log_keys, seals
from domain.access_log import AccessPruned, AccessSealed
from domain.contact.events import ContactErased
from domain.deciding import Context
from domain.holds import HoldPlaced
from domain.matrix.facts import opening_stands
from domain.recorded import Event, Recorded
from domain.records import BatchImported, BatchReversed, TypeRegistered
from domain.refusals import Refusal
from domain.standing import Cut

FOR_EVER: tuple[type[Event], ...] = (
    *(TypeRegistered, BatchImported, BatchReversed, ContactErased, HoldPlaced, AccessSealed, AccessPruned),
    *(*disposed.EVENTS, *filing.EVENTS, *seals.EVENTS, *log_keys.EVENTS),
)
"""What is never struck: a hold that could be voided would need no authority to end."""


class DoesNotStand(Refusal):
    """Only what stands can be struck."""


class CannotBeStruck(Refusal):
    """The record's own registrations are for ever, and so is an erasure; a hold ends by being lifted."""


def standing_target(context: Context, reference: str) -> Recorded:
    """Return the event a correction names, which must stand; refuse by naming what does."""
    target = context.target(reference)
    if isinstance(target.body, FOR_EVER):
        raise CannotBeStruck(f"{target.header.type} cannot be struck")
    known = context.record.history(target.header.stream)
    cut = Cut(position=context.before)
    if not known.stands(target.id, cut):
        stands = known.family(target.id).standing(cut.position, cut.noticed_by)
        what = "nothing stands in its place" if stands is None else f"event {stands.id} stands in its place"
        raise DoesNotStand(f"event {target.id} does not stand; {what}", where="target")
    if not opening_stands(context.record, target):
        raise DoesNotStand(f"event {target.id} does not stand, nor does the opening of its revision", where="target")
    return target
