"""Given the Committee of June 2013 and its twelfth programme as it is on record: one case for a duty."""

from collections.abc import Callable
from typing import Any, NamedTuple

from domain.activity.records import FollowActivityUp, LogActivity
from domain.calendar import Due, due_of
from domain.deadline import RecordStep
from domain.deciding import stands_at
from domain.duty import deadline_of
from domain.recorded import Recorded
from domain.standing import Cut
from interfaces import initialise
from tests.committee import Committee
from tests.domain.asked import facts_at
from tests.domain.foundations import registers
from tests.domain.meetings.seated import seated

STATES = ("KEN",)
"""The Members whose matrices the tests want examined."""
DAY = "2013-06-03"


class Case(NamedTuple):
    """What opens a duty, and what closes or serves it: the event that this ends with."""

    closes: Callable[[Committee], Recorded]
    opens: Callable[[Committee], object] | None = None


def under_the_twelfth() -> Committee:
    """Return the fifteen members at work under the twelfth programme, a report on record, on 3 June 2013."""
    committee = seated()
    for data in initialise.documents():
        committee.record.store(data)
    for command in (*initialise.mandates("sec"), *initialise.programme("sec")):
        if (command.known or "") < DAY:
            committee.record.submit(command)
    registers(committee)
    return committee.on("2013-06-04")


def asked(committee: Committee, duty: str) -> Due:
    """Return how far a duty is now."""
    at = committee.record.recorded_at()
    cut = Cut(known_at=at)
    standing = stands_at(committee.record, cut)
    found = due_of(standing, at, 12, facts=facts_at(committee.record, cut), states=STATES)
    return next(each for each in reversed(found) if each.duty == duty)


def step(committee: Committee, duty: str, name: str = "done") -> Recorded:
    """Record that a step of a duty is done."""
    about: dict[str, Any] = {"deadline": deadline_of(duty), "document": "report-1"}
    return committee.one(RecordStep, duty=duty, step=name, **about)


def logs(kind: str, **members: Any) -> Callable[[Committee], Recorded]:
    """Return what logs an activity of a kind."""
    said: dict[str, Any] = {"activity": kind, "kind": kind, "first_day": DAY, "text": "a morning"}
    return lambda committee: committee.one(LogActivity, **said | members)


def follows(kind: str, outcome: str) -> Callable[[Committee], Recorded]:
    """Return what follows an activity up."""
    return lambda committee: committee.one(FollowActivityUp, activity=kind, outcome=outcome, text="")
