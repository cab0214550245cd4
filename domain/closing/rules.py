"""What a rule of the table is asked, from which events, and what it answers."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TypeVar

import msgspec

from domain.deciding import Command
from domain.programme import ProgrammeAdopted
from domain.recorded import Event, Recorded
from domain.standing import Stands
from domain.times import FAR_FUTURE
from domain.values import Instant

E = TypeVar("E", bound=Event)


class Facts:
    """Events that stand at a cut, in order of (known_at, root position): by type, and by stream."""

    def __init__(self, events: Iterable[Recorded] = ()) -> None:
        self._events = tuple(events)
        self._places: dict[type[Event], list[int]] = defaultdict(list)
        self._streams: dict[str, list[Recorded]] = defaultdict(list)
        for place, event in enumerate(self._events):
            self._places[type(event.body)].append(place)
            self._streams[event.header.stream].append(event)

    def of(self, *kinds: type[Event]) -> tuple[Recorded, ...]:
        """Return the events of some types, in order."""
        places = sorted(place for kind in dict.fromkeys(kinds) for place in self._places.get(kind, ()))
        return tuple(self._events[place] for place in places)

    def told(self, kind: type[E]) -> list[tuple[Recorded, E]]:
        """Return the events of one type with what they say, in order."""
        return [(event, event.body) for event in self.of(kind) if isinstance(event.body, kind)]

    def standing(self, stream: str) -> tuple[Recorded, ...]:
        """Return the events of a stream, in order."""
        return tuple(self._streams.get(stream, ()))

    def until(self, instant: Instant) -> "Facts":
        """Return what of them was known before an instant."""
        if instant == FAR_FUTURE:
            return self
        return Facts(event for event in self._events if event.header.known_at < instant)


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far the Committee's own work is; never a score of a State."""

    done: int
    of: int


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A duty to be judged at a cut: `facts` are those known before `until`, of which acts count from `begins`.

    `standing` gives the events of a stream at the cut, `states` are the Members; `due` and `period`, the first and
    last day of its programme, where it has them.
    """

    facts: Facts
    standing: Stands
    states: Sequence[str]
    at: Instant
    day: date
    begins: Instant
    until: Instant
    due: date | None
    period: tuple[str, str] | None

    def acts(self, *kinds: type[Event]) -> tuple[Recorded, ...]:
        """Return the events of some types that count for this duty."""
        return tuple(event for event in self.facts.of(*kinds) if event.header.known_at >= self.begins)

    def told(self, kind: type[E]) -> list[tuple[Recorded, E]]:
        """Return the events of one type that count for this duty, with what they say."""
        return [(event, body) for event, body in self.facts.told(kind) if event.header.known_at >= self.begins]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """Something that an event opened and that nothing closed: `of` what it is.

    `due` only where the text gives a date. `missed` is what came too late for anything to close it.
    """

    of: str
    opened: Recorded
    due: date | None = None
    missed: bool = False


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What events say of a duty.

    `openings` opened it, whether closed since or not; `acts` served it, in order; `closed` is the event by which it is
    done, where it is one that can be; `steps` those of its steps. Where it `decides`, nothing else does. `again_by` is
    a day by an interval of our own.
    """

    openings: tuple[Recorded, ...] = ()
    acts: tuple[Recorded, ...] = ()
    items: tuple[Item, ...] = ()
    closed: Recorded | None = None
    steps: Mapping[str, Recorded] = MappingProxyType({})
    progress: Progress | None = None
    decides: bool = False
    again_by: date | None = None


Judge = Callable[[Asked], Judged]


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the table: which events open a duty and close it, when in words, and by which commands.

    `beside` are types that the judgement looks at and that neither open nor close it.
    """

    opens: tuple[type[Event], ...] = (ProgrammeAdopted,)
    opened: str = "the programme names it"
    closes: tuple[type[Event], ...]
    closed: str
    commands: tuple[type[Command], ...]
    judge: Judge
    beside: tuple[type[Event], ...] = ()


def place(event: Recorded) -> tuple[str, int]:
    """Return where an event stands in the order of knowing."""
    return event.header.known_at, event.position


def nothing(asked: Asked) -> Judged:
    """Say nothing: the steps of its deadline alone tell of this duty."""
    del asked
    return Judged()
