"""What a cycle may live through, each on a real server and a real record: recorded once, and replayed ever after."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from domain.deadline import DropDeadline
from domain.decision import Adopt, Propose, ProposedItem
from domain.no_objection.commands import Object, PlaceOnHold, ReleaseHold
from domain.no_objection.events import ProcedureClosed
from interfaces import initialise
from projections.reminders import facts_at
from tests.workflows import scenes_of_letters, scenes_of_the_year
from tests.workflows.scenes_of_letters import Scene, kinds_of
from tests.workflows.serving import Working, working
from tests.workflows.year import Office, office, proposes
from workflows.cycle.messages import Cycle
from workflows.deadline.kind import Deadlines
from workflows.kinds import At, Kind
from workflows.mail.composing import Letterhead
from workflows.silence.kind import Silence

PROCEDURE = "silence/d-1"
DEADLINES = Deadlines(Letterhead("secretariat@committee.example"))
KINDS = (Silence(), DEADLINES, scenes_of_the_year.REVIEWS, scenes_of_the_year.NOTES)


async def _closes_on_time(found: Office, at_work: Working) -> None:
    proposes(found)
    await at_work.reconcile()


async def _is_told_of_news_and_ended(found: Office, at_work: Working) -> None:
    proposes(found)
    found.give(PlaceOnHold, "hold", decision="d-1", state="USA", received=found.clock.now())
    await at_work.reconcile()
    found.give(Object, "object", decision="d-1", state="CHN", received=found.clock.now(), items=(1,))
    await at_work.reconcile()
    found.give(Object, "object-all", decision="d-1", state="CHN", received=found.clock.now(), items=(2, 3))
    await at_work.reconcile()


async def _closes_some_and_then_is_told_of_news(found: Office, at_work: Working) -> None:
    proposes(found)
    found.give(PlaceOnHold, "hold", decision="d-1", state="USA", received=found.clock.now(), items=(3,))
    await at_work.reconcile()
    handle = at_work.client.get_workflow_handle(PROCEDURE)
    while not any(isinstance(each.body, ProcedureClosed) for each in found.record.history("decision/d-1").standing()):
        await handle.query("cycle")
    found.give(ReleaseHold, "release", decision="d-1", state="USA", received=found.clock.now(), items=(3,))
    await at_work.reconcile()


async def _reminds_at_every_rung(found: Office, at_work: Working) -> None:
    await at_work.start(_yearly(found))


async def _is_ended_before_its_rungs(found: Office, at_work: Working) -> None:
    cycle = _yearly(found)
    found.give(Propose, "propose", decision="d-2", title="", items=(ProposedItem(number=1, text=""),))
    found.give(Adopt, "adopt", decision="d-2", meeting="m-1")
    duty = next(
        each.duty
        for each in facts_at(found.record, found.record.now()).duties
        if each.deadline == f"deadline/{cycle.name}"
    )
    found.give(DropDeadline, "drop", deadline=cycle.name, duty=duty, decision="d-2", reason="no longer wanted")
    await at_work.start(cycle)


def _yearly(found: Office) -> Cycle:
    mandates = initialise.mandates("sec")
    found.record.submit_all([msgspec.structs.replace(each, synthetic=True) for each in mandates])
    at = At(found.record, found.record.now(), "sec")
    return max(DEADLINES.cycles(at), key=lambda cycle: len(cycle.rungs))


SCENES: Mapping[str, Scene] = {
    "silence/closes-on-time": _closes_on_time,
    "silence/is-told-of-news-and-ended": _is_told_of_news_and_ended,
    "silence/closes-some-and-then-is-told-of-news": _closes_some_and_then_is_told_of_news,
    "deadline/reminds-at-every-rung": _reminds_at_every_rung,
    "deadline/is-over-when-it-wakes": _is_ended_before_its_rungs,
    **scenes_of_letters.SCENES,
    **scenes_of_the_year.SCENES,
}


async def _lived(scene: Scene, found: Office, kinds: Sequence[Kind]) -> str:
    async with working(found.record, found.clock, kinds) as at_work:
        await scene(found, at_work)
        (name,) = [each.id async for each in at_work.client.list_workflows("WorkflowType = 'cycle'")] or [PROCEDURE]
        await at_work.ends(name)
        return (await at_work.client.get_workflow_handle(name).fetch_history()).to_json()


def lived(name: str, home: Path) -> str:
    """Return the history of the workflow that lived through a scene, as JSON."""
    with office(home) as found:
        kinds = kinds_of(name) if name in scenes_of_letters.SCENES else KINDS
        return asyncio.run(_lived(SCENES[name], found, kinds))
