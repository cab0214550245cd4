"""Deadlines in late history: the weaker rule reaches a duty that came late, and no other."""

from typing import Any

import pytest

from domain.deadline import DropDeadline
from domain.decision import Adopt, NotDecided, Propose, ProposedItem
from tests.committee import Committee
from tests.domain.foundations import adopts, registers


def test_an_import_moves_a_deadline_recorded_live_only_by_an_adopted_decision(committee: Committee) -> None:
    registers(committee)
    adopts(committee)
    about: dict[str, Any] = {"deadline": "duty/WEB", "duty": "WEB", "decision": "d-1", "reason": ""}
    batch = committee.imports()
    with pytest.raises(NotDecided):
        committee.one(DropDeadline, batch, **about)
    committee.one(Propose, batch, decision="d-1", title="", items=(ProposedItem(number=1, text=""),))
    committee.one(Adopt, batch, decision="d-1", meeting="of old")
    committee.one(DropDeadline, batch, **about)


def test_the_deadline_of_a_programme_that_came_late_needs_no_decision_on_record(committee: Committee) -> None:
    batch = committee.imports()
    registers(committee)
    adopts(committee, within=batch)
    about: dict[str, Any] = {"deadline": "duty/WEB", "duty": "WEB", "reason": ""}
    dropped = committee.one(DropDeadline, batch, decision="of-old", **about)
    assert dropped.header.stream == "deadline/duty/WEB"
    committee.one(Propose, decision="of-today", title="", items=(ProposedItem(number=1, text=""),))
    with pytest.raises(NotDecided):
        committee.one(DropDeadline, batch, decision="of-today", **about)
