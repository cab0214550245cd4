"""A worker on real parts that is killed at a step which a test has planned, or whose server is.

A plan is a file, so that a worker which lives on can be given another.
"""

import os
import signal
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Lock

import msgspec

from domain.correspondence.letters import LetterReceived
from domain.times import new_york_date
from interfaces.run.projector import until_told
from interfaces.run.worker import work
from ledger.record import Record
from tests.workflows.mail.given import HEAD, OFFICES
from workflows.connecting import place
from workflows.cycle.messages import Cycle, News, Rung, Woken
from workflows.kinds import At, Kind
from workflows.letters.kinds import Noting
from workflows.mail.addresses import Addresses
from workflows.mail.intending import Intent, intend
from workflows.mail.kind import Outbox
from workflows.mail.mailer import Reply
from workflows.mail.sending import send_waiting
from workflows.mail.smtp import Server, SmtpMailer
from workflows.office import RecordOffice

STEPS = (
    "before telling the workflows",
    "before intend",
    "intend committed",
    "before the pass",
    "before DATA",
    "after 250",
    "outcomes recorded",
    "before telling what comes next",
)
REGISTER = "correspondence/"


class Plan(msgspec.Struct):
    """Who is killed, at a step that has come so many times; without `pid` the worker itself."""

    step: str
    left: int = 1
    pid: int | None = None


class Steps:
    """Where a worker is; kills whom the plan of its home names, and plans nothing more."""

    def __init__(self, home: Path) -> None:
        self.path = home / "plan.json"
        self._lock = Lock()

    def plan(self, plan: Plan) -> None:
        self.path.write_bytes(msgspec.json.encode(plan))

    def at(self, step: str) -> None:
        with self._lock:
            plan = msgspec.json.decode(self.path.read_bytes(), type=Plan) if self.path.exists() else Plan("")
            if plan.step != step:
                return
            if plan.left > 1:
                self.plan(Plan(step, plan.left - 1, plan.pid))
                return
            self.path.unlink()
            os.kill(plan.pid or os.getpid(), signal.SIGKILL)


class Letters:
    """Every letter in the register is told to the Chair at once: what falls due when a test wants it to."""

    name = "told"

    def cycles(self, at: At) -> Iterable[Cycle]:
        found = (self.cycle(each.removeprefix(REGISTER), at) for each in at.record.stream_names(REGISTER))
        return (each for each in found if each is not None)

    def cycle(self, name: str, at: At) -> Cycle | None:
        if at.record.history(f"message/{_intent(name, at).message}").events:
            return None
        (received,) = at.record.history(f"{REGISTER}{name}").events
        return Cycle(self.name, name, (Rung("told", received.header.recorded_at),), at.record.last_position)

    def act(self, name: str, rung: str, at: At) -> None:
        del rung
        intend(at.record, _intent(name, at), actor=at.actor, head=HEAD, at=at.now)


def _intent(name: str, at: At) -> Intent:
    (received,) = at.record.history(f"{REGISTER}{name}").events
    assert isinstance(received.body, LetterReceived)
    day = new_york_date(received.body.received_at).isoformat()
    values = Noting(says=f"letter {name} was received", day=day, internal=True)
    return Intent(f"{REGISTER}{name}", "role:chair", "told", "note-to-the-secretariat", values)


class Watched:
    """A kind, with its steps."""

    def __init__(self, kind: Kind, steps: Steps) -> None:
        self.name = kind.name
        self.cycles = kind.cycles
        self.cycle = kind.cycle
        self._act = kind.act
        self._steps = steps

    def act(self, name: str, rung: str, at: At) -> None:
        sends = self.name == "mail"
        self._steps.at("before the pass" if sends else "before intend")
        self._act(name, rung, at)
        self._steps.at("outcomes recorded" if sends else "intend committed")


class WatchedOffice(RecordOffice):
    """An office, with its steps."""

    def __init__(self, record: Record, kinds: Sequence[Kind], steps: Steps) -> None:
        super().__init__(record, "sec", [Watched(kind, steps) for kind in kinds])
        self._steps = steps

    def cycles(self) -> tuple[int, tuple[Cycle, ...]]:
        found = super().cycles()
        self._steps.at("before telling the workflows")
        return found

    def look(self, woken: Woken) -> News:
        news = super().look(woken)
        self._steps.at("before telling what comes next")
        return news


class WatchedMailer(SmtpMailer):
    """A connection to a mail server, with its steps."""

    def __init__(self, where: Server, steps: Steps) -> None:
        super().__init__(where, HEAD.sender)
        self._steps = steps

    async def send(self, data: bytes, recipient: str) -> Reply:
        self._steps.at("before DATA")
        reply = await super().send(data, recipient)
        self._steps.at("after 250")
        return reply


def main(home: str, at: str, port: str) -> None:
    steps = Steps(Path(home))
    post = Server(host="127.0.0.1", port=int(port), security="plain", seconds=60)

    def send(at: At) -> None:
        nobody = Addresses(at.record, lambda *_: None, OFFICES)
        send_waiting(at.record, WatchedMailer(post, steps), nobody, actor=at.actor, at=at.now)

    with Record.open(Path(home)) as record:
        work(WatchedOffice(record, (Letters(), Outbox(send)), steps), place(at), until_told())


if __name__ == "__main__":
    main(*sys.argv[1:])
