"""Every duty: open or not served, then closed by the event that its row names, and open again once that is voided."""

from collections.abc import Mapping

import pytest

from domain.calendar import Due
from domain.closing import rule_of
from domain.deciding import Command
from domain.recorded import Recorded
from interfaces.initialise import duties
from tests.committee import Committee
from tests.domain.closing import implementation, own_work, partners
from tests.domain.closing.given import Case, asked, under_the_twelfth

CASES: Mapping[str, Case] = {**own_work.CASES, **implementation.CASES, **partners.CASES}
KINDS = {duty.duty: duty.kind for duty in duties()}
NEVER_OPEN = ("aim", "voluntary", "encouraged")
"""What others may do and the Committee does not owe has a status of its own."""


def told(entry: Due) -> tuple[object, ...]:
    """Return what voiding brings back."""
    return entry.status, entry.served, entry.opened, entry.closed_by, entry.steps, entry.progress


def commands(committee: Committee) -> Mapping[str, type[Command]]:
    """Return, as they are given from now on, the command by which each event is recorded."""
    given: dict[str, type[Command]] = {}
    submit = committee.record.submit

    def noted(command: Command, batch: str | None = None) -> tuple[Recorded, ...]:
        events = submit(command, batch)
        given.update({event.id: type(command) for event in events})
        return events

    committee.record.submit = noted  # type: ignore[method-assign] # notes what the real one records
    return given


def test_every_duty_but_the_principle_has_a_case() -> None:
    assert set(CASES) | {"PRINCIPLES"} == set(KINDS)
    assert len(KINDS) == 55


@pytest.mark.parametrize("duty", CASES)
def test_a_duty_is_closed_or_served_by_the_event_of_its_row_and_open_again_once_that_is_voided(duty: str) -> None:
    rule, case, committee = rule_of(duty), CASES[duty], under_the_twelfth()
    assert rule is not None
    if case.opens is not None:
        case.opens(committee)
    before = asked(committee, duty)
    assert before.status != "done"
    assert bool(before.opened) is (case.opens is not None and duty != "LEGDB")
    assert {item.by.type for item in before.opened} <= {kind.TYPE for kind in rule.opens}
    if before.opened and before.status not in NEVER_OPEN:
        assert before.status == "open"

    given = commands(committee)
    event = case.closes(committee)
    after = asked(committee, duty)
    assert type(event.body) in rule.closes
    assert given[event.id] in rule.commands
    assert after.opened == ()
    assert after.served.last is not None
    named = after.served.last
    assert (named.event_id, named.type, named.stream, named.position) == (
        *(event.id, event.header.type),
        *(event.header.stream, event.position),
    )
    if after.closed_by is not None:
        assert (after.status, after.closed_by, after.late) == ("done", event.id, False)
    else:
        assert after.status in ("standing", *NEVER_OPEN)

    committee.voids(event)
    again = asked(committee, duty)
    assert again.status == before.status
    assert again.opened == before.opened
    assert again.closed_by is None
    assert again.served.last is None or again.served.last.event_id != event.id


ONCE = ("dated", "dated-soft", "per-programme", "within-programme", "aim")


@pytest.mark.parametrize("duty", [duty for duty, kind in KINDS.items() if kind in ONCE and duty != "IRO-POC"])
def test_what_is_done_once_is_done_by_it(duty: str) -> None:
    committee = under_the_twelfth()
    case = CASES[duty]
    if case.opens is not None:
        case.opens(committee)
    event = case.closes(committee)
    assert (asked(committee, duty).status, asked(committee, duty).closed_by) == ("done", event.id)


def test_a_principle_is_never_done_whatever_happens() -> None:
    committee = under_the_twelfth()
    CASES["WEB"].closes(committee)
    entry = asked(committee, "PRINCIPLES")
    assert (entry.status, entry.served.times, entry.opened, entry.steps) == ("standing", 0, (), ())
