"""The roots of the access log on record: a day once it is over, once, and never struck."""

from typing import Any

import pytest

from domain.access import Reader, require_oversight
from domain.access_log import STREAM, PruneAccess, SealAccess, pruned_through, sealed
from domain.correcting import MarkInError
from domain.refusals import Conflict, NotPermitted
from domain.striking import CannotBeStruck
from tests.committee import Committee

ROOT = "0" * 64


@pytest.fixture
def committee() -> Committee:
    return Committee().on("2027-01-05")


def seals(committee: Committee, day: str, **members: Any) -> None:
    committee.one(SealAccess, day=day, entries=3, root=ROOT, **members)


def test_a_day_is_sealed_once_it_is_over(committee: Committee) -> None:
    with pytest.raises(Conflict, match="2027-01-05 is not over"):
        seals(committee, "2027-01-05")
    seals(committee, "2027-01-04")
    standing = committee.record.history(STREAM).standing()
    assert {day: found.entries for day, found in sealed(standing).items()} == {"2027-01-04": 3}
    assert standing[0].header.audience == ("secretariat",)
    with pytest.raises(Conflict, match="sealed already"):
        seals(committee, "2027-01-04")


def test_the_secretariat_seals_and_nobody_voids_a_seal(committee: Committee) -> None:
    with pytest.raises(NotPermitted):
        seals(committee, "2027-01-04", actor="exp")
    seals(committee, "2027-01-04")
    event = committee.record.history(STREAM).standing()[0]
    with pytest.raises(CannotBeStruck):
        committee.one(MarkInError, target=event.id, reason="wrong")


def test_what_was_given_up_is_not_sealed_anew(committee: Committee) -> None:
    committee.one(PruneAccess, through="2026-01-01")
    assert pruned_through(committee.record.history(STREAM).standing()) == "2026-01-01"
    for command in (SealAccess(id="s", actor="sec", day="2026-01-01", entries=1, root=ROOT),):
        with pytest.raises(Conflict, match="given up"):
            committee.record.submit(command, None)
    with pytest.raises(Conflict, match="given up"):
        committee.one(PruneAccess, through="2025-01-01")
    with pytest.raises(Conflict, match="not over"):
        committee.one(PruneAccess, through="2027-01-05")


def test_who_read_what_is_for_the_secretariat_and_auditors(committee: Committee) -> None:
    with pytest.raises(NotPermitted, match="auditors"):
        require_oversight(Reader("exp"), committee.record.recorded_at())
