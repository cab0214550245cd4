"""When a no-objection procedure has to be looked at: each time an item's time runs out."""

from collections.abc import Iterable
from functools import cache
from itertools import groupby

from domain.deciding import stands_at
from domain.duty_station import HolidaysUnknown
from domain.no_objection.commands import CloseProcedure
from domain.no_objection.events import ProcedureOpened
from domain.no_objection.procedure import ItemState, procedure, waits
from domain.records import came_late
from domain.standing import Cut, Stands
from workflows.cycle.messages import Cycle, Rung
from workflows.kinds import At

DECISIONS = "decision/"
CLOSE = "close"
"""The rung at which the time of some items runs out: `close 1, 3`."""


class Silence:
    """No-objection procedures that run; what was opened in imported history is closed by hand alone."""

    name = "silence"

    def cycles(self, at: At) -> Iterable[Cycle]:
        """Return the decisions that have a procedure with items which wait."""
        standing = cache(stands_at(at.record, Cut()))  # the members and the holidays are those of all
        names = (stream.removeprefix(DECISIONS) for stream in at.record.stream_names(DECISIONS))
        found = (self._cycle(name, at, standing) for name in names)
        return (each for each in found if each is not None)

    def cycle(self, name: str, at: At) -> Cycle | None:
        """Return the hours at which items of a decision have no time left.

        While the holidays that it counts are not on record it waits for news; so it does while items are held.
        """
        return self._cycle(name, at, stands_at(at.record, Cut()))

    def _cycle(self, name: str, at: At, standing: Stands) -> Cycle | None:
        if not waits(standing(f"{DECISIONS}{name}")) or _of_history(name, at):
            return None
        try:
            found = procedure(standing, name, at.now)
        except HolidaysUnknown:
            return Cycle(self.name, name, (), at.record.last_position)
        if found is None:
            return None
        by_hour = groupby(sorted(found.running, key=_hour), _hour)
        rungs = (Rung(f"{CLOSE} {', '.join(str(each.item) for each in items)}", hour) for hour, items in by_hour)
        return Cycle(self.name, name, tuple(rungs), at.record.last_position)

    def act(self, name: str, rung: str, at: At) -> None:
        """Propose to close what has no time left; the rules judge by what was received until then, and by whom."""
        del rung  # whichever woke it: every item is judged by its own time
        found = None if _of_history(name, at) else procedure(stands_at(at.record, Cut()), name, at.now)
        over = () if found is None else tuple(each for each in found.running if each.closes_at <= at.now)
        if not over:
            return
        items = "-".join(str(each.item) for each in over)
        key = f"silence/{name}/{max(each.closes_at for each in over)}/{items}"
        at.record.submit(CloseProcedure(id=key, actor=at.actor, decision=name))


def _of_history(name: str, at: At) -> bool:
    events = at.record.history(f"{DECISIONS}{name}").standing()
    opened = [event for event in events if isinstance(event.body, ProcedureOpened)]
    return bool(opened) and came_late(at.record, opened)


def _hour(item: ItemState) -> str:
    return item.closes_at
