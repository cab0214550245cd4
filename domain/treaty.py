"""Treaties against nuclear, chemical and biological weapons, and what States did by them (6(a)(viii))."""

from collections.abc import Iterable, Mapping
from typing import ClassVar, Literal, cast

from domain import document, period, state
from domain.audiences import PUBLIC
from domain.deciding import Command, Context, fold_of
from domain.mandate import Decide
from domain.recorded import Decided, Draft, Event, Recorded, RecordedInError
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.values import Date, Name, StateCode

Status = Literal["none", "signed", "bound", "party", "withdrawn"]
"""`bound`: the State has ratified, or acted to the same effect; `party`: the treaty is in force for it."""

ACTIONS: Mapping[str, Status] = {
    "signature": "signed",
    "ratification": "bound",
    "acceptance": "bound",
    "accession": "bound",
    "succession": "bound",
    "entry-into-force": "party",
    "withdrawal": "withdrawn",
}
"""What each action makes of a State."""
BINDING = ("ratification", "acceptance", "accession", "succession")
FOLLOWS: Mapping[str, tuple[Status, ...]] = {
    "signature": ("none", "withdrawn"),
    "ratification": ("signed",),
    "acceptance": ("none", "signed", "withdrawn"),
    "accession": ("none", "withdrawn"),
    "succession": ("none", "signed", "withdrawn"),
    "entry-into-force": ("bound",),
    "withdrawal": ("bound", "party"),
}
"""After what each action may come."""


class RegisterTreaty(Command, frozen=True, kw_only=True, tag="register-treaty"):
    """Put a treaty on record: its name, when it was opened for signature, when it came into force."""

    treaty: Name
    name: str
    name_fr: str
    opened_on: Date | None = None
    in_force_from: Date | None = None
    documents: tuple[Name, ...] = ()


class RecordTreatyAction(Command, frozen=True, kw_only=True, tag="record-treaty-action"):
    """Record what a State did by a treaty, on which day, by which source."""

    treaty: Name
    state: StateCode
    action: Name
    day: Date
    document: Name | None = None
    note: str = ""


class TreatyRegistered(Event, frozen=True, kw_only=True):
    """A treaty is on record."""

    TYPE: ClassVar[str] = "treaty.registered"
    treaty: Name
    name: str
    name_fr: str
    opened_on: Date | None
    in_force_from: Date | None
    documents: tuple[Name, ...]


class TreatyActionTaken(Event, frozen=True, kw_only=True):
    """A State signed a treaty, bound itself to it or withdrew, or the treaty came into force for it."""

    TYPE: ClassVar[str] = "treaty.action-taken"
    treaty: Name
    state: StateCode
    action: Name
    day: Date
    document_id: Name | None
    note: str


class TreatyRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a treaty should never have been recorded."""

    TYPE: ClassVar[str] = "treaty.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (TreatyRegistered, TreatyActionTaken, TreatyRecordedInError)


class WrongOrder(Refusal):
    """A State ratifies what it signed, a treaty is in force for who is bound, and only they withdraw from it."""


class NoSource(Refusal):
    """What a State did by a treaty is recorded by a document, such as a notice of the depositary."""


def stream(treaty: str) -> str:
    """Return the stream of a treaty."""
    return f"treaty/{treaty}"


def register(command: RegisterTreaty, context: Context) -> Decided:
    """Register a treaty once."""
    event = TreatyRegistered(
        treaty=command.treaty,
        name=command.name,
        name_fr=command.name_fr,
        opened_on=command.opened_on,
        in_force_from=command.in_force_from,
        documents=command.documents,
    )
    check(event, context)
    return Decided((Draft(stream=stream(event.treaty), event=event, audience=PUBLIC),))


def act(command: RecordTreatyAction, context: Context) -> Decided:
    """Record what a State did by a treaty."""
    event = TreatyActionTaken(
        treaty=command.treaty,
        state=command.state,
        action=command.action,
        day=command.day,
        document_id=command.document,
        note=command.note,
    )
    check(event, context)
    return Decided((Draft(stream=stream(event.treaty), event=event, audience=PUBLIC),))


def check(event: TreatyRegistered | TreatyActionTaken, context: Context) -> None:
    """Refuse a treaty registered twice, and an action without source, before its time or out of order.

    Late history is kept as far as it is known: without a source, and whatever is not known of what came before.
    """
    standing = context.standing(stream(event.treaty))
    registered = fold_of(standing, TreatyRegistered)
    match event:
        case TreatyRegistered():
            if registered:
                raise Conflict(f"treaty {event.treaty} is on record already", where="treaty")
            for name in event.documents:
                document.registered(context, name, where="documents")
            for day, where in ((event.opened_on, "opened_on"), (event.in_force_from, "in_force_from")):
                if day is not None:
                    period.day_of(day, where)
            _check_opened(event, _actions(standing))
        case TreatyActionTaken():
            if not registered:
                raise NotFound(f"treaty {event.treaty} is not on record", where="treaty", remedy="register it first")
            if event.action not in ACTIONS:
                raise MalformedInput(
                    f"{event.action!r} is no action by a treaty", where="action", remedy=", ".join(ACTIONS)
                )
            state.registered(context, event.state)
            period.day_of(event.day, "day")
            if event.document_id is not None:
                document.registered(context, event.document_id)
            elif not context.importing:
                raise NoSource(f"no source says so of {event.state}", where="document", remedy="name the document")
            for each in registered:
                _check_opened(cast("TreatyRegistered", each.body), (event,))
            if not context.importing:
                _check_order(event, standing)


def _check_opened(treaty: TreatyRegistered, actions: Iterable[TreatyActionTaken]) -> None:
    """Refuse a treaty in force, or an action, before the treaty was opened."""
    opened = treaty.opened_on or ""
    if treaty.in_force_from is not None and treaty.in_force_from < opened:
        raise MalformedInput(f"{treaty.treaty} was opened on {opened} only", where="in_force_from")
    for action in actions:
        if action.day < opened:
            raise MalformedInput(
                f"{treaty.treaty} was opened on {opened} only, after {action.action} on {action.day}",
                where="day",
                remedy="mend the day, or the day on which the treaty was opened",
            )


def _check_order(event: TreatyActionTaken, standing: Iterable[Recorded]) -> None:
    """Refuse an action that does not follow from what came before it, or that leaves a later one without its ground."""
    before = _actions(standing)
    known = _out_of_order(before, event.state)
    for each in _out_of_order([*before, event], event.state):
        if each not in known:
            raise WrongOrder(
                f"{each.state}: no {each.action} on {each.day} after what would be on record before it",
                where="action",
                remedy=f"it follows {' or '.join(FOLLOWS[each.action])}: record that first, or correct it",
            )


def _out_of_order(actions: Iterable[TreatyActionTaken], state: str) -> list[TreatyActionTaken]:
    found: list[TreatyActionTaken] = []
    before: Status = "none"
    for each in _in_order(actions, state):
        if before not in FOLLOWS[each.action]:
            found.append(each)
        before = ACTIONS[each.action]
    return found


def _in_order(actions: Iterable[TreatyActionTaken], state: str) -> list[TreatyActionTaken]:
    """Return the actions of a State by day; what one day brings comes in the order of the acts."""
    order = tuple(ACTIONS)
    return sorted(
        (each for each in actions if each.state == state), key=lambda each: (each.day, order.index(each.action))
    )


def _actions(standing: Iterable[Recorded]) -> list[TreatyActionTaken]:
    return [event.body for event in standing if isinstance(event.body, TreatyActionTaken)]


def status(standing: Iterable[Recorded], state: str, day: str) -> Status:
    """Return where a State is with a treaty at the end of a day, as standing events have it."""
    taken = [each for each in _in_order(_actions(standing), state) if each.day <= day]
    return ACTIONS[taken[-1].action] if taken else "none"


DECISIONS: dict[type[Command], Decide] = {
    RegisterTreaty: cast("Decide", register),
    RecordTreatyAction: cast("Decide", act),
}
