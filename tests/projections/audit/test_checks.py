"""What each check finds, on records that hold also what the rules would have refused; and what it does not find."""

from typing import Any

import pytest

from domain.actor import RoleGranted, RoleWithdrawn
from domain.consent import ConsentGiven, ConsentWithdrawn, Published, Unpublished
from domain.content import Content
from domain.decision import (
    CorrectionAuthorised,
    DecisionAdopted,
    DecisionCirculated,
    DecisionProposed,
    Item,
)
from domain.document import DocumentRegistered, DocumentWithdrawn
from domain.matrix.events import (
    CellAssessed,
    CellCorrected,
    MatrixApproved,
    MatrixRecordedInError,
    RevisionOpened,
    RevisionSealed,
    Source,
)
from domain.recorded import Recorded
from domain.records import BatchImported, EventSkipped
from domain.refusals import NotFound
from projections.audit import approvals, batches, gaps, persons, publications, roles, skips, sources
from projections.audit.catalogue import CHECKS, chosen
from tests.projections.audit.given import CELL, Office

OTHER = "f" * 64
CITED = Source(document_id="report", locator="p. 1", quotation="a law", language="en", translation="")


@pytest.fixture
def office() -> Office:
    return Office()


def opens(office: Office, day: str = "2013-01-02") -> Recorded:
    body = RevisionOpened(state="KEN", revision=1, template="T1", seeded_from=None, carried=None)
    return office.did("matrix/KEN", body, day)


def assesses(office: Office, day: str = "2013-01-03", **said: Any) -> Recorded:
    header = {name: said.pop(name) for name in ("actor", "role", "known", "causation_id") if name in said}
    body: dict[str, Any] = {
        "state": "KEN",
        "revision": 1,
        "cell": CELL,
        "value": "X",
        "sources": (CITED,),
        "in_force_from": None,
        "in_force_to": None,
        "note": "",
        "replaces": None,
    }
    return office.did(
        "matrix/KEN/1", CellAssessed(**body | said), day, **({"actor": "expert", "role": "expert"} | header)
    )


def corrects(office: Office, struck: Recorded, day: str, **header: Any) -> Recorded:
    assert isinstance(struck.body, CellAssessed)
    body: dict[str, Any] = {name: getattr(struck.body, name) for name in CellAssessed.__struct_fields__}
    changed: dict[str, Any] = {"value": "?"}
    return office.strikes(struck, CellCorrected(**body | changed, reason="typing error"), day, **header)


def proposes(office: Office, manifest: str, *, circulated: tuple[str, ...] | None = (), adopted: bool = True) -> None:
    items = (Item(number=1, text="approve", rests_on=(manifest,)),)
    office.did("decision/d", DecisionProposed(decision="d", title="", items=items), "2013-02-01")
    if circulated is not None:
        circulation = DecisionCirculated(decision="d", recipients=("member",), documents=circulated)
        office.did("decision/d", circulation, "2013-02-02")
    if adopted:
        office.did("decision/d", DecisionAdopted(decision="d", items=(1,), meeting="m"), "2013-02-10")


def approves(office: Office, manifest: str, day: str = "2013-02-11", **header: Any) -> Recorded:
    body = MatrixApproved(state="KEN", revision=1, manifest=manifest, decision_id="d", basis=())
    return office.did("matrix/KEN", body, day, **header)


def test_an_approval_under_a_decision_that_adopted_what_was_circulated_is_no_finding(office: Office) -> None:
    opens(office)
    manifest = office.manifest()
    proposes(office, manifest, circulated=(manifest,))
    approves(office, manifest)
    assert office.found(approvals.UNDECIDED) == []


@pytest.mark.parametrize(
    ("proposed", "circulated", "adopted", "what"),
    [
        (None, (), False, "no adoption of decision d is on record by then"),
        (OTHER, (), True, "decision d adopted no item that rests on the manifest approved"),
        (None, None, True, "no circulation of decision d is on record before it was adopted"),
        (None, (OTHER,), True, "the manifest approved was not among what was circulated with decision d"),
    ],
)
def test_an_approval_that_does_not_rest_on_its_decision_is_found(
    office: Office, proposed: str | None, circulated: tuple[str, ...] | None, adopted: bool, what: str
) -> None:
    opens(office)
    manifest = office.manifest()
    proposes(office, proposed or manifest, circulated=circulated, adopted=adopted)
    approval = approves(office, manifest)
    assert office.found(approvals.UNDECIDED) == [(approval.position, f"revision 1 of KEN: {what}")]


def test_an_approval_before_the_adoption_was_known_is_found(office: Office) -> None:
    opens(office)
    manifest = office.manifest()
    proposes(office, manifest)
    approval = approves(office, manifest, "2013-02-20", known="2013-02-05")
    assert [position for position, _ in office.found(approvals.UNDECIDED)] == [approval.position]


def test_what_was_corrected_after_approval_is_found_until_it_is_approved_again(office: Office) -> None:
    opens(office)
    cell = assesses(office)
    approval = approves(office, office.manifest(cell))
    assert office.found(approvals.NOT_AGAIN) == []
    correction = corrects(office, cell, "2013-03-01")
    ((position, what),) = office.found(approvals.NOT_AGAIN)
    assert (position, f"approved at position {approval.position}" in what) == (correction.position, True)
    approves(office, office.manifest(correction), "2013-04-01")
    assert office.found(approvals.NOT_AGAIN) == []


def test_what_was_voided_after_approval_is_found_only_where_that_was_noticed_by_then(office: Office) -> None:
    opens(office)
    cell = assesses(office)
    approves(office, office.manifest(cell))
    void = office.strikes(cell, MatrixRecordedInError(reason="another State's"), "2013-03-01")
    assert [position for position, _ in office.found(approvals.NOT_AGAIN)] == [void.position]
    before = {"known_at": "2013-02-20T00:00:00.000000Z", "reading": "stood"}
    assert office.found(approvals.NOT_AGAIN, **before) == []


def consents(office: Office, day: str, valid_to: str | None = None) -> None:
    body = ConsentGiven(
        state="KEN",
        scope="publish",
        manifest=None,
        partners=(),
        valid_from=None,
        valid_to=valid_to,
        letter=None,
        document_id=None,
    )
    office.did("consent/KEN", body, day)


def publishes(office: Office, day: str) -> Recorded:
    return office.did("consent/KEN", Published(state="KEN", manifest=OTHER, basis=()), day)


def test_a_publication_is_found_where_consent_came_later_or_was_taken_back_before(office: Office) -> None:
    first = publishes(office, "2013-01-10")
    consents(office, "2013-01-20")
    publishes(office, "2013-02-10")
    withdrawn = ConsentWithdrawn(state="KEN", scope="publish", manifest=None, document_id=None)
    office.did("consent/KEN", withdrawn, "2013-03-01")
    second = publishes(office, "2013-03-10")
    assert [position for position, _ in office.found(publications.UNCONSENTED)] == [first.position, second.position]


def test_what_stays_published_when_consent_has_run_out_is_found_until_it_is_taken_down(office: Office) -> None:
    consents(office, "2013-01-05", valid_to="2013-12-31")
    published = publishes(office, "2013-01-10")
    assert office.found(publications.STILL_SHOWN, day="2013-12-31") == []
    ((position, what),) = office.found(publications.STILL_SHOWN, day="2014-01-01")
    assert (position, "on 2014-01-01 no consent of KEN" in what) == (published.position, True)
    office.did("consent/KEN", Unpublished(state="KEN", manifest=OTHER, basis=()), "2014-01-02")
    assert office.found(publications.STILL_SHOWN, day="2014-01-03") == []


def test_an_x_and_a_question_mark_want_a_source_and_a_blank_does_not(office: Office) -> None:
    opens(office)
    bare = [assesses(office, value=value, sources=()) for value in ("X", "?", "NA", "")]
    assert [position for position, _ in office.found(sources.UNSOURCED)] == [bare[0].position, bare[1].position]


def test_a_cell_whose_opening_was_voided_is_not_looked_at(office: Office) -> None:
    opening = opens(office)
    assesses(office, sources=())
    office.strikes(opening, MatrixRecordedInError(reason="in error"), "2013-01-09")
    assert office.found(sources.UNSOURCED) == []


def registers(office: Office, day: str, **header: Any) -> Recorded:
    body = DocumentRegistered(
        document="report",
        title="a report",
        content=Content(kind="plain", sha256=OTHER, commitment=None),
        size=1,
        media_type="text/plain",
        language="en",
        symbol=None,
        source="",
        dated=None,
        received_at=None,
        sender="",
        their_reference=None,
        our_reference=None,
        distribution="general",
        translation_of=None,
        retrieved_at=None,
        licence="",
    )
    return office.did("document/report", body, day, **header)


def test_a_source_is_on_record_when_it_is_cited(office: Office) -> None:
    opens(office)
    early = assesses(office, "2013-01-03")
    registers(office, "2013-01-05")
    assesses(office, "2013-01-06")
    ((position, what),) = office.found(sources.UNFIT)
    assert (position, what.endswith("cites report: it was known only on 2013-01-05")) == (early.position, True)


def test_a_source_known_only_by_its_month_may_have_been_there(office: Office) -> None:
    opens(office)
    registers(office, "2013-02-05", known_at="2013-02-01T04:59:59.999999Z", known_precision="month")
    assesses(office, "2013-02-06", known="2013-01-15")
    assert office.found(sources.UNFIT) == []


def test_a_source_that_was_replaced_before_is_found_and_one_replaced_after_is_not(office: Office) -> None:
    opens(office)
    registers(office, "2013-01-02")
    assesses(office, "2013-01-03")
    office.did(
        "document/report",
        DocumentWithdrawn(document="report", reason="corrigendum", replaced_by="report-2"),
        "2013-02-01",
    )
    later = assesses(office, "2013-02-02")
    ((position, what),) = office.found(sources.UNFIT)
    assert (position, what.endswith("it was replaced by report-2 before")) == (later.position, True)


def test_a_source_that_is_not_on_record_is_found(office: Office) -> None:
    opens(office)
    assesses(office)
    assert [what.rpartition(": ")[2] for _, what in office.found(sources.UNFIT)] == ["no such document is on record"]


def test_who_assessed_cells_and_seals_them_is_found_and_another_is_not(office: Office) -> None:
    opens(office)
    assesses(office, actor="expert-1")
    assesses(office, actor="expert-2")
    body = RevisionSealed(state="KEN", revision=1, manifest=office.manifest())
    seal = office.did("matrix/KEN", body, "2013-02-01", actor="expert-1", role="expert")
    approves(office, office.manifest(), actor="chair")
    assert office.found(persons.OWN_WORK) == [
        (seal.position, "revision 1 of KEN was sealed by expert-1, who assessed 1 of its cells")
    ]


def authorises(office: Office, target: Recorded, actor: str) -> str:
    body = CorrectionAuthorised(decision="a", target=target.id, reason="seen")
    return office.did("decision/a", body, "2013-02-25", actor=actor).id


def test_a_correction_of_what_was_approved_has_a_second_person(office: Office) -> None:
    opens(office)
    cell = assesses(office)
    approves(office, office.manifest(cell))
    corrects(office, cell, "2013-03-01", causation_id=authorises(office, cell, "sec2"))
    assert office.found(persons.ALONE) == []


def test_a_correction_without_a_second_person_or_by_the_same_is_found(office: Office) -> None:
    opens(office)
    cell = assesses(office)
    corrects(office, cell, "2013-02-01")  # nothing is approved yet
    other = assesses(office)
    approves(office, office.manifest(other))
    bare = corrects(office, other, "2013-03-01")
    own = office.strikes(
        bare, MatrixRecordedInError(reason="no"), "2013-03-02", causation_id=authorises(office, bare, "sec")
    )
    first, second = office.found(persons.ALONE)
    assert first == (bare.position, "changes what was approved, and no second person's authority is its cause")
    assert (second[0], "given by the same actor" in second[1]) == (own.position, True)


def grants(office: Office, day: str, actor: str, role: str, valid_to: str | None = None) -> None:
    body = RoleGranted(actor=actor, role=role, scope="", valid_from=None, valid_to=valid_to, granted_by="sec")
    office.did(f"actor/{actor}", body, day)


def test_a_role_exercised_after_its_period_or_after_it_was_withdrawn_is_found_once_with_a_count(office: Office) -> None:
    grants(office, "2013-01-01", "sec", "secretariat")
    grants(office, "2013-01-01", "expert", "expert", valid_to="2013-01-31")
    grants(office, "2013-01-01", "other", "expert")
    assesses(office, "2013-01-31")
    late = assesses(office, "2013-02-01")
    assesses(office, "2013-02-02")
    assesses(office, "2013-02-03", actor="other")
    office.did("actor/other", RoleWithdrawn(actor="other", role="expert", scope="", reason="left"), "2013-02-04")
    left = assesses(office, "2013-02-05", actor="other")
    found = list(roles.CHECK.find(office.trail()))
    assert [(each.event.position, each.events) for each in found] == [(late.position, 2), (left.position, 1)]


def test_late_entries_are_told_apart_from_what_a_batch_brought(office: Office) -> None:
    batch = office.did(
        "record/batch/old", BatchImported(batch="old", source="files", sha256=OTHER, commands=2), "2013-06-01"
    )
    assesses(office, "2013-06-01", known="2010-01-01", causation_id=batch.id)
    assesses(office, "2013-06-01", known="2011-01-01", causation_id=batch.id)
    live = assesses(office, "2013-06-02", known="2013-04-01")
    assesses(office, "2013-06-03", known="2013-05-20")
    brought, entered = gaps.CHECK.find(office.trail(gap_days=30))
    assert (brought.events, brought.what) == (2, "recorded 882 to 1247 days after it was known or noticed")
    assert (entered.event, entered.events) == (live, 1)
    assert len(list(gaps.CHECK.find(office.trail(gap_days=62)))) == 1


def test_a_correction_is_late_when_the_error_was_noticed_long_before(office: Office) -> None:
    cell = assesses(office, "2013-01-03")
    corrects(office, cell, "2013-12-01")
    late = corrects(office, cell, "2013-12-02", noticed_at="2013-06-01T17:00:00.000000Z")
    assert [position for position, _ in office.found(gaps.CHECK)] == [late.position]


def test_a_batch_says_how_much_it_brought_and_what_it_claims(office: Office) -> None:
    batch = office.did(
        "record/batch/old", BatchImported(batch="old", source="files", sha256=OTHER, commands=1), "2013-06-01"
    )
    assesses(office, "2013-06-01", known="2010-01-01", causation_id=batch.id)
    (found,) = batches.CHECK.find(office.trail())
    assert (found.event, found.events) == (batch, 2)
    assert "claims what was known from 2010-01-01 to 2010-01-01 and who did it, events by role: expert 1" in found.what


def test_a_skip_is_found(office: Office) -> None:
    skip = office.did("record/views", EventSkipped(view="documents", position=7, reason="unreadable"), "2013-06-01")
    assert office.found(skips.CHECK) == [(skip.position, "view documents goes on without position 7: unreadable")]


def test_nothing_is_found_before_it_was_recorded(office: Office) -> None:
    grants(office, "2013-01-01", "sec", "secretariat")
    opens(office)
    assesses(office, "2013-01-03", sources=())
    trail = office.trail(known_at="2013-01-03T00:00:00.000000Z")
    assert [found for check in CHECKS.values() for found in check.find(trail)] == []


def test_a_check_that_is_mistyped_is_named() -> None:
    assert chosen(()) == tuple(CHECKS.values())
    assert [check.name for check in chosen(["recorded-late", "recorded-late"])] == ["recorded-late"]
    with pytest.raises(NotFound, match="recorded-lat") as refused:
        chosen(["recorded-lat"])
    assert "did you mean recorded-late?" in str(refused.value)
