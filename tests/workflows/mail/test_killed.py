"""Killed at any step of sending: nothing is lost, and what comes twice was on record as uncertain before."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from threading import Event

import pytest

from domain.messages.events import AttemptBegun, AttemptEnded
from ledger.record import Record
from tests.workflows.mail.given import Office, Post, record_at, serving, smtp

ROOT = Path(__file__).parents[3]
STEPS = {"begun": 1, "sending": 2, "answered": 2, "ended": 1}
"""How often the server has taken a message when its sender was killed at a step and another one went on."""


def killed(home: Path, post: Post, port: int, step: str) -> None:
    """Send from a process of its own and kill it at a step."""
    here = Event()
    if step == "sending":
        post.script, post.taken = ["keep"], here.set
    words = [sys.executable, "-m", "tests.workflows.mail.process", str(home), str(port), step]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        if step == "sending":
            assert here.wait(60)
        else:
            assert process.stdout is not None
            assert process.stdout.readline() == b"here\n"
        process.kill()
    post.taken = lambda: None


def check(tmp_path: Path, step: str) -> None:
    """Given a message, when its sender is killed at a step, then the next pass knows what may have gone out."""
    home, post = tmp_path / "home", Post()
    with record_at(home) as record:
        name = Office.made(record).intends()
    with serving(post) as server:
        killed(home, post, server.port, step)
        with Record.open(home) as record:
            office = Office(record)
            office.sends(smtp(server))
            assert office.sends(smtp(server)) == []
            assert office.message(name).stage == "accepted"
            bodies = [event.body for event in record.history(f"message/{name}").events]
    taken = Counter(post.counted)
    assert taken == {f"<{name}@committee.example>": STEPS[step]}
    assert len(set(post.data)) == 1, "the same bytes each time"
    again = [place for place, body in enumerate(bodies) if isinstance(body, AttemptBegun) and body.attempt > 1]
    for place in again:
        before = bodies[place - 1]
        assert isinstance(before, AttemptEnded)
        assert before.outcome == "uncertain"
    assert len(again) == (step != "ended")


@pytest.mark.parametrize("step", STEPS)
def test_a_sender_killed_at_a_step_loses_nothing_and_repeats_only_what_is_known_to_be_uncertain(
    tmp_path: Path, step: str
) -> None:
    check(tmp_path, step)


@pytest.mark.soak
@pytest.mark.parametrize(
    ("step", "time"), [(step, time) for step in STEPS for time in range(50 if step == "answered" else 3)]
)
def test_killed_fifty_times_between_250_and_outcome_nothing_is_lost(tmp_path: Path, step: str, time: int) -> None:
    del time
    check(tmp_path, step)
