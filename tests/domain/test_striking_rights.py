"""Experts correct what they work on; what the record and the Committee rest on, the Secretariat alone puts right."""

import pytest

from domain import catalogue
from domain.correcting import Change, Correct, MarkInError
from domain.deciding import Command
from domain.refusals import NotPermitted
from tests.committee import A, Committee


@pytest.fixture
def committee() -> Committee:
    committee = Committee()
    committee.grants("expert-1", "expert")
    return committee


def decided(committee: Committee, command: Command) -> str:
    return catalogue.decide(command, committee.context(actor=command.actor)).role


def test_an_expert_does_not_correct_a_grant_to_themselves(committee: Committee) -> None:
    grant = committee.record.history("actor/expert-1").events[-1]
    changes: dict[str, Change] = {"valid_to": None}
    command = Correct(id="c", actor="expert-1", target=grant.id, reason="typing error", changes=changes)
    with pytest.raises(NotPermitted, match="expert-1 holds no role that allows them to correct"):
        decided(committee, command)


def test_an_expert_does_not_void_a_grant_of_the_secretariat(committee: Committee) -> None:
    grant = committee.grants("sec-9", "secretariat")
    void = MarkInError(id="c", actor="expert-1", target=grant.id, reason="in error")
    with pytest.raises(NotPermitted, match="needs one of: secretariat"):
        decided(committee, void)


def test_an_expert_corrects_a_cell(committee: Committee) -> None:
    committee.opens(1)
    (cell,) = committee.assesses(1, {A: "X"})
    command = Correct(
        id="c", actor="expert-1", target=cell.id, reason="typing error", changes=dict[str, Change](value="?")
    )
    assert decided(committee, command) == "expert"
