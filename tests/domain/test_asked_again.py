"""A correction satisfies the rules of the command that it puts right, and so does what stands again."""

from typing import Any

import pytest

from domain.actor import DelegateRole, GrantRole, WithdrawRole
from domain.adopting import AlreadyDecided, AlreadyProposed, WrongRecipients
from domain.correcting import Change, FixedMember
from domain.deadline import StepDone
from domain.decision import Adopt, Circulate, NotDecided, Propose, ProposedItem
from domain.fulfilling import NothingShowsIt, UnknownStep
from domain.mapping import IncompleteMapping, MappingAdopted
from domain.matrix import commands as c
from domain.programme import NotVerbatim
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.state import NamedBefore, RenameState, StateRegistered
from domain.submission import ReadSubmission, WithdrawSubmission
from domain.template import TemplateAdopted, WrongField
from domain.undermining import RestsOnIt
from tests.committee import A, Committee, body
from tests.domain.foundations import adopts, body_of, decided, done, first, mandated, receives, registers
from tests.histories.made_up import source


def refused(committee: Committee, target: Recorded, changes: dict[str, Change], refusal: type[Refusal]) -> Refusal:
    """Correct a fact as its command would not have recorded it; return what is said of that."""
    position = committee.record.position
    with pytest.raises(refusal) as said:
        committee.corrects(target, changes)
    assert committee.record.position == position
    return said.value


def rows(event: Recorded, member: str, **changed: Any) -> dict[str, Change]:
    """Return the rows of an event with members of the first changed."""
    found = body_of(event)[member]
    return {member: [found[0] | changed, *found[1:]]}


# Templates and mappings


def test_the_rows_of_a_template_are_put_right_as_a_template_may_have_them(committee: Committee) -> None:
    template = first(committee, TemplateAdopted, template="T1")
    refused(committee, template, rows(template, "fields", allowed=["MAYBE"]), WrongField)
    refused(committee, template, rows(template, "fields", confidence="sure"), MalformedInput)
    refused(committee, template, rows(template, "fields", section="OP9"), WrongField)
    corrected = committee.corrects(template, rows(template, "fields", label="Possess"))
    assert body(corrected).fields[0].label == "Possess"


def test_which_cells_a_template_has_is_not_corrected(committee: Committee) -> None:
    template = first(committee, TemplateAdopted, template="T1")
    fields = body_of(template)["fields"]
    for other in (fields[1:], fields[::-1]):
        assert "which cells" in refused(committee, template, {"fields": other}, FixedMember).what


def test_a_mapping_put_right_still_names_every_row_once(committee: Committee) -> None:
    mapping = first(committee, MappingAdopted, to_template="T2")
    refused(committee, mapping, {"rows": body_of(mapping)["rows"][1:]}, IncompleteMapping)
    refused(committee, mapping, rows(mapping, "rows", became="split"), IncompleteMapping)
    committee.corrects(mapping, rows(mapping, "rows", ground="the same words"))


# Documents


def test_the_content_of_a_document_is_put_right_by_bytes_that_are_in_the_store(committee: Committee) -> None:
    registered = registers(committee)
    absent = body_of(registered)["content"] | {"sha256": "0" * 64}
    refused(committee, registered, {"content": absent}, NotFound)
    refused(
        committee, registered, {"content": {"kind": "sealed", "sha256": None, "commitment": "0" * 64}}, MalformedInput
    )
    stored = body_of(registered)["content"] | {"sha256": committee.record.store(b"The right scan.")}
    refused(committee, registered, {"content": stored}, NotFound)
    committee.corrects(registered, {"content": stored, "size": len(b"The right scan.")})


def test_the_text_that_a_programme_quotes_is_not_exchanged_under_it(committee: Committee) -> None:
    registered = registers(committee)
    programme = adopts(committee)
    other = body_of(registered)["content"] | {"sha256": committee.record.store(b"Other words altogether")}
    told = refused(committee, registered, {"content": other, "size": 22}, RestsOnIt)
    assert programme.id in told.what


def test_who_may_read_a_document_follows_its_corrected_distribution(committee: Committee) -> None:
    registered = registers(committee, distribution="restricted")
    refused(committee, registered, {"distribution": "secret"}, MalformedInput)
    general = committee.corrects(registered, {"distribution": "general"})
    assert general.header.audience == ("public",)
    restricted = committee.corrects(general, {"distribution": "restricted"})
    assert restricted.header.audience == ("committee", "expert", "secretariat")


def test_a_document_that_was_received_on_another_day_was_known_on_that_day(committee: Committee) -> None:
    received = "2011-05-02T15:00:00.000000Z"
    for event in (registers(committee), receives(committee)):
        corrected = committee.corrects(event, {"received_at": received})
        assert (corrected.header.known_at, corrected.header.known_precision) == (received, "instant")
        with pytest.raises(MalformedInput, match="received"):
            committee.corrects(corrected, {"received_at": "2011-06-02T15:00:00.000000Z"}, known="2011-05-02")


def test_a_document_is_corrected_to_translate_one_on_record_and_not_itself(committee: Committee) -> None:
    registers(committee)
    translated = registers(committee, "report-1-fr")
    for name in ("never", "report-1-fr"):
        refused(committee, translated, {"translation_of": name}, NotFound)
    committee.corrects(translated, {"translation_of": "report-1"})


def test_what_cites_a_document_is_not_corrected_to_cite_one_that_is_not_on_record(committee: Committee) -> None:
    registers(committee)
    committee.opens(1)
    (cell,) = committee.assesses(1, {A: "X"}, sources=(source(),))
    cited = rows(cell, "sources", document_id="never")
    assert refused(committee, cell, cited, NotFound).where == "sources[0].document_id"
    refused(committee, receives(committee), {"documents": ["never"]}, NotFound)
    consent = committee.one(c.GiveConsent, state="KEN", scope="share", partners=("state:FRA",))
    refused(committee, consent, {"document_id": "never"}, NotFound)


# Decisions and deadlines


def test_items_are_corrected_until_they_are_decided_and_keep_their_numbers(committee: Committee) -> None:
    items = tuple(ProposedItem(number=number, text="") for number in (1, 2))
    proposed = committee.one(Propose, decision="d-1", title="", items=items)
    refused(committee, proposed, {"items": []}, MalformedInput)
    refused(committee, proposed, rows(proposed, "items", number=2), MalformedInput)
    proposed = committee.corrects(proposed, rows(proposed, "items", rests_on=["0" * 64]))
    adoption = committee.one(Adopt, decision="d-1", meeting="m", items=(1,))
    told = refused(committee, proposed, rows(proposed, "items", rests_on=["1" * 64]), RestsOnIt)
    assert adoption.id in told.what
    refused(committee, proposed, {"items": body_of(proposed)["items"][1:]}, RestsOnIt)
    committee.corrects(proposed, rows(proposed, "items", text="the annual review"))


def test_an_adoption_is_corrected_to_items_that_are_there_and_undecided(committee: Committee) -> None:
    items = tuple(ProposedItem(number=number, text="") for number in (1, 2, 3))
    committee.one(Propose, decision="d-1", title="", items=items)
    one, two = (committee.one(Adopt, decision="d-1", meeting="m", items=(number,)) for number in (1, 2))
    refused(committee, one, {"items": [1, 2]}, AlreadyDecided)
    refused(committee, one, {"items": [9]}, NotFound)
    refused(committee, one, {"items": []}, MalformedInput)
    corrected = committee.corrects(one, {"items": [1, 3]})
    assert body(corrected).items == (1, 3)
    committee.voids(two)
    committee.corrects(corrected, {"items": [1, 2]})


def test_a_circulation_is_corrected_to_roles_that_there_are(committee: Committee) -> None:
    decided(committee)
    circulated = committee.one(Circulate, decision="d-1", recipients=("member",))
    refused(committee, circulated, {"recipients": ["delegations"]}, WrongRecipients)
    committee.corrects(circulated, {"recipients": ["member", "expert"]})


def test_a_step_is_corrected_to_one_of_its_duty_that_something_shows(committee: Committee) -> None:
    registers(committee)
    adopts(committee)
    step = done(committee)
    refused(committee, step, {"step": "begun"}, UnknownStep)
    refused(committee, step, {"document_id": None}, NothingShowsIt)
    refused(committee, step, {"document_id": None, "decision_id": "d-1"}, NotDecided)
    decided(committee)
    corrected = committee.corrects(step, {"document_id": None, "decision_id": "d-1"})
    assert body(corrected) == StepDone(
        deadline="duty/WEB", duty="WEB", step="done", document_id=None, decision_id="d-1", note=""
    )


def test_what_late_history_could_not_show_need_not_be_shown_to_correct_it(committee: Committee) -> None:
    registers(committee)
    adopts(committee)
    step = done(committee, document=None, within=committee.imports())
    committee.corrects(step, {"note": "as the Chair recalls"})


def test_a_programme_is_not_corrected_to_words_that_its_document_does_not_have(committee: Committee) -> None:
    registers(committee)
    programme = adopts(committee)
    passage = body_of(programme)["duties"][0]["passages"][0] | {"quotation": "Deeds"}
    refused(committee, programme, rows(programme, "duties", passages=[passage]), NotVerbatim)
    refused(committee, programme, {"period_to": "2001-01-01"}, MalformedInput)


def test_the_dates_of_a_mandate_stay_in_order(committee: Committee) -> None:
    refused(
        committee, mandated(committee, "1977", "2011-04-20", "2021-04-25"), {"valid_to": "2010-01-01"}, MalformedInput
    )


# Roles


def test_the_period_and_the_scope_of_a_role_are_put_right_as_they_may_be_granted(committee: Committee) -> None:
    granted = committee.grants("expert-1", "expert", valid_from="2012-01-01")
    refused(committee, granted, {"valid_to": "2011-12-31"}, MalformedInput)
    refused(committee, granted, {"role": "editor"}, MalformedInput)
    refused(committee, granted, {"role": "state", "scope": "ZZZ"}, NotFound)
    refused(committee, granted, {"scope": "KEN"}, MalformedInput)
    committee.corrects(granted, {"valid_to": "2012-12-31"})


def test_a_delegation_is_put_right_within_the_role_of_who_delegates(committee: Committee) -> None:
    committee.grants("expert-1", "expert", valid_to="2012-06-30")
    committee.grants("expert-2", "member")
    about: dict[str, Any] = {
        "to": "expert-2",
        "delegated_role": "expert",
        "actor": "expert-1",
        "valid_to": "2012-03-31",
    }
    delegated = committee.one(DelegateRole, **about)
    refused(committee, delegated, {"valid_to": "2012-12-31"}, Conflict)
    refused(committee, delegated, {"role": "chair"}, Conflict)
    committee.on("2013-01-10")
    committee.corrects(delegated, {"valid_to": "2012-04-30"})


def test_the_reason_of_a_withdrawn_role_is_put_right_after_the_role_was_granted_and_withdrawn_again(
    committee: Committee,
) -> None:
    committee.grants("expert-1", "expert")
    taken: dict[str, Any] = {"of": "expert-1", "withdrawn_role": "expert", "reason": "leaves"}
    withdrawn = committee.one(WithdrawRole, **taken)
    committee.one(GrantRole, to="expert-1", granted_role="expert")
    committee.one(WithdrawRole, **taken)
    corrected = committee.corrects(withdrawn, {"reason": "end of contract"})
    refused(committee, corrected, {"role": "chair"}, NotFound)


# States and submissions


def test_a_state_is_not_corrected_to_have_had_another_name_before_its_first(committee: Committee) -> None:
    registered = first(committee, StateRegistered, state="KEN")
    renamed = committee.one(RenameState, state="KEN", name="Republic of Kenya", name_fr="Kenya", known="2010-01-01")
    with pytest.raises(NamedBefore):
        committee.corrects(renamed, known="2007-01-01")
    with pytest.raises(NamedBefore):
        committee.corrects(registered, known="2011-01-01")
    committee.corrects(registered, known="2007-01-01")


def test_what_became_of_a_submission_is_put_right_in_its_order(committee: Committee) -> None:
    received = receives(committee, known="2011-01-05")
    refused(committee, received, {"kind": "novel"}, MalformedInput)
    committee.on("2012-02-01")
    read = committee.one(ReadSubmission, submission="sub-1")
    committee.on("2012-03-01")
    withdrawn = committee.one(WithdrawSubmission, submission="sub-1", reason="sent in error")
    committee.corrects(read, {"note": "nothing on borders"})
    committee.corrects(withdrawn, {"reason": "sent to us in error"})
    committee.corrects(received, {"note": "by hand"})


# What stands again


def test_a_fact_that_was_recorded_anew_meanwhile_does_not_stand_again_beside_it(committee: Committee) -> None:
    item = ProposedItem(number=1, text="")
    void_of_proposal = committee.voids(committee.one(Propose, decision="d-1", title="", items=(item,)))
    decided(committee)
    with pytest.raises(AlreadyProposed):
        committee.voids(void_of_proposal)
    void_of_document = committee.voids(registers(committee))
    registers(committee)
    with pytest.raises(Conflict, match="report-1 is registered already"):
        committee.voids(void_of_document)


def test_a_correction_is_not_taken_back_where_what_it_put_right_no_longer_fits(committee: Committee) -> None:
    items = tuple(ProposedItem(number=number, text="") for number in (1, 2))
    committee.one(Propose, decision="d-1", title="", items=items)
    corrected = committee.corrects(committee.one(Adopt, decision="d-1", meeting="m"), {"items": [1]})
    committee.one(Adopt, decision="d-1", meeting="m", items=(2,))
    with pytest.raises(AlreadyDecided):
        committee.voids(corrected)
