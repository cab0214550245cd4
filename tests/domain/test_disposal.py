"""Disposal: after the years of the file plan, on authority, by two persons, and never of what others rest on."""

from typing import Any

import pytest
from msgspec.structs import replace

from domain.activity.records import LogActivity
from domain.correcting import MarkInError
from domain.decision import NotDecided
from domain.disposal import AuthoriseDisposal, NeverDisposed, ProposeDisposal, RetentionRuns, SamePerson
from domain.disposed import STREAM, disposed_documents
from domain.filing import AdoptFilePlan, FileClass
from domain.holds import LiftHold, OnHold, PlaceHold
from domain.recorded import Disposed, Recorded
from domain.refusals import Conflict, MalformedInput, NotFound, NotPermitted
from domain.striking import CannotBeStruck
from tests.committee import Committee, body

PAPER = "paper-1"
CLASSES = (
    FileClass(file_class="logs", title="Logs", retention_years=2, basis="the file plan"),
    FileClass(file_class="archives", title="Archives", retention_years=None, basis="the file plan"),
)


@pytest.fixture
def committee() -> Committee:
    """An activity was logged in 2012; it is 2015, and there is a file plan."""
    committee = Committee().on("2012-06-01")
    committee.one(LogActivity, **activity("talk-1"))
    committee.on("2015-01-05").one(AdoptFilePlan, classes=CLASSES, document=PAPER)
    return committee


def activity(name: str) -> dict[str, Any]:
    return {"activity": name, "kind": "outreach-industry", "text": "A talk", "first_day": "2012-05-31"}


def logged(committee: Committee, name: str = "talk-1") -> Recorded:
    return committee.record.history(f"activity/{name}").events[0]


def proposes(committee: Committee, **members: Any) -> Recorded:
    said: dict[str, Any] = {"disposal": "d-1", "file_class": "logs", "reason": "its years are over"}
    if "registered" not in members:
        said["events"] = (logged(committee).id,)
    return committee.one(ProposeDisposal, **said | members)


def authorises(committee: Committee, **members: Any) -> Recorded:
    said: dict[str, Any] = {"disposal": "d-1", "document": PAPER, "actor": "chair"}
    return committee.one(AuthoriseDisposal, **said | members)


def test_a_disposal_names_class_events_and_authority(committee: Committee) -> None:
    proposes(committee)
    event = authorises(committee)
    assert (body(event).file_class, body(event).positions) == ("logs", (logged(committee).position,))
    assert (body(event).document_id, event.header.audience) == (PAPER, ("secretariat",))


def test_one_person_does_not_dispose_alone(committee: Committee) -> None:
    proposes(committee)
    with pytest.raises(SamePerson):
        authorises(committee, actor="sec")
    with pytest.raises(NotPermitted):
        authorises(committee, actor="exp")


def test_an_authority_is_on_record(committee: Committee) -> None:
    proposes(committee)
    with pytest.raises(MalformedInput, match="one authority"):
        authorises(committee, document=None)
    with pytest.raises(NotDecided):
        authorises(committee, document=None, decision="d-9")


def test_what_is_kept_for_some_years_or_for_ever_stays(committee: Committee) -> None:
    committee.one(LogActivity, known="2013-01-05", **activity("talk-2"))
    with pytest.raises(RetentionRuns, match="kept for 2 years from 2013"):
        proposes(committee, events=(logged(committee, "talk-2").id,))
    with pytest.raises(NeverDisposed, match="for ever"):
        proposes(committee, file_class="archives")
    with pytest.raises(NotFound, match="no class letters"):
        proposes(committee, file_class="letters")


def test_nothing_is_disposed_of_while_a_hold_runs(committee: Committee) -> None:
    proposes(committee)
    hold: dict[str, Any] = {"hold": "inquiry", "file_class": "logs", "reason": "an inquiry", "document": PAPER}
    committee.one(PlaceHold, covers=("activity/talk-1",), **hold)
    with pytest.raises(OnHold, match="inquiry covers activity/talk-1"):
        authorises(committee)
    committee.one(LiftHold, hold="inquiry", reason="it is over", document=PAPER)
    authorises(committee)


def test_what_states_and_the_record_itself_rest_on_is_never_disposed_of(committee: Committee) -> None:
    for stream in ("record/file-plan", "state/KEN", "template/T1", "actor/sec", f"document/{PAPER}"):
        event = committee.record.history(stream).events[0]
        with pytest.raises(NeverDisposed, match="is never disposed of"):
            proposes(committee, events=(event.id,))


def test_a_fact_goes_with_all_that_was_said_of_it(committee: Committee) -> None:
    void = committee.one(MarkInError, target=logged(committee).id, reason="it was another day")
    with pytest.raises(Conflict, match="corrects or is corrected"):
        proposes(committee)
    committee.on("2017-06-01")
    proposes(committee, events=(logged(committee).id, void.id))


def test_a_document_is_disposed_of_unless_a_reading_stands_or_another_has_the_same_bytes(committee: Committee) -> None:
    proposes(committee, registered=PAPER)
    event = authorises(committee)
    assert disposed_documents([event]) == {PAPER: event}
    with pytest.raises(Conflict, match="disposed of already"):
        proposes(committee, disposal="d-2", registered=PAPER)


def test_a_disposal_is_of_events_or_of_one_document_and_is_never_struck(committee: Committee) -> None:
    with pytest.raises(MalformedInput):
        proposes(committee, events=())
    with pytest.raises(MalformedInput):
        proposes(committee, events=(logged(committee).id,), registered=PAPER)
    event = proposes(committee)
    with pytest.raises(Conflict, match="on record already"):
        proposes(committee)
    with pytest.raises(CannotBeStruck):
        committee.one(MarkInError, target=event.id, reason="wrong")
    with pytest.raises(NotFound, match="no disposal d-2"):
        authorises(committee, disposal="d-2")
    assert committee.record.history(STREAM).standing() == (event,)


def test_what_is_left_of_a_body_says_nothing(committee: Committee) -> None:
    assert Disposed.__struct_fields__ == ()
    assert replace(logged(committee), body=Disposed()).header == logged(committee).header
