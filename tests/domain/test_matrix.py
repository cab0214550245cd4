"""Deciding on a matrix: given what is on record, when someone gives a command, then events or a named refusal."""

from typing import Any

import msgspec
import pytest

from domain import ids
from domain.canonical import sha256
from domain.correcting import CannotBeStruck, DoesNotStand, FixedMember, WrongMember
from domain.deciding import Command, KnownInTheFuture
from domain.header import encode_header, leaf_hash
from domain.matrix import commands as c
from domain.matrix import events as e
from domain.matrix.assessing import (
    CellNamedTwice,
    NothingToDo,
    NotTheLastRevision,
    RevisionGivenUp,
    RevisionSealed,
)
from domain.matrix.authority import NeedsSecondPerson
from domain.matrix.decide import NotDecided, RevisionTaken
from domain.matrix.documents import CarryOver, Manifest
from domain.matrix.file import NotSealed, OutOfOrder, UnknownCell, ValueNotAllowed
from domain.matrix.guards import NeverReplaced, RestsOnIt, SourceDoesNotStand
from domain.matrix.publishing import NoConsent, NotApproved
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from tests.committee import A, B, C, Committee
from tests.histories import cell, source

NOON = "T12:00:00.000000Z"


@pytest.fixture
def committee() -> Committee:
    return Committee()


def body(event: Recorded) -> Any:
    return event.body


# Opening a revision


def test_a_revision_is_opened_with_the_next_number_and_nothing_in_it(committee: Committee) -> None:
    first = committee.one(c.OpenRevision, state="KEN", template="T1")
    second = committee.one(c.OpenRevision, state="KEN", template="T1")
    assert (body(first).revision, body(second).revision) == (1, 2)
    assert (body(first).seeded_from, body(first).carried) == (None, None)
    assert first.header.stream == "matrix/KEN"
    assert committee.values() == {}


def test_a_revision_number_is_never_used_again_even_after_a_void(committee: Committee) -> None:
    committee.voids(committee.opens(7))
    with pytest.raises(RevisionTaken):
        committee.opens(7)


def test_a_revision_of_a_state_or_template_not_on_record_is_refused(committee: Committee) -> None:
    with pytest.raises(NotFound, match="template"):
        committee.opens(1, "T9")
    committee.state = "XXX"
    with pytest.raises(NotFound, match="State"):
        committee.opens(1)


def test_a_revision_is_seeded_from_a_sealed_one_only(committee: Committee) -> None:
    committee.opens(1)
    with pytest.raises(NotSealed):
        committee.opens(2, seeded_from=1)
    with pytest.raises(NotFound):
        committee.opens(2, seeded_from=5)


def test_a_seeded_revision_is_not_opened_before_its_source_was_sealed(committee: Committee) -> None:
    committee.on("2012-05-01").sealed(1, {A: "X"})
    with pytest.raises(OutOfOrder):
        committee.on("2012-06-01").opens(2, seeded_from=1, known="2012-04-30")


def test_seeding_within_a_template_carries_every_cell_without_events(committee: Committee) -> None:
    committee.sealed(1, {A: "X", B: ""})
    before = committee.record.position
    opened = committee.opens(2, seeded_from=1)
    assert committee.record.position == before + 1
    assert committee.values() == {A: "X", B: ""}
    carried = committee.record.documents[body(opened).carried]
    document = msgspec.json.decode(carried, type=CarryOver)
    assert [row.cell for row in document.cells] == [cell("T1", item) for item in range(1, 7)]
    assert sha256(carried) == body(opened).carried
    assert {row.cell for row in document.cells if row.event_id} == {A, B}


def test_seeding_on_the_next_template_carries_by_the_mapping(committee: Committee) -> None:
    committee.sealed(1, {A: "?", B: "NA", C: "X", cell("T1", 4): "X", cell("T1", 5): "X", cell("T1", 6): "X"})
    opened = committee.opens(2, "T2", seeded_from=1)
    assert committee.values() == {
        cell("T2", 1): "?",
        cell("T2", 2): "NA",
        cell("T2", 3, "cw"): "X",
        cell("T2", 3, "bw"): "X",
        cell("T2", 4): "X",
    }
    document = msgspec.json.decode(committee.record.documents[body(opened).carried], type=CarryOver)
    merged = next(row for row in document.cells if row.cell == cell("T2", 4))
    assert merged.from_cells == (cell("T1", 4), cell("T1", 5)), "in the order of the source template"


def test_a_merged_row_whose_sources_disagree_shows_nothing(committee: Committee) -> None:
    committee.sealed(1, {cell("T1", 4): "X", cell("T1", 5): "?"})
    committee.opens(2, "T2", seeded_from=1)
    assert committee.values() == {}


def test_a_row_that_does_not_allow_the_carried_value_shows_nothing(committee: Committee) -> None:
    committee.sealed(1, {A: "NA"})
    committee.opens(2, "T2", seeded_from=1)
    assert committee.values() == {}


def test_seeding_without_a_mapping_on_record_is_refused(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    with pytest.raises(NotFound, match="mapping"):
        committee.opens(2, "T3", seeded_from=1)


def test_an_importer_dates_an_opening_as_it_was_but_not_in_the_future(committee: Committee) -> None:
    assert committee.opens(1, known="2009-03").header.known_at == "2009-04-01T03:59:59.999999Z"
    with pytest.raises(KnownInTheFuture):
        committee.opens(2, known="2013")


# Assessing


def test_assessing_gives_one_event_for_each_cell_with_its_sources(committee: Committee) -> None:
    committee.opens(1)
    first, second = committee.assesses(1, {A: "X", B: "?"}, sources=(source(),))
    assert (first.header.subject, second.header.subject) == (A, B)
    assert first.header.stream == "matrix/KEN/1"
    assert body(first).sources == (source(),)
    assert first.header.command_id == second.header.command_id
    assert committee.values() == {A: "X", B: "?"}


def test_a_cell_set_to_blank_is_not_a_cell_where_nothing_stands(committee: Committee) -> None:
    committee.opens(1)
    committee.assesses(1, {A: ""})
    assert committee.values() == {A: ""}


def test_an_assessment_names_the_event_that_its_author_saw_carried_or_own(committee: Committee) -> None:
    committee.opens(1)
    (seen,) = committee.assesses(1, {A: "X"})
    committee.seals(1)
    committee.opens(2, seeded_from=1)
    (again,) = committee.assesses(2, {A: "?"})
    (once_more,) = committee.assesses(2, {A: "X"})
    assert (body(seen).replaces, body(again).replaces) == (None, seen.id)
    assert body(once_more).replaces == again.id


def test_who_saw_another_event_than_stands_is_told_to_look_again(committee: Committee) -> None:
    committee.opens(1)
    (seen,) = committee.assesses(1, {A: "X"})
    committee.seals(1)
    committee.opens(2, seeded_from=1)
    corrected = committee.corrects(seen, {"value": "?"})

    def replacing(event: Recorded) -> c.AssessedCell:
        return c.AssessedCell(cell=A, value="NA", replaces=event.id)

    with pytest.raises(Conflict):
        committee.give(c.AssessCells, state="KEN", revision=2, cells=(replacing(seen),))
    (assessed,) = committee.give(c.AssessCells, state="KEN", revision=2, cells=(replacing(corrected),))
    assert body(assessed).replaces == corrected.id


def test_a_value_or_cell_that_the_template_does_not_have_is_refused_with_its_place(committee: Committee) -> None:
    committee.opens(1, "T2")
    with pytest.raises(ValueNotAllowed) as refused:
        committee.assesses(1, {cell("T2", 2): "X", cell("T2", 1): "NA"})
    assert refused.value.where == "cells[1]"
    with pytest.raises(UnknownCell):
        committee.assesses(1, {A: "X"})
    assert committee.values() == {}


def test_no_cell_and_a_cell_named_twice_are_refused(committee: Committee) -> None:
    committee.opens(1)
    with pytest.raises(NothingToDo):
        committee.assesses(1, {})
    twice = (c.AssessedCell(cell=A, value="X"), c.AssessedCell(cell=A, value="?"))
    with pytest.raises(CellNamedTwice):
        committee.give(c.AssessCells, state="KEN", revision=1, cells=twice)


def test_a_cell_is_not_known_before_its_revision_was_opened(committee: Committee) -> None:
    committee.on("2012-05-01").opens(1)
    with pytest.raises(OutOfOrder):
        committee.assesses(1, {A: "X"}, known="2012-04")


def test_a_sealed_revision_refuses_new_cells(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    with pytest.raises(RevisionSealed):
        committee.assesses(1, {B: "X"})


def test_a_withdrawn_revision_refuses_new_cells_but_an_import_of_what_was_known_before(committee: Committee) -> None:
    committee.on("2012-03-01").opens(1)
    committee.on("2012-04-01").withdraws(1)
    with pytest.raises(RevisionGivenUp):
        committee.assesses(1, {A: "X"})
    batch = committee.on("2012-05-01").imports()
    committee.assesses(1, {A: "X"}, within=batch, known="2012-03-10")
    with pytest.raises(RevisionGivenUp):
        committee.assesses(1, {B: "X"}, within=batch, known="2012-04-10")
    assert committee.values(as_of="2012-03-20" + NOON) == {A: "X"}


# Late facts and repairs


def test_a_late_fact_enters_a_sealed_revision_by_import_and_leaves_its_manifest(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    committee.on("2012-04-01").approves(1)
    batch = committee.on("2012-06-01").imports()
    (late,) = committee.assesses(1, {A: "?"}, within=batch, known="2012-05-02")
    assert committee.values("approved") == {A: "X"}
    assert committee.values("working") == {A: "?"}
    assert committee.shows("approved")["cells"][0]["later_fact"] == late.id
    assert committee.shows("working")["cells"][0]["later_fact"] is None
    assert committee.shows("approved", as_of="2012-05-01" + NOON)["cells"][0]["later_fact"] is None


def test_a_late_fact_is_not_read_through_a_seeding_but_said_beside_the_cell(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    batch = committee.on("2012-04-01").imports()
    (late,) = committee.assesses(1, {A: "?"}, within=batch)
    committee.on("2012-05-01").opens(2, seeded_from=1)
    assert committee.values() == {A: "X"}
    assert committee.shows()["cells"][0]["later_fact"] == late.id


def test_a_late_fact_belongs_to_the_revision_last_opened_when_it_became_known(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    committee.on("2012-05-01").sealed(2, {A: "?"})
    batch = committee.on("2012-06-01").imports()
    with pytest.raises(NotTheLastRevision):
        committee.assesses(1, {B: "X"}, within=batch, known="2012-05-20")
    with pytest.raises(NotTheLastRevision):
        committee.assesses(1, {B: "X"}, within=batch)
    assert committee.assesses(1, {B: "X"}, within=batch, known="2012-04-20")
    assert committee.assesses(2, {C: "X"}, within=batch, known="2012-05-20")


def test_once_the_last_revision_is_withdrawn_late_facts_enter_the_one_before(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    committee.on("2012-05-01").sealed(2, {A: "?"})
    committee.on("2012-06-01").withdraws(2)
    batch = committee.on("2012-07-01").imports()
    with pytest.raises(NotTheLastRevision):
        committee.assesses(2, {B: "X"}, within=batch, known="2012-06-20")
    assert committee.assesses(1, {B: "X"}, within=batch, known="2012-06-20")


def test_a_late_fact_may_be_older_than_the_seal(committee: Committee) -> None:
    committee.on("2012-03-01").opens(1)
    committee.on("2012-05-01").seals(1)
    batch = committee.on("2012-06-01").imports()
    (late,) = committee.assesses(1, {A: "X"}, within=batch, known="2012-04-01")
    assert committee.values(as_of="2012-04-20" + NOON) == {A: "X"}
    committee.on("2012-07-01").opens(2, seeded_from=1)
    assert committee.values() == {}
    assert committee.shows()["cells"][0]["later_fact"] == late.id


def test_a_repair_enters_a_sealed_revision_and_is_no_late_fact(committee: Committee) -> None:
    committee.on("2012-03-01").opens(1)
    committee.on("2012-05-01").seals(1)
    committee.on("2012-06-01").assesses(1, {A: "X"}, known="2012-04-01", noticed="2012-06-01")
    committee.on("2012-07-01").opens(2, seeded_from=1)
    assert committee.values() == {A: "X"}
    assert committee.values(as_of="2012-05-20" + NOON) == {A: "X"}
    assert committee.values(as_of="2012-05-20" + NOON, reading="stood") == {}


def test_a_repair_of_imprecise_date_stands_at_the_seal_and_a_later_one_is_refused(committee: Committee) -> None:
    committee.on("2012-03-01").opens(1)
    sealed = committee.on("2012-05-10").seals(1)
    committee.on("2012-06-02")
    (repair,) = committee.assesses(1, {A: "X"}, known="2012-05", noticed="2012-06-01")
    assert repair.header.known_at == sealed.header.known_at
    assert repair.header.known_precision == "month"
    with pytest.raises(OutOfOrder):
        committee.assesses(1, {A: "X"}, known="2012-05-20", noticed="2012-06-01")


def test_a_later_fact_is_the_last_in_order_of_all_on_the_way_that_is_read(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    old_files = committee.on("2012-04-01").imports("old-files")
    (of_source,) = committee.assesses(1, {A: "?"}, within=old_files)
    committee.on("2012-05-01").opens(2, seeded_from=1)
    committee.on("2012-06-01").seals(2)
    committee.approves(2)
    new_files = committee.on("2012-07-01").imports("new-files")
    (of_own,) = committee.assesses(2, {A: "NA"}, within=new_files)
    assert committee.shows("approved")["cells"][0]["later_fact"] == of_own.id
    moved = committee.on("2012-09-01").corrects(of_source, known="2012-08-01")
    assert committee.shows("approved")["cells"][0]["later_fact"] == moved.id
    assert committee.shows("working")["cells"][0]["later_fact"] == moved.id


# Confirming, remarking, examining, superseding


def test_what_only_says_that_someone_looked_never_changes_an_answer(committee: Committee) -> None:
    for revision in (1, 2):
        committee.sealed(revision, {A: "X"})
        committee.approves(revision)
    before = [committee.values(standing) for standing in ("working", "approved")]
    (confirmed,) = committee.give(c.ConfirmCells, state="KEN", revision=1, cells=(A,))
    remarked = committee.one(c.RemarkRow, state="KEN", revision=1, section="op1", item=1, remark="see p. 3")
    examined = committee.one(c.ExamineMatrix, state="KEN", revision=1, manifest=committee.manifest(1))
    superseded = committee.one(c.SupersedeMatrix, state="KEN", revision=1, by_revision=2)
    assert [committee.values(standing) for standing in ("working", "approved")] == before
    assert (confirmed.header.subject, remarked.header.subject) == (A, None)
    assert {each.header.stream for each in (confirmed, remarked)} == {"matrix/KEN/1"}
    assert {each.header.stream for each in (examined, superseded)} == {"matrix/KEN"}


def test_what_is_not_there_is_not_confirmed_remarked_examined_or_superseded(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    with pytest.raises(UnknownCell):
        committee.give(c.ConfirmCells, state="KEN", revision=1, cells=(cell("T1", 9),))
    with pytest.raises(NothingToDo):
        committee.give(c.ConfirmCells, state="KEN", revision=1, cells=())
    with pytest.raises(NotFound):
        committee.one(c.RemarkRow, state="KEN", revision=1, section="op1", item=9, remark="")
    with pytest.raises(NotSealed):
        committee.one(c.ExamineMatrix, state="KEN", revision=1, manifest="0" * 64)
    with pytest.raises(NotFound):
        committee.one(c.SupersedeMatrix, state="KEN", revision=1, by_revision=2)


def test_a_revision_is_not_superseded_by_itself(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    committee.approves(1)
    with pytest.raises(Conflict):
        committee.one(c.SupersedeMatrix, state="KEN", revision=1, by_revision=1)


def test_an_error_of_an_approved_revision_is_repaired_only_with_a_second_person(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    approved = committee.approves(1)
    repair = {"known": sealed.header.known_at, "noticed": approved.header.known_at}
    with pytest.raises(NeedsSecondPerson):
        committee.assesses(1, {B: "?"}, **repair)
    committee.assesses(1, {B: "?"}, causation=committee.allows(approved), **repair)
    assert committee.values("working") == {A: "X", B: "?"}
    assert committee.values("approved") == {A: "X"}


def test_a_cell_approved_through_a_seeded_revision_is_corrected_only_with_a_second_person(committee: Committee) -> None:
    committee.opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    committee.seals(1)
    committee.opens(2, seeded_from=1)
    committee.seals(2)
    committee.approves(2)
    with pytest.raises(NeedsSecondPerson):
        committee.corrects(assessed, {"value": "?"})
    committee.corrects(assessed, {"value": "?"}, causation=committee.allows(assessed))


def test_a_seal_once_voided_does_not_stand_again_over_cells_entered_since(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    voided = committee.voids(sealed)
    committee.assesses(1, {B: "?"})
    with pytest.raises(RestsOnIt):
        committee.voids(voided)


def test_a_template_in_use_is_not_voided(committee: Committee) -> None:
    committee.opens(1)
    adopted = committee.record.history("template/T1").events[0]
    with pytest.raises(RestsOnIt):
        committee.voids(adopted)


def test_an_approval_is_not_known_before_its_decision_was_adopted(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    with pytest.raises(OutOfOrder):
        committee.approves(1, known=sealed.header.known_at)


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        (c.ConfirmCells, {"cells": (A,)}),
        (c.RemarkRow, {"section": "op1", "item": 1, "remark": ""}),
        (c.ExamineMatrix, {}),
        (c.WithdrawRevision, {"reason": ""}),
    ],
)
def test_nothing_is_done_to_a_revision_before_it_was_opened(
    committee: Committee, kind: type[Command], members: dict[str, Any]
) -> None:
    committee.on("2012-05-01").opens(1)
    with pytest.raises(OutOfOrder):
        committee.give(kind, state="KEN", revision=1, known="2012-04-30", **members)


# Withdrawing


def test_after_a_withdrawal_the_revision_before_is_the_working_one(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    committee.on("2012-05-01").opens(2)
    assert committee.values() == {}
    committee.on("2012-06-01").withdraws(2)
    assert committee.values() == {A: "X"}
    assert committee.shows(as_of="2012-05-20" + NOON)["revision"] == 2
    with pytest.raises(RevisionGivenUp):
        committee.withdraws(2)
    with pytest.raises(RevisionGivenUp):
        committee.seals(2)


def test_the_approvals_of_a_withdrawn_revision_remain_and_so_does_what_was_seeded_from_it(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    committee.approves(1)
    committee.opens(2, seeded_from=1)
    committee.withdraws(1)
    assert committee.values("approved") == {A: "X"}
    assert committee.values("working") == {A: "X"}


# Sealing


def test_a_seal_fixes_a_manifest_of_every_cell_in_order_with_leaves(committee: Committee) -> None:
    committee.opens(1)
    (assessed,) = committee.assesses(1, {B: "X"})
    sealed = committee.seals(1)
    data = committee.record.documents[body(sealed).manifest]
    manifest = msgspec.json.decode(data, type=Manifest)
    assert [row.cell for row in manifest.cells] == [cell("T1", item) for item in range(1, 7)]
    assert manifest.cells[1].event_id == assessed.id
    assert manifest.cells[1].leaf == leaf_hash(encode_header(assessed.header)).hex()
    assert manifest.cells[0].event_id is None
    assert sha256(data) == body(sealed).manifest


def test_a_seal_is_not_known_before_its_cells_struck_ones_included(committee: Committee) -> None:
    committee.on("2012-03-01").opens(1)
    (assessed,) = committee.on("2012-05-01").assesses(1, {A: "X"})
    committee.on("2012-06-01").voids(assessed)
    with pytest.raises(OutOfOrder):
        committee.seals(1, known="2012-04-01")
    sealed = committee.seals(1, known="2012-05-02")
    assert sealed.header.known_at < "2012-06", "a void is known when what it strikes was"


def test_a_revision_is_sealed_once(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    with pytest.raises(RevisionSealed):
        committee.seals(1)


def test_a_manifest_holds_what_was_believed_at_the_known_date_of_the_seal(committee: Committee) -> None:
    committee.on("2012-03-01").opens(1)
    (assessed,) = committee.on("2012-03-02").assesses(1, {A: "X"})
    corrected = committee.on("2012-05-01").corrects(assessed, {"value": "?"})
    sealed = committee.on("2012-06-01").seals(1, known="2012-04-01")
    manifest = msgspec.json.decode(committee.record.documents[body(sealed).manifest], type=Manifest)
    assert manifest.cells[0].event_id == assessed.id
    committee.approves(1)
    assert committee.values("approved") == {A: "X"}
    assert committee.shows("approved")["cells"][0]["corrected_by"] == corrected.id


def test_a_seal_is_never_replaced_but_voided_and_sealed_again(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    with pytest.raises(NeverReplaced):
        committee.corrects(sealed, known="2012-01-01")
    committee.voids(sealed)
    committee.assesses(1, {B: "X"})
    committee.seals(1)
    assert committee.values() == {A: "X", B: "X"}


# Approving and sending


def test_an_approval_rests_on_an_adopted_decision_on_exactly_that_manifest(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    with pytest.raises(NotDecided):
        committee.one(c.ApproveMatrix, state="KEN", revision=1, decision="none")
    approved = committee.approves(1)
    assert sealed.id in body(approved).basis
    assert len(body(approved).basis) == 2
    with pytest.raises(Conflict):
        committee.one(c.ApproveMatrix, state="KEN", revision=1, decision="d", manifest="0" * 64)


def test_history_entered_late_is_approved_without_its_decision(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    approved = committee.one(c.ApproveMatrix, committee.imports(), state="KEN", revision=1, decision="of-old")
    assert body(approved).basis == (sealed.id,)


def test_nothing_is_approved_or_sent_before_its_seal_or_without_one(committee: Committee) -> None:
    committee.opens(1)
    with pytest.raises(NotSealed):
        committee.one(c.ApproveMatrix, state="KEN", revision=1, decision="d")
    with pytest.raises(NotSealed):
        committee.sends(1)
    committee.on("2012-05-01").seals(1)
    with pytest.raises(OutOfOrder):
        committee.approves(1, known="2012-04-30")
    with pytest.raises(OutOfOrder):
        committee.sends(1, known="2012-04-30")


def test_after_a_voided_approval_the_earlier_one_stands(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    committee.approves(1)
    committee.sealed(2, {A: "?"})
    second = committee.approves(2)
    assert committee.values("approved") == {A: "?"}
    void = committee.voids(second)
    assert committee.values("approved") == {A: "X"}
    committee.voids(void)
    assert committee.values("approved") == {A: "?"}


def test_what_was_sent_is_the_manifest_whatever_is_done_after(committee: Committee) -> None:
    committee.opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    committee.seals(1)
    sent = committee.sends(1)
    committee.corrects(assessed, {"value": "?"})
    assert committee.values("sent") == {A: "X"}
    assert committee.values("working") == {A: "?"}
    assert sent.header.audience == ("committee", "expert", "secretariat", "state:KEN")


# Consent and publication


def test_nothing_is_published_unless_approved_and_consented_to(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    with pytest.raises(NotApproved):
        committee.one(c.PublishMatrix, state="KEN", revision=1)
    committee.approves(1)
    with pytest.raises(NoConsent):
        committee.one(c.PublishMatrix, state="KEN", revision=1)
    consent = committee.one(c.GiveConsent, state="KEN", scope="publish")
    published = committee.one(c.PublishMatrix, state="KEN", revision=1)
    assert consent.id in body(published).basis
    assert committee.values("published") == {A: "X"}
    assert published.header.audience == ("public",)


@pytest.mark.parametrize(
    "given",
    [
        {"scope": "share"},
        {"scope": "publish", "valid_to": "2011-12-31"},
        {"scope": "publish", "valid_from": "2013-01-01"},
        {"scope": "publish", "revision": 1},
    ],
)
def test_consent_to_something_else_does_not_cover_a_publication(committee: Committee, given: dict[str, Any]) -> None:
    committee.sealed(1, {A: "X"})
    committee.sealed(2, {A: "?"})
    committee.approves(2)
    committee.one(c.GiveConsent, state="KEN", **given)
    with pytest.raises(NoConsent):
        committee.one(c.PublishMatrix, state="KEN", revision=2)


def test_consent_taken_back_or_given_only_later_does_not_cover_a_publication(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    committee.on("2012-04-01").approves(1)
    committee.on("2012-05-01").one(c.GiveConsent, state="KEN", scope="publish")
    committee.on("2012-06-01").one(c.WithdrawConsent, state="KEN", scope="publish")
    with pytest.raises(NoConsent):
        committee.one(c.PublishMatrix, state="KEN", revision=1, known="2012-04-15")
    with pytest.raises(NoConsent):
        committee.one(c.PublishMatrix, state="KEN", revision=1)
    committee.one(c.PublishMatrix, state="KEN", revision=1, known="2012-05-15")
    assert committee.values("published") == {A: "X"}


def test_a_scope_that_consent_does_not_have_is_refused(committee: Committee) -> None:
    with pytest.raises(MalformedInput):
        committee.one(c.GiveConsent, state="KEN", scope="everything")


def test_what_is_taken_down_is_published_no_more_and_was_until_then(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    committee.approves(1)
    with pytest.raises(NotFound):
        committee.one(c.UnpublishMatrix, state="KEN", revision=1)
    committee.one(c.GiveConsent, state="KEN", scope="publish")
    committee.on("2012-04-01").one(c.PublishMatrix, state="KEN", revision=1)
    with pytest.raises(OutOfOrder):
        committee.one(c.UnpublishMatrix, state="KEN", revision=1, known="2012-03-20")
    committee.on("2012-05-01").one(c.UnpublishMatrix, state="KEN", revision=1)
    assert committee.values("published") == {}
    assert committee.values("published", as_of="2012-04-20" + NOON) == {A: "X"}


def test_a_publication_is_not_dated_before_the_approval(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    committee.on("2012-04-01").approves(1)
    committee.one(c.GiveConsent, state="KEN", scope="publish", known="2012-01-02")
    with pytest.raises(OutOfOrder):
        committee.one(c.PublishMatrix, state="KEN", revision=1, known="2012-03-20")


# Correcting


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


def test_what_lies_in_a_voided_opening_does_not_stand_and_is_not_struck(committee: Committee) -> None:
    opened = committee.opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    void = committee.voids(opened)
    for strike in (committee.corrects, committee.voids):
        with pytest.raises(DoesNotStand):
            strike(assessed)
    committee.voids(void)
    assert committee.values() == {A: "X"}


def test_voiding_a_correction_brings_the_earlier_value_back_and_undoing_the_void_the_later(
    committee: Committee,
) -> None:
    committee.opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    corrected = committee.corrects(assessed, {"value": "?"})
    void = committee.voids(corrected)
    assert committee.values() == {A: "X"}
    undone = committee.voids(void)
    assert committee.values() == {A: "?"}
    committee.voids(undone)
    assert committee.values() == {A: "X"}


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


def test_a_void_is_undone_never_replaced_and_a_batch_is_reversed_never_struck(committee: Committee) -> None:
    committee.opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    with pytest.raises(CannotBeStruck):
        committee.corrects(committee.voids(assessed))
    with pytest.raises(CannotBeStruck):
        committee.voids(committee.imports())


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
    approved = committee.on("2012-06-01").approves(1)
    committee.on("2012-09-01")
    authority = committee.allows(assessed)
    for target, known in (
        (assessed, "2012-02-20"),
        (assessed, "2012-05-20"),
        (opened, "2012-04-20"),
        (approved, "2012-04-20"),
        (sent, "2012-04-20"),
    ):
        with pytest.raises(OutOfOrder):
            committee.corrects(target, known=known, causation=authority)
    committee.corrects(opened, known="2012-02-01")
    committee.corrects(approved, known="2012-05-20")
    committee.corrects(assessed, known="2012-04-20", causation=authority)


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


# What rests on what


def test_an_opening_or_a_seal_is_not_voided_while_something_rests_on_it(committee: Committee) -> None:
    opened = committee.opens(1)
    sealed = committee.seals(1)
    seeded = committee.opens(2, seeded_from=1)
    for target in (opened, sealed):
        with pytest.raises(RestsOnIt):
            committee.voids(target)
    committee.voids(seeded)
    sent = committee.sends(1)
    for target in (opened, sealed):
        with pytest.raises(RestsOnIt):
            committee.voids(target)
    committee.voids(sent)
    approved = committee.approves(1)
    with pytest.raises(RestsOnIt):
        committee.voids(sealed)
    committee.voids(approved)
    committee.voids(sealed)
    committee.voids(opened)
    assert committee.shows()["revision"] is None


def test_a_publication_holds_the_seal_even_after_it_was_taken_down(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    approved = committee.approves(1)
    committee.one(c.GiveConsent, state="KEN", scope="publish")
    published = committee.one(c.PublishMatrix, state="KEN", revision=1)
    unpublished = committee.one(c.UnpublishMatrix, state="KEN", revision=1)
    committee.voids(approved)
    with pytest.raises(RestsOnIt):
        committee.voids(sealed)
    committee.voids(unpublished)
    committee.voids(published)
    committee.voids(sealed)


def test_a_void_is_undone_only_where_its_source_stands(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    void_of_seeded = committee.voids(committee.opens(2, seeded_from=1))
    void_of_sent = committee.voids(committee.sends(1))
    void_of_approved = committee.voids(committee.approves(1))
    void_of_seal = committee.voids(sealed)
    for void in (void_of_seeded, void_of_sent, void_of_approved):
        with pytest.raises(SourceDoesNotStand):
            committee.voids(void)
    committee.voids(void_of_seal)
    for void in (void_of_seeded, void_of_sent, void_of_approved):
        committee.voids(void)
    assert committee.values("approved") == {A: "X"}


def test_a_fourth_void_in_a_row_needs_the_source_too(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    third = committee.voids(committee.voids(committee.voids(committee.approves(1))))
    committee.voids(sealed)
    with pytest.raises(SourceDoesNotStand):
        committee.voids(third)


def test_a_source_sealed_again_later_does_not_bear_what_was_known_before(committee: Committee) -> None:
    sealed = committee.on("2012-03-01").sealed(1, {A: "X"})
    void = committee.on("2012-04-01").voids(committee.opens(2, seeded_from=1))
    committee.voids(sealed)
    committee.on("2012-06-01").seals(1)
    with pytest.raises(OutOfOrder):
        committee.voids(void)


def test_the_void_of_a_seal_is_not_undone_once_the_revision_was_sealed_again(committee: Committee) -> None:
    void = committee.voids(committee.sealed(1, {A: "X"}))
    committee.seals(1)
    with pytest.raises(RestsOnIt):
        committee.voids(void)


def test_undoing_a_void_a_second_time_is_held_up_by_what_rests_on_it_since(committee: Committee) -> None:
    undone = committee.voids(committee.voids(committee.sealed(1, {A: "X"})))
    committee.sends(1)
    with pytest.raises(RestsOnIt):
        committee.voids(undone)


def test_where_the_opening_did_not_stand_in_what_was_believed_neither_did_the_approval_nor_the_correction(
    committee: Committee,
) -> None:
    opened = committee.on("2012-02-01").opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    committee.seals(1)
    sent = committee.sends(1)
    approved = committee.on("2012-03-01").approves(1)
    committee.on("2012-04-01").corrects(assessed, {"value": "?"}, causation=committee.allows(assessed))
    committee.on("2012-09-01").voids(approved)
    committee.voids(sent)
    committee.voids(opened, noticed="2012-05-01")
    may, july = "2012-04-20" + NOON, "2012-07-01" + NOON
    assert committee.values("approved", as_of=may, reading="stood") == {A: "X"}
    assert committee.values("approved", as_of=july, reading="stood") == {}
    for as_of, corrected in ((may, True), (july, False)):
        answer = committee.shows("sent", as_of=as_of, reading="stood")
        assert answer["cells"][0]["value"] == "X", "a sending names a manifest and no revision"
        assert (answer["cells"][0]["corrected_by"] is not None) == corrected


# A second person


@pytest.fixture
def approved() -> tuple[Committee, Recorded]:
    """An approved revision, and the event in its first cell."""
    committee = Committee()
    committee.opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    committee.seals(1)
    committee.approves(1)
    return committee, assessed


def test_a_cell_of_an_approved_revision_is_struck_only_on_a_second_persons_authority(
    approved: tuple[Committee, Recorded],
) -> None:
    committee, assessed = approved
    for strike in (committee.corrects, committee.voids):
        with pytest.raises(NeedsSecondPerson):
            strike(assessed)
        with pytest.raises(NeedsSecondPerson):
            strike(assessed, causation=committee.allows(assessed, actor="sec"))
        with pytest.raises(NeedsSecondPerson):
            strike(assessed, causation=assessed.id)
    corrected = committee.corrects(assessed, {"value": "?"}, causation=committee.allows(assessed))
    assert committee.values("approved") == {A: "X"}, "what is approved stays until a new manifest is approved"
    assert committee.shows("approved")["cells"][0]["corrected_by"] == corrected.id


def test_undoing_a_void_in_an_approved_revision_needs_an_authority_of_its_own(
    approved: tuple[Committee, Recorded],
) -> None:
    committee, assessed = approved
    authority = committee.allows(assessed)
    void = committee.voids(assessed, causation=authority)
    for causation in (None, authority):
        with pytest.raises(NeedsSecondPerson):
            committee.voids(void, causation=causation)
    undone = committee.voids(void, causation=committee.allows(void))
    committee.voids(undone, causation=committee.allows(undone))
    assert committee.values() == {}


def test_an_authority_given_for_another_event_or_voided_is_none(approved: tuple[Committee, Recorded]) -> None:
    committee, assessed = approved
    given = committee.record.event(committee.allows(assessed))
    other = committee.allows(committee.record.events[0])
    assert given is not None
    committee.voids(given)
    for causation in (given.id, other):
        with pytest.raises(NeedsSecondPerson):
            committee.corrects(assessed, {"value": "?"}, causation=causation)


def test_after_the_approval_is_voided_no_second_person_is_needed(approved: tuple[Committee, Recorded]) -> None:
    committee, assessed = approved
    act = next(event for event in committee.record.events if isinstance(event.body, e.MatrixApproved))
    committee.voids(act)
    committee.corrects(assessed, {"value": "?"})
    assert committee.values() == {A: "?"}


# Reversing a batch


def imported_revision(committee: Committee, name: str = "old-files") -> tuple[Recorded, dict[str, Recorded]]:
    """Import a revision of 2009, sealed and approved."""
    batch = committee.imports(name)
    acts = {
        "opened": committee.opens(1, within=batch, known="2009-01-05"),
        "cell": committee.assesses(1, {A: "X"}, within=batch, known="2009-02-05")[0],
        "sealed": committee.seals(1, within=batch, known="2009-03-05"),
        "approved": committee.one(c.ApproveMatrix, batch, state="KEN", revision=1, decision="old", known="2009-04-05"),
    }
    return batch, acts


def test_a_batch_is_reversed_as_one_and_misled_nobody_in_the_past(committee: Committee) -> None:
    _, acts = imported_revision(committee)
    assert committee.values("approved", as_of="2010-01-01" + NOON, reading="stood") == {A: "X"}
    *voids, reversed_ = committee.reverses()
    assert [void.header.strikes for void in voids] == [
        acts[each].id for each in ("approved", "sealed", "cell", "opened")
    ]
    assert [void.header.noticed_at for void in voids] == [void.header.known_at for void in voids]
    assert (body(reversed_).events, reversed_.header.strikes) == (4, None)
    for reading in ("corrected", "stood"):
        answer = committee.shows("approved", as_of="2010-01-01" + NOON, reading=reading)
        assert answer["revision"] is None


def test_a_batch_with_corrections_and_voids_of_its_own_is_reversed_too(committee: Committee) -> None:
    batch = committee.imports()
    committee.opens(1, within=batch)
    (assessed,) = committee.assesses(1, {A: "X"}, within=batch)
    void = committee.voids(committee.corrects(assessed, {"value": "?"}, within=batch), within=batch)
    committee.voids(void, within=batch)
    committee.reverses()
    assert committee.shows()["revision"] is None


def test_a_batch_is_not_reversed_while_something_since_rests_on_it(committee: Committee) -> None:
    imported_revision(committee)
    sent = committee.sends(1)
    with pytest.raises(RestsOnIt, match=sent.id):
        committee.reverses()
    committee.voids(sent)
    seeded = committee.opens(2, seeded_from=1)
    with pytest.raises(RestsOnIt, match=seeded.id):
        committee.reverses()
    committee.voids(seeded)
    again = committee.approves(1)
    with pytest.raises(RestsOnIt, match=again.id):
        committee.reverses()
    committee.voids(again)
    committee.reverses()
    assert committee.shows("approved")["revision"] is None


def test_a_batch_is_not_reversed_while_a_correction_since_strikes_it(committee: Committee) -> None:
    _, acts = imported_revision(committee)
    committee.corrects(acts["cell"], {"value": "?"}, causation=committee.allows(acts["cell"]))
    with pytest.raises(MalformedInput, match="corrects this batch"):
        committee.reverses()


def test_reversing_the_void_of_an_approval_whose_seal_fell_since_is_refused(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    approved = committee.approves(1)
    committee.voids(approved, within=committee.imports())
    void = committee.voids(sealed)
    with pytest.raises(RestsOnIt, match=approved.id):
        committee.reverses()
    committee.voids(void)
    committee.reverses()
    assert committee.values("approved") == {A: "X"}


def test_reversing_the_void_of_a_seal_is_refused_once_the_revision_was_sealed_again(committee: Committee) -> None:
    committee.voids(committee.sealed(1, {A: "X"}), within=committee.imports())
    committee.seals(1)
    with pytest.raises(RestsOnIt, match="sealed again"):
        committee.reverses()


def test_a_batch_is_reversed_once_and_one_not_on_record_never(committee: Committee) -> None:
    imported_revision(committee)
    committee.reverses()
    with pytest.raises(MalformedInput):
        committee.reverses()
    with pytest.raises(MalformedInput):
        committee.reverses("other-files")


# Streams and audiences


def test_every_event_lies_in_the_stream_and_is_addressed_as_the_contract_says(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    sent = committee.sends(1)
    consent = committee.one(c.GiveConsent, state="KEN", scope="share")
    assert sent.header.stream == ids.exchange("KEN")
    assert consent.header.stream == ids.consent("KEN")
    void = committee.voids(sent)
    assert (void.header.type, void.header.audience) == ("exchange.recorded-in-error", sent.header.audience)
    assert committee.voids(consent).header.type == "consent.recorded-in-error"
    inside = [event for event in committee.record.events if event.header.stream.startswith("matrix/")]
    assert {event.header.audience for event in inside} == {("committee", "expert", "secretariat")}
