"""Whether what silence adopted had its full time, was put to all who decided, and waited for who had spoken."""

from collections.abc import Iterator

from domain.decision import DecisionAdopted, stream
from domain.duty_station import HolidaysUnknown
from domain.no_objection.events import BY_SILENCE, ProcedureClosed, ProcedureOpened
from domain.no_objection.procedure import ItemState, Procedure, procedure
from domain.recorded import Recorded
from projections.audit.check import Check, Found
from projections.audit.trail import Trail

WAITED = ("held", "time-asked", "objected")


def find(trail: Trail) -> Iterator[Found]:
    """Yield adoptions by silence that were closed too early, not put to all, or over the voice of a member.

    The time is counted with the holidays and closures that stand now: a closure recorded late may be the reason.
    """
    for event in trail.standing("decision/", DecisionAdopted):
        if isinstance(event.body, DecisionAdopted) and event.body.meeting == BY_SILENCE:
            yield from _of(trail, event, event.body)


def _of(trail: Trail, adopted: Recorded, body: DecisionAdopted) -> Iterator[Found]:
    beside = tuple(trail.standing_in(stream(body.decision), ProcedureOpened, ProcedureClosed))
    closes = [each.body for each in beside if isinstance(each.body, ProcedureClosed)]
    closed = {item: close.closed_at for close in closes for item in close.items}
    found = _procedure_without(trail, adopted, body.decision)
    if found is None:
        yield Found(adopted, f"silence adopted {body.decision}, of which no procedure that can be counted is on record")
        return
    for item in (each for each in found.items if each.item in body.items):
        for what in _faults(item, closed.get(item.item, adopted.header.known_at)):
            yield Found(adopted, f"item {item.item} of {body.decision} {what}", beside)


def _faults(item: ItemState, closed_at: str) -> Iterator[str]:
    if closed_at < item.closes_at:
        yield f"was closed at {closed_at}, while its time ran until {item.closes_at}"
    if item.incoming:
        yield f"was not put to {', '.join(item.incoming)}, members when it closed"
    if item.status in WAITED:
        yield f"was {item.status} by {', '.join(item.by)} when it closed"


def _procedure_without(trail: Trail, adopted: Recorded, decision: str) -> Procedure | None:
    """Return the procedure as it stood without its adoption, with what was known when it was adopted."""

    def stands(name: str) -> tuple[Recorded, ...]:
        events = trail.stands(name)
        if name != stream(decision):
            return events
        return tuple(each for each in events if each is not adopted and each.header.known_at <= adopted.header.known_at)

    try:
        return procedure(stands, decision, adopted.header.known_at)
    except HolidaysUnknown:
        return None


CHECK = Check(
    name="silence-cut-short",
    says="What silence adopts has had its full working days, was put to all who decide, and nobody spoke against it.",
    find=find,
)
