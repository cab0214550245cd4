"""What reminding rests on, gathered from a record as of an instant."""

from domain import duty_station, mandate
from domain.calendar import Facts as Bearing
from domain.calendar import due
from domain.calendar.ladders import Facts
from domain.closing import TYPES
from domain.deciding import stands_at
from domain.duty_station import NEW_YORK, working_days
from domain.ids import prefix
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
    duties = due(stands_at(record, cut), at, facts=_bearing(record, cut), states=members(record, cut))
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


def _bearing(record: Itself, cut: Cut) -> Bearing:
    """Return what bears on the duties at a cut, read from the streams themselves: cells of matrices never do."""
    kinds = {kind.TYPE.partition(".")[0] for kind in TYPES}
    names = [name for name in record.stream_names() if prefix(name) in kinds and not _of_cells(name)]
    families = (family for name in names for family in record.history(name).families())
    found = [(family.root.position, family.standing(cut.position, cut.noticed_by)) for family in families]
    known = [(event.header.known_at, root, event) for root, event in found if event is not None]
    known.sort(key=lambda each: each[:2])
    return Bearing(event for known_at, _, event in known if known_at <= cut.known_at)


def _of_cells(stream: str) -> bool:
    return stream.startswith("matrix/") and stream.count("/") > 1
