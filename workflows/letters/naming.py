"""The names that letters use: of States, organizations and documents, in the language of the letter."""

from domain import document
from domain.calendar.due_letters import DueLetter
from domain.organization import registering
from domain.standing import Cut
from domain.times import NEW_YORK, moment
from domain.values import Instant
from ledger.record import Record
from projections.states import name_of


def party(record: Record, each: DueLetter, *, state: str | None, organization: str | None) -> str:
    """Return the name of a State, else the title of an organization."""
    if state is not None:
        return name_of(record, state, Cut(), each.language)
    for event in record.history(registering.stream(organization or "")).standing():
        if isinstance(event.body, registering.OrganizationRegistered):
            return event.body.title_fr if each.language == "fr" else event.body.title
    return organization or ""


def title(record: Record, name: str) -> str:
    """Return the title of a document on record, or its name."""
    found = (getattr(event.body, "title", "") for event in record.history(document.stream(name)).standing())
    return next((each for each in found if each), name)


def new_york(at: Instant) -> str:
    """Return an instant by the clocks of New York, to the minute."""
    return f"{moment(at).astimezone(NEW_YORK):%Y-%m-%d %H:%M}"
