"""Which events stand: corrections replace, recorded-in-error voids (the record's section 4)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from types import MappingProxyType
from typing import TypeVar, cast

import msgspec

from domain.recorded import Recorded
from domain.times import FAR_FUTURE
from domain.values import Reading

T = TypeVar("T")
NO_LIMIT = 2**53 - 1
Stands = Callable[[str], tuple[Recorded, ...]]
"""What stands of a stream at some cut, in order of (known_at, root position)."""


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """A place on the axes of time: known by `known_at`, recorded by `position`, in a `reading`.

    `corrected` is what we now say about that moment; `stood` is what was believed then.
    """

    known_at: str = FAR_FUTURE
    position: int = NO_LIMIT
    reading: Reading = "corrected"

    @property
    def noticed_by(self) -> str:
        """Errors noticed later than this are left out."""
        return self.known_at if self.reading == "stood" else FAR_FUTURE

    def other(self) -> "Cut":
        """Return the same place in the other reading."""
        reading: Reading = "corrected" if self.reading == "stood" else "stood"
        return Cut(known_at=self.known_at, position=self.position, reading=reading)


class Family(msgspec.Struct, frozen=True, gc=False):
    """A root with all that ever corrected or voided it, and what voided those, in order of position."""

    root: Recorded
    members: tuple[Recorded, ...]

    def considered(self, position: int, noticed_by: str) -> Sequence[Recorded]:
        """Return the members on record by `position` that are not left out as noticed after `noticed_by`."""
        return [member for member in self.members if _on_record(member, position, noticed_by)]

    def voids(self, position: int, noticed_by: str) -> Mapping[str, Recorded]:
        """Return what is voided, by id, with the event that voids it."""
        voided: dict[str, Recorded] = {}
        for member in reversed(self.considered(position, noticed_by)):
            if member.header.voids and member.header.strikes is not None and member.id not in voided:
                voided.setdefault(member.header.strikes, member)
        return voided

    def standing(self, position: int, noticed_by: str) -> Recorded | None:
        """Return the one member that stands, or None."""
        if len(self.members) == 1:
            return self.root if _on_record(self.root, position, noticed_by) else None
        voided = self.voids(position, noticed_by)
        for member in reversed(self.considered(position, noticed_by)):
            if not member.header.voids and member.id not in voided:
                return member
        return None

    @property
    def stands(self) -> Recorded | None:
        """The one member that stands now, or None."""
        return self.standing(NO_LIMIT, FAR_FUTURE)


def alone(event: Recorded) -> Family:
    """Return the family of an event that nothing has struck."""
    return Family(event, (event,))


def _on_record(event: Recorded, position: int, noticed_by: str) -> bool:
    noticed_at = event.header.noticed_at
    return event.header.position <= position and (noticed_at is None or noticed_at <= noticed_by)


class History(msgspec.Struct, frozen=True, dict=True):
    """The events of one stream in order. Most are never struck; of those that are, `struck` holds the families."""

    events: tuple[Recorded, ...] = ()
    by_id: Mapping[str, Recorded] = MappingProxyType({})
    subjects: Mapping[str, tuple[Recorded, ...]] = MappingProxyType({})
    struck: Mapping[str, Family] = MappingProxyType({})
    _roots: Mapping[str, str] = MappingProxyType({})

    @property
    def version(self) -> int:
        """The version of the last event, or 0."""
        return self.events[-1].header.version if self.events else 0

    def extended(self, new: Iterable[Recorded]) -> "History":
        """Return this history with later events of the stream behind it.

        Raises:
            KeyError: one strikes an event that the stream does not have before it.
        """
        added = tuple(new)
        if not added:
            return self
        by_id, struck, roots = dict(self.by_id), dict(self.struck), dict(self._roots)
        subjects: dict[str, list[Recorded]] = {}
        for event in added:
            header = event.header
            if header.strikes is not None:
                root = roots[header.event_id] = roots.get(header.strikes, header.strikes)
                family = struck.get(root) or alone(by_id[root])
                struck[root] = Family(family.root, (*family.members, event))
            elif header.subject is not None:
                subjects.setdefault(header.subject, []).append(event)
            by_id[header.event_id] = event
        more = {subject: (*self.subjects.get(subject, ()), *events) for subject, events in subjects.items()}
        return History((*self.events, *added), by_id, {**self.subjects, **more}, struck, roots)

    def families(self) -> Iterator[Family]:
        """Yield all families, in order of their roots."""
        return self._families(event for event in self.events if event.header.strikes is None)

    def families_of(self, subject: str) -> Iterator[Family]:
        """Yield the families of a subject's events, in order of their roots."""
        return self._families(self.subjects.get(subject, ()))

    def _families(self, roots: Iterable[Recorded]) -> Iterator[Family]:
        return (self.struck.get(root.id) or alone(root) for root in roots)

    def family(self, event_id: str) -> Family:
        """Return the family that an event belongs to.

        Raises:
            KeyError: no event of this stream has that id.
        """
        root = self._roots.get(event_id, event_id)
        return self.struck.get(root) or alone(self.by_id[root])

    def standing(self, cut: Cut = Cut()) -> tuple[Recorded, ...]:  # noqa: B008 - a frozen value
        """Return the standing events known by the cut, in order of (known_at, root position)."""
        return self.folded(History._now) if self._is_whole_at(cut) else self._standing(cut)

    def folded(self, fold: Callable[["History"], T]) -> T:
        """Return what a fold makes of this history, which never changes: made once, and kept with it."""
        if fold not in self._folds:
            self._folds[fold] = fold(self)
        return cast("T", self._folds[fold])

    @cached_property
    def _folds(self) -> dict[object, object]:
        return {}

    def _now(self) -> tuple[Recorded, ...]:
        return self._standing(Cut())

    def _latest(self) -> str:
        return max((max(each.header.known_at, each.header.noticed_at or "") for each in self.events), default="")

    def _is_whole_at(self, cut: Cut) -> bool:
        """True where every event was on record, known and noticed by a cut."""
        on_record = not self.events or cut.position >= self.events[-1].position
        return on_record and (cut.known_at == FAR_FUTURE or cut.known_at >= self.folded(History._latest))

    def _standing(self, cut: Cut) -> tuple[Recorded, ...]:
        position, noticed_by, known_by = cut.position, cut.noticed_by, cut.known_at
        found: list[tuple[str, int, Recorded]] = []
        struck = self.struck
        for event in self.events:
            header = event.header
            alone_and_known = header.strikes is None and header.known_at <= known_by and header.event_id not in struck
            if alone_and_known and header.position <= position and (header.noticed_at or "") <= noticed_by:
                found.append((header.known_at, header.position, event))
        for family in self.struck.values():
            stands = family.standing(position, noticed_by)
            if stands is not None and stands.header.known_at <= known_by:
                found.append((stands.header.known_at, family.root.position, stands))
        found.sort(key=itemgetter(0, 1))
        return tuple(event for _, _, event in found)

    def stands(self, event_id: str, cut: Cut = Cut()) -> bool:  # noqa: B008 - a frozen value
        """True where the event stands; one that voids stands while it is not itself voided."""
        family = self.family(event_id)
        event = self.by_id[event_id]
        if event.header.voids:
            return event_id not in family.voids(cut.position, cut.noticed_by)
        standing = family.standing(cut.position, cut.noticed_by)
        return standing is not None and standing.id == event_id


def history(events: Iterable[Recorded]) -> History:
    """Return the history of one stream's events, given in order."""
    return History().extended(events)
