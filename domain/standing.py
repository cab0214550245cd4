"""Which events stand: corrections replace, recorded-in-error voids (the record's section 4)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import msgspec

from domain.recorded import Recorded
from domain.times import FAR_FUTURE
from domain.values import Reading

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


class Family(msgspec.Struct, frozen=True):
    """A root with all that ever corrected or voided it, and what voided those, in order of position."""

    root: Recorded
    members: tuple[Recorded, ...]

    def considered(self, position: int, noticed_by: str) -> Sequence[Recorded]:
        """Return the members on record by `position` that are not left out as noticed after `noticed_by`."""
        return [
            member
            for member in self.members
            if member.header.position <= position
            and (member.header.noticed_at is None or member.header.noticed_at <= noticed_by)
        ]

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
            considered = self.considered(position, noticed_by)
            return considered[0] if considered else None
        voided = self.voids(position, noticed_by)
        for member in reversed(self.considered(position, noticed_by)):
            if not member.header.voids and member.id not in voided:
                return member
        return None

    @property
    def stands(self) -> Recorded | None:
        """The one member that stands now, or None."""
        return self.standing(NO_LIMIT, FAR_FUTURE)


class History(msgspec.Struct, frozen=True):
    """The events of one stream in order, with their families."""

    events: tuple[Recorded, ...] = ()
    by_id: Mapping[str, Recorded] = MappingProxyType({})
    roots: Mapping[str, str] = MappingProxyType({})
    families: Mapping[str, Family] = MappingProxyType({})
    subjects: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    @property
    def version(self) -> int:
        """The version of the last event, or 0."""
        return self.events[-1].header.version if self.events else 0

    def extended(self, new: Iterable[Recorded]) -> "History":
        """Return this history with later events of the stream behind it."""
        added = tuple(new)
        if not added:
            return self
        by_id, roots, families = dict(self.by_id), dict(self.roots), dict(self.families)
        subjects = dict(self.subjects)
        for event in added:
            target = event.header.strikes
            by_id[event.id] = event
            if target is None:
                roots[event.id] = event.id
                families[event.id] = Family(event, (event,))
                if event.header.subject is not None:
                    subjects[event.header.subject] = (*subjects.get(event.header.subject, ()), event.id)
            else:
                root = roots[event.id] = roots[target]
                families[root] = Family(families[root].root, (*families[root].members, event))
        return History((*self.events, *added), by_id, roots, families, subjects)

    def families_of(self, subject: str) -> Iterator[Family]:
        """Yield the families of a subject's events, in order of their roots."""
        for root in self.subjects.get(subject, ()):
            yield self.families[root]

    def family(self, event_id: str) -> Family:
        """Return the family that an event belongs to.

        Raises:
            KeyError: no event of this stream has that id.
        """
        return self.families[self.roots[event_id]]

    def standing(self, cut: Cut = Cut()) -> tuple[Recorded, ...]:  # noqa: B008 - a frozen value
        """Return the standing events known by the cut, in order of (known_at, root position)."""
        found: list[tuple[str, int, Recorded]] = []
        for family in self.families.values():
            event = family.standing(cut.position, cut.noticed_by)
            if event is not None and event.header.known_at <= cut.known_at:
                found.append((event.header.known_at, family.root.header.position, event))
        found.sort(key=lambda entry: entry[:2])
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
