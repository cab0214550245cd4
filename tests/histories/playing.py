"""Histories made up for tests: a list of small numbers, played as commands against a record in memory.

Every operation is read from six numbers and from what is on record by then, so that most commands are accepted, any
list can be played, and a shorter list is a simpler history. What is refused is skipped and counted.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from domain.deciding import Command
from domain.times import moment, text
from tests.histories.approving import approves, consents, publishes, sends
from tests.histories.historian import Historian, Op
from tests.histories.importing import enters_late, imports_revision, reverses
from tests.histories.made_up import STATES
from tests.histories.striking import corrects, corrects_template, voids, voids_ground
from tests.histories.working import assesses, looks, opens, repairs, seals, withdraws

_STEPS = (
    timedelta(microseconds=1),
    timedelta(hours=5),
    timedelta(days=1),
    timedelta(days=12),
    timedelta(days=47),
    timedelta(days=160),
)


_OPERATIONS: tuple[Callable[[Historian, str], None], ...] = (
    *(assesses,) * 6,
    *(corrects,) * 5,
    *(voids,) * 4,
    *(opens,) * 4,
    *(seals,) * 4,
    *(approves,) * 3,
    sends,
    *(enters_late,) * 2,
    *(repairs,) * 2,
    *(publishes,) * 3,
    consents,
    withdraws,
    looks,
    imports_revision,
    reverses,
    corrects_template,
    voids_ground,
)


def play(historian: Historian, ops: Iterable[Op], leave_out: tuple[type[Command], ...] = ()) -> Historian:
    """Play every operation; refused commands are skipped, and so are those to be left out."""
    historian.leave_out = leave_out
    for kind, state, historian.a, historian.b, historian.c, step in ops:
        historian.record.now = text(moment(historian.record.recorded_at()) + _STEPS[step % len(_STEPS)])
        _OPERATIONS[kind % len(_OPERATIONS)](historian, STATES[(state // 7) % 5 == 0])
    historian.leave_out = ()
    return historian


def played(ops: Iterable[Op]) -> Historian:
    """Return who has played some operations against a new record."""
    return play(Historian(), ops)


def random_ops(seed: int, length: int) -> list[Op]:
    """Return the operations that a seed gives."""
    chance = random.Random(seed)
    return [_op([chance.randrange(256) for _ in range(6)]) for _ in range(length)]


def _op(numbers: Sequence[int]) -> Op:
    kind, state, a, b, c_, step = numbers
    return kind, state, a, b, c_, step
