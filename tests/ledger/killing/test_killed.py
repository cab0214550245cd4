"""Killed at any step of what it does, a process loses nothing it has acknowledged, and nothing is there twice."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.ledger.killing import steps
from tests.ledger.killing.campaign import Activity, Campaign, appends, backs_up, erases, publishes, signs
from tests.ledger.killing.steps import Step
from tests.ledger.places import Place
from tests.soaking import report, seed

ACTIVITIES: dict[str, tuple[Activity, Sequence[Step]]] = {
    "append": (appends, steps.APPEND),
    "seal": (signs, steps.SEAL),
    "sign": (signs, steps.SIGN),
    "publish": (publishes, steps.PUBLISH),
    "erase": (erases, steps.ERASE),
    "backup": (backs_up, steps.BACKUP),
}


def killed(place: Place, name: str, times: int, by: int) -> Counter[str]:
    """Kill a process at each step of an activity in turn, check what is left each time, and tell where it fell."""
    activity, its_steps = ACTIVITIES[name]
    fell = Campaign(place, by).killed(activity, its_steps, times)
    report(f"killed during {name} ({type(place).__name__})", by, {step.name: fell[step.name] for step in its_steps})
    return fell


@pytest.mark.parametrize("name", ACTIVITIES)
def test_killed_at_a_step_nothing_acknowledged_is_lost_and_nothing_is_there_twice(
    place: Place, name: str, tmp_path: Path
) -> None:
    fell = killed(place, name, times=3, by=1540)
    assert sum(fell.values()) >= 3


@pytest.mark.soak
@pytest.mark.parametrize("name", ACTIVITIES)
def test_killed_a_hundred_times_nothing_acknowledged_is_lost_and_nothing_is_there_twice(
    place: Place, name: str
) -> None:
    fell = killed(place, name, times=102, by=seed())
    assert sum(fell.values()) >= 100
    assert min(fell[step.name] for step in ACTIVITIES[name][1]) >= 3, fell
