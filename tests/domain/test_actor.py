import pytest

from domain.actor import GrantRole, RegisterActor, WithdrawRole
from domain.refusals import Conflict, MalformedInput, NotPermitted
from domain.state import RenameState
from tests.committee import Committee
from tests.memory_record import MemoryRecord


def founded() -> MemoryRecord:
    record = MemoryRecord()
    record.submit(RegisterActor(id="a", actor="sec", name="sec"))
    record.submit(GrantRole(id="b", actor="sec", to="sec", granted_role="secretariat"))
    return record


def test_the_last_of_the_secretariat_keeps_the_role_until_another_has_it() -> None:
    record = founded()
    with pytest.raises(Conflict):
        record.submit(WithdrawRole(id="c", actor="sec", of="sec", withdrawn_role="secretariat", reason="leaves"))
    record.submit(RegisterActor(id="d", actor="sec", name="sec2"))
    record.submit(GrantRole(id="e", actor="sec", to="sec2", granted_role="secretariat"))
    record.submit(WithdrawRole(id="f", actor="sec", of="sec", withdrawn_role="secretariat", reason="leaves"))
    with pytest.raises(NotPermitted):
        record.submit(RegisterActor(id="g", actor="sec", name="expert"))


def test_a_person_has_not_seen_what_is_not_on_record_yet() -> None:
    committee = Committee()
    with pytest.raises(MalformedInput):
        committee.give(RenameState, state="KEN", name="Kenya", name_fr="Kenya", seen_position=10_000)
