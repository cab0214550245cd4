"""Imported history starts nothing and mails nobody, whatever it says is open."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.assistance.requests import RequestAssistance
from domain.contact.commands import ConfirmContact, Details, ProposeContact
from domain.correspondence.letters import ReceiveLetter
from domain.deciding import Command
from domain.decision import Propose, ProposedItem
from domain.exchange.non_reporting import SendPrefilled
from domain.matrix.commands import OpenRevision, SealRevision
from domain.meetings.planning import PlanMeeting
from domain.no_objection.commands import OpenProcedure
from domain.records import ImportBatch
from domain.review.preparing import SetCutOff
from domain.submission import ReceiveSubmission
from domain.times import moment, text
from tests.workflows.campaigning import HEAD, SEALED, days_go_by
from tests.workflows.year import Office, office
from workflows.catalogue import kinds, nothing
from workflows.kinds import Kind


def history(found: Office) -> list[Command]:
    """Return the past as it is entered late: contacts of 2012, and what came and was planned a moment ago."""
    said: dict[str, Any] = {"actor": "sec", "synthetic": True}
    now = found.clock.now()
    soon = text(moment(now).replace(microsecond=0) + (moment("2026-01-21T00:00:00Z") - moment("2026-01-01T00:00:00Z")))
    details = Details(name=SEALED, email=SEALED, title=None, phone=None, address=None)
    contact: dict[str, Any] = {"party": "state", "seat": "capital", "language": "en", "state": "KEN"}
    items = (ProposedItem(number=1, text="To accept it"),)
    asks: dict[str, Any] = {"subject": "border control", "needs": "training", "sending": "at-once", "posting": "not"}
    commands: list[Command] = [
        ProposeContact(id="1", contact="c-1", details=details, known="2012-01-02", **contact, **said),
        ConfirmContact(id="2", contact="c-1", proposal=1, known="2012-01-09", actor="sec2", synthetic=True),
        OpenRevision(id="3", state="KEN", template="T2017", known="2013-01-02", **said),
        SealRevision(id="4", state="KEN", revision=1, known="2013-01-03", **said),
        SendPrefilled(id="5", state="KEN", revision=1, known="2013-01-04", **said),
        Propose(id="6", decision="d-1", title="A proposal", items=items, known=now, **said),
        OpenProcedure(id="7", decision="d-1", sent=now, **said),
        ReceiveSubmission(
            id="8", submission="s-1", state="FRA", kind="comment", documents=(), received=now, known=now, **said
        ),
        RequestAssistance(id="9", request="border", requesters=("KEN",), received=now, **asks, **said),
        PlanMeeting(
            id="10", meeting="m-1", kind="formal", language="en", starts=soon, ends=soon[:11] + "23:59:59Z", **said
        ),
        ReceiveLetter(
            id="11", letter="2012/1", sender="state:KEN", title="", received="2012-03-01", reply_by="2012-04-01", **said
        ),
        SetCutOff(id="12", year=2012, cut_off="2012-11-30", known="2012-11-01", **said),
    ]
    return commands


@pytest.mark.parametrize("kind", kinds(HEAD, nothing), ids=lambda kind: kind.name)
def test_imported_history_starts_nothing_and_mails_nobody(tmp_path: Path, kind: Kind) -> None:
    with office(tmp_path / "home") as found:
        about: dict[str, Any] = {"batch": "old", "source": "files", "sha256": "0" * 64, "commands": 12}
        receipt = found.give(ImportBatch, "batch", **about)
        (began,) = found.record.recorded(receipt.last_position or 0, receipt.last_position or 0)
        late = [msgspec.structs.replace(each, causation=began.id) for each in history(found)]
        found.record.submit_all(late, importing=True)
        position = found.record.last_position
        days_go_by(found, 800, kind)
        assert found.record.last_position == position
