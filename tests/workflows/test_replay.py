"""Cycles that began under earlier code: their recorded histories still replay, and no history is ever changed."""

import asyncio
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from tests.workflows.changed import ChangedWorkflow
from tests.workflows.recording import FOLDER, histories, index, sha256
from tests.workflows.scenes import SCENES
from workflows.worker import WORKFLOWS, runner


def name(path: Path) -> str:
    return path.relative_to(FOLDER).with_suffix("").as_posix()


def replay(path: Path, *workflows: type) -> None:
    history = WorkflowHistory.from_json(name(path), path.read_text("utf-8"))
    replayer = Replayer(workflows=workflows, workflow_runner=runner())
    asyncio.run(replayer.replay_workflow(history))


@pytest.mark.parametrize("path", histories(), ids=name)
def test_what_a_cycle_has_lived_through_it_lives_through_again(path: Path) -> None:
    replay(path, *WORKFLOWS)


@pytest.mark.parametrize("path", histories()[:1], ids=name)
def test_a_workflow_that_was_changed_is_found_out(path: Path) -> None:
    with pytest.raises(NondeterminismError):
        replay(path, ChangedWorkflow)


def test_every_history_that_was_ever_recorded_is_there_unchanged() -> None:
    assert {name(path): sha256(path) for path in histories()} == index()


def test_every_scene_has_its_history() -> None:
    assert set(SCENES) <= set(index())
