"""Given letters to be told of, when a worker or its server is killed at any step, none is lost and none comes twice."""

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from domain.correspondence.letters import ReceiveLetter
from domain.messages.message import Message
from domain.times import moment, text
from projections.outbox import messages
from tests.soaking import report, seed
from tests.workflows.faults import LONGEST, ROOT, external, secretariat, uncertain, until
from tests.workflows.killing import STEPS, Plan, Steps
from tests.workflows.mail.given import Office, Post, free_port, serving, smtp
from workflows.connecting import Place
from workflows.mail.smtp import Server

AT_ONCE = 2
"""Letters that come before each kill."""
LEAST = 3


class Campaign:
    """A Secretariat whose workers and server are killed, each time at a step of a shuffled deck."""

    def __init__(self, office: Office, port: int, folder: Path, deck: list[str]) -> None:
        self.record = office.record
        self.place = Place(f"127.0.0.1:{free_port()}")
        self.folder = folder
        self.deck = deck
        self._port = port
        self._office = office
        self._steps = Steps(office.record.home)

    def kills_workers(self) -> None:
        """Let a worker live for one step of the deck each."""
        with external(self.folder, self.place):
            for number, step in enumerate(self.deck):
                self._letters(number, Plan(step))
                with self._worker() as process:
                    assert process.wait(LONGEST) == -signal.SIGKILL
            with self._worker():
                self._none_waits()

    def kills_servers(self) -> None:
        """Let one worker live on while its server is killed at each step of the deck, and begun again."""
        with ExitStack() as stack:
            for number, step in enumerate(self.deck):
                with external(self.folder, self.place) as server:
                    if number == 0:
                        stack.enter_context(self._worker())
                    self._letters(number, Plan(step, pid=server.pid))
                    assert server.wait(LONGEST) == -signal.SIGKILL
            with external(self.folder, self.place):
                self._none_waits()
                stack.close()

    def _letters(self, number: int, plan: Plan) -> None:
        self._steps.plan(plan)
        for each in range(number * AT_ONCE + 1, (number + 1) * AT_ONCE + 1):
            letter, now = f"2026/{each}", self.record.now()
            self._office.gives(
                ReceiveLetter(id=letter, actor="sec", letter=letter, sender="state:KEN", title="", received=now)
            )

    def _none_waits(self) -> None:
        """Wait until all went out but what was cut short twice, which waits for a while before it is sent again."""
        size = len(self.deck) * AT_ONCE
        until(
            self.record, lambda found: len(found) == size and all(_accepted_or_cut_short_twice(each) for each in found)
        )
        assert not self._steps.path.exists(), "every plan was carried out"

    def a_day_later(self, post: Server) -> None:
        """Send what waited."""
        self._office.sends(smtp(post), at=text(moment(self.record.now()) + timedelta(days=2)))

    @contextmanager
    def _worker(self) -> Generator[subprocess.Popen[bytes]]:
        with (self.folder / "worker.log").open("ab") as log:
            words = [sys.executable, "-m", "tests.workflows.killing", str(self.record.home)]
            process = subprocess.Popen([*words, str(self.place), str(self._port)], cwd=ROOT, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(LONGEST)


def _accepted_or_cut_short_twice(message: Message) -> bool:
    return message.stage == "accepted" or (message.stage == "ready" and len(message.attempts) > 1)


VICTIMS = {"worker": Campaign.kills_workers, "server": Campaign.kills_servers}


def fought(folder: Path, victim: str, kills: int, by: int) -> tuple[Counter[str], int]:
    """Return at which steps the kills fell, and how many messages were sent again; check that none was without need."""
    deck = [STEPS[number % len(STEPS)] for number in range(kills)]
    Random(by).shuffle(deck)
    post, office = Post(), secretariat(folder / "home")
    with office.record, serving(post) as server:
        campaign = Campaign(office, server.port, folder, deck)
        VICTIMS[victim](campaign)
        campaign.a_day_later(server)
        assert {each.stage for each in messages(office.record)} == {"accepted"}
        again = uncertain(office.record)
    taken = Counter(post.counted)
    assert set(taken) == set(again), "no reminder is lost"
    assert all(taken[each] <= 1 + again[each] for each in again), "repeated only what was known to be uncertain"
    assert victim == "worker" or not any(again.values()), "nothing is uncertain while the worker lives"
    return Counter(deck), sum(again.values())


@pytest.mark.parametrize("victim", VICTIMS)
def test_killed_at_some_steps_nothing_is_lost_and_nothing_repeated_without_need(tmp_path: Path, victim: str) -> None:
    fought(tmp_path, victim, kills=2, by=1540)


@pytest.mark.soak
@pytest.mark.parametrize("victim", VICTIMS)
def test_killed_more_than_fifty_times(tmp_path: Path, victim: str) -> None:
    chosen = seed()
    fell, again = fought(tmp_path, victim, kills=7 * len(STEPS), by=chosen)
    assert min(fell.values()) >= LEAST
    told = {**fell, "sent again, each after it was recorded as uncertain": again}
    report(f"{victim} of the year killed while letters go out", chosen, told)
