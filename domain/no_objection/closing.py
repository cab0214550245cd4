"""How a no-objection procedure is closed, and how an adoption is taken back to which somebody had objected in time."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from domain import adopting, duty_station
from domain.committee import members
from domain.committee.offices import require_presiding
from domain.deciding import Context, fold_of
from domain.decision import DecisionAdopted, stream
from domain.no_objection.commands import CloseProcedure
from domain.no_objection.events import BY_SILENCE, IncomingInformed, ProcedureClosed, ProcedureOpened, TimeAnswered
from domain.no_objection.procedure import ItemState, Procedure, draft_of, running
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, Refusal
from domain.standing import NO_LIMIT
from domain.times import FAR_FUTURE, new_york_date
from domain.voiding import in_error


class TimeRuns(Refusal):
    """Nothing is adopted by silence before its time has run out."""


class NotPutToIncoming(Refusal):
    """What closes under other members than it was sent to is first put to those who came in."""


def close_procedure(command: CloseProcedure, context: Context) -> Decided:
    """Adopt what nobody has objected to."""
    require_presiding(context)
    found = running(context, command.decision)
    over = [each for each in found.running if each.closes_at <= context.known_at]
    if not over:
        raise _nothing_to_close(found)
    drafts: list[Draft] = []
    for closed_at, items in groupby(
        sorted(over, key=lambda each: (each.closes_at, each.item)), lambda each: each.closes_at
    ):
        closed = _closed(context, found, closed_at, tuple(items))
        adopted = DecisionAdopted(decision=closed.decision, items=closed.items, meeting=BY_SILENCE)
        adopting.check(adopted, context)
        drafts += [draft_of(closed.decision, closed), draft_of(closed.decision, adopted)]
    return Decided(tuple(drafts))


def _closed(context: Context, found: Procedure, closed_at: str, items: Sequence[ItemState]) -> ProcedureClosed:
    decision = found.opened.decision
    not_told = sorted({each for item in items for each in item.incoming})
    if not_told:
        raise NotPutToIncoming(
            f"{', '.join(not_told)} will be members when this closes and have not been told",
            where="decision",
            remedy="put it to them, and record that with `inform-incoming`",
        )
    day = new_york_date(closed_at).isoformat()
    event = ProcedureClosed(
        decision=decision,
        items=tuple(each.item for each in items),
        closed_at=closed_at,
        members=members.electorate(context.standing(members.STREAM), day),
        basis=tuple(sorted({event.id for event in _basis(context, found)})),
    )
    check(event, context)
    return event


def _basis(context: Context, found: Procedure) -> Iterator[Recorded]:
    """Yield what a close rests on: the opening, who was told, the time given, and the duty station's calendar."""
    said = context.standing(stream(found.opened.decision))
    yield from fold_of(said, ProcedureOpened, IncomingInformed, TimeAnswered)
    yield from context.standing(duty_station.stream(found.opened.station))


def _nothing_to_close(found: Procedure) -> Refusal:
    if found.running:
        first = min(each.closes_at for each in found.running)
        return TimeRuns(f"the time of {found.opened.decision} runs until {first}", remedy="close it then")
    waits = "; ".join(f"item {each.item} is {each.status} {', '.join(each.by)}".strip() for each in found.items)
    return Conflict(f"no item of {found.opened.decision} waits for its time to run out: {waits}")


def check(event: ProcedureClosed, context: Context) -> None:
    """Refuse to close what was not opened."""
    running(context, event.decision)


def taken_by_silence(context: Context, decision: str, items: Sequence[int]) -> tuple[Recorded, ...]:
    """Return the closes and adoptions by silence of any of some items."""
    return tuple(
        event
        for event in fold_of(context.standing(stream(decision)), ProcedureClosed, DecisionAdopted)
        if set(_items(event.body)) & set(items)
        and (isinstance(event.body, ProcedureClosed) or getattr(event.body, "meeting", "") == BY_SILENCE)
    )


def _items(body: Event) -> tuple[int, ...]:
    return body.items if isinstance(body, ProcedureClosed | DecisionAdopted) else ()


def without(context: Context, event: Recorded, items: set[int], why: str) -> Iterator[Draft]:
    """Yield what replaces a close or an adoption without some items; where none is left, what voids all of it."""
    left = tuple(each for each in _items(event.body) if each not in items)
    if left:
        yield Draft(
            stream=event.header.stream,
            event=replace(event.body, items=left),
            audience=event.header.audience,
            strikes=event.id,
            known_at=event.header.known_at,
            known_precision=event.header.known_precision,
        )
        return
    family = context.record.history(event.header.stream).family(event.id)
    voided = family.voids(NO_LIMIT, FAR_FUTURE)
    for member in reversed(family.members):  # what is left of a void is the member before it
        if not member.header.voids and member.id not in voided:
            yield in_error(member, why, (member.header.known_at, member.header.known_precision))
