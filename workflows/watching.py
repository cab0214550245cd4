"""The watchdog: what differs between the record and what is running, what should have been done, what was not sent."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import msgspec

from domain.messages.waiting import tries_at
from domain.times import moment, text
from domain.values import Instant
from ledger.record import Record
from projections.outbox import messages
from workflows.cycle.messages import Cycle
from workflows.foresight import Foresight, foresee
from workflows.kinds import Kind
from workflows.reconciling import Difference, What

LATE = timedelta(hours=1)
"""How long a message may wait to be sent before it is told; internal."""


class Differs(msgspec.Struct, frozen=True, kw_only=True):
    """A workflow that has to be started, told or ended."""

    what: What
    id: str
    cycle: Cycle | None


class Unsent(msgspec.Struct, frozen=True, kw_only=True):
    """A message that may go out since an instant and has not."""

    message: str
    since: Instant


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """What a look found: `undone` is what the office should have done by now and has not."""

    differs: tuple[Differs, ...]
    undone: Foresight
    unsent: tuple[Unsent, ...]

    @property
    def anything(self) -> bool:
        """True where anything was found."""
        return bool(self.differs or self.undone.messages or self.undone.proposals or self.unsent)


def watch(record: Record, differences: Sequence[Difference], kinds: Sequence[Kind], *, actor: str) -> Watch:
    """Return what is wrong by the record's clock; it goes on without a server, from the record alone."""
    now = record.now()
    return Watch(
        differs=tuple(Differs(what=each.what, id=each.id, cycle=each.news.cycle) for each in differences),
        undone=foresee(record, now, kinds, actor=actor),
        unsent=tuple(sorted(_unsent(record, now), key=lambda each: (each.since, each.message))),
    )


def _unsent(record: Record, now: Instant) -> Iterator[Unsent]:
    late = text(moment(now) - LATE)
    for message in messages(record):
        since = tries_at(message)
        if since is not None and since <= late:
            yield Unsent(message=message.name, since=since)
