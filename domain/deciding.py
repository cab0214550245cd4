"""How a command meets the record: what every command carries, and what a decision may look at."""

from collections.abc import Iterator
from typing import Protocol

import msgspec
from msgspec.structs import replace

from domain.ids import event_reference
from domain.recorded import Draft, Event, Recorded
from domain.refusals import MalformedInput, NotFound, Refusal
from domain.standing import Cut, History, Stands
from domain.times import moment, parse, period_of
from domain.values import Instant, Precision


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="command"):
    """What someone wants recorded.

    `id` is a UUID or any text key (the same key is the same command). `known` is when the Committee knew: a year,
    month, date or instant, by default now; `known_by` bounds an imprecise date (the seal of its revision).
    `noticed` is when an error was noticed. `seen_position` is what the person was looking at.
    """

    id: str
    actor: str
    role: str = ""
    known: str | None = None
    known_by: str | None = None
    noticed: str | None = None
    seen_position: int | None = None
    causation: str | None = None
    correlation: str | None = None
    synthetic: bool = False


class KnownInTheFuture(Refusal):
    """A fact cannot be known before it is recorded later than that."""


class RecordView(Protocol):
    """What a decision can look up: the record as it stands under the lock."""

    def history(self, stream: str) -> History:
        """Return the history of a stream, empty where it has none."""
        ...

    def event(self, event_id: str) -> Recorded | None:
        """Return the event with this id, if it is on record."""
        ...

    def after(self, position: int) -> Iterator[Recorded]:
        """Yield the events recorded after a position, in order."""
        ...

    def document(self, sha256: str) -> bytes | None:
        """Return the stored document with this hash, if there is one."""
        ...


def stands_at(record: RecordView, cut: Cut) -> Stands:
    """Return what gives the events of any stream that stand at a cut."""
    return lambda stream: record.history(stream).standing(cut)


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """Where and when a decision is taken.

    `position` is the one that its first event will have; `known_at` is the command's, worked out. `importing` is
    true for history that enters late: same events, weaker rules.
    """

    record: RecordView
    recorded_at: Instant
    position: int
    known_at: Instant
    known_precision: Precision
    actor: str = ""
    causation: str | None = None
    importing: bool = False

    @property
    def before(self) -> int:
        """The last position on record."""
        return self.position - 1

    def standing(self, stream: str) -> tuple[Recorded, ...]:
        """Return all events of a stream that stand now, in order of (known_at, root position)."""
        return self.record.history(stream).standing(Cut(position=self.before))

    def target(self, reference: str) -> Recorded:
        """Return the event that a command names by id, or by the key of its command and its index: `key#0`.

        Raises:
            NotFound: no such event.
        """
        found = self.record.event(event_reference(reference))
        if found is None:
            raise NotFound(
                f"no event {reference!r} is on record", remedy="name an event id, or KEY#INDEX of an earlier command"
            )
        return found


def known_date(command: Command, recorded_at: Instant) -> tuple[Instant, Precision]:
    """Return when the Committee knew what a command tells, and how precisely that is dated.

    A date stands at the last microsecond of its period in New York, or at `known_by` or `recorded_at` if that is
    sooner (the record's section 3).

    Raises:
        KnownInTheFuture: the whole period lies after `recorded_at`.
    """
    if command.known is None:
        return recorded_at, "instant"
    latest, precision = parse(command.known)
    bounds = [recorded_at] if command.known_by is None else [recorded_at, parse(command.known_by)[0]]
    for bound in bounds:
        if latest > bound:
            if earliest(latest, precision) > bound:
                raise KnownInTheFuture(
                    f"known {command.known} is later than {bound}",
                    where="known",
                    remedy="the Committee cannot have known it after it was recorded or sealed; mend the date",
                )
            latest = bound
    return latest, precision


def received_date(command: Command, received: str, context: Context, *, where: str) -> tuple[Instant, Precision]:
    """Return when the Secretariat received what a command brings, which is when the Committee knew it.

    Raises:
        KnownInTheFuture: it was not received yet.
        MalformedInput: the command states another known date.
    """
    try:
        at, precision = known_date(replace(command, known=received, known_by=None), context.recorded_at)
    except Refusal as refusal:
        raise refusal.at(where) from None
    begins = earliest(at, precision)
    if command.known is not None and not (
        begins <= context.known_at and earliest(context.known_at, context.known_precision) <= at
    ):
        raise MalformedInput(
            f"known {command.known}, but received {received}",
            where="known",
            remedy="leave it out: what is received is known when the Secretariat receives it",
        )
    return at, precision


def earliest(at: Instant, precision: Precision) -> Instant:
    """Return the first instant that a known date can mean."""
    return at if precision == "instant" else period_of(at, precision)[0]


def dated(draft: Draft, command: Command, at: Instant, precision: Precision) -> Draft:
    """Return a draft that is known when its fact was, unless the command says when."""
    return draft if command.known is not None else replace(draft, known_at=at, known_precision=precision)


def noticed_date(command: Command, struck: Recorded | None, recorded_at: Instant) -> Instant | None:
    """Return when the error was noticed: as stated, else now for what strikes; None for an ordinary fact.

    Raises:
        MalformedInput: before the error could be noticed, or in the future.
    """
    if command.noticed is None:
        return recorded_at if struck is not None else None
    noticed = min(parse(command.noticed)[0], recorded_at)
    if parse(command.noticed)[0] > recorded_at and moment(recorded_at).date().isoformat() < command.noticed[:10]:
        raise MalformedInput(f"noticed {command.noticed} lies in the future", where="noticed")
    earliest, what = _noticeable(command, struck, recorded_at)
    if noticed < earliest:
        raise MalformedInput(
            f"noticed {command.noticed} is before {earliest}, when {what}",
            where="noticed",
            remedy="state a later date, or when it was known",
        )
    return noticed


def _noticeable(command: Command, struck: Recorded | None, recorded_at: Instant) -> tuple[Instant, str]:
    """Return from when on an error could be noticed: in what is struck, or the lack of what is entered to repair it."""
    if struck is not None:
        return max(struck.header.known_at, struck.header.noticed_at or ""), "what it strikes was known or noticed"
    known_at, precision = known_date(command, recorded_at)
    return (known_at if precision == "instant" else period_of(known_at, precision)[0]), "what it enters was known"


def fold_of(events: tuple[Recorded, ...], *kinds: type[Event]) -> tuple[Recorded, ...]:
    """Return those of `events` whose body is of one of `kinds`."""
    return tuple(event for event in events if isinstance(event.body, kinds))
