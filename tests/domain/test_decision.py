"""How the Committee decides: given a proposal, when it is circulated, adopted or not, then an event or a refusal."""

from typing import Any

import pytest

from domain import decision
from domain.adopting import AlreadyDecided, AlreadyProposed, WrongRecipients
from domain.deadline import StepDone
from domain.decision import (
    Adopt,
    AuthoriseCorrection,
    Circulate,
    CorrectionAuthorised,
    DecisionAdopted,
    DecisionCirculated,
    DecisionNotAdopted,
    DecisionProposed,
    DecisionRecordedInError,
    DoNotAdopt,
    Fulfilment,
    Item,
    Propose,
    ProposedItem,
)
from domain.fulfilling import AlreadyDone, UnknownStep, WrongDeadline
from domain.matrix.file import OutOfOrder
from domain.recorded import Recorded
from domain.refusals import MalformedInput, NotFound, NotPermitted
from domain.striking import CannotBeStruck, DoesNotStand
from tests.committee import A, Committee

TEXT, ANNEX = "a" * 64, "b" * 64
OF_THE_COMMITTEE = ("committee", "expert", "secretariat")
ADOPTED = Fulfilment(deadline="annual-review/2012", duty="REV-2012", step="adopted")


@pytest.fixture
def committee() -> Committee:
    return Committee()


def propose(committee: Committee, numbers: tuple[int, ...] = (1, 2), **members: Any) -> Recorded:
    """Propose the review of 2012 and its annex."""
    items = tuple(
        ProposedItem(number=number, text=f"item {number}", rests_on=(TEXT if number == 1 else ANNEX,))
        for number in numbers
    )
    said: dict[str, Any] = {"decision": "review", "title": "The review", "items": items}
    return committee.one(Propose, **said | members)


def circulate(committee: Committee, *recipients: str, **members: Any) -> Recorded:
    return committee.one(Circulate, decision="review", recipients=recipients, **members)


def adopt(committee: Committee, *items: int, **members: Any) -> tuple[Recorded, ...]:
    said: dict[str, Any] = {"decision": "review", "meeting": "the 44th meeting", "items": items, "actor": "chair"}
    return committee.give(Adopt, **said | members)


def do_not_adopt(committee: Committee, *items: int, **members: Any) -> Recorded:
    said: dict[str, Any] = {
        "decision": "review",
        "meeting": "the 44th meeting",
        "reason": "a member asked for time",
        "items": items,
        "actor": "chair",
    }
    return committee.one(DoNotAdopt, **said | members)


def authorise(committee: Committee, target: Recorded, **members: Any) -> Recorded:
    return committee.one(AuthoriseCorrection, decision="authority", target=target.id, reason="seen", **members)


# Proposing


def test_a_proposal_has_numbered_items_and_what_they_rest_on_for_the_committee_to_see(committee: Committee) -> None:
    event = propose(committee)
    assert event.body == DecisionProposed(
        decision="review",
        title="The review",
        items=(Item(number=1, text="item 1", rests_on=(TEXT,)), Item(number=2, text="item 2", rests_on=(ANNEX,))),
    )
    assert (event.header.stream, event.header.audience) == ("decision/review", OF_THE_COMMITTEE)


@pytest.mark.parametrize("numbers", [(), (0,), (1, -2), (1, 2, 1)])
def test_items_have_different_numbers_from_one(committee: Committee, numbers: tuple[int, ...]) -> None:
    with pytest.raises(MalformedInput, match="different numbers from 1"):
        propose(committee, numbers)


def test_a_changed_text_is_another_proposal(committee: Committee) -> None:
    propose(committee)
    with pytest.raises(AlreadyProposed, match="review is proposed already") as refused:
        propose(committee, (1,), title="The review as revised")
    assert refused.value.remedy == "give it another name"


def test_a_proposal_recorded_in_error_can_be_put_again(committee: Committee) -> None:
    void = committee.voids(propose(committee))
    assert isinstance(void.body, DecisionRecordedInError)
    with pytest.raises(NotFound):
        adopt(committee)
    propose(committee, (1,))
    (event,) = adopt(committee)
    assert isinstance(event.body, DecisionAdopted)
    assert event.body.items == (1,)


# Circulating


def test_a_proposal_is_circulated_to_roles_with_its_documents(committee: Committee) -> None:
    propose(committee)
    event = circulate(committee, "chair", "member", "expert", documents=(TEXT,))
    assert event.body == DecisionCirculated(
        decision="review", recipients=("chair", "member", "expert"), documents=(TEXT,)
    )
    assert (event.header.stream, event.header.audience) == ("decision/review", OF_THE_COMMITTEE)


def test_a_proposal_is_circulated_again_to_whom_it_did_not_reach(committee: Committee) -> None:
    propose(committee)
    circulate(committee, "member")
    circulate(committee, "member", "expert")


@pytest.mark.parametrize(
    ("recipients", "what"),
    [
        ((), "nobody is named"),
        (("member", "members"), "'members' is no role"),
        (("member", "state:KEN"), "'state:KEN' is no role"),
        (("member", "expert", "member"), "'member' is named twice"),
    ],
)
@pytest.mark.parametrize("late", [False, True])
def test_recipients_are_roles_that_there_are_each_named_once(
    committee: Committee, recipients: tuple[str, ...], what: str, late: bool
) -> None:
    propose(committee)
    batch = committee.imports() if late else None
    with pytest.raises(WrongRecipients, match=what) as refused:
        circulate(committee, *recipients, within=batch, role="secretariat")
    assert "auditor, chair, expert, member, organization, public, secretariat, state" in refused.value.remedy


def test_what_is_not_proposed_is_neither_circulated_nor_decided(committee: Committee) -> None:
    for give in (lambda: circulate(committee, "member"), lambda: adopt(committee), lambda: do_not_adopt(committee)):
        with pytest.raises(NotFound, match="review is not proposed") as refused:
            give()
        assert refused.value.remedy == "propose it first"


# Known dates


@pytest.mark.parametrize("late", [False, True])
def test_what_is_decided_was_proposed_and_circulated_before(committee: Committee, late: bool) -> None:
    batch = committee.imports() if late else None
    propose(committee, known="2011-11-05", within=batch)
    with pytest.raises(OutOfOrder, match="circulated before it was proposed"):
        circulate(committee, "member", known="2011-11-04", within=batch)
    circulate(committee, "member", known="2011-11-20", within=batch)
    circulate(committee, "expert", known="2011-12-01", within=batch)
    for decide in (adopt, do_not_adopt):
        with pytest.raises(OutOfOrder, match="decided before it was circulated") as refused:
            decide(committee, 1, known="2011-11-10", within=batch)
        assert refused.value.where == "known"
    adopt(committee, 1, known="2011-11-30", within=batch)


def test_dates_that_may_be_in_order_are(committee: Committee) -> None:
    propose(committee, known="2011-11")
    circulate(committee, "member", known="2011-11-20T10:00:00Z")
    adopt(committee, known="2011-11-20")


def test_a_proposal_is_not_put_back_behind_its_adoption(committee: Committee) -> None:
    proposed = propose(committee, known="2011-11-05")
    adopt(committee, known="2011-11-20")
    with pytest.raises(OutOfOrder, match="proposed after it was circulated or decided"):
        committee.corrects(proposed, known="2011-11-21")


# Adopting


def test_where_no_item_is_named_all_are_adopted_by_consensus_in_the_meeting(committee: Committee) -> None:
    propose(committee)
    (event,) = adopt(committee)
    assert event.body == DecisionAdopted(decision="review", items=(1, 2), meeting="the 44th meeting")
    assert (event.header.stream, event.header.audience) == ("decision/review", OF_THE_COMMITTEE)


def test_where_an_item_finds_no_consensus_the_others_go_through(committee: Committee) -> None:
    propose(committee)
    (event,) = adopt(committee, 2)
    assert isinstance(event.body, DecisionAdopted)
    assert event.body.items == (2,)
    refused = do_not_adopt(committee, 1)
    assert refused.body == DecisionNotAdopted(
        decision="review", items=(1,), meeting="the 44th meeting", reason="a member asked for time"
    )
    assert (refused.header.stream, refused.header.audience) == ("decision/review", OF_THE_COMMITTEE)


def test_where_no_item_is_named_none_is_adopted(committee: Committee) -> None:
    propose(committee)
    event = do_not_adopt(committee)
    assert isinstance(event.body, DecisionNotAdopted)
    assert event.body.items == (1, 2)


@pytest.mark.parametrize("first", [adopt, do_not_adopt])
@pytest.mark.parametrize("second", [adopt, do_not_adopt])
def test_an_item_is_decided_once(committee: Committee, first: Any, second: Any) -> None:
    propose(committee)
    first(committee, 1)
    for items in ((), (1,), (2, 1)):
        with pytest.raises(AlreadyDecided, match=r"items \[1\] of review are decided") as refused:
            second(committee, *items)
        assert "a new proposal" in refused.value.remedy
    second(committee, 2)


def test_an_adoption_recorded_in_error_leaves_the_item_open(committee: Committee) -> None:
    propose(committee)
    committee.voids(adopt(committee, 1)[0])
    assert isinstance(do_not_adopt(committee, 1).body, DecisionNotAdopted)


@pytest.mark.parametrize("decide", [adopt, do_not_adopt])
def test_only_items_of_the_proposal_are_decided_each_named_once(committee: Committee, decide: Any) -> None:
    propose(committee)
    with pytest.raises(NotFound, match="review has no item 3") as refused:
        decide(committee, 1, 3)
    assert refused.value.remedy == "it has 1, 2"
    with pytest.raises(MalformedInput, match="item 1 is named twice"):
        decide(committee, 1, 2, 1)


def test_the_chair_or_the_secretariat_records_what_was_decided_and_a_member_does_not(committee: Committee) -> None:
    committee.grants("member-1", "member")
    propose(committee, actor="member-1")
    for decide in (adopt, do_not_adopt):
        with pytest.raises(NotPermitted, match="member-1 holds no role"):
            decide(committee, actor="member-1")
    assert adopt(committee, 1, actor="sec")[0].header.role == "secretariat"
    assert adopt(committee, 2)[0].header.role == "chair"


# Fulfilling a duty


def test_the_adoption_of_the_review_does_the_step_of_its_deadline(committee: Committee) -> None:
    propose(committee)
    adopted, step = adopt(committee, fulfils=(ADOPTED,))
    assert isinstance(adopted.body, DecisionAdopted)
    assert step.body == StepDone(
        deadline="annual-review/2012",
        duty="REV-2012",
        step="adopted",
        document_id=None,
        decision_id="review",
        note="",
    )
    assert step.header.stream == "deadline/annual-review/2012"


@pytest.mark.parametrize(
    ("fulfils", "refusal"),
    [
        ((ADOPTED, ADOPTED), MalformedInput),
        ((Fulfilment(deadline="annual-review/2012", duty="REV-2012", step="approved"),), UnknownStep),
        ((Fulfilment(deadline="annual-review/2013", duty="REV-2012", step="adopted"),), WrongDeadline),
        ((Fulfilment(deadline="duty/NONE", duty="NONE", step="done"),), NotFound),
        ((Fulfilment(deadline="annual-review/2012", duty="REV-2012", step="adopted", document="none"),), NotFound),
    ],
)
def test_what_an_adoption_fulfils_is_a_step_of_a_duty_named_once_with_a_document_on_record(
    committee: Committee, fulfils: tuple[Fulfilment, ...], refusal: type[Exception]
) -> None:
    propose(committee)
    with pytest.raises(refusal):
        adopt(committee, fulfils=fulfils)
    assert decision.adopted(committee.context(), "review") is None


def test_the_review_of_a_year_is_not_adopted_by_a_second_decision(committee: Committee) -> None:
    propose(committee)
    _, step = adopt(committee, fulfils=(ADOPTED,))
    committee.one(Propose, decision="again", title="", items=(ProposedItem(number=1, text="the review"),))
    with pytest.raises(AlreadyDone, match=f"REV-2012 is adopted already, by event {step.id}") as refused:
        adopt(committee, decision="again", fulfils=(ADOPTED,))
    assert "correct it or record it in error" in refused.value.remedy


# What a decision has adopted


def test_a_decision_adopts_what_the_items_adopted_rest_on_and_nothing_else(committee: Committee) -> None:
    propose(committee)
    assert decision.adopted(committee.context(), "review") is None
    (first,) = adopt(committee, 1)
    assert decision.adopts(committee.context(), "review", TEXT) == first
    assert decision.adopts(committee.context(), "review", ANNEX) is None
    assert decision.adopts(committee.context(), "another", TEXT) is None
    (second,) = adopt(committee, 2)
    assert decision.adopts(committee.context(), "review", ANNEX) == second
    assert decision.adopted(committee.context(), "review") == second


def test_what_was_not_adopted_or_whose_adoption_was_an_error_is_not_adopted(committee: Committee) -> None:
    propose(committee)
    do_not_adopt(committee, 2)
    committee.voids(adopt(committee, 1)[0])
    assert decision.adopted(committee.context(), "review") is None
    assert [decision.adopts(committee.context(), "review", each) for each in (TEXT, ANNEX)] == [None, None]


# Authorising a correction


def test_a_correction_of_one_event_is_authorised_with_its_reason(committee: Committee) -> None:
    committee.opens(1)
    (cell,) = committee.assesses(1, {A: "X"})
    event = authorise(committee, cell, actor="chair")
    assert event.body == CorrectionAuthorised(decision="authority", target=cell.id, reason="seen")
    assert (event.header.stream, event.header.audience) == ("decision/authority", OF_THE_COMMITTEE)


def test_an_authority_may_name_the_key_of_the_command_and_the_index_of_its_event(committee: Committee) -> None:
    committee.opens(1)
    (cell,) = committee.assesses(1, {A: "X"}, id="first")
    event = committee.one(AuthoriseCorrection, decision="authority", target="first#0", reason="seen")
    assert isinstance(event.body, CorrectionAuthorised)
    assert event.body.target == cell.id


def test_a_correction_of_what_is_not_on_record_is_not_authorised(committee: Committee) -> None:
    with pytest.raises(NotFound, match="no event"):
        committee.one(AuthoriseCorrection, decision="authority", target="none#0", reason="seen")


def test_a_correction_of_what_no_longer_stands_is_not_authorised_and_what_stands_is_named(
    committee: Committee,
) -> None:
    committee.opens(1)
    (cell,) = committee.assesses(1, {A: "X"})
    corrected = committee.corrects(cell, {"value": "?"})
    with pytest.raises(DoesNotStand, match=f"event {corrected.id} stands in its place"):
        authorise(committee, cell)
    void = committee.voids(corrected)
    with pytest.raises(DoesNotStand, match=f"event {cell.id} stands in its place"):
        authorise(committee, corrected)
    for stands in (cell, void):
        authorise(committee, stands)


def test_a_correction_within_an_opening_that_does_not_stand_is_not_authorised(committee: Committee) -> None:
    opening = committee.opens(1)
    (cell,) = committee.assesses(1, {A: "X"})
    committee.voids(opening)
    with pytest.raises(DoesNotStand, match="nor does the opening of its revision"):
        authorise(committee, cell)


def test_the_reversal_of_a_batch_is_authorised_by_naming_its_start_but_not_its_return(committee: Committee) -> None:
    authorise(committee, committee.imports())
    *_, reversed_ = committee.reverses()
    with pytest.raises(CannotBeStruck):
        authorise(committee, reversed_)


def test_late_history_may_tell_that_a_correction_was_authorised_before_it_was_made(committee: Committee) -> None:
    committee.opens(1, known="2011-05-01")
    (cell,) = committee.assesses(1, {A: "X"}, known="2011-05-02")
    committee.corrects(cell, {"value": "?"})
    authorise(committee, cell, within=committee.imports(), known="2011-06-01", role="chair")


def test_an_authority_is_not_entered_as_a_repair_noticed_before_it_was_known(committee: Committee) -> None:
    committee.opens(1)
    (cell,) = committee.assesses(1, {A: "X"})
    with pytest.raises(MalformedInput, match=r"before .* when what it enters was known") as refused:
        authorise(committee, cell, known="2012-01-02T11:30:00Z", noticed="2012-01-01")
    assert (refused.value.where, refused.value.remedy) == ("noticed", "state a later date, or when it was known")
    event = authorise(committee, cell, known="2011", noticed="2011-06-01")
    assert event.header.noticed_at == "2011-06-02T03:59:59.999999Z"


def test_an_expert_does_not_authorise_a_correction(committee: Committee) -> None:
    committee.grants("expert-1", "expert")
    with pytest.raises(NotPermitted, match="expert-1 holds no role that allows them to authorise a correction"):
        authorise(committee, committee.opens(1), actor="expert-1")
