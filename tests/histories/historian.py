"""Who plays a made-up history: gives commands, looks at what is on record, and chooses by small numbers."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple, TypeVar

from domain.deciding import Command
from domain.matrix.facts import FactsOnRecord
from domain.matrix.reading import MatrixFacts
from domain.recorded import Recorded
from domain.refusals import Refusal
from domain.standing import Cut
from domain.template import Field
from domain.times import end_of, moment, new_york_date, text
from tests.histories.made_up import FIELDS, founded

T = TypeVar("T")
Op = tuple[int, int, int, int, int, int]


class Accepted(NamedTuple):
    """A command that was recorded: when the clock stood where, and in which batch."""

    now: str
    command: Command
    batch: str | None
    events: tuple[Recorded, ...]


class Historian:
    """Plays operations against a record; `a`, `b` and `c` are the numbers of the one being played."""

    def __init__(self) -> None:
        self.record = founded()
        self.accepted: list[Accepted] = []
        self.refused: Counter[str] = Counter()
        self.batches: list[Recorded] = []
        self.spared: set[str] = set()
        """Events that are not to be struck."""
        self.leave_out: tuple[type[Command], ...] = ()
        self.number = 0
        self.a = self.b = self.c = 0

    def give(self, kind: type[Command], within: str | None = None, **members: Any) -> tuple[Recorded, ...]:
        """Give a command, as `sec` where no actor is named; return nothing where it is refused."""
        self.number += 1
        arguments: dict[str, Any] = {"id": f"c{self.number}", "actor": "sec"} | members
        return self.submit(kind(**arguments), within)

    def submit(self, command: Command, batch: str | None = None) -> tuple[Recorded, ...]:
        """Submit a command; return nothing where it is refused."""
        now = self.record.now
        if isinstance(command, self.leave_out):
            return ()
        try:
            events = self.record.submit(command, batch)
        except Refusal as refusal:
            self.refused[refusal.name] += 1
            return ()
        self.accepted.append(Accepted(now, command, batch, events))
        return events

    def facts(self, state: str) -> MatrixFacts:
        """Return what stands now."""
        return MatrixFacts(FactsOnRecord(self.record), state, Cut())

    def revision(self, state: str, choice: int, *, sealed: bool | None = None) -> int | None:
        """Return one of the last revisions of a State, seldom a withdrawn one."""
        facts = self.facts(state)
        given_up = {row.about for row in facts.acts if row.kind == "withdrawn"}
        found = [r for r in facts.opened if sealed is None or (r in facts.sealed) == sealed]
        live = [r for r in found if r not in given_up] if choice % 8 else found
        return pick(list(reversed(live)), choice // 8 % 3)

    def fields(self, state: str, revision: int) -> Sequence[Field]:
        """Return the rows of a revision's template as it was adopted."""
        opened = self.facts(state).opening(revision)
        return () if opened is None else FIELDS[opened.template]

    def known(self, low: str, high: str | None = None) -> str | None:
        """Return a known date to state, mostly between two instants, by the third number of the operation."""
        high = high or self.record.recorded_at()
        choice, part = self.c % 16, self.c // 16 % 16
        span = moment(max(high, low)) - moment(low)
        middle = text(moment(low) + span * part / 16)
        match choice:
            case 0 | 1 | 2 | 3:
                return None
            case 4:
                return low
            case 5:
                return high
            case 6 | 7 | 8:
                return middle
            case 9 | 10:
                return middle[:10] if end_of(new_york_date(middle)) <= high else middle
            case 11 | 12:
                return middle[:7]
            case 13:
                return middle[:4]
            case 14:
                stated = [event.header.known_at for event in self.record.events if low <= event.header.known_at <= high]
                return pick(stated, part * 5)
            case _:
                return text(moment(low) - timedelta(days=part))


def pick(options: Sequence[T], choice: int) -> T | None:
    return options[choice % len(options)] if options else None
