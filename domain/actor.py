"""Actor: registered under an opaque id, never a name; every role is granted, delegated and withdrawn on record."""

from datetime import timedelta
from typing import ClassVar, Literal

from domain import period, state
from domain.audiences import SECRETARIAT
from domain.deciding import Command, Context, RecordView
from domain.foreseen import Foreseen
from domain.ids import prefix
from domain.organization import registering
from domain.recorded import Decided, Draft, Event, Recorded, RecordedInError
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.standing import Cut
from domain.times import FAR_FUTURE, new_york_date
from domain.values import Date, Name

KINDS = ("person", "office", "system")
ROLES = ("auditor", "chair", "expert", "member", "organization", "public", "secretariat", "state")
SCOPED = ("organization", "state")
"""Roles that are held for one organization or State."""


class RegisterActor(Command, frozen=True, kw_only=True, tag="register-actor"):
    """Register an actor: a person, an office or a system, under an opaque id."""

    name: Name
    kind: Literal["person", "office", "system"] = "person"


class GrantRole(Command, frozen=True, kw_only=True, tag="grant"):
    """Grant a role; `scope` is a State for the role `state`, an organization for `organization`, else empty."""

    to: Name
    granted_role: str
    scope: str = ""
    valid_from: Date | None = None
    valid_to: Date | None = None


class DelegateRole(Command, frozen=True, kw_only=True, tag="delegate"):
    """Pass on a role that one holds, for a period."""

    to: Name
    delegated_role: str
    scope: str = ""
    valid_from: Date | None = None
    valid_to: Date | None = None


class WithdrawRole(Command, frozen=True, kw_only=True, tag="withdraw-role"):
    """Take a role back, granted or delegated."""

    of: Name
    withdrawn_role: str
    scope: str = ""
    reason: str


class ActorRegistered(Event, frozen=True, kw_only=True):
    """An actor was registered."""

    TYPE: ClassVar[str] = "actor.registered"
    actor: Name
    kind: str


class RoleGranted(Event, frozen=True, kw_only=True):
    """A role was granted."""

    TYPE: ClassVar[str] = "actor.role-granted"
    actor: Name
    role: str
    scope: str
    valid_from: Date | None
    valid_to: Date | None
    granted_by: Name


class RoleDelegated(Event, frozen=True, kw_only=True):
    """A role was delegated by one who holds it."""

    TYPE: ClassVar[str] = "actor.role-delegated"
    actor: Name
    role: str
    scope: str
    valid_from: Date | None
    valid_to: Date | None
    delegated_by: Name


class RoleWithdrawn(Event, frozen=True, kw_only=True):
    """A role was withdrawn."""

    TYPE: ClassVar[str] = "actor.role-withdrawn"
    actor: Name
    role: str
    scope: str
    reason: str


class ActorRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of an actor should never have been recorded."""

    TYPE: ClassVar[str] = "actor.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (
    ActorRegistered,
    RoleGranted,
    RoleDelegated,
    RoleWithdrawn,
    ActorRecordedInError,
)


KEEPER = "secretariat"
"""Without anyone in this role nobody could grant a role again."""


class LastKeeper(Conflict):
    """The last of the Secretariat keeps the role until another has it."""


def stream(actor: str) -> str:
    """Return the stream of an actor."""
    return f"actor/{actor}"


def roles(events: tuple[Recorded, ...], day: str, until: str | None = None) -> frozenset[tuple[str, str]]:
    """Return the (role, scope) pairs that an actor's standing events give on a day (`YYYY-MM-DD`).

    With `until`, those that one of the events gives from that day until this.
    """
    held: set[tuple[str, str]] = set()
    for event in events:
        match event.body:
            case RoleGranted() | RoleDelegated() as given:
                if (given.valid_from or "") <= day and (given.valid_to is None or (until or day) <= given.valid_to):
                    held.add((given.role, given.scope))
            case RoleWithdrawn() as withdrawn:
                held.discard((withdrawn.role, withdrawn.scope))
            case _:
                pass
    return frozenset(held)


def _draft(event: Event, actor: str) -> Draft:
    return Draft(stream=stream(actor), event=event, audience=SECRETARIAT)


def require_registered(context: Context, actor: str, *, where: str = "") -> None:
    """Refuse an actor that is not registered; `where` says which member named it."""
    if not any(isinstance(event.body, ActorRegistered) for event in context.standing(stream(actor))):
        raise NotFound(
            f"actor {actor} is not registered", where=where, remedy="register it first, as `ledger1540 grant` does"
        )


def check(event: ActorRegistered | RoleGranted | RoleDelegated | RoleWithdrawn, context: Context) -> None:
    """Refuse an unknown kind of actor, an unknown role or period, and what becomes of a role that is not held."""
    match event:
        case ActorRegistered():
            if event.kind not in KINDS:
                raise MalformedInput(f"{event.kind!r} is no kind of actor", where="kind", remedy=", ".join(KINDS))
        case RoleGranted() | RoleDelegated():
            require_registered(context, event.actor)
            _check_role(context, event.role, event.scope)
            period.check(event.valid_from, event.valid_to)
            if isinstance(event, RoleDelegated):
                _check_own(event, context)
        case RoleWithdrawn():
            if (event.role, event.scope) not in roles(_known(context, event.actor), _today(context)):
                raise NotFound(f"{event.actor} does not hold the role {event.role}")


def _check_own(event: RoleDelegated, context: Context) -> None:
    """Refuse to pass on a role that one does not hold, now and for as long as it is passed on."""
    today = _today(context)
    first, last = min(today, event.valid_from or today), max(today, event.valid_to or FAR_FUTURE[:10])
    if (event.role, event.scope) not in roles(_known(context, event.delegated_by), first, last):
        until = "on" if event.valid_to is None else f"to {last}"
        raise Conflict(
            f"{event.delegated_by} does not hold the role {event.role} from {first} {until}",
            remedy="pass on a role of one's own, within its period",
        )


def _known(context: Context, actor: str) -> tuple[Recorded, ...]:
    """Return what stands of an actor, of what was known when this is."""
    return context.record.history(stream(actor)).standing(Cut(known_at=context.known_at, position=context.before))


def _check_role(context: Context, role: str, scope: str) -> None:
    if role not in ROLES:
        raise MalformedInput(f"{role!r} is no role", where="role", remedy=f"one of {', '.join(ROLES)}")
    if (role in SCOPED) != bool(scope):
        raise MalformedInput(
            "the roles `organization` and `state` have one as their scope, the others have none", where="scope"
        )
    if role == "state":
        state.registered(context, scope, where="scope")
    elif role == "organization":
        registering.registered(context, scope, where="scope")


def _today(context: Context) -> str:
    """Return the day on which a role must be held: that of recording, or of late history when it was known."""
    return new_york_date(context.known_at if context.importing else context.recorded_at).isoformat()


def register(command: RegisterActor, context: Context) -> Decided:
    """Register an actor once."""
    if context.record.history(stream(command.name)).events:
        raise Conflict(f"actor {command.name} is registered already", remedy="use another id")
    return Decided((_draft(ActorRegistered(actor=command.name, kind=command.kind), command.name),))


def grant(command: GrantRole, context: Context) -> Decided:
    """Grant a role."""
    event = RoleGranted(
        actor=command.to,
        role=command.granted_role,
        scope=command.scope,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        granted_by=command.actor,
    )
    check(event, context)
    return Decided((_draft(event, command.to),))


def delegate(command: DelegateRole, context: Context) -> Decided:
    """Delegate a role that the actor holds."""
    event = RoleDelegated(
        actor=command.to,
        role=command.delegated_role,
        scope=command.scope,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        delegated_by=command.actor,
    )
    check(event, context)
    return Decided((_draft(event, command.to),))


def withdraw(command: WithdrawRole, context: Context) -> Decided:
    """Withdraw a role that the actor holds."""
    event = RoleWithdrawn(actor=command.of, role=command.withdrawn_role, scope=command.scope, reason=command.reason)
    check(event, context)
    if command.withdrawn_role == KEEPER and not _keepers(context, context.record) - {command.of}:
        raise LastKeeper(f"{command.of} is the last to hold the role {KEEPER}", remedy="grant it to another first")
    return Decided((_draft(event, command.of),))


def check_keeper_stays(context: Context, then: Foreseen) -> None:
    """Refuse strikes after which nobody would hold the role of the Secretariat.

    Raises:
        LastKeeper: with who holds it now.
    """
    if all(prefix(event.header.stream) != "actor" for event in then.struck.values()) or _keepers(context, then):
        return
    lost = _keepers(context, context.record) or _holders(context, context.record) - _holders(context, then)
    if lost:
        raise LastKeeper(
            f"{', '.join(sorted(lost))} would not hold the role {KEEPER} any more, and nobody else does after today",
            remedy="grant it to another first",
        )


def _keepers(context: Context, view: RecordView) -> set[str]:
    """Return who keeps the record: whose role of the Secretariat does not end with the day of recording."""
    return _holders(context, view, days=1)


def _holders(context: Context, view: RecordView, days: int = 0) -> set[str]:
    """Return who holds the role of the Secretariat on the day of recording, and for as many days more."""
    today = new_york_date(context.recorded_at)
    day, until = today.isoformat(), (today + timedelta(days=days)).isoformat()
    given = (e.body for e in context.record.after(0) if isinstance(e.body, RoleGranted | RoleDelegated))
    ever = {body.actor for body in given if body.role == KEEPER}
    return {actor for actor in ever if (KEEPER, "") in roles(view.history(stream(actor)).standing(), day, until)}
