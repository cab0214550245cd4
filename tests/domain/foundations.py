"""Facts on which others rest, and others that rest on them: each function gives what it says."""

from collections.abc import Callable
from typing import Any

import msgspec

from domain.actor import GrantRole, RegisterActor
from domain.corrected_reading import ReadAgain
from domain.deadline import DropDeadline, ExtendDeadline, RecordStep
from domain.decision import Adopt, Circulate, Propose, ProposedItem
from domain.document import RegisterDocument
from domain.duty import Duty, Passage, Step
from domain.mandate import AdoptMandate
from domain.mapping import MappingAdopted
from domain.matrix import commands as c
from domain.organization.registering import RegisterOrganization
from domain.programme import AdoptProgramme, TransmitProgramme
from domain.recorded import Event, Recorded
from domain.state import RenameState, StateRegistered
from domain.submission import DeclareNoChange, ReadSubmission, ReceiveSubmission
from tests.committee import A, Committee
from tests.histories.made_up import source

TEXT = b"Words of the programme."


def first(committee: Committee, kind: type[Event], **members: Any) -> Recorded:
    """Return the first event of a type with these members."""
    return next(
        event
        for event in committee.record.events
        if isinstance(event.body, kind) and all(getattr(event.body, name) == value for name, value in members.items())
    )


def names_organizations(committee: Committee, *names: str) -> None:
    """Put organizations on record."""
    for name in names:
        about: dict[str, Any] = {"kind": "international", "title": name, "title_fr": name}
        committee.one(RegisterOrganization, organization=name, **about)


def registers(committee: Committee, name: str = "report-1", **members: Any) -> Recorded:
    sha256 = committee.record.store(TEXT)
    about: dict[str, Any] = {
        "document": name,
        "distribution": "general",
        "title": "",
        "sha256": sha256,
        "size": len(TEXT),
        "media_type": "text/plain",
        "language": "en",
    }
    return committee.one(RegisterDocument, **(about | members))


def receives(committee: Committee, name: str = "sub-1", **members: Any) -> Recorded:
    about: dict[str, Any] = {
        "submission": name,
        "state": "KEN",
        "kind": "other",
        "documents": (),
        "received": "2012-01-01",
    }
    return committee.one(ReceiveSubmission, **(about | members))


def mandated(committee: Committee, name: str, begins: str, ends: str | None, **members: Any) -> Recorded:
    about: dict[str, Any] = {"resolution": f"S/RES/{name}", "adopted": begins, "valid_from": begins, "valid_to": ends}
    return committee.one(AdoptMandate, mandate=name, **about | members)


def duty(name: str) -> Duty:
    return Duty(
        duty=name,
        paragraph="1",
        kind="standing",
        text="",
        owes="Committee",
        counterpart="",
        due=None,
        due_policy=None,
        due_basis="none",
        recurrence="",
        done_when="",
        evidence="",
        remind="",
        words="",
        notes="",
        passages=(Passage(paragraph="1", start=0, end=5, quotation="Words"),),
        wordings=(),
        steps=(Step(step="done", says="done"),),
    )


def adopts(committee: Committee, number: int = 11, *duties: str, **members: Any) -> Recorded:
    about: dict[str, Any] = {
        "programme": number,
        "period_from": f"{2001 + number}-06-01",
        "period_to": f"{2002 + number}-05-31",
    }
    named: dict[str, Any] = {"document": "report-1", "duties": tuple(map(duty, duties or ("WEB",)))}
    return committee.one(AdoptProgramme, **(about | named | members))


def done(committee: Committee, name: str = "WEB", **members: Any) -> Recorded:
    about: dict[str, Any] = {"deadline": f"duty/{name}", "duty": name, "step": "done", "document": "report-1"}
    return committee.one(RecordStep, **about | members)


def decided(committee: Committee, name: str = "d-1") -> tuple[Recorded, Recorded]:
    item = ProposedItem(number=1, text="")
    proposed = committee.one(Propose, decision=name, title="", items=(item,))
    return proposed, committee.one(Adopt, decision=name, meeting="m")


def body_of(event: Recorded) -> dict[str, Any]:
    """Return the members of a body as a correction states them."""
    found: dict[str, Any] = msgspec.to_builtins(event.body)
    return found


Holding = Callable[[Committee], tuple[Recorded, Recorded]]


def state_by_revision(committee: Committee) -> tuple[Recorded, Recorded]:
    return first(committee, StateRegistered, state="KEN"), committee.opens(1)


def state_by_submission(committee: Committee) -> tuple[Recorded, Recorded]:
    return first(committee, StateRegistered, state="KEN"), receives(committee)


def state_by_no_change(committee: Committee) -> tuple[Recorded, Recorded]:
    about: dict[str, Any] = {"submission": "sub-2", "state": "KEN", "since": "2010", "received": "2012-01-01"}
    return first(committee, StateRegistered, state="KEN"), committee.one(DeclareNoChange, **about)


def state_by_consent(committee: Committee) -> tuple[Recorded, Recorded]:
    return first(committee, StateRegistered, state="KEN"), committee.one(c.GiveConsent, state="KEN", scope="publish")


def state_by_name(committee: Committee) -> tuple[Recorded, Recorded]:
    renamed = committee.one(RenameState, state="KEN", name="Kenya", name_fr="Kenya")
    return first(committee, StateRegistered, state="KEN"), renamed


def mapping_by_seeding(committee: Committee) -> tuple[Recorded, Recorded]:
    committee.sealed(1, {A: "X"})
    return first(committee, MappingAdopted, to_template="T2"), committee.opens(2, "T2", seeded_from=1)


def mandate_by_programme(committee: Committee) -> tuple[Recorded, Recorded]:
    registers(committee)
    return mandated(committee, "1977", "2011-04-20", "2021-04-25"), adopts(committee)


def programme_by_step(committee: Committee) -> tuple[Recorded, Recorded]:
    registers(committee)
    return adopts(committee), done(committee)


def programme_by_extension(committee: Committee) -> tuple[Recorded, Recorded]:
    registers(committee)
    decided(committee)
    about: dict[str, Any] = {
        "deadline": "duty/WEB",
        "duty": "WEB",
        "due": "2013-01-31",
        "decision": "d-1",
        "reason": "",
    }
    return adopts(committee), committee.one(ExtendDeadline, **about)


def programme_by_transmission(committee: Committee) -> tuple[Recorded, Recorded]:
    registers(committee)
    return adopts(committee), committee.one(TransmitProgramme, programme=11)


def document_by_cell(committee: Committee) -> tuple[Recorded, Recorded]:
    document = registers(committee)
    committee.opens(1)
    return document, committee.assesses(1, {A: "X"}, sources=(source(),))[0]


def document_by_programme(committee: Committee) -> tuple[Recorded, Recorded]:
    return registers(committee), adopts(committee)


def document_by_submission(committee: Committee) -> tuple[Recorded, Recorded]:
    return registers(committee), receives(committee, documents=("report-1",))


def document_by_translation(committee: Committee) -> tuple[Recorded, Recorded]:
    return registers(committee), registers(committee, "report-1-fr", translation_of="report-1")


def document_by_reading(committee: Committee) -> tuple[Recorded, Recorded]:
    return registers(committee), committee.one(ReadAgain, document="report-1", mended=())


def document_by_step(committee: Committee) -> tuple[Recorded, Recorded]:
    registers(committee)
    adopts(committee)
    return registers(committee, "report-2"), done(committee, document="report-2")


def submission_by_reading(committee: Committee) -> tuple[Recorded, Recorded]:
    return receives(committee), committee.one(ReadSubmission, submission="sub-1")


def proposal_by_circulation(committee: Committee) -> tuple[Recorded, Recorded]:
    proposed = committee.one(Propose, decision="d-1", title="", items=(ProposedItem(number=1, text=""),))
    return proposed, committee.one(Circulate, decision="d-1", recipients=("member",))


def proposal_by_adoption(committee: Committee) -> tuple[Recorded, Recorded]:
    return decided(committee)


def adoption_by_step(committee: Committee) -> tuple[Recorded, Recorded]:
    registers(committee)
    adopts(committee)
    return decided(committee)[1], done(committee, decision="d-1")


def adoption_by_dropping(committee: Committee) -> tuple[Recorded, Recorded]:
    registers(committee)
    adopts(committee)
    about: dict[str, Any] = {"deadline": "duty/WEB", "duty": "WEB", "decision": "d-1", "reason": ""}
    return decided(committee)[1], committee.one(DropDeadline, **about)


def actor_by_role(committee: Committee) -> tuple[Recorded, Recorded]:
    registered = committee.one(RegisterActor, name="expert-1")
    return registered, committee.one(GrantRole, to="expert-1", granted_role="expert")
