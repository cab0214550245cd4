"""One pass of sending: what was cut short is found first, then what waits goes out, each step on record."""

import asyncio
import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from domain.messages.commands import BeginAttempt, EndAttempt, Outcome, SuppressMessage
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
                for message in waiting:
                    told.append(await self._send(message, mailer, at))
                    if told[-1].outcome == "unreached":
                        break
        return told

    def _settle(self) -> list[Sent]:
        """Record as uncertain what was begun and is nobody's any more: it may have gone out, or not."""
        return [
            self._ended(message, attempt.number, Reply("uncertain"))
            for message, attempt in under_way(messages(self._record))
        ]

    async def _send(self, message: Message, mailer: Mailer, at: Instant) -> Sent:
        found = self._addresses.of(message.intended.addressee, at)
        data = self._bytes(message)
        if found.address is None:
            keep(self._record.home / FOLDER / BY_HAND, data)
            key = command_key(message.name, "suppressed")
            self._record.submit(
                SuppressMessage(id=key, actor=self._actor, message=message.name, obstacle=found.obstacle)
            )
            return Sent(message=message.name, attempt=None, outcome="suppressed", code=found.obstacle)
        number = len(message.attempts) + 1
        key = command_key(message.name, f"attempt/{number}/begun")
        begun = self._record.submit(BeginAttempt(id=key, actor=self._actor, message=message.name, attempt=number))
        if begun.repeated:
            raise OthersSend(f"attempt {number} of {message.name} was begun by another process")
        return self._ended(message, number, await mailer.send(data, found.address))

    def _bytes(self, message: Message) -> bytes:
        sha256 = message.intended.content.sha256
        data = None if sha256 is None else self._record.document(sha256)
        if data is None:
            raise NotFound(f"the bytes of {message.name} are not in the store", remedy="run `ledger1540 verify`")
        return data

    def _ended(self, message: Message, number: int, reply: Reply) -> Sent:
        outcome: Outcome = reply.outcome
        self._record.submit(
            EndAttempt(
                id=command_key(message.name, f"attempt/{number}/{outcome}"),
                actor=self._actor,
                message=message.name,
                attempt=number,
                outcome=outcome,
                code=reply.code,
            )
        )
        return Sent(message=message.name, attempt=number, outcome=outcome, code=reply.code)


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
