"""What reminding rests on, gathered from a record as of an instant."""

from domain import duty_station, mandate
from domain.calendar import due
from domain.calendar.ladders import Facts
from domain.duty_station import NEW_YORK, working_days
from domain.programme import ProgrammeAdopted
from domain.standing import Cut
from domain.values import Instant
from projections.origin import Itself
from projections.outbox import messages
from projections.states import members


def facts_at(record: Itself, at: Instant) -> Facts:
    """Return what reminding rests on at an instant, which may lie ahead: as if nothing more were recorded by then.

    Nobody is reminded of what came on record only later, such as history that was entered late.
    """
    cut = Cut(known_at=at)
    duties = due(record, cut, states=members(record, cut))
    first = min((event.header.recorded_at for event in record.history(mandate.STREAM).events), default="")
    since = {entry.duty: first for entry in duties}
    remind: dict[str, str] = {}
    for programme in sorted(_programmes(record), key=lambda each: each.programme):
        recorded_at = min(event.header.recorded_at for event in record.history(f"{PREFIX}{programme.programme}").events)
        for duty in programme.duties:
            if duty.duty not in remind:
                since[duty.duty] = recorded_at
            remind[duty.duty] = duty.remind
    return Facts(
        duties=duties,
        remind=remind,
        since=since,
        station=working_days(record.history(duty_station.stream(NEW_YORK)).standing(cut)),
        intended=frozenset(each.name for each in messages(record)),
    )


PREFIX = "programme/"


def _programmes(record: Itself) -> list[ProgrammeAdopted]:
    """Return what stands of every programme on record."""
    standing = (event for name in record.stream_names(PREFIX) for event in record.history(name).standing())
    return [event.body for event in standing if isinstance(event.body, ProgrammeAdopted)]
