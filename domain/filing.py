"""The file plan: classes of what is on record, how long each is kept, and on whose authority."""

from typing import ClassVar, cast

import msgspec

from domain import authority
from domain.audiences import SECRETARIAT
from domain.deciding import Command, Context
from domain.mandate import Decide
from domain.recorded import Decided, Draft, Event
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.values import Name, Offset

STREAM = "record/file-plan"


class FileClass(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One class: kept so many full years from when the Committee knew a thing, or for ever where no years are named."""

    file_class: Name
    title: str
    retention_years: Offset | None
    basis: str


class AdoptFilePlan(Command, frozen=True, kw_only=True, tag="adopt-file-plan"):
    """Adopt a file plan, which takes the place of the one before."""

    classes: tuple[FileClass, ...]
    decision: Name | None = None
    document: Name | None = None


class FilePlanAdopted(Event, frozen=True, kw_only=True):
    """A file plan was adopted."""

    TYPE: ClassVar[str] = "record.file-plan-adopted"
    classes: tuple[FileClass, ...]
    decision_id: Name | None
    document_id: Name | None


EVENTS: tuple[type[Event], ...] = (FilePlanAdopted,)


def adopt(command: AdoptFilePlan, context: Context) -> Decided:
    """Adopt a plan with classes of different names, on authority."""
    if context.importing:
        raise Conflict("a file plan is adopted here and now", remedy="record it live; it looks forward alone")
    event = FilePlanAdopted(classes=command.classes, decision_id=command.decision, document_id=command.document)
    check(event, context)
    return Decided((Draft(stream=STREAM, event=event, audience=SECRETARIAT),))


def check(event: FilePlanAdopted, context: Context) -> None:
    """Refuse a plan without classes, with two of one name, or without an authority."""
    authority.check(event, context)
    names = [each.file_class for each in event.classes]
    if not names or len(set(names)) < len(names):
        raise MalformedInput("a file plan has classes, each with a name of its own", where="classes")


def class_of(context: Context, name: str) -> FileClass:
    """Return a class of the plan in force.

    Raises:
        NotFound: no plan was adopted, or it has no such class.
    """
    plans = [each.body for each in context.standing(STREAM) if isinstance(each.body, FilePlanAdopted)]
    found = [each for plan in plans[-1:] for each in plan.classes if each.file_class == name]
    if not found:
        raise NotFound(f"the file plan has no class {name}", where="file_class", remedy="adopt it: `adopt-file-plan`")
    return found[0]


DECISIONS: dict[type[Command], Decide] = {AdoptFilePlan: cast("Decide", adopt)}
