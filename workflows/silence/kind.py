"""When a no-objection procedure has to be looked at: each time an item's time runs out."""

from collections.abc import Iterable
from itertools import groupby

from domain.deciding import stands_at
from domain.duty_station import HolidaysUnknown
from domain.no_objection.commands import CloseProcedure
from domain.no_objection.procedure import ItemState, Procedure, procedure
from domain.standing import Cut
from workflows.cycle.messages import Cycle, Rung
from workflows.kinds import At

DECISIONS = "decision/"
CLOSE = "close"
"""The rung at which the time of some items runs out: `close 1, 3`."""


class Silence:
    """No-objection procedures that run."""

    name = "silence"

    def cycles(self, at: At) -> Iterable[Cycle]:
        """Return the decisions that have a procedure with items which wait."""
        found = (self.cycle(stream.removeprefix(DECISIONS), at) for stream in at.record.stream_names(DECISIONS))
        return (each for each in found if each is not None)

    def cycle(self, name: str, at: At) -> Cycle | None:
        """Return the hours at which items of a decision have no time left.

        While the holidays that it counts are not on record it waits for news; so it does while items are held.
        """
        try:
            found = self._procedure(name, at)
        except HolidaysUnknown:
            return Cycle(self.name, name, (), at.record.last_position)
        if found is None or all(each.status in ("adopted", "decided", "objected") for each in found.items):
            return None
        by_hour = groupby(sorted(found.running, key=_hour), _hour)
        rungs = (Rung(f"{CLOSE} {', '.join(str(each.item) for each in items)}", hour) for hour, items in by_hour)
        return Cycle(self.name, name, tuple(rungs), at.record.last_position)

    def act(self, name: str, rung: str, at: At) -> None:
        """Propose to close what has no time left; the rules judge by what was received until then, and by whom."""
        del rung  # whichever woke it: every item is judged by its own time
        found = self._procedure(name, at)
        over = () if found is None else tuple(each for each in found.running if each.closes_at <= at.now)
        if not over:
            return
        items = "-".join(str(each.item) for each in over)
        key = f"silence/{name}/{max(each.closes_at for each in over)}/{items}"
        at.record.submit(CloseProcedure(id=key, actor=at.actor, decision=name))

    @staticmethod
    def _procedure(name: str, at: At) -> Procedure | None:
        return procedure(stands_at(at.record, Cut()), name, at.now)


def _hour(item: ItemState) -> str:
    return item.closes_at
