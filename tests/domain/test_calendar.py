from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import fulfilling, programme
from domain.calendar import Due, Progress, due_of, examinations, to_json
from domain.deadline import (
    DeadlineDropped,
    DeadlineExtended,
    DeadlineRecordedInError,
    DeadlineResumed,
    DeadlineSuspended,
    RecordStep,
    StepDone,
)
from domain.deciding import stands_at
from domain.duty import deadline_of
from domain.matrix.events import MatrixExamined, MatrixRecordedInError, RevisionOpened
from domain.programme import ProgrammeAdopted
from domain.recorded import Event, Recorded
from domain.refusals import MalformedInput
from domain.standing import Cut
from domain.times import end_of
from domain.values import Reading
from tests.domain.asked import due_at
from tests.domain.given import InMemory, as_of
from tests.domain.twelfth import NOTE, the_twelfth_programme

STATES = ("KEN", "NZL", "URY")


@pytest.fixture
def record() -> InMemory:
    return the_twelfth_programme()


def asked(record: InMemory, day: str, reading: Reading = "corrected") -> dict[str, Due]:
    return {entry.duty: entry for entry in due_at(record, as_of(day, reading), states=STATES)}


def status(record: InMemory, duty: str, day: str) -> str:
    return asked(record, day)[duty].status


def done(record: InMemory, duty: str, step: str, known: str) -> Recorded:
    command = RecordStep(
        id=f"{duty}:{step}:{known}",
        actor="secretariat",
        known=known,
        deadline=deadline_of(duty),
        duty=duty,
        step=step,
        document=NOTE,
    )
    return record.when(fulfilling.record_step, command)[0]


def examined(record: InMemory, state: str, known: str) -> tuple[Recorded, Recorded]:
    opening = RevisionOpened(state=state, revision=1, template="T2011", seeded_from=None, carried=None)
    event = MatrixExamined(state=state, revision=1, manifest=None, note="")
    return (
        record.given(f"matrix/{state}", opening, known),
        record.given(f"matrix/{state}", event, known),
    )


def test_the_review_adopted_and_transmitted_on_20_december_is_open_on_the_15th_and_done_on_the_31st(
    record: InMemory,
) -> None:
    done(record, "REV-2013", "adopted", "2013-12-20")
    sent = done(record, "REV-2013", "transmitted", "2013-12-20")
    assert status(record, "REV-2013", "2013-12-15") == "open"
    entry = asked(record, "2013-12-31")["REV-2013"]
    assert (entry.status, entry.closed_by) == ("done", sent.id)
    assert entry.deadline == "deadline/annual-review/2013"


def test_a_review_that_is_adopted_but_not_transmitted_is_not_done(record: InMemory) -> None:
    adopted = done(record, "REV-2013", "adopted", "2013-12-20")
    entry = asked(record, "2013-12-31")["REV-2013"]
    assert entry.status == "open"
    assert [(step.step, step.event_id) for step in entry.steps] == [
        ("adopted", adopted.id),
        ("transmitted", None),
    ]


def test_the_review_is_overdue_from_the_first_of_january_in_new_york(record: InMemory) -> None:
    last_moment = "2014-01-01T04:59:59.999999Z"
    at_midnight = "2014-01-01T05:00:00.000000Z"
    for instant, expected in ((last_moment, "open"), (at_midnight, "overdue")):
        found = {entry.duty: entry.status for entry in due_at(record, Cut(known_at=instant))}
        assert found["REV-2013"] == expected


def test_a_yearly_duty_that_nothing_closed_stays_on_the_list(record: InMemory) -> None:
    for step in ("adopted", "transmitted"):
        done(record, "REV-2014", step, "2014-12-20")
    years_later = asked(record, "2019-06-30")
    assert {duty for duty, entry in years_later.items() if duty.startswith("REV") and entry.status == "overdue"} == {
        "REV-2013",
        "REV-2015",
        "REV-2016",
        "REV-2017",
        "REV-2018",
    }
    assert "REV-2014" not in years_later


def test_both_wordings_of_the_review_are_shown_with_the_day_that_each_leaves(record: InMemory) -> None:
    entry = asked(record, "2013-12-01")["REV-2013"]
    assert [(each.paragraph, each.due_policy, each.last_day.isoformat()) for each in entry.wordings] == [
        ("2", "before the end of", "2013-12-31"),
        ("6(a)(i)", "before", "2013-12-30"),
    ]
    assert entry.words == "avant la fin du mois de décembre (2); avant le 31 décembre 2013 (6 a i)"


def test_the_programme_is_due_in_may_until_2016_and_in_january_after(record: InMemory) -> None:
    for year in range(2014, 2017):
        assert asked(record, f"{year}-03-01")[f"PoW-{year - 2001}"].due == date(year, 5, 31)
    for year in range(2017, 2021):
        assert asked(record, f"{year}-01-10")[f"PoW-{year - 2001}"].due == date(year, 1, 31)
    entry = asked(record, "2017-02-01")["PoW-16"]
    assert (entry.status, entry.mandate, entry.paragraph) == ("overdue", "2325", "2325 (2016) OP2")


def test_the_twelfth_programme_was_in_time_on_the_last_day_of_may(record: InMemory) -> None:
    assert status(record, "PoW-12", "2013-05-30") == "open"
    entry = asked(record, "2013-05-31")["PoW-12"]
    assert entry.status == "done"
    assert [step.step for step in entry.steps if step.event_id] == ["adopted", "transmitted"]


def test_the_duty_of_a_programme_and_the_yearly_rule_are_one_entry(record: InMemory) -> None:
    entries = [e for e in due_at(record, as_of("2014-01-15")) if e.duty in {"PoW-13", "REV-2013", "REV-2014"}]
    assert [(entry.duty, entry.programme, entry.mandate) for entry in entries] == [
        ("REV-2013", 12, "1977"),
        ("PoW-13", 12, "1977"),
        ("REV-2014", None, "1977"),
    ]


def test_all_55_duties_are_answered_for_the_dated_first_then_in_programme_order(record: InMemory) -> None:
    entries = due_at(record, as_of("2013-06-15"))
    named = [entry.duty for entry in entries if entry.programme == 12]
    assert len(named) == len(set(named)) == 55
    dates = [entry.due for entry in entries if entry.due is not None]
    assert dates == sorted(dates)
    assert all(entry.due is None for entry in entries[len(dates) :])
    assert [entry.duty for entry in entries[len(dates) :]][:3] == ["PRIORITIES", "PRINCIPLES", "WG-CHAIRS"]


def test_voluntary_things_aims_and_what_others_are_encouraged_to_do_are_never_overdue(
    record: InMemory,
) -> None:
    entries = asked(record, "2030-01-01")
    assert {entries[duty].status for duty in ("EFF-PRACT", "NAP")} == {"voluntary"}
    assert entries["UNIVERSAL"].status == "aim"
    assert entries["IRO-POC"].status == "encouraged"
    assert {entries[duty].status for duty in ("WEB", "PRINCIPLES", "ASSIST-CONSENT")} == {"standing"}


def test_what_is_overdue_is_owed_by_the_committee_the_secretariat_or_whom_it_asked(record: InMemory) -> None:
    late = {entry.duty for entry in due_at(record, as_of("2014-06-30")) if entry.status == "overdue"}
    assert late == {
        "CAL-MONTHLY", "EXPERTISE-REP", "IRO-GOALS", "MATRIX-ALL", "ODA-REP", "ONBOARD", "PoW-13",
        "REGIONAL-REP", "REV-2013",
    }  # fmt: skip


def test_an_organization_that_designates_a_point_of_contact_does_not_end_the_encouragement(
    record: InMemory,
) -> None:
    done(record, "IRO-POC", "designated", "2013-10-01")
    assert status(record, "IRO-POC", "2014-02-01") == "encouraged"


def test_the_aim_of_universal_reporting_outlives_the_programme(record: InMemory) -> None:
    entry = asked(record, "2014-11-01")["UNIVERSAL"]
    assert (entry.status, entry.due) == ("aim", date(2014, 12, 31))


def test_an_internal_date_is_shown_as_internal_also_when_it_is_past(record: InMemory) -> None:
    entry = asked(record, "2014-01-01")["ONBOARD"]
    assert (entry.status, entry.basis) == ("overdue", "internal")
    assert (entry.due, entry.last_day) == (date(2014, 1, 1), date(2013, 12, 31))


def test_a_report_asked_for_is_not_yet_a_report_received(record: InMemory) -> None:
    done(record, "ODA-REP", "asked", "2013-06-20")
    assert status(record, "ODA-REP", "2013-09-01") == "open"
    assert status(record, "ODA-REP", "2013-09-02") == "overdue"
    done(record, "ODA-REP", "received", "2013-09-10")
    entry = asked(record, "2013-09-10")["ODA-REP"]
    assert entry.status == "done"
    assert [step.known_at for step in entry.steps] == [
        end_of(date(2013, 6, 20)),
        end_of(date(2013, 9, 10)),
    ]


def test_the_examination_of_all_matrices_counts_states_and_is_done_with_the_last(record: InMemory) -> None:
    for place, state in enumerate(STATES):
        examined(record, state, f"2013-1{place}-15")
    assert asked(record, "2013-11-15")["MATRIX-ALL"].progress == Progress(done=2, of=3)
    assert status(record, "MATRIX-ALL", "2013-12-14") == "open"
    assert status(record, "MATRIX-ALL", "2013-12-15") == "done"


def test_a_matrix_examined_before_the_programme_does_not_count_for_it(record: InMemory) -> None:
    examined(record, "KEN", "2013-05-31")
    assert asked(record, "2013-12-31")["MATRIX-ALL"].progress == Progress(done=0, of=3)


def test_an_examination_of_a_revision_opened_in_error_does_not_count(record: InMemory) -> None:
    opening, _ = examined(record, "KEN", "2013-10-15")
    record.given("matrix/KEN", MatrixRecordedInError(reason="wrong State"), "2013-10-15", strikes=opening)
    assert asked(record, "2013-12-31")["MATRIX-ALL"].progress == Progress(done=0, of=3)


def test_without_states_the_examination_shows_no_progress(record: InMemory) -> None:
    found = {entry.duty: entry for entry in due_at(record, as_of("2013-12-31"))}
    assert found["MATRIX-ALL"].progress is None


def test_the_calendar_of_events_is_due_at_the_end_of_each_month(record: InMemory) -> None:
    done(record, "CAL-MONTHLY", "done", "2013-06-20")
    june = [e for e in due_at(record, as_of("2013-06-25")) if e.duty == "CAL-MONTHLY"]
    assert [(entry.due, entry.status) for entry in june] == [(date(2013, 6, 30), "done")]
    july = [e for e in due_at(record, as_of("2013-07-25")) if e.duty == "CAL-MONTHLY"]
    assert [(entry.due, entry.status) for entry in july] == [(date(2013, 7, 31), "open")]


def test_a_month_without_a_new_calendar_is_overdue_until_there_is_one(record: InMemory) -> None:
    july = [e for e in due_at(record, as_of("2013-07-25")) if e.duty == "CAL-MONTHLY"]
    assert [(entry.due, entry.status) for entry in july] == [
        (date(2013, 6, 30), "overdue"),
        (date(2013, 7, 31), "open"),
    ]
    done(record, "CAL-MONTHLY", "done", "2013-07-26")
    assert status(record, "CAL-MONTHLY", "2013-07-26") == "done"
    assert len([e for e in due_at(record, as_of("2013-07-26")) if e.duty == "CAL-MONTHLY"]) == 1


def test_what_goes_on_shows_when_it_was_last_done(record: InMemory) -> None:
    done(record, "WEB", "done", "2013-07-01")
    last = done(record, "WEB", "done", "2013-08-01")
    entry = asked(record, "2013-12-31")["WEB"]
    assert (entry.status, entry.steps[0].event_id, entry.closed_by) == ("standing", last.id, None)


def test_an_extension_moves_the_date_and_says_by_which_decision(record: InMemory) -> None:
    name = deadline_of("REV-2013")
    event = DeadlineExtended(
        deadline=name, duty="REV-2013", due="2014-01-31", decision_id="2013-40", reason="another month"
    )
    moved = record.given(f"deadline/{name}", event, "2013-12-12")
    assert asked(record, "2013-12-11")["REV-2013"].due == date(2013, 12, 31)
    entry = asked(record, "2014-01-31")["REV-2013"]
    assert (entry.due, entry.due_before, entry.extended_by, entry.status) == (
        date(2014, 1, 31), date(2013, 12, 31), "2013-40", "open",
    )  # fmt: skip
    assert entry.extension == moved.id
    assert status(record, "REV-2013", "2014-02-01") == "overdue"


def test_a_suspended_duty_is_not_overdue_until_it_is_resumed_with_the_date_that_it_has(record: InMemory) -> None:
    about = {"deadline": deadline_of("REV-2013"), "duty": "REV-2013", "decision_id": "2013-40", "reason": "no Chair"}
    suspended = record.given(f"deadline/{about['deadline']}", DeadlineSuspended(**about), "2013-12-12")
    assert status(record, "REV-2013", "2013-12-11") == "open"
    entry = asked(record, "2014-01-31")["REV-2013"]
    assert (entry.status, entry.suspended_by, entry.due) == ("suspended", suspended.id, date(2013, 12, 31))
    record.given(f"deadline/{about['deadline']}", DeadlineResumed(**about), "2014-02-01")
    entry = asked(record, "2014-02-01")["REV-2013"]
    assert (entry.status, entry.suspended_by) == ("overdue", None)


def test_a_duty_given_up_is_dropped_from_the_day_that_this_is_known(record: InMemory) -> None:
    event = DeadlineDropped(deadline="duty/REGIONAL-REP", duty="REGIONAL-REP", decision_id="2014-02", reason="put off")
    drop = record.given("deadline/duty/REGIONAL-REP", event, "2014-01-15")
    assert status(record, "REGIONAL-REP", "2014-01-14") == "open"
    entry = asked(record, "2014-01-15")["REGIONAL-REP"]
    assert (entry.status, entry.closed_by) == ("dropped", drop.id)


def test_what_was_recorded_in_error_stood_until_the_error_was_noticed(record: InMemory) -> None:
    done(record, "REV-2013", "adopted", "2013-12-20")
    struck = done(record, "REV-2013", "transmitted", "2013-12-20")
    error = DeadlineRecordedInError(reason="the letter of another year")
    record.given(struck.header.stream, error, "2013-12-20", strikes=struck, noticed="2014-03-01")
    assert asked(record, "2014-01-15", "stood")["REV-2013"].status == "done"
    assert asked(record, "2014-03-01", "stood")["REV-2013"].status == "overdue"
    assert asked(record, "2014-01-15", "corrected")["REV-2013"].status == "overdue"


def a_thirteenth_programme(record: InMemory) -> None:
    twelfth = record.history("programme/12").events[0].body
    assert isinstance(twelfth, ProgrammeAdopted)
    wanted = {"MATRIX-ALL", "REGIONAL-REP", "WEB"}
    duties = tuple(
        msgspec.structs.replace(duty, due=None if duty.due is None else "2015-05-31")
        for duty in twelfth.duties
        if duty.duty in wanted
    )
    thirteenth = msgspec.structs.replace(
        twelfth, programme=13, period_from="2014-06-01", period_to="2015-05-31", duties=duties
    )
    record.given(programme.stream(13), thirteenth, "2014-05-30")


def test_a_duty_that_the_next_programme_names_again_begins_anew(record: InMemory) -> None:
    done(record, "REGIONAL-REP", "adopted", "2014-05-20")
    assert status(record, "REGIONAL-REP", "2014-05-29") == "done"
    a_thirteenth_programme(record)
    assert asked(record, "2014-05-31")["REGIONAL-REP"].programme == 12
    entry = asked(record, "2014-06-15")["REGIONAL-REP"]
    assert (entry.programme, entry.due, entry.status) == (13, date(2015, 5, 31), "open")
    assert asked(record, "2014-06-15")["IRO-GOALS"].programme == 12


def test_on_the_board_of_a_programme_a_duty_ends_where_the_next_one_takes_it_over(record: InMemory) -> None:
    a_thirteenth_programme(record)
    done(record, "REGIONAL-REP", "adopted", "2014-09-01")

    def of(number: int, day: str) -> dict[str, Due]:
        cut = as_of(day)
        found = due_of(stands_at(record, cut), cut.known_at, number, states=STATES)
        return {entry.duty: entry for entry in found}

    assert len(of(12, "2014-10-01")) == 55
    assert set(of(13, "2014-10-01")) == {"MATRIX-ALL", "REGIONAL-REP", "WEB"}
    assert (of(12, "2014-10-01")["REGIONAL-REP"].status, of(13, "2014-10-01")["REGIONAL-REP"].status) == (
        "overdue",
        "done",
    )
    assert of(13, "2014-05-29") == {}


def test_examinations_count_from_the_beginning_of_the_programme_that_asks_for_them(record: InMemory) -> None:
    examined(record, "KEN", "2013-10-15")
    cut = as_of("2014-05-01")
    found = examinations(stands_at(record, cut), cut.known_at, STATES)
    assert found is not None
    assert (found[0].programme, [event.header.stream for event in found[1]]) == (12, ["matrix/KEN"])
    assert examinations(stands_at(InMemory(), cut), cut.known_at, STATES) is None


def test_what_was_done_after_its_last_day_is_late_unless_its_date_leaves_room(record: InMemory) -> None:
    done(record, "ODA-REP", "asked", "2013-06-20")
    received = done(record, "ODA-REP", "received", "2013-09-02")
    entry = asked(record, "2013-10-01")["ODA-REP"]
    assert (entry.status, entry.late, entry.closed_by) == ("done", True, received.id)
    assert entry.closed_at == received.header.known_at
    for step in ("adopted", "transmitted"):
        done(record, "REV-2013", step, "2014")
    assert asked(record, "2014-12-31")["REV-2013"].late
    done(record, "REGIONAL-REP", "adopted", "2014")  # some day of 2014: it may have been in May
    assert not asked(record, "2014-12-31")["REGIONAL-REP"].late
    done(record, "UNIVERSAL", "received", "2015-06-01")
    assert not asked(record, "2015-07-01")["UNIVERSAL"].late


def test_the_thirteenth_programme_on_record_does_the_duty_to_submit_it(record: InMemory) -> None:
    a_thirteenth_programme(record)
    entry = asked(record, "2014-05-31")["PoW-13"]
    assert [step.event_id is not None for step in entry.steps] == [True, False]
    assert entry.status == "open"


def test_a_later_mandate_moves_a_date_that_an_earlier_programme_names(record: InMemory) -> None:
    twelfth = record.history("programme/12").events[0].body
    assert isinstance(twelfth, ProgrammeAdopted)
    pow_16 = msgspec.structs.replace(twelfth.duties[0], duty="PoW-16", due="2017-05-31")
    fifteenth = msgspec.structs.replace(
        twelfth, programme=15, period_from="2016-02-01", period_to="2017-01-31", duties=(pow_16,)
    )
    record.given(programme.stream(15), fifteenth, "2016-01-29")
    assert asked(record, "2016-12-01")["PoW-16"].due == date(2017, 5, 31)
    assert asked(record, "2016-12-31")["PoW-16"].due == date(2017, 1, 31)


def test_before_there_is_a_programme_the_yearly_rules_alone_are_answered_for(record: InMemory) -> None:
    assert set(asked(record, "2013-01-01")) == {"REV-2012", "REV-2013", "PoW-11", "PoW-12"}
    assert due_at(record, as_of("2011-04-19")) == ()
    assert due_at(InMemory(), as_of("2013-01-01")) == ()


def test_what_is_due_cannot_be_asked_without_a_date(record: InMemory) -> None:
    with pytest.raises(MalformedInput):
        due_at(record, Cut())


def test_as_json_a_duty_has_its_name_paragraph_date_policy_basis_status_and_words(record: InMemory) -> None:
    found = to_json(asked(record, "2013-12-15")["REV-2013"])
    wanted = ("duty", "paragraph", "due", "due_policy", "basis", "status", "words")
    assert [found[key] for key in wanted] == [
        "REV-2013",
        "2; 6(a)(i) (=1977 OP9)",
        "2013-12-31",
        "before the end of",
        "text",
        "open",
        "avant la fin du mois de décembre (2); avant le 31 décembre 2013 (6 a i)",
    ]


# What is due at D rests on nothing that became known after D, nor, as it stood, on an error noticed after D.

BEGIN = date(2013, 5, 15)
DAYS = st.integers(0, 700).map(lambda days: BEGIN + timedelta(days=days))
FACTS = st.tuples(
    st.sampled_from(["REV-2013", "PoW-13", "ODA-REP", "CAL-MONTHLY", "WEB", "KEN", "NZL", "URY"]),
    st.sampled_from(["adopted", "transmitted", "asked", "done", "extended", "suspended", "resumed", "dropped"]),
    DAYS,
    st.none() | st.tuples(st.integers(0, 300), st.booleans()),
)


def fact(duty: str, act: str) -> tuple[str, Event]:
    name = deadline_of(duty)
    if duty in STATES:
        return f"matrix/{duty}", MatrixExamined(state=duty, revision=1, manifest=None, note="")
    event: Event
    match act:
        case "extended":
            event = DeadlineExtended(deadline=name, duty=duty, due="2014-03-31", decision_id="2013-40", reason="later")
        case "suspended":
            event = DeadlineSuspended(deadline=name, duty=duty, decision_id="2013-40", reason="no Chair")
        case "resumed":
            event = DeadlineResumed(deadline=name, duty=duty, decision_id="2013-40", reason="a Chair")
        case "dropped":
            event = DeadlineDropped(deadline=name, duty=duty, decision_id="2013-40", reason="given up")
        case _:
            event = StepDone(deadline=name, duty=duty, step=act, document_id=None, decision_id=None, note="")
    return f"deadline/{name}", event


@settings(max_examples=60, deadline=None)
@given(facts=st.lists(FACTS, max_size=12), day=DAYS, reading=st.sampled_from(["corrected", "stood"]))
def test_what_is_due_on_a_day_never_depends_on_what_became_known_after_it(
    facts: list[tuple[str, str, date, tuple[int, bool] | None]], day: date, reading: Reading
) -> None:
    record = the_twelfth_programme()
    for state in STATES:
        opening = RevisionOpened(state=state, revision=1, template="T2011", seeded_from=None, carried=None)
        record.given(f"matrix/{state}", opening, "2013-05-15")
    for duty, act, known, error in facts:
        stream, event = fact(duty, act)
        root = record.given(stream, event, known.isoformat())
        if error is not None:
            noticed = known + timedelta(days=error[0])
            void = MatrixRecordedInError if duty in STATES else DeadlineRecordedInError
            struck = void(reason="mistaken") if error[1] else event
            record.given(stream, struck, known.isoformat(), strikes=root, noticed=noticed.isoformat())
    cut = as_of(day.isoformat(), reading)

    def was_there(event: Recorded) -> bool:
        return event.header.known_at <= cut.known_at and (event.header.noticed_at or "") <= cut.noticed_by

    assert due_at(record, cut, states=STATES) == due_at(record.only(was_there), cut, states=STATES)
