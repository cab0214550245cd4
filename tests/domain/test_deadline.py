from __future__ import annotations

from typing import Any

import pytest

from domain import fulfilling
from domain.deadline import (
    DeadlineDropped,
    DeadlineExtended,
    DeadlineRecordedInError,
    DropDeadline,
    ExtendDeadline,
    RecordStep,
    ResumeDeadline,
    StepDone,
    SuspendDeadline,
)
from domain.deciding import Command
from domain.decision import DecisionAdopted, NotDecided
from domain.duty import deadline_of
from domain.fulfilling import AlreadyDone, NothingShowsIt, UnknownStep, WrongDeadline
from domain.refusals import MalformedInput, NotFound
from domain.suspending import AlreadySuspended, NotSuspended
from tests.domain.given import InMemory
from tests.domain.twelfth import NOTE, the_twelfth_programme


@pytest.fixture
def record() -> InMemory:
    return the_twelfth_programme()


def step(
    name: str,
    duty: str,
    *,
    where: str = "",
    note: str = "",
    document: str | None = NOTE,
    decision: str | None = None,
) -> RecordStep:
    return RecordStep(
        id=f"{duty}:{name}:{note}:{document}:{decision}",
        actor="secretariat",
        known="2013-12-20",
        deadline=where or deadline_of(duty),
        duty=duty,
        step=name,
        document=document,
        decision=decision,
        note=note,
    )


def decided(record: InMemory, decision: str = "2013-40") -> None:
    event = DecisionAdopted(decision=decision, items=(1,), meeting="2013-12-12")
    record.given(f"decision/{decision}", event, "2013-12-12")


def extension(due: str = "2014-01-31", decision: str = "2013-40") -> ExtendDeadline:
    return ExtendDeadline(
        id="extend",
        actor="secretariat",
        known="2013-12-12",
        deadline="annual-review/2013",
        duty="REV-2013",
        due=due,
        decision=decision,
        reason="the experts need another month",
    )


def test_the_adoption_of_the_annual_review_is_a_step_of_its_deadline(record: InMemory) -> None:
    (event,) = record.when(fulfilling.record_step, step("adopted", "REV-2013"))
    assert event.header.stream == "deadline/annual-review/2013"
    assert isinstance(event.body, StepDone)
    assert (event.body.duty, event.body.step) == ("REV-2013", "adopted")


def test_a_programme_of_work_a_review_and_any_other_duty_have_deadlines_of_their_own() -> None:
    assert [deadline_of(duty) for duty in ("REV-2013", "PoW-13", "ODA-REP")] == [
        "annual-review/2013",
        "programme-of-work/2014",
        "duty/ODA-REP",
    ]


def test_a_step_under_the_deadline_of_another_year_is_refused(record: InMemory) -> None:
    with pytest.raises(WrongDeadline):
        record.when(fulfilling.record_step, step("adopted", "REV-2013", where="annual-review/2014"))


def test_the_review_of_a_year_that_no_programme_names_has_the_steps_of_every_review(record: InMemory) -> None:
    (event,) = record.when(fulfilling.record_step, step("transmitted", "REV-2012"))
    assert event.header.stream == "deadline/annual-review/2012"


def test_a_step_that_the_duty_does_not_have_is_refused(record: InMemory) -> None:
    with pytest.raises(UnknownStep):
        record.when(fulfilling.record_step, step("approved", "REV-2013"))


def test_a_duty_that_no_programme_names_is_refused(record: InMemory) -> None:
    with pytest.raises(NotFound):
        record.when(fulfilling.record_step, step("done", "NO-SUCH-DUTY"))


def test_a_document_that_is_named_must_be_on_record(record: InMemory) -> None:
    with pytest.raises(NotFound):
        record.when(fulfilling.record_step, step("adopted", "REV-2013", document="S-2013-769"))


def test_a_step_that_neither_a_document_nor_a_decision_shows_is_refused_whatever_the_note_says(
    record: InMemory,
) -> None:
    with pytest.raises(NothingShowsIt) as refused:
        record.when(fulfilling.record_step, step("adopted", "REV-2013", document=None, note="it was adopted"))
    assert "name the document that shows it, or the decision that did it" in refused.value.remedy


def test_history_that_enters_late_may_know_of_a_step_that_nothing_shows_any_more(record: InMemory) -> None:
    late = step("adopted", "REV-2012", document=None, note="in the diary of the Secretariat")
    (event,) = record.when(fulfilling.record_step, late, importing=True)
    assert isinstance(event.body, StepDone)
    assert (event.body.document_id, event.body.decision_id) == (None, None)


def test_the_review_of_a_year_is_adopted_once(record: InMemory) -> None:
    record.when(fulfilling.record_step, step("adopted", "REV-2013"))
    with pytest.raises(AlreadyDone):
        record.when(fulfilling.record_step, step("adopted", "REV-2013", note="again"))


def test_the_review_of_a_year_is_adopted_and_then_transmitted(record: InMemory) -> None:
    for name in ("adopted", "transmitted"):
        record.when(fulfilling.record_step, step(name, "REV-2013"))
    with pytest.raises(AlreadyDone):
        record.when(fulfilling.record_step, step("transmitted", "REV-2013", note="again"))


def test_a_step_recorded_in_error_is_recorded_anew(record: InMemory) -> None:
    (struck,) = record.when(fulfilling.record_step, step("adopted", "REV-2013"))
    error = DeadlineRecordedInError(reason="the letter of another year")
    record.given(struck.header.stream, error, "2013-12-20", strikes=struck)
    (anew,) = record.when(fulfilling.record_step, step("adopted", "REV-2013", note="again"))
    assert record.history(struck.header.stream).standing() == (anew,)


def test_what_goes_on_is_done_again_and_again(record: InMemory) -> None:
    record.when(fulfilling.record_step, step("done", "WEB"))
    record.when(fulfilling.record_step, step("done", "WEB", note="again"))


def test_an_extension_rests_on_an_adopted_decision(record: InMemory) -> None:
    with pytest.raises(NotDecided):
        record.when(fulfilling.extend, extension())
    decided(record)
    (event,) = record.when(fulfilling.extend, extension())
    assert isinstance(event.body, DeadlineExtended)
    assert (event.body.due, event.body.decision_id) == ("2014-01-31", "2013-40")


def test_history_that_enters_late_moves_a_deadline_recorded_live_by_such_a_decision_only(record: InMemory) -> None:
    with pytest.raises(NotDecided):
        record.when(fulfilling.extend, extension(), importing=True)


def test_a_date_that_does_not_exist_is_no_extension(record: InMemory) -> None:
    decided(record)
    with pytest.raises(MalformedInput):
        record.when(fulfilling.extend, extension(due="2014-02-30"))


def test_a_step_said_to_be_decided_needs_the_decision(record: InMemory) -> None:
    with pytest.raises(NotDecided):
        record.when(fulfilling.record_step, step("adopted", "REV-2013", decision="2013-41"))
    decided(record, "2013-41")
    record.when(fulfilling.record_step, step("adopted", "REV-2013", document=None, decision="2013-41"))


def test_a_duty_is_given_up_by_a_decision_only(record: InMemory) -> None:
    drop = DropDeadline(
        id="drop",
        actor="secretariat",
        known="2014-01-15",
        deadline="duty/REGIONAL-REP",
        duty="REGIONAL-REP",
        decision="2014-02",
        reason="taken up in the thirteenth programme",
    )
    with pytest.raises(NotDecided):
        record.when(fulfilling.drop, drop)
    decided(record, "2014-02")
    (event,) = record.when(fulfilling.drop, drop)
    assert isinstance(event.body, DeadlineDropped)


def test_a_duty_is_suspended_by_a_decision_and_resumed_once(record: InMemory) -> None:
    about: dict[str, Any] = {
        "actor": "secretariat",
        "known": "2013-12-12",
        "deadline": deadline_of("REV-2013"),
        "duty": "REV-2013",
        "decision": "2013-40",
    }
    suspend = SuspendDeadline(**about, id="suspend", reason="no Chair is elected")
    resume = ResumeDeadline(**about, id="resume", reason="a Chair is elected")
    with pytest.raises(NotDecided):
        record.when(fulfilling.suspend, suspend)
    decided(record)
    with pytest.raises(NotSuspended):
        record.when(fulfilling.resume, resume)
    record.when(fulfilling.suspend, suspend)
    with pytest.raises(AlreadySuspended):
        record.when(fulfilling.suspend, suspend)
    record.when(fulfilling.resume, resume)
    with pytest.raises(NotSuspended):
        record.when(fulfilling.resume, resume)
    record.when(fulfilling.suspend, suspend)


def test_every_command_of_a_deadline_has_its_decision() -> None:
    wanted: set[type[Command]] = {RecordStep, ExtendDeadline, SuspendDeadline, ResumeDeadline, DropDeadline}
    assert set(fulfilling.DECISIONS) == wanted
