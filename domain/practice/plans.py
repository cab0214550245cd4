"""National action plans: a State submits one, and revises it, as it sees fit; none is ever due (6(a)(v))."""

from typing import ClassVar

from domain import period, submission
from domain.audiences import with_state
from domain.deciding import Command, Context, fold_of
from domain.recorded import Decided, Draft, Event
from domain.refusals import Conflict, NotFound, Refusal
from domain.submission import SubmissionReceived
from domain.values import Date, Name, Position, StateCode


class RecordPlan(Command, frozen=True, kw_only=True, tag="record-plan"):
    """Record that a submission brought an action plan, or a version of one, and the days that it covers."""

    plan: Name
    state: StateCode
    version: Position
    submission: Name
    valid_from: Date | None = None
    valid_to: Date | None = None
    note: str = ""


class PlanBrought(Event, frozen=True, kw_only=True):
    """A submission brought a version of an action plan; the plan as it stands is the highest."""

    TYPE: ClassVar[str] = "plan.brought"
    plan: Name
    state: StateCode
    version: Position
    submission: Name
    valid_from: Date | None
    valid_to: Date | None
    note: str


class NoPlan(Refusal):
    """The submission brought no action plan of this State."""


def stream(plan: str) -> str:
    """Return the stream of an action plan."""
    return f"plan/{plan}"


def record(command: RecordPlan, context: Context) -> Decided:
    """Record a version of a plan."""
    event = PlanBrought(
        plan=command.plan,
        state=command.state,
        version=command.version,
        submission=command.submission,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        note=command.note,
    )
    check(event, context)
    return Decided((Draft(stream=stream(event.plan), event=event, audience=with_state(event.state)),))


def check(event: PlanBrought, context: Context) -> None:
    """Refuse a version recorded twice, one of another State's plan, and one that no submission brought."""
    period.check(event.valid_from, event.valid_to)
    received = fold_of(context.standing(submission.stream(event.submission)), SubmissionReceived)
    if not received:
        raise NotFound(
            f"submission {event.submission} is not on record", where="submission", remedy="receive the plan first"
        )
    for each in received:
        body = each.body
        if isinstance(body, SubmissionReceived) and (body.kind, body.state) != ("action-plan", event.state):
            raise NoPlan(
                f"{event.submission} is of kind {body.kind}, of {body.state}",
                where="submission",
                remedy=f"name a submission of {event.state} of kind action-plan",
            )
    for each in context.standing(stream(event.plan)):
        body = each.body
        if isinstance(body, PlanBrought):
            if body.state != event.state:
                raise Conflict(f"plan {event.plan} is of {body.state}", where="plan", remedy="use another id")
            if body.version == event.version:
                raise Conflict(f"version {event.version} of {event.plan} is on record already", where="version")
