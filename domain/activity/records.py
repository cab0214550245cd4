"""What is recorded of an activity: that it was logged, and what became of it."""

from typing import ClassVar

from domain.deciding import Command
from domain.recorded import Event, RecordedInError
from domain.values import Date, Name, StateCode, Uuid


class LogActivity(Command, frozen=True, kw_only=True, tag="log-activity"):
    """Record what the Committee, its experts or the Secretariat did; `last_day` is the first where it took a day."""

    activity: Name
    kind: Name
    first_day: Date
    last_day: Date | None = None
    text: str
    goal: str = ""
    reached: str = ""
    states: tuple[StateCode, ...] = ()
    organizations: tuple[Name, ...] = ()
    documents: tuple[Name, ...] = ()
    decision: Name | None = None
    links: tuple[str, ...] = ()


class FollowActivityUp(Command, frozen=True, kw_only=True, tag="follow-activity-up"):
    """Record what became of an activity: an interest answered or lapsed, a contribution used, progress noted."""

    activity: Name
    outcome: Name
    text: str
    documents: tuple[Name, ...] = ()
    links: tuple[str, ...] = ()


class ActivityLogged(Event, frozen=True, kw_only=True):
    """Something was done; `reached` says in words who was reached, `goal` which other commitment it served."""

    TYPE: ClassVar[str] = "activity.logged"
    activity: Name
    kind: Name
    first_day: Date
    last_day: Date
    text: str
    goal: str
    reached: str
    states: tuple[StateCode, ...]
    organizations: tuple[Name, ...]
    documents: tuple[Name, ...]
    decision_id: Name | None
    links: tuple[Uuid, ...]


class ActivityFollowedUp(Event, frozen=True, kw_only=True):
    """Something became of an activity."""

    TYPE: ClassVar[str] = "activity.followed-up"
    activity: Name
    outcome: Name
    text: str
    documents: tuple[Name, ...]
    links: tuple[Uuid, ...]


class ActivityRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of an activity should never have been recorded."""

    TYPE: ClassVar[str] = "activity.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (ActivityLogged, ActivityFollowedUp, ActivityRecordedInError)


def stream(activity: str) -> str:
    """Return the stream of an activity."""
    return f"activity/{activity}"
