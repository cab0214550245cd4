"""What a Committee lived through, year by year of New York: its own work in counts, never anything by State."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from domain.deadline import DeadlineDropped, DeadlineExtended, DeadlineResumed, DeadlineSuspended, StepDone
from domain.decision import DecisionAdopted, DecisionNotAdopted, DecisionProposed
from domain.messages.events import MessageIntended, MessageReturned, MessageSuppressed
from domain.no_objection.events import BY_SILENCE, HoldReceived, ObjectionReceived, ProcedureOpened
from domain.programme import ProgrammeAdopted, ProgrammeTransmitted
from domain.recorded import Event, Recorded
from domain.times import new_york_date

Figure = Literal[
    "programmes_adopted",
    "programmes_transmitted",
    "steps_done",
    "deadlines_extended",
    "duties_suspended",
    "duties_resumed",
    "duties_dropped",
    "reminders_before",
    "reminders_after",
    "other_messages",
    "without_address",
    "returned",
    "proposals",
    "adopted_in_meeting",
    "not_adopted",
    "procedures_opened",
    "adopted_by_silence",
    "objections",
    "holds",
]
"""What is counted; `reminders_after` went out after the last day."""


class Year(msgspec.Struct, frozen=True, kw_only=True):
    """What happened in a year, or in the part of it that was lived."""

    year: int
    figures: dict[Figure, int]


def years(events: Iterable[Recorded]) -> tuple[Year, ...]:
    """Return the years in which something was recorded, each with what was done in it."""
    counted: dict[int, Counter[Figure]] = {}
    for event in events:
        found = counted.setdefault(new_york_date(event.header.recorded_at).year, Counter())
        found.update(_figures(event.body))
    return tuple(Year(year=year, figures=dict(sorted(found.items()))) for year, found in sorted(counted.items()))


def _figures(body: Event) -> Iterator[Figure]:
    match body:
        case ProgrammeAdopted():
            yield "programmes_adopted"
        case ProgrammeTransmitted():
            yield "programmes_transmitted"
        case StepDone():
            yield "steps_done"
        case DeadlineExtended():
            yield "deadlines_extended"
        case DeadlineSuspended():
            yield "duties_suspended"
        case DeadlineResumed():
            yield "duties_resumed"
        case DeadlineDropped():
            yield "duties_dropped"
        case MessageIntended(kind="deadline-reminder", rung=str() as rung):
            yield "reminders_after" if rung.startswith("late") else "reminders_before"
        case MessageIntended():
            yield "other_messages"
        case MessageSuppressed():
            yield "without_address"
        case MessageReturned():
            yield "returned"
        case DecisionProposed():
            yield "proposals"
        case DecisionAdopted(meeting=meeting):
            yield "adopted_by_silence" if meeting == BY_SILENCE else "adopted_in_meeting"
        case DecisionNotAdopted():
            yield "not_adopted"
        case ProcedureOpened():
            yield "procedures_opened"
        case ObjectionReceived():
            yield "objections"
        case HoldReceived():
            yield "holds"
        case _:
            pass
