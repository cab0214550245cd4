"""What delegations say while a no-objection procedure runs: objections, holds, requests for time, and the answers."""

from domain.committee import members
from domain.correspondence import letters
from domain.deciding import Context, dated, received_date
from domain.no_objection.closing import taken_by_silence, without
from domain.no_objection.commands import AnswerTime, AskTime, Object, PlaceOnHold, ReleaseHold, Saying
from domain.no_objection.events import HoldReceived, HoldReleased, ObjectionReceived, TimeAnswered, TimeAsked, Voice
from domain.no_objection.procedure import ItemState, draft_of, running
from domain.recorded import Decided, Draft
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.times import new_york_date


class NoMember(Refusal):
    """Only a member of the Committee is heard, on the day on which it is received."""


class TimeIsOver(Refusal):
    """What is received after the time has run out does not change what silence has adopted."""


def object_to(command: Object, context: Context) -> Decided:
    """Record an objection; what silence had adopted meanwhile, though the objection came in time, is taken back."""
    said = _said(ObjectionReceived, command, context, reason=command.reason)
    why = f"{command.state} had objected in time, which was recorded later"
    items = _items(command, context)
    struck = (
        draft
        for taken in taken_by_silence(context, command.decision, items)
        for draft in without(context, taken, set(items), why)
    )
    return Decided((said, *struck))


def place_on_hold(command: PlaceOnHold, context: Context) -> Decided:
    """Place items on hold."""
    return Decided((_said(HoldReceived, command, context, reason=command.reason),))


def release_hold(command: ReleaseHold, context: Context) -> Decided:
    """Lift a hold."""
    return Decided((_said(HoldReleased, command, context),))


def ask_time(command: AskTime, context: Context) -> Decided:
    """Ask for time."""
    return Decided((_said(TimeAsked, command, context),))


def answer_time(command: AnswerTime, context: Context) -> Decided:
    """Answer who asked for time."""
    asked = [each.item for each in running(context, command.decision).items if each.status == "time-asked"]
    event = TimeAnswered(
        decision=command.decision, items=command.items or tuple(asked), days=command.days, reason=command.reason
    )
    check(event, context)
    return Decided((draft_of(event.decision, event),))


def check(event: Voice | TimeAnswered, context: Context) -> None:
    """Refuse a voice that is no member's, comes too late or is heard already, and time given to nobody."""
    if isinstance(event, TimeAnswered):
        _check_answer(event, context)
    else:
        _check_voice(event, context)


def _check_voice(event: Voice, context: Context) -> None:
    found = running(context, event.decision)
    by_item = {each.item: each for each in found.items}
    unknown = sorted(set(event.items) - by_item.keys())
    if unknown or not event.items:
        raise NotFound(f"item {unknown[0] if unknown else '-'} is not under the procedure", where="items")
    if event.letter is not None:
        letters.entered(context, event.letter)
    if context.importing:
        return
    day = new_york_date(event.received_at).isoformat()
    if event.state not in members.members_on(context.standing(members.STREAM), day):
        raise NoMember(f"{event.state} is no member of the Committee on {day}", where="state")
    if event.received_at < found.opened.sent_at:
        raise MalformedInput(f"received {event.received_at}, before it was sent", where="received")
    for item in (by_item[number] for number in event.items):
        _check_heard(event, item)


def _check_heard(event: Voice, item: ItemState) -> None:
    """Refuse what comes too late for an item, or says again what is on record; a waiting item still hears everybody."""
    waits = item.status in ("held", "time-asked")
    if not waits and event.received_at >= item.closes_at:
        raise TimeIsOver(
            f"the time for item {item.item} ran out at {item.closes_at}",
            where="received",
            remedy="it stays as it was; register the letter, and bring the matter up in a meeting",
        )
    match event:
        case ObjectionReceived() if item.status == "decided" or (event.state in item.by and item.status == "objected"):
            raise Conflict(f"item {item.item} is {item.status} already", where="items")
        case HoldReleased() if item.status != "held" or event.state not in item.by:
            raise NotFound(f"{event.state} does not hold item {item.item}", where="items")
        case HoldReceived() | TimeAsked() if item.status in ("objected", "adopted", "decided"):
            raise Conflict(f"item {item.item} is {item.status} already", where="items")
        case _:
            pass


def _check_answer(event: TimeAnswered, context: Context) -> None:
    asked = {each.item for each in running(context, event.decision).items if each.status == "time-asked"}
    if not event.items or set(event.items) - asked:
        raise NotFound("nobody has asked for time on these items", where="items", remedy="name those, or none for all")
    if event.days < 0:
        raise MalformedInput("days are 0 or more", where="days")


def _items(command: Saying, context: Context) -> tuple[int, ...]:
    """Return the items that something is about: those named, else all that are not decided."""
    found = running(context, command.decision).items
    return command.items or tuple(each.item for each in found if each.status not in ("objected", "decided"))


def _said(kind: type[Voice], command: Saying, context: Context, **reason: str) -> Draft:
    """Return what a delegation said, known when it was received."""
    received = command.received or command.known or context.recorded_at
    at, precision = received_date(command, received, context, where="received")
    event = kind(
        decision=command.decision,
        items=_items(command, context),
        state=command.state,
        received_at=at,
        letter=command.letter,
        **reason,
    )
    check(event, context)
    return dated(draft_of(event.decision, event), command, at, precision)
