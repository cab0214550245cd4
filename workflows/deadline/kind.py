"""When a deadline has to be looked at: at each rung of the ladders of its duties that is still to come."""

from collections.abc import Iterable, Iterator, Mapping

from domain.calendar.ladders import Facts, Reminder, due_rungs, reminders
from domain.values import Instant
from projections.reminders import facts_at
from workflows.cycle.messages import Cycle, Rung
from workflows.kinds import At
from workflows.mail.composing import Letterhead
from workflows.mail.reminding import remind

DEADLINES = "deadline/"


class Deadlines:
    """Dated duties that are open and of which somebody is still to be reminded.

    Extended, dropped and done duties move or end their cycle because the record says so; of what was recorded only
    after it was due, nobody is reminded.
    """

    name = "deadline"

    def __init__(self, head: Letterhead) -> None:
        self._head = head
        self._gathered: tuple[int, Instant, Facts] | None = None

    def cycles(self, at: At) -> Iterable[Cycle]:
        """Return the deadlines with the rungs that are still to come."""
        return self._cycles(at).values()

    def cycle(self, name: str, at: At) -> Cycle | None:
        """Return the rungs of one deadline that are still to come."""
        return self._cycles(at).get(name)

    def act(self, name: str, rung: str, at: At) -> None:
        """Intend what is due of a deadline; of several rungs that have come, the last."""
        del rung  # whichever woke it: every duty of the deadline is judged by its own ladder
        facts = self._facts(at)
        remind(at.record, at.now, actor=at.actor, head=self._head, deadline=f"{DEADLINES}{name}", facts=facts)

    def _cycles(self, at: At) -> Mapping[str, Cycle]:
        position = at.record.last_position
        rungs: dict[str, set[Rung]] = {}
        for each in _to_come(self._facts(at), at.now):
            name = each.entry.deadline.removeprefix(DEADLINES)
            rungs.setdefault(name, set()).add(Rung(each.named, each.rung.at))
        return {name: Cycle(self.name, name, tuple(sorted(of, key=_order)), position) for name, of in rungs.items()}

    def _facts(self, at: At) -> Facts:
        """Return what reminding rests on, gathered once for a position and an instant: a look asks twice."""
        position, kept = at.record.last_position, self._gathered
        if kept is not None and kept[:2] == (position, at.now):
            return kept[2]
        facts = facts_at(at.record, at.now)
        self._gathered = position, at.now, facts
        return facts


def _to_come(facts: Facts, now: Instant) -> Iterator[Reminder]:
    """Yield what is due and not intended yet, and then every reminder whose hour lies ahead."""
    found = tuple(reminders(facts))
    yield from (each for each in due_rungs(facts, now, found) if not each.passed_over)
    yield from (each for each in found if each.rung.at > now)


def _order(rung: Rung) -> tuple[Instant, str]:
    return rung.at, rung.name
