"""One pass of sending: what was cut short is found first, then what waits goes out, each step on record."""

import asyncio
import fcntl
from collections.abc import AsyncIterator, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path

import msgspec

from domain.ids import command_id
from domain.messages.commands import BeginAttempt, EndAttempt, Obstacle, SuppressMessage
from domain.messages.handling import NotAtThisStage
from domain.messages.message import Message
from domain.messages.naming import command_key
from domain.messages.waiting import may_try, under_way
from domain.refusals import Conflict, NotFound, Refusal
from domain.values import Instant
from ledger.record import Record
from projections.outbox import messages
from workflows.mail.addresses import Addresses
from workflows.mail.folder import BY_HAND, FOLDER, keep
from workflows.mail.mailer import Mailer, Reply

LOCK = "sending.lock"


class OthersSend(Conflict):
    """Another process of this home is sending; one at a time does, so that nobody takes its attempts for abandoned."""


class NoMailFromSimulation(Refusal):
    """What a simulated record says goes to nobody; its messages are kept in a folder."""


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """What one pass did with a message: an outcome of an attempt, or `suppressed` with what stood in the way."""

    message: str
    attempt: int | None
    outcome: str
    code: str | None = None


class Sender:
    """Sends messages of one record as one actor."""

    def __init__(self, record: Record, mailer: Mailer, addresses: Addresses, *, actor: str) -> None:
        if record.simulation and not mailer.local:
            raise NoMailFromSimulation(
                "this is a simulated record", where="LEDGER1540_SMTP", remedy="unset it: messages then go to a folder"
            )
        self._record = record
        self._mailer = mailer
        self._addresses = addresses
        self._actor = actor

    async def send_waiting(self, at: Instant) -> list[Sent]:
        """Send what may be sent at an instant, in order of being intended; stop where the server cannot be reached.

        Raises:
            OthersSend: another process does.
        """
        with alone(self._record.home):
            told = self._settle()
            waiting = [each for each in messages(self._record) if may_try(each, at)]
            waiting.sort(key=lambda each: (each.intended.composed_at, each.name))
            async with self._mailer as mailer:
                async for sent in self._sent(waiting, mailer, at):
                    told.append(sent)
        return told

    def _settle(self) -> list[Sent]:
        """Record as uncertain what was begun and is nobody's any more: it may have gone out, or not."""
        ends = [
            self._end(message, attempt.number, Reply("uncertain"))
            for message, attempt in under_way(messages(self._record))
        ]
        self._record.submit_all(ends)
        return [_told(end) for end in ends]

    async def _sent(self, waiting: Iterable[Message], mailer: Mailer, at: Instant) -> AsyncIterator[Sent]:
        """Send messages one by one, until the server cannot be reached.

        An attempt is on record before the server is spoken to, together with what came of the one before it.
        """
        end: EndAttempt | None = None
        try:
            for message in waiting:
                found = self._addresses.of(message.intended.addressee, at)
                data = self._bytes(message)
                if found.address is None:
                    yield self._suppressed(message, found.obstacle, data)
                    continue
                number = len(message.attempts) + 1
                begun, end = self._begun(message, number, after=end), None
                if begun:
                    end = self._end(message, number, await mailer.send(data, found.address))
                    yield _told(end)
                    if end.outcome == "unreached":
                        break
        finally:
            if end is not None:
                self._record.submit(end)

    def _begun(self, message: Message, number: int, *, after: EndAttempt | None) -> bool:
        """Record that an attempt begins; false where somebody held or cancelled its message meanwhile.

        Raises:
            OthersSend: another process has begun it.
        """
        key = command_key(message.name, f"attempt/{number}/begun")
        begin = BeginAttempt(id=key, actor=self._actor, message=message.name, attempt=number)
        receipts = self._record.submit_all([begin] if after is None else [after, begin], refused=_pass_over)
        begun = [receipt for receipt in receipts if receipt.command_id == command_id(key)]
        if any(receipt.repeated for receipt in begun):
            raise OthersSend(f"attempt {number} of {message.name} was begun by another process")
        return bool(begun)

    def _suppressed(self, message: Message, obstacle: Obstacle, data: bytes) -> Sent:
        keep(self._record.home / FOLDER / BY_HAND, data)
        key = command_key(message.name, "suppressed")
        self._record.submit(SuppressMessage(id=key, actor=self._actor, message=message.name, obstacle=obstacle))
        return Sent(message=message.name, attempt=None, outcome="suppressed", code=obstacle)

    def _bytes(self, message: Message) -> bytes:
        sha256 = message.intended.content.sha256
        data = None if sha256 is None else self._record.document(sha256)
        if data is None:
            raise NotFound(f"the bytes of {message.name} are not in the store", remedy="run `ledger1540 verify`")
        return data

    def _end(self, message: Message, number: int, reply: Reply) -> EndAttempt:
        return EndAttempt(
            id=command_key(message.name, f"attempt/{number}/{reply.outcome}"),
            actor=self._actor,
            message=message.name,
            attempt=number,
            outcome=reply.outcome,
            code=reply.code,
        )


def _told(end: EndAttempt) -> Sent:
    return Sent(message=end.message, attempt=end.attempt, outcome=end.outcome, code=end.code)


def _pass_over(refusal: Refusal) -> None:
    """Go on past what stands elsewhere meanwhile; whatever else is refused ends the pass."""
    if not isinstance(refusal, NotAtThisStage):
        raise refusal


def send_waiting(record: Record, mailer: Mailer, addresses: Addresses, *, actor: str, at: Instant) -> list[Sent]:
    """Make one pass of sending, from code that does not wait for anything else."""
    return asyncio.run(Sender(record, mailer, addresses, actor=actor).send_waiting(at))


@contextmanager
def alone(home: Path) -> Generator[None]:
    """Be the only process of a home that sends; the system lets go of it however the process ends.

    Raises:
        OthersSend: one does.
    """
    with (home / LOCK).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OthersSend("another process of this home is sending", remedy="wait for it, or end it") from None
        yield
