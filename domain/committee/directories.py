"""Directories that the Secretariat keeps: former experts (6(d)(x)) and the network of former members (7(e)).

Each is confirmed at an interval of our own, which no mandate sets and which is shown as internal. Persons are opaque
ids; their names are not here.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import ClassVar

import msgspec

from domain import document, period, state
from domain.audiences import SECRETARIAT
from domain.committee import experts, members
from domain.committee.roster import former_experts
from domain.deciding import Command, Context
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import MalformedInput, Refusal
from domain.times import new_york_date
from domain.values import Date, Name, StateCode

STREAM = "committee/directories"
CONFIRMED_WITHIN = timedelta(days=182)
"""Our own interval, about twice a year."""

FORMER_EXPERTS, FORMER_MEMBERS = DIRECTORIES = ("former-experts", "former-members")


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody in a directory: an opaque id, and for a former member the State that sat in the Committee."""

    person: Name
    state: StateCode | None


class ConfirmDirectory(Command, frozen=True, kw_only=True, tag="confirm-directory"):
    """Record that a directory was confirmed on a day, with all who are in it."""

    directory: Name
    day: Date
    entries: tuple[Entry, ...]
    document: Name | None = None
    note: str = ""


class DirectoryConfirmed(Event, frozen=True, kw_only=True):
    """A directory was confirmed."""

    TYPE: ClassVar[str] = "committee.directory-confirmed"
    directory: Name
    day: Date
    entries: tuple[Entry, ...]
    document_id: Name | None
    note: str


class NotFormer(Refusal):
    """A directory of those who left holds those who left."""


def confirm(command: ConfirmDirectory, context: Context) -> Decided:
    """Confirm a directory."""
    event = DirectoryConfirmed(
        directory=command.directory,
        day=command.day,
        entries=command.entries,
        document_id=command.document,
        note=command.note,
    )
    check(event, context)
    return Decided((Draft(stream=STREAM, event=event, audience=SECRETARIAT),))


def check(event: DirectoryConfirmed, context: Context) -> None:
    """Refuse a confirmation of tomorrow, somebody named twice, and who did not leave the Committee or its group.

    Late history knows former members of whose terms nothing is on record.
    """
    if event.directory not in DIRECTORIES:
        raise MalformedInput(f"{event.directory!r} is no directory", where="directory", remedy=" or ".join(DIRECTORIES))
    day = period.day_of(event.day, "day")
    if new_york_date(context.known_at) < day:
        raise MalformedInput(f"{day} has not come", where="day", remedy="confirm it when it is done")
    if event.document_id is not None:
        document.registered(context, event.document_id)
    experts_then = former_experts(context.standing(experts.STREAM), event.day)
    for place, entry in enumerate(event.entries):
        where = f"entries[{place}]"
        if entry in event.entries[:place]:
            raise MalformedInput(f"{entry.person} is named twice", where=where)
        if event.directory == FORMER_EXPERTS:
            left = entry.state is None and entry.person in experts_then
        else:
            left = entry.state is not None and _left(context, entry.state, event.day)
        if entry.state is not None:
            state.registered(context, entry.state, where=f"{where}.state")
        if not left and not context.importing:
            raise NotFormer(
                f"on {day} {entry.state or entry.person} had not left",
                where=where,
                remedy="record the term or the appointment that ended, or leave them out",
            )


def _left(context: Context, code: str, day: str) -> bool:
    """True where a term of a State had ended by a day."""
    terms = members.terms(context.standing(members.STREAM))
    return any(each.state == code and each.valid_to is not None and each.valid_to < day for each in terms)


def confirm_by(standing: Iterable[Recorded], directory: str) -> date | None:
    """Return the day by which a directory is to be confirmed again, None where it never was."""
    days = [
        event.body.day
        for event in standing
        if isinstance(event.body, DirectoryConfirmed) and event.body.directory == directory
    ]
    return date.fromisoformat(max(days)) + CONFIRMED_WITHIN if days else None
