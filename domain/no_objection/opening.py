"""How a no-objection procedure is opened: put to all delegations, and to those who come in while it runs."""

from datetime import time

from domain import adopting, state
from domain.committee import members
from domain.committee.offices import require_presiding
from domain.deciding import Context, dated, received_date
from domain.no_objection.commands import InformIncoming, OpenProcedure
from domain.no_objection.events import IncomingInformed, ProcedureOpened
from domain.no_objection.procedure import draft_of, procedure, running
from domain.recorded import Decided
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.times import new_york_date


class NotAllDelegations(Refusal):
    """A procedure is put to all members of the Committee, and to no others."""


def open_procedure(command: OpenProcedure, context: Context) -> Decided:
    """Put items to all delegations."""
    items = command.items or adopting.open_items(context, command.decision)
    sent_at, precision = received_date(command, command.sent, context, where="sent")
    event = ProcedureOpened(
        decision=command.decision,
        items=items,
        sent_at=sent_at,
        delegations=tuple(sorted(command.delegations)) or _members(context, sent_at),
        documents=command.documents,
        days=command.days,
        closing_hour=command.closing_hour,
        station=command.station,
        incoming_days=command.incoming_days,
        holds_lapse=command.holds_lapse,
        in_place_of=command.in_place_of,
    )
    check(event, context)
    return Decided((dated(draft_of(event.decision, event), command, sent_at, precision),))


def _members(context: Context, sent_at: str) -> tuple[str, ...]:
    return members.electorate(context.standing(members.STREAM), new_york_date(sent_at).isoformat())


def inform_incoming(command: InformIncoming, context: Context) -> Decided:
    """Put what runs to delegations that come in."""
    sent_at, precision = received_date(command, command.sent, context, where="sent")
    found = running(context, command.decision)
    told = command.delegations or {each for item in found.items for each in item.incoming}
    event = IncomingInformed(decision=command.decision, sent_at=sent_at, delegations=tuple(sorted(told)))
    check(event, context)
    return Decided((dated(draft_of(event.decision, event), command, sent_at, precision),))


def check(event: ProcedureOpened | IncomingInformed, context: Context) -> None:
    """Refuse a procedure that is not put to all, that runs already, or without a day to object."""
    match event:
        case ProcedureOpened():
            _check_opening(event, context)
        case IncomingInformed():
            running(context, event.decision)
            if not event.delegations:
                raise MalformedInput("nobody comes in before it closes", where="delegations")
            for each in event.delegations:
                state.registered(context, each, where="delegations")


def _check_opening(event: ProcedureOpened, context: Context) -> None:
    require_presiding(context)
    adopting.check_open(context, event.decision, event.items)
    if event.days < 1 or event.incoming_days < 1:
        raise MalformedInput("a procedure runs for one full working day or more", where="days")
    try:
        time.fromisoformat(event.closing_hour)
    except ValueError:
        raise MalformedInput(f"{event.closing_hour!r} is no hour", where="closing_hour", remedy="write 17:00") from None
    found = procedure(context.standing, event.decision, context.known_at)
    runs = () if found is None else {each.item for each in found.items if each.status != "objected"} & set(event.items)
    if runs:
        raise Conflict(f"items {sorted(runs)} are under a procedure already", where="items")
    if event.in_place_of is not None and procedure(context.standing, event.in_place_of, context.known_at) is None:
        raise NotFound(f"no procedure on {event.in_place_of} was opened", where="in_place_of")
    if context.importing:
        return
    wanted = _members(context, event.sent_at)
    differing = sorted(set(wanted) ^ set(event.delegations))
    if differing:
        raise NotAllDelegations(
            f"not the {len(wanted)} members of that day: {', '.join(differing)}",
            where="delegations",
            remedy="send it to all of them, and name them all",
        )
