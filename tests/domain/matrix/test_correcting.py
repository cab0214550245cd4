"""Correcting: what a replacement keeps, what it changes, and in which reading."""

import pytest

from domain.correcting import FixedMember, WrongMember
from domain.matrix.file import OutOfOrder, ValueNotAllowed
from domain.refusals import MalformedInput
from domain.striking import DoesNotStand
from tests.committee import NOON, A, B, Committee, body


def test_a_correction_keeps_stream_cell_revision_and_known_date(committee: Committee) -> None:
    committee.on("2012-03-01").opens(1)
    (assessed,) = committee.assesses(1, {A: "X"}, known="2012-03")
    corrected = committee.on("2012-06-01").corrects(assessed, {"value": "?"})
    header = corrected.header
    assert header.type == "matrix.cell-corrected"
    assert (header.stream, header.subject, header.strikes) == ("matrix/KEN/1", A, assessed.id)
    assert (header.known_at, header.known_precision) == (assessed.header.known_at, assessed.header.known_precision)
    assert header.noticed_at == header.recorded_at
    assert body(corrected).reason == "typing error"


def test_the_two_readings_tell_what_we_now_say_from_what_was_believed(committee: Committee) -> None:
    committee.on("2012-03-01").opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    committee.on("2012-06-01").corrects(assessed, {"value": "?"})
    april, july = "2012-04-01" + NOON, "2012-07-01" + NOON
    assert committee.values(as_of=april) == {A: "?"}
    assert committee.values(as_of=april, reading="stood") == {A: "X"}
    assert committee.values(as_of=july, reading="stood") == {A: "?"}
    assert committee.shows(as_of=april)["differs"] == [A]


def test_a_corrected_known_date_holds_at_every_date(committee: Committee) -> None:
    committee.on("2012-02-01").opens(1)
    (assessed,) = committee.on("2012-06-01").assesses(1, {A: "X"})
    committee.on("2012-07-01").corrects(assessed, known="2012-03-01")
    april = "2012-04-01" + NOON
    assert committee.values(as_of=april) == {A: "X"}
    assert committee.values(as_of=april, reading="stood") == {}


def test_only_what_stands_is_struck_and_the_refusal_names_what_does(committee: Committee) -> None:
    committee.opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    corrected = committee.corrects(assessed, {"value": "?"})
    with pytest.raises(DoesNotStand, match=corrected.id):
        committee.corrects(assessed, {"value": "NA"})
    committee.voids(corrected)
    with pytest.raises(DoesNotStand, match=assessed.id):
        committee.voids(corrected)
    committee.voids(assessed)
    with pytest.raises(DoesNotStand, match="nothing stands"):
        committee.corrects(assessed)
    assert committee.values() == {}


def test_a_replacement_keeps_state_revision_cell_manifest_and_seeding(committee: Committee) -> None:
    opened = committee.opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    with pytest.raises(FixedMember):
        committee.corrects(assessed, {"cell": B})
    with pytest.raises(FixedMember):
        committee.corrects(assessed, {"revision": 2})
    with pytest.raises(FixedMember):
        committee.corrects(opened, {"template": "T2"})


def test_a_change_that_does_not_fit_the_type_is_refused(committee: Committee) -> None:
    opened = committee.opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    with pytest.raises(WrongMember):
        committee.corrects(assessed, {"colour": "red"})
    with pytest.raises(WrongMember):
        committee.corrects(assessed, {"in_force_from": "yesterday"})
    with pytest.raises(WrongMember):
        committee.corrects(opened, {"reason": "x"})
    with pytest.raises(ValueNotAllowed):
        committee.corrects(assessed, {"value": "YES"})


def test_an_error_is_not_noticed_before_it_was_made_or_before_the_one_it_strikes(committee: Committee) -> None:
    committee.on("2012-03-01").opens(1)
    (assessed,) = committee.on("2012-04-01").assesses(1, {A: "X"})
    committee.on("2012-07-01")
    with pytest.raises(MalformedInput):
        committee.corrects(assessed, {"value": "?"}, noticed="2012-03-20")
    corrected = committee.corrects(assessed, {"value": "?"}, noticed="2012-05-01")
    with pytest.raises(MalformedInput):
        committee.voids(corrected, noticed="2012-04-20")
    void = committee.voids(corrected, noticed="2012-06-01")
    assert void.header.known_at == corrected.header.known_at
    assert committee.voids(void, noticed="2012-06-02").header.noticed_at == "2012-06-03T03:59:59.999999Z"


def test_a_correction_keeps_the_order_opening_cell_seal_approval(committee: Committee) -> None:
    opened = committee.on("2012-03-01").opens(1)
    (assessed,) = committee.on("2012-04-01").assesses(1, {A: "X"})
    committee.on("2012-05-01").seals(1)
    sent = committee.on("2012-06-01").sends(1)
    approved = committee.approves(1)
    committee.on("2012-09-01")
    for target, known in (
        (assessed, "2012-02-20"),
        (assessed, "2012-05-20"),
        (opened, "2012-04-20"),
        (approved, "2012-04-20"),
        (approved, "2012-05-20"),
        (sent, "2012-04-20"),
    ):
        with pytest.raises(OutOfOrder):
            committee.corrects(target, known=known, causation=committee.allows(target))
    for target, known in ((opened, "2012-02-01"), (approved, "2012-06-20"), (assessed, "2012-04-20")):
        committee.corrects(target, known=known, causation=committee.allows(target))


def test_an_opening_is_not_corrected_to_a_date_before_the_seal_of_its_source(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    opened = committee.on("2012-05-01").opens(2, seeded_from=1)
    committee.on("2012-06-01")
    with pytest.raises(OutOfOrder):
        committee.corrects(opened, known="2012-02-01")
    committee.corrects(opened, known="2012-04-01")
    assert committee.shows(as_of="2012-04-20" + NOON)["revision"] == 2


def test_a_withdrawal_is_not_corrected_to_a_date_before_the_opening(committee: Committee) -> None:
    committee.on("2012-03-01").opens(1)
    withdrawn = committee.on("2012-05-01").withdraws(1)
    with pytest.raises(OutOfOrder):
        committee.corrects(withdrawn, known="2012-02-01")


def test_a_late_fact_may_be_corrected_to_a_date_after_the_seal(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    batch = committee.on("2012-06-01").imports()
    (late,) = committee.assesses(1, {A: "?"}, within=batch, known="2012-04-01")
    committee.corrects(late, known="2012-05-01")
    assert committee.values(as_of="2012-04-20" + NOON) == {A: "X"}
    assert committee.values(as_of="2012-05-20" + NOON) == {A: "?"}
