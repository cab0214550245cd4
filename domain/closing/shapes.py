"""The shapes that most rules have: events that serve a duty, events that answer others, activities that are logged."""

from collections.abc import Callable, Iterable

from domain.activity.kinds import KINDS
from domain.activity.records import ActivityFollowedUp, ActivityLogged
from domain.closing.rules import Asked, Item, Judge, Judged, place
from domain.recorded import Event, Recorded

Key = Callable[[Event], str]
Which = Callable[[Event], bool]


def by(*members: str) -> Key:
    """Return what names an event by some of its members."""
    return lambda body: " ".join(str(getattr(body, member)) for member in members)


def having(member: str, *values: str) -> Which:
    """Return what chooses events, a member of which is one of some values."""
    return lambda body: getattr(body, member) in values


def any_event(body: Event) -> bool:
    """Choose every event."""
    del body
    return True


def served(*kinds: type[Event], which: Which = any_event) -> Judge:
    """Return the rule of a duty that each event of some types serves."""

    def judge(asked: Asked) -> Judged:
        return Judged(acts=tuple(event for event in asked.acts(*kinds) if which(event.body)))

    return judge


def answered(
    opens: tuple[type[Event], ...], closes: tuple[type[Event], ...], key: Key, *, which: Which = any_event
) -> Judge:
    """Return the rule of a duty that events of some types open, each until one of the others that its key names."""

    def judge(asked: Asked) -> Judged:
        closed = {key(event.body) for event in asked.facts.of(*closes)}
        opened = [event for event in asked.facts.of(*opens) if which(event.body)]
        named = {key(event.body) for event in opened}
        return Judged(
            openings=tuple(opened),
            acts=tuple(event for event in asked.acts(*closes) if which is any_event or key(event.body) in named),
            items=tuple(Item(of=key(each.body), opened=each) for each in opened if key(each.body) not in closed),
        )

    return judge


def activities(duty: str, *opening: str) -> Judge:
    """Return the rule of a duty that logged activities serve; those of `opening` kinds are open until followed up."""
    kinds = {name for name, kind in KINDS.items() if kind.duty == duty}

    def judge(asked: Asked) -> Judged:
        logged = [event for event in asked.facts.of(ActivityLogged) if kind_of(event) in kinds]
        names = {named(event) for event in logged}
        followed = [event for event in asked.facts.of(ActivityFollowedUp) if named(event) in names]
        closed = {named(event) for event in followed}
        acts = (event for event in (*logged, *followed) if event.header.known_at >= asked.begins)
        return Judged(
            acts=in_order(acts),
            items=tuple(
                Item(of=named(event), opened=event)
                for event in logged
                if kind_of(event) in opening and named(event) not in closed
            ),
        )

    return judge


def kind_of(event: Recorded) -> str | None:
    """Return the kind of an activity that was logged."""
    return event.body.kind if isinstance(event.body, ActivityLogged) else None


def named(event: Recorded) -> str:
    """Return the name of an activity."""
    return by("activity")(event.body)


def together(*judges: Judge) -> Judge:
    """Return the rule of a duty that is served and opened in several ways."""

    def judge(asked: Asked) -> Judged:
        found = [each(asked) for each in judges]
        return Judged(
            openings=in_order(event for each in found for event in each.openings),
            acts=in_order(event for each in found for event in each.acts),
            items=tuple(item for each in found for item in each.items),
        )

    return judge


def in_order(events: Iterable[Recorded]) -> tuple[Recorded, ...]:
    """Return events in order of knowing."""
    return tuple(sorted(events, key=place))
