"""Workers as processes of their own, that tests kill; the Secretariat whose record they work on; what came of it."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from time import monotonic

from domain.messages.events import AttemptBegun, AttemptEnded
from domain.messages.message import Message
from interfaces.run.temporal_server import _command, ready
from ledger.record import Record
from projections.outbox import messages
from tests.workflows.mail.given import OFFICES, Office, record_at
from workflows.connecting import Place
from workflows.mail.smtp import Server

ROOT = Path(__file__).parents[2]
LONGEST = 120.0


class Workers:
    """The Secretariat's home, in which `ledger1540 work` and `ledger1540 up` are run."""

    def __init__(self, home: Path, post: Server, **settings: str) -> None:
        self.home = home
        self._settings = os.environ | {
            "LEDGER1540_HOME": str(home),
            "LEDGER1540_ACTOR": "sec",
            "LEDGER1540_MASTER_KEY": (b"k" * 32).hex(),
            "LEDGER1540_MAIL_FROM": "secretariat@committee.example",
            "LEDGER1540_SMTP": f"smtp+plain://{post.host}:{post.port}",
            "LEDGER1540_LOG": "info",
            **settings,
        }

    def begin(self, verb: str) -> subprocess.Popen[bytes]:
        """Begin to work."""
        with (self.home / f"{verb}.log").open("ab") as log:
            words = [sys.executable, "-m", "interfaces.cli", verb]
            return subprocess.Popen(words, cwd=ROOT, env=self._settings, stdout=log, stderr=log)

    @contextmanager
    def at_work(self, verb: str) -> Generator[subprocess.Popen[bytes]]:
        """Work until the block ends, then be told to stop."""
        process = self.begin(verb)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(LONGEST)


def secretariat(home: Path) -> Office:
    """Return a Secretariat with the addresses of its offices; the caller closes its record."""
    found = Office.made(record_at(home))
    (home / "offices.json").write_text(json.dumps(OFFICES), "utf-8")
    return found


def wave(found: Office, size: int, name: str = "wave") -> None:
    """Intend so many reminders."""
    for number in range(1, size + 1):
        found.intends(about=f"deadline/{name}/{number}")


def until_accepted(record: Record, size: int) -> None:
    """Wait until so many messages were accepted."""
    until(record, lambda listed: sum(each.stage == "accepted" for each in listed) == size)


def until(record: Record, holds: Callable[[list[Message]], bool]) -> None:
    """Wait until something holds of all messages."""
    last, seen = monotonic() + LONGEST, -1
    while monotonic() < last:
        if holds(list(messages(record))):
            return
        seen = record.wait(seen, 1.0)
    stages = Counter(each.stage for each in messages(record))
    raise AssertionError(f"it never came to that: {stages}")


def uncertain(record: Record) -> dict[str, int]:
    """Return how often each message was tried again, each time after what was on record as uncertain before."""
    return {message.intended.message_id: sum(_again(record, message.name)) for message in messages(record)}


def _again(record: Record, name: str) -> Iterator[bool]:
    bodies = [event.body for event in record.history(f"message/{name}").events]
    for before, body in pairwise(bodies):
        if isinstance(body, AttemptBegun) and body.attempt > 1:
            assert isinstance(before, AttemptEnded)
            assert before.outcome == "uncertain"
            yield True


@contextmanager
def external(folder: Path, place: Place) -> Generator[subprocess.Popen[bytes]]:
    """Run a server of its own at a place until the block ends, and then kill it; its data stay in the folder."""
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(_command(folder, place), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        asyncio.run(ready(place))
        yield process
    finally:
        process.kill()
        process.wait()
