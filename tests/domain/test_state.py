"""A State on record: given what is known of it, when it is registered or renamed, then the name that a date shows."""

from typing import Any

import pytest

from domain import state
from domain.actor import GrantRole, RegisterActor
from domain.audiences import PUBLIC
from domain.catalogue import decode_command
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound, NotPermitted
from domain.standing import Cut
from domain.state import NamedBefore, RegisterState, RenameState, StateRegistered, StateRenamed
from tests.committee import Committee
from tests.domain.given import as_of

STREAM = "state/CPV"
CAPE_VERDE: dict[str, Any] = {
    "state": "CPV",
    "iso2": "CV",
    "m49": "132",
    "name": "Cape Verde",
    "name_fr": "Cap-Vert",
    "regional_group": "AFRICAN",
    "admitted": 1975,
}
CABO_VERDE: dict[str, Any] = {"state": "CPV", "name": "Cabo Verde", "name_fr": "Cabo Verde"}


@pytest.fixture
def committee() -> Committee:
    return Committee()


@pytest.fixture
def registered(committee: Committee) -> Recorded:
    return committee.one(RegisterState, known="1975", **CAPE_VERDE)


def renamed(committee: Committee) -> Recorded:
    return committee.on("2013-11-04").one(RenameState, known="2013-10", **CABO_VERDE)


def name(committee: Committee, cut: Cut) -> str:
    return state.name_at(committee.record.history(STREAM), cut)


def test_a_state_is_put_on_record_under_its_code_for_everyone_to_read(registered: Recorded) -> None:
    assert registered.body == StateRegistered(**CAPE_VERDE)
    assert (registered.header.stream, registered.header.audience) == (STREAM, PUBLIC)
    assert (registered.header.known_at, registered.header.known_precision) == (as_of("1975").known_at, "year")


def test_a_state_is_put_on_record_once(committee: Committee, registered: Recorded) -> None:
    with pytest.raises(Conflict, match="CPV"):
        committee.one(RegisterState, **CAPE_VERDE)
    assert committee.record.history(STREAM).events == (registered,)


@pytest.mark.parametrize("code", ["CP", "cpv", "CPV1", "132", "Cape Verde"])
def test_a_state_is_keyed_by_three_capital_letters(code: str) -> None:
    line = f'{{"command":"rename-state","id":"a","actor":"sec","state":"{code}","name":"Cabo Verde","name_fr":""}}'
    with pytest.raises(MalformedInput):
        decode_command(line.encode())


def test_only_the_secretariat_registers_and_renames_states(committee: Committee, registered: Recorded) -> None:
    committee.one(RegisterActor, name="expert")
    committee.one(GrantRole, to="expert", granted_role="expert")
    another: dict[str, Any] = CAPE_VERDE | {"state": "CAF"}
    with pytest.raises(NotPermitted):
        committee.one(RegisterState, actor="expert", **another)
    with pytest.raises(NotPermitted):
        committee.one(RenameState, actor="expert", **CABO_VERDE)
    assert committee.record.history(STREAM).events == (registered,)


def test_another_name_stands_beside_the_first_for_everyone_to_read(committee: Committee, registered: Recorded) -> None:
    event = renamed(committee)
    assert event.body == StateRenamed(**CABO_VERDE)
    assert (event.header.stream, event.header.audience) == (STREAM, PUBLIC)
    assert committee.record.history(STREAM).standing() == (registered, event)


def test_a_state_that_is_not_on_record_is_not_renamed(committee: Committee) -> None:
    with pytest.raises(NotFound, match="CPV"):
        committee.one(RenameState, **CABO_VERDE)


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("1960-01-01", "Cape Verde"),
        ("1975-12-31", "Cape Verde"),
        ("2013-10-30", "Cape Verde"),
        ("2013-10-31", "Cabo Verde"),
        ("2020-01-01", "Cabo Verde"),
    ],
)
@pytest.mark.usefixtures("registered")
def test_a_state_has_the_name_known_on_the_date_read_and_before_all_names_its_first(
    committee: Committee, day: str, shown: str
) -> None:
    renamed(committee)
    assert name(committee, as_of(day)) == shown


@pytest.mark.usefixtures("registered")
def test_a_name_recorded_late_is_not_in_what_was_on_record_before(committee: Committee) -> None:
    before = renamed(committee).position - 1
    assert name(committee, Cut(known_at=as_of("2014-01-01").known_at, position=before)) == "Cape Verde"


def test_a_state_not_on_record_has_no_name(committee: Committee, registered: Recorded) -> None:
    with pytest.raises(NotFound):
        name(committee, Cut(position=registered.position - 1))
    with pytest.raises(NotFound):
        state.name_at(committee.record.history("state/TCD"), Cut())


def test_what_is_no_name_leaves_the_name_as_it_was(committee: Committee) -> None:
    granted = committee.one(GrantRole, to="sec2", granted_role="auditor")
    assert state.evolve("Cabo Verde", granted) == "Cabo Verde"


@pytest.mark.usefixtures("registered")
def test_a_name_recorded_in_error_gives_the_former_one_back(committee: Committee) -> None:
    committee.voids(renamed(committee))
    assert name(committee, as_of("2014-01-01")) == "Cape Verde"


@pytest.mark.usefixtures("registered")
def test_a_misspelt_name_is_corrected_at_every_date_but_was_believed_until_it_was_noticed(committee: Committee) -> None:
    committee.on("2013-11-04")
    misspelt = committee.one(RenameState, known="2013-10-24", state="CPV", name="Cabo Vedre", name_fr="Cabo Verde")
    committee.on("2014-02-03").corrects(misspelt, {"name": "Cabo Verde"})
    assert name(committee, as_of("2013-12-31")) == "Cabo Verde"
    assert name(committee, as_of("2013-12-31", "stood")) == "Cabo Vedre"
    assert name(committee, as_of("2014-02-03", "stood")) == "Cabo Verde"


def test_another_name_is_not_known_before_the_first(committee: Committee, registered: Recorded) -> None:
    with pytest.raises(NamedBefore) as refused:
        committee.one(RenameState, known="1974-12-31", **CABO_VERDE)
    assert refused.value.where == "known"
    assert committee.record.history(STREAM).events == (registered,)


@pytest.mark.usefixtures("registered")
def test_two_names_known_on_one_date_stand_in_the_order_of_their_recording(committee: Committee) -> None:
    committee.one(RenameState, known="1975", **CABO_VERDE)
    assert name(committee, as_of("1975")) == "Cabo Verde"


def test_a_state_registered_in_error_is_not_renamed_and_can_be_registered_again(
    committee: Committee, registered: Recorded
) -> None:
    committee.voids(registered)
    with pytest.raises(NotFound):
        renamed(committee)
    committee.one(RegisterState, known="1975", **CAPE_VERDE)
    renamed(committee)
    assert name(committee, as_of("2013-10-30")) == "Cape Verde"
    assert name(committee, as_of("2013-10-31")) == "Cabo Verde"
