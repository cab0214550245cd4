"""What reminding rests on, gathered from a record as of an instant."""

from collections.abc import Sequence
from operator import itemgetter

from domain import duty_station, mandate
from domain.calendar import Facts as Bearing
from domain.calendar import due
from domain.calendar.choosing import dated
from domain.calendar.ladders import Facts
from domain.closing import TYPES
from domain.deciding import stands_at
from domain.duty_station import NEW_YORK, working_days
from domain.ids import prefix
from domain.programme import ProgrammeAdopted
from domain.recorded import Recorded
from domain.standing import Cut, History
from domain.values import Instant
from projections.origin import Itself
from projections.outbox import messages
from projections.states import members


def facts_at(record: Itself, at: Instant) -> Facts:
    """Return what reminding rests on at an instant, which may lie ahead: as if nothing more were recorded by then.

    Nobody is reminded of what came on record only later, such as history that was entered late.
    """
    cut = Cut(known_at=at)
    duties = due(stands_at(record, cut), at, facts=_bearing(record, cut), states=members(record, cut), which=dated)
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
KINDS = frozenset(kind.TYPE.partition(".")[0] for kind in TYPES)
"""The streams in which something bears on a duty."""


def _programmes(record: Itself) -> list[ProgrammeAdopted]:
    """Return what stands of every programme on record."""
    standing = (event for _, history in record.histories(PREFIX) for event in history.standing())
    return [event.body for event in standing if isinstance(event.body, ProgrammeAdopted)]


def _bearing(record: Itself, cut: Cut) -> Bearing:
    """Return what bears on the duties at a cut, read from the streams themselves: cells of matrices never do."""
    kept = (placed for _, history in record.histories("", _bears) for placed in history.folded(_placed))
    found = sorted((placed for placed in kept if placed[0] <= cut.known_at), key=itemgetter(0, 1))
    return Bearing(event for _, _, event in found)


def _placed(history: History) -> Sequence[tuple[str, int, Recorded]]:
    """Return what stands now, each with when it was known and the position of the root of its family."""
    return tuple((event.header.known_at, history.family(event.id).root.position, event) for event in history.standing())


def _bears(stream: str) -> bool:
    of_a_cell = stream.startswith("matrix/") and stream.count("/") > 1
    return prefix(stream) in KINDS and not of_a_cell
