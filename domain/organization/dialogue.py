"""Dialogue with an organization: discussed, shared, coordinated, entry by entry (6(c)(i), (iii), (v) to (viii))."""

from typing import ClassVar

from domain import document, period
from domain.audiences import COMMITTEE
from domain.deciding import Command, Context
from domain.organization.registering import registered, stream
from domain.recorded import Decided, Draft, Event
from domain.refusals import MalformedInput
from domain.values import Date, Name

KINDS = (
    "dialogue",
    "mechanism",
    "event",
    "information-shared",
    "visit-coordinated",
    "assistance-coordinated",
    "reporting-coordinated",
    "joint-briefing",
)


class LogDialogue(Command, frozen=True, kw_only=True, tag="log-dialogue"):
    """Record an entry of the dialogue with an organization."""

    organization: Name
    kind: str
    day: Date
    text: str
    documents: tuple[Name, ...] = ()


class DialogueLogged(Event, frozen=True, kw_only=True):
    """An entry of the dialogue with an organization."""

    TYPE: ClassVar[str] = "organization.dialogue-logged"
    organization: Name
    kind: str
    day: Date
    text: str
    documents: tuple[Name, ...]


def log(command: LogDialogue, context: Context) -> Decided:
    """Record an entry."""
    event = DialogueLogged(
        organization=command.organization,
        kind=command.kind,
        day=command.day,
        text=command.text,
        documents=command.documents,
    )
    check(event, context)
    return Decided((Draft(stream=stream(event.organization), event=event, audience=COMMITTEE),))


def check(event: DialogueLogged, context: Context) -> None:
    """Refuse an organization or a document that is not on record, and a kind that is none."""
    registered(context, event.organization)
    if event.kind not in KINDS:
        raise MalformedInput(f"{event.kind!r} is no kind of dialogue", where="kind", remedy=", ".join(KINDS))
    period.day_of(event.day, "day")
    for each in event.documents:
        document.registered(context, each, where="documents")
