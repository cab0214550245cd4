"""Campaigns on a server: a wave is written when its day comes, goes out when it is approved, and is followed up."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.contact.commands import ReaffirmContact
from domain.messages.commands import ApproveMessage
from tests.workflows.campaigning import has_contact, letters, listed, sends_prefilled, told
from tests.workflows.scenes_of_letters import Taking
from tests.workflows.serving import Working, working
from tests.workflows.year import Office, office
from workflows.kinds import At
from workflows.letters.kind import Letters
from workflows.mail.kind import Outbox

ASK, REMIND = "contact-confirmation", "contact-confirmation-reminder"
CONTACTS, FIRST_REPORTS = letters("contact"), letters("first-report")


@pytest.fixture
def committee(tmp_path: Path) -> Iterator[Office]:
    """A Committee of today."""
    with office(tmp_path / "home") as found:
        yield found


async def wave(found: Office, kind: Letters, at_work: Working) -> None:
    """Have the next wave waited for until it is written."""
    (cycle,) = kind.cycles(At(found.record, found.clock.now(), "sec"))
    await at_work.reconcile()
    await at_work.ends(f"{kind.name}/{cycle.name}")


async def approved(found: Office, at_work: Working) -> None:
    """Approve all that waits, and have it sent."""
    for each in listed(found):
        if each.stage == "to-approve":
            found.give(ApproveMessage, f"approve:{each.name}", message=each.name, wave=each.wave, reason="read")
    await at_work.reconcile()
    await at_work.ends("mail/outbox")


def test_a_contact_is_asked_reminded_and_after_its_answer_left_alone(committee: Office) -> None:
    async def run() -> None:
        async with working(committee.record, committee.clock, (CONTACTS, Outbox(Taking().sends))) as at_work:
            await wave(committee, CONTACTS, at_work)
            await approved(committee, at_work)
            await wave(committee, CONTACTS, at_work)
            await approved(committee, at_work)
            committee.give(ReaffirmContact, "no-change", contact="c-1")
            (cycle,) = CONTACTS.cycles(At(committee.record, committee.clock.now(), "sec"))
            assert cycle.rungs[0].at[:4] > committee.clock.now()[:4], "in another year"

    has_contact(committee)
    asyncio.run(run())
    assert told(committee) == [(ASK, "contact:c-1", "accepted"), (REMIND, "contact:c-1", "accepted")]


def test_193_states_are_asked_in_one_wave_by_one_workflow(committee: Office) -> None:
    async def run() -> None:
        async with working(committee.record, committee.clock, (CONTACTS, Outbox(Taking().sends))) as at_work:
            await wave(committee, CONTACTS, at_work)
            await approved(committee, at_work)

    states = [name.removeprefix("state/") for name in committee.record.stream_names("state/")]
    for state in states:
        has_contact(committee, f"c-{state}", state)
    asyncio.run(run())
    assert Counter(told(committee)) == {(ASK, f"contact:c-{state}", "accepted"): 1 for state in states}
    assert len(list((committee.record.home / "outbox-mail").glob("*.eml"))) == 193


def test_a_state_is_invited_again_while_it_has_not_reported(committee: Office) -> None:
    async def run() -> None:
        async with working(committee.record, committee.clock, (FIRST_REPORTS, Outbox(Taking().sends))) as at_work:
            for _ in range(2):
                await wave(committee, FIRST_REPORTS, at_work)
                await approved(committee, at_work)

    sends_prefilled(committee)
    asyncio.run(run())
    assert told(committee) == [("first-report-invitation", "state:KEN", "suppressed")] * 2, "to be handed over"
    assert len(list((committee.record.home / "outbox-mail" / "by-hand").iterdir())) == 2
