"""How an activity is logged: once, with what its kind needs; and what may become of it."""

from typing import cast

from domain import decision, document, period, state
from domain.activity.contact import check_consent
from domain.activity.kinds import KINDS, Kind
from domain.activity.records import ActivityFollowedUp, ActivityLogged, FollowActivityUp, LogActivity, stream
from domain.audiences import COMMITTEE, PUBLIC
from domain.deciding import Command, Context, fold_of
from domain.mandate import Decide
from domain.organization import registering
from domain.recorded import Decided, Draft, Recorded
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.times import new_york_date


class Needed(Refusal):
    """An activity of this kind says more: a document, a State, the goal."""


class NotYet(Refusal):
    """What has not begun is not logged: what is planned stands in the calendar of events."""


class AlreadyLapsed(Refusal):
    """Nothing follows an interest that lapsed."""


def log(command: LogActivity, context: Context) -> Decided:
    """Log an activity."""
    event = ActivityLogged(
        activity=command.activity,
        kind=command.kind,
        first_day=command.first_day,
        last_day=command.last_day or command.first_day,
        text=command.text,
        goal=command.goal,
        reached=command.reached,
        states=command.states,
        organizations=command.organizations,
        documents=command.documents,
        decision_id=command.decision,
        links=tuple(context.target(link).id for link in command.links),
    )
    check(event, context)
    audience = PUBLIC if KINDS[event.kind].public else COMMITTEE
    return Decided((Draft(stream=stream(event.activity), event=event, audience=audience),))


def follow_up(command: FollowActivityUp, context: Context) -> Decided:
    """Record what became of an activity."""
    event = ActivityFollowedUp(
        activity=command.activity,
        outcome=command.outcome,
        text=command.text,
        documents=command.documents,
        links=tuple(context.target(link).id for link in command.links),
    )
    check(event, context)
    audience = _logged(context, event.activity).header.audience
    return Decided((Draft(stream=stream(event.activity), event=event, audience=audience),))


def check(event: ActivityLogged | ActivityFollowedUp, context: Context) -> None:
    """Refuse an activity logged twice, of no kind, without what its kind needs, and what cannot become of it."""
    for name in event.documents:
        document.registered(context, name, where="documents")
    for link in event.links:
        if context.record.event(link) is None:
            raise NotFound(f"no event {link} is on record", where="links")
    match event:
        case ActivityLogged():
            if fold_of(context.standing(stream(event.activity)), ActivityLogged):
                raise Conflict(
                    f"activity {event.activity} is on record already", where="activity", remedy="use another id"
                )
            for code in event.states:
                state.registered(context, code, where="states")
            registering.check_named(context, *event.organizations, where="organizations")
            _check_days(event, context)
            _check_needs(event, kind_of(event.kind), context)
        case ActivityFollowedUp():
            _check_follows(event, context)


def kind_of(name: str) -> Kind:
    """Return the kind of this name.

    Raises:
        MalformedInput: there is none.
    """
    if name not in KINDS:
        raise MalformedInput(f"{name!r} is no kind of activity", where="kind", remedy=f"one of {', '.join(KINDS)}")
    return KINDS[name]


def _check_days(event: ActivityLogged, context: Context) -> None:
    first, last = period.day_of(event.first_day, "first_day"), period.day_of(event.last_day, "last_day")
    if last < first:
        raise MalformedInput("the activity ends before it begins", where="last_day", remedy="mend the dates")
    if new_york_date(context.known_at) < first:
        raise NotYet(f"{event.activity} begins on {first}", where="first_day", remedy="log it when it has begun")


def _check_needs(event: ActivityLogged, kind: Kind, context: Context) -> None:
    """Refuse an activity without what its kind needs; of late history, no decision and no consent need be left."""
    has = {
        "document": event.documents,
        "state": event.states,
        "party": event.states or event.organizations,
        "decision": context.importing or event.decision_id,
        "goal": event.goal.strip(),
    }
    for need in kind.needs:
        if not has[need]:
            raise Needed(
                f"{event.kind} ({kind.duty}, {kind.paragraph}) names {_WORDS[need]}",
                where=_MEMBERS[need],
                remedy="name it, or log another kind of activity",
            )
    if event.decision_id is not None and not context.importing:
        decision.require_adopted(context, event.decision_id)
    if kind.sector and not context.importing:
        check_consent(context, event)


_WORDS = {
    "document": "a document",
    "state": "a State",
    "party": "a State or an organization",
    "decision": "the decision",
    "goal": "the goal that it serves",
}
_MEMBERS = {
    "document": "documents",
    "state": "states",
    "party": "states",
    "decision": "decision",
    "goal": "goal",
}


def _logged(context: Context, activity: str) -> Recorded:
    found = fold_of(context.standing(stream(activity)), ActivityLogged)
    if not found:
        raise NotFound(f"activity {activity} is not on record", where="activity", remedy="log it first")
    return found[-1]


def _check_follows(event: ActivityFollowedUp, context: Context) -> None:
    """Refuse what cannot become of an activity of its kind, and anything after it lapsed, as known by then."""
    logged = _logged(context, event.activity).body
    assert isinstance(logged, ActivityLogged)  # noqa: S101 - `_logged` returns nothing else
    outcomes = kind_of(logged.kind).outcomes
    if event.outcome not in outcomes:
        raise MalformedInput(
            f"{logged.kind} is not {event.outcome}", where="outcome", remedy=f"one of {', '.join(outcomes)}"
        )
    if new_york_date(context.known_at) < period.day_of(logged.first_day, "first_day"):
        raise NotYet(f"{event.activity} begins on {logged.first_day}", where="known")
    for each in context.standing(stream(event.activity)):
        body = each.body
        lapsed = isinstance(body, ActivityFollowedUp) and body.outcome == "lapsed"
        if lapsed and each.header.known_at <= context.known_at:
            raise AlreadyLapsed(
                f"{event.activity} lapsed, by event {each.id}",
                where="activity",
                remedy="log what came later as an activity of its own; if it did not lapse, record that in error",
            )


DECISIONS: dict[type[Command], Decide] = {
    LogActivity: cast("Decide", log),
    FollowActivityUp: cast("Decide", follow_up),
}
