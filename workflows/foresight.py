"""Foresight: what every kind would do by an instant, found by letting each do it on a record that keeps nothing."""

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from domain.catalogue import tag_of
from domain.deciding import Command
from domain.ids import command_id
from domain.messages.commands import IntendMessage
from domain.refusals import Refusal
from domain.values import Instant
from ledger.clock import SimulatedClock
from ledger.documents import Documents
from ledger.record import Record
from ledger.unit import Receipt
from workflows.kinds import At, Kind


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """A message that would go out: to whom by role or party, about what and why, from which paragraph."""

    message: str
    addressee: str
    letter: str
    subject: str
    about: str
    duty: str | None
    rung: str | None
    paragraph: str | None
    approval_needed: bool


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """Something else that would be asked of the record: which command, of which cycle."""

    command: str
    kind: str
    name: str


class Foresight(msgspec.Struct, frozen=True, kw_only=True):
    """What would be done; `refused` are the kinds and cycles whose rules refuse, with the name of the refusal."""

    messages: tuple[Outgoing, ...] = ()
    proposals: tuple[Proposed, ...] = ()
    refused: tuple[Proposed, ...] = ()

    def without(self, messages: Collection[str]) -> "Foresight":
        """Return the same without some messages."""
        kept = tuple(each for each in self.messages if each.message not in messages)
        return msgspec.structs.replace(self, messages=kept)


class Tried(Record):
    """A record at an instant, perhaps one to come, as if nothing more were recorded by then; it keeps no command."""

    at_instant: Instant
    given: list[Command]
    kept: Documents

    def now(self) -> str:
        """Return the instant."""
        return self.at_instant

    @property
    def documents(self) -> Documents:
        """A store of its own, for what would be put into the record's."""
        return self.kept

    def submit(self, command: Command, *, importing: bool = False) -> Receipt:
        """Take a command as if it were recorded."""
        del importing
        self.given.append(command)
        return Receipt(command_id(command.id), None, None)

    def submit_all(
        self,
        commands: Iterable[Command],
        *,
        importing: bool = False,
        dry_run: bool = False,
        refused: Callable[[Refusal], None] | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> list[Receipt]:
        """Take commands as if they were recorded."""
        del dry_run, refused, progress
        return [self.submit(each, importing=importing) for each in commands]

    def dispose(self, positions: Collection[int]) -> None:
        """Dispose of nothing."""


def foresee(record: Record, at: Instant, kinds: Sequence[Kind], *, actor: str) -> Foresight:
    """Return what kinds would do by an instant, as if nothing more were recorded until then.

    What follows from what is then done, such as a letter on a procedure that closes, is not foreseen.
    """
    messages: dict[str, Outgoing] = {}
    proposals: dict[str, Proposed] = {}
    refused: list[Proposed] = []
    with _tried(record, at) as tried:
        where = At(tried, at, actor)
        for kind in kinds:
            for name, rung in _due(kind, where):
                tried.given.clear()
                try:
                    kind.act(name, rung, where)
                except Refusal as refusal:
                    refused.append(Proposed(command=refusal.name, kind=kind.name, name=name))
                for command in tried.given:
                    if isinstance(command, IntendMessage):
                        messages[command.message] = _outgoing(command, tried)
                    else:
                        proposals[command.id] = Proposed(command=tag_of(type(command)), kind=kind.name, name=name)
    return Foresight(messages=tuple(messages.values()), proposals=tuple(proposals.values()), refused=tuple(refused))


def _due(kind: Kind, at: At) -> Iterator[tuple[str, str]]:
    """Yield the cycles of a kind that have woken by then, each with the first of its rungs that has come."""
    for cycle in kind.cycles(at):
        if cycle.next is not None and cycle.next.at <= at.now:
            yield cycle.name, cycle.next.name


@contextmanager
def _tried(record: Record, at: Instant) -> Generator[Tried]:
    clock = SimulatedClock(at) if record.simulation else None
    with (
        TemporaryDirectory(prefix="ledger1540-") as folder,
        Tried.open(record.home, address=record.address, clock=clock) as tried,
    ):
        assert isinstance(tried, Tried)  # noqa: S101 - as it was opened
        tried.at_instant, tried.given, tried.kept = at, [], Documents(Path(folder), durable=False)
        yield tried


def _outgoing(command: IntendMessage, tried: Tried) -> Outgoing:
    data = tried.kept.get(command.sha256) or b""
    return Outgoing(
        message=command.message,
        addressee=command.addressee,
        letter=command.kind,
        subject=str(message_from_bytes(data, policy=policy.default)["Subject"]),
        about=command.about,
        duty=command.duty,
        rung=command.rung,
        paragraph=command.paragraph,
        approval_needed=command.approval_needed,
    )
