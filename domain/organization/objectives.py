"""Objectives of the work with organizations: set by decision, appraised in later programmes (paragraph 6(c)(ii))."""

from typing import ClassVar

from domain import decision, document, programme
from domain.audiences import PUBLIC
from domain.deciding import Command, Context, fold_of
from domain.programme import ProgrammeAdopted
from domain.recorded import Decided, Draft, Event
from domain.refusals import Conflict, NotFound
from domain.values import Integer, Name


class SetObjective(Command, frozen=True, kw_only=True, tag="set-objective"):
    """Record an objective that the Committee set itself by a decision, with its specific goals."""

    objective: Name
    text: str
    decision: Name
    goals: tuple[str, ...] = ()
    document: Name | None = None


class AppraiseObjective(Command, frozen=True, kw_only=True, tag="appraise-objective"):
    """Record what was found of an objective under a programme of work."""

    objective: Name
    programme: int
    text: str
    document: Name | None = None


class ObjectiveSet(Event, frozen=True, kw_only=True):
    """An objective was set; it goes on beyond the programme under which that was done."""

    TYPE: ClassVar[str] = "organization.objective-set"
    objective: Name
    text: str
    goals: tuple[str, ...]
    decision_id: Name
    document_id: Name | None


class ObjectiveAppraised(Event, frozen=True, kw_only=True):
    """The progress of an objective was appraised under a programme."""

    TYPE: ClassVar[str] = "organization.objective-appraised"
    objective: Name
    programme: Integer
    text: str
    document_id: Name | None


def stream(objective: str) -> str:
    """Return the stream of an objective, which no organization can have."""
    return f"organization/objectives/{objective}"


def set_objective(command: SetObjective, context: Context) -> Decided:
    """Set an objective once."""
    event = ObjectiveSet(
        objective=command.objective,
        text=command.text,
        goals=command.goals,
        decision_id=command.decision,
        document_id=command.document,
    )
    return _decided(event, context)


def appraise(command: AppraiseObjective, context: Context) -> Decided:
    """Appraise an objective, as often as there is something to say."""
    event = ObjectiveAppraised(
        objective=command.objective,
        programme=command.programme,
        text=command.text,
        document_id=command.document,
    )
    return _decided(event, context)


def _decided(event: ObjectiveSet | ObjectiveAppraised, context: Context) -> Decided:
    check(event, context)
    return Decided((Draft(stream=stream(event.objective), event=event, audience=PUBLIC),))


def check(event: ObjectiveSet | ObjectiveAppraised, context: Context) -> None:
    """Refuse an objective that was not decided or is set twice, and an appraisal of none or under no programme."""
    objectives = fold_of(context.standing(stream(event.objective)), ObjectiveSet)
    match event:
        case ObjectiveSet():
            if objectives:
                raise Conflict(f"objective {event.objective} is set already", where="objective")
            if not context.importing:
                decision.require_adopted(context, event.decision_id)
        case ObjectiveAppraised():
            if not objectives:
                raise NotFound(
                    f"objective {event.objective} is not on record", where="objective", remedy="set it first"
                )
            if not fold_of(context.standing(programme.stream(event.programme)), ProgrammeAdopted):
                raise NotFound(f"programme {event.programme} is not on record", where="programme")
    if event.document_id is not None:
        document.registered(context, event.document_id)
