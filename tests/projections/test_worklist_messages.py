"""Messages that need a person are on the worklist until somebody has done something about them."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from domain.correspondence.letters import SendLetter
from domain.messages.commands import (
    ApproveMessage,
    BeginAttempt,
    CancelMessage,
    EndAttempt,
    ReturnMessage,
    SuppressMessage,
)
from domain.messages.message import message_of, stream
from domain.messages.waiting import may_try
from domain.times import new_york_date
from interfaces.bootstrap import facts_of
from interfaces.cli.screens.worklist import what_words
from projections.worklist.item import What
from projections.worklist.listing import worklist
from tests.projections.kenya import asking
from tests.workflows.campaigning import days_go_by, has_contact, letters, listed
from tests.workflows.year import Office, office


@pytest.fixture
def committee(tmp_path: Path) -> Iterator[Office]:
    """A Committee that has asked the contact of Kenya whether it is unchanged."""
    with office(tmp_path / "home") as found:
        has_contact(found)
        days_go_by(found, 375, letters("contact"))
        yield found


def name(found: Office) -> str:
    return listed(found)[0].name


def tried(found: Office, outcome: str, code: str | None, number: int = 1) -> None:
    """Approve the letter, and let an attempt end so."""
    found.give(ApproveMessage, f"approve-{number}", message=name(found), reason="read")
    found.give(BeginAttempt, f"begin-{number}", message=name(found), attempt=number)
    found.give(EndAttempt, f"end-{number}", message=name(found), attempt=number, outcome=outcome, code=code)


def to_do(found: Office) -> list[tuple[str, str | None, str]]:
    told = worklist(asking(found.record), facts_of(found.record, replay=True))
    return [(each.what, each.state, each.note) for each in told.items if each.about == name(found)]


def test_a_letter_that_a_server_refused_is_sent_again_once_somebody_approves_that(committee: Office) -> None:
    tried(committee, "refused", "550 5.1.1")
    assert to_do(committee) == [("message refused by a mail server", "KEN", "contact:c-1: 550 5.1.1")]
    committee.give(ApproveMessage, "again", message=name(committee), reason="the address is mended")
    assert to_do(committee) == []
    message = message_of(committee.record.history(stream(name(committee))).standing())
    assert message is not None
    assert may_try(message, committee.record.now())


def test_a_letter_that_came_back_is_sent_again_or_given_up(committee: Office) -> None:
    tried(committee, "accepted", "250")
    assert to_do(committee) == []
    committee.give(ReturnMessage, "returned", message=name(committee), came="bounced-hard", code="5.1.1")
    assert to_do(committee) == [("message that came back", "KEN", "contact:c-1: 5.1.1")]
    tried(committee, "accepted", "250", number=2)
    assert to_do(committee) == []
    committee.give(ReturnMessage, "again", message=name(committee), came="bounced-hard", code="5.1.1")
    committee.give(CancelMessage, "cancel", message=name(committee), reason="another contact is sought")
    assert to_do(committee) == []


def test_of_a_letter_that_may_have_gone_out_somebody_is_asked(committee: Office) -> None:
    tried(committee, "uncertain", None)
    assert to_do(committee) == [("message of which nobody knows whether it went out", "KEN", "contact:c-1")]
    committee.give(CancelMessage, "cancel", message=name(committee), reason="they have it")
    assert to_do(committee) == []


def test_a_letter_without_an_address_is_to_be_handed_over_until_the_register_has_it(committee: Office) -> None:
    committee.give(ApproveMessage, "approve", message=name(committee), reason="read")
    committee.give(SuppressMessage, "suppress", message=name(committee), obstacle="no-address")
    assert to_do(committee) == [("letter without an address", "KEN", "contact:c-1: no-address")]
    day = new_york_date(committee.record.now())
    sent = {"letter": f"{day.year}/1", "addressees": ("state:KEN",), "title": "", "dated": day.isoformat()}
    committee.give(SendLetter, "handed-over", **sent)
    assert to_do(committee) == []


def test_the_screen_has_words_for_all_that_is_to_be_done() -> None:
    assert all(what_words(each) for each in get_args(What))
