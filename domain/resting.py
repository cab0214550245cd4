"""What rests on what: a fact is not struck while another that stands rests on it.

Two tables say all of it. `bears` tells which grounds a fact lays while it stands: the State, the document, the duty.
`rests` tells which grounds a fact stands on. Openings and seals, whose dates matter too, are in `matrix.guards`.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from domain import deadline, decision, ids, mandate, programme
from domain.actor import ActorRegistered, RoleDelegated, RoleGranted, RoleWithdrawn
from domain.canonical import encode, sha256
from domain.committee import experts, groups, offices
from domain.committee.experts import ExpertAppointed, ExpertReleased
from domain.committee.groups import GroupClosed, GroupEstablished
from domain.committee.members import MemberSeated
from domain.committee.offices import OfficeHeld, OfficeLeft
from domain.consent import ConsentGiven, ConsentWithdrawn
from domain.contact.events import (
    ContactBounced,
    ContactConfirmed,
    ContactEnded,
    ContactErased,
    ContactProposed,
    NoChangeOfContact,
)
from domain.deadline import DeadlineDropped, DeadlineExtended, StepDone
from domain.deciding import RecordView
from domain.decision import (
    DecisionAdopted,
    DecisionCirculated,
    DecisionNotAdopted,
    DecisionProposed,
    Item,
)
from domain.document import DocumentReadAgain, DocumentRegistered, DocumentWithdrawn
from domain.duty import deadline_of
from domain.duty_station import ClosureDeclared, ClosureLifted, HolidaysListed
from domain.holds import HoldLifted, HoldPlaced
from domain.mandate import MandateAdopted
from domain.mapping import MappingAdopted
from domain.matrix.events import CellAssessed, CellCorrected, MatrixApproved, RevisionOpened
from domain.programme import ProgrammeAdopted, ProgrammeTransmitted
from domain.recorded import Event
from domain.state import StateRegistered, StateRenamed
from domain.submission import NoChangeDeclared, SubmissionRead, SubmissionReceived, SubmissionWithdrawn
from domain.template import TemplateAdopted


class Ground(NamedTuple):
    """Something that facts rest on, by kind and name: `document` and `report-1`."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{_WORDS.get(self.kind, self.kind)} {self.name}"


_WORDS = {
    "adoption": "the adoption of decision",
    "closure": "the closure of",
    "details": "the details of contact",
    "group": "working group",
    "office": "the office of",
    "duty": "the duty",
    "item": "the adoption of item",
    "mandate": "a mandate that runs in",
    "resolution": "the resolution",
    "rule": "the rule of",
    "proposal": "the proposal of item",
    "state": "State",
    "step": "the step",
    "text": "the text of document",
}


def bears(body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact lays while it stands."""
    match body:
        case StateRegistered():
            yield Ground("state", body.state)
        case TemplateAdopted():
            yield Ground("template", body.template)
        case MappingAdopted():
            yield Ground("mapping", f"{body.from_template}-{body.to_template}")
        case DocumentRegistered():
            yield Ground("document", body.document)
            yield Ground("text", f"{body.document} with hash {body.content.sha256}")
        case SubmissionReceived() | NoChangeDeclared():
            yield Ground("submission", body.submission)
        case ActorRegistered():
            yield Ground("actor", body.actor)
        case DecisionProposed():
            yield Ground("decision", body.decision)
            yield from (_put(item, body.decision) for item in body.items)
        case DecisionAdopted():
            yield Ground("adoption", body.decision)
            yield from (Ground("item", f"{number} of {body.decision}") for number in body.items)
        case ProgrammeAdopted():
            yield Ground("programme", str(body.programme))
            for duty in body.duties:
                yield Ground("duty", duty.duty)
                yield from (Ground("step", f"{step.step} of {duty.duty}") for step in duty.steps)
        case MandateAdopted():
            yield from (Ground("mandate", month) for month in _months(body))
            yield Ground("resolution", body.mandate)
            yield from (Ground("rule", f"{rule.duty} by {body.mandate}") for rule in body.rules)
        case GroupEstablished():
            yield Ground("group", body.group)
        case OfficeHeld():
            yield Ground("office", _office(body))
        case ExpertAppointed():
            yield Ground("expert", body.expert)
        case ClosureDeclared():
            yield Ground("closure", f"{body.station} on {body.day}")
        case ContactProposed():
            yield Ground("contact", body.contact)
            yield _details(body)
        case _:
            pass


def rests(record: RecordView, body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact stands on; a matrix is looked up for what its own events do not say."""
    match body:
        case StateRenamed():
            yield Ground("state", body.state)
        case RoleGranted() | RoleDelegated() | RoleWithdrawn():
            yield Ground("actor", body.actor)
        case MappingAdopted():
            yield Ground("template", body.from_template)
            yield Ground("template", body.to_template)
        case DocumentRegistered() if body.translation_of is not None:
            yield Ground("document", body.translation_of)
        case DocumentReadAgain():
            yield Ground("document", body.document)
            yield from _text(record, body.document)
        case DocumentWithdrawn():
            yield from _documents(body.document, body.replaced_by)
        case SubmissionReceived() | NoChangeDeclared():
            yield Ground("state", body.state)
            yield from _documents(*body.documents)
        case SubmissionRead() | SubmissionWithdrawn():
            yield Ground("submission", body.submission)
        case DecisionCirculated():
            yield Ground("decision", body.decision)
        case DecisionAdopted() | DecisionNotAdopted():
            yield Ground("decision", body.decision)
            yield from (_put(item, body.decision) for item in _proposed(record, body.decision, body.items))
        case ProgrammeAdopted():
            yield from _documents(body.document_id)
            yield from _text(record, body.document_id)
            yield Ground("mandate", body.period_from[:7])
            alone = mandate.bearing(_resolutions(record), body.period_from)
            yield from () if alone is None else (Ground("resolution", alone.mandate),)
        case ProgrammeTransmitted():
            yield Ground("programme", str(body.programme))
            yield from _documents(body.document_id)
        case StepDone():
            yield Ground("duty", body.duty)
            yield Ground("step", f"{body.step} of {body.duty}")
            yield from _rule(record, body.duty)
            yield from _documents(body.document_id)
            yield from () if body.decision_id is None else (Ground("adoption", body.decision_id),)
        case DeadlineExtended() | DeadlineDropped():
            yield Ground("duty", body.duty)
            yield from _rule(record, body.duty)
            yield Ground("adoption", body.decision_id)
        case ConsentGiven() | ConsentWithdrawn():
            yield Ground("state", body.state)
            yield from _documents(body.document_id)
        case RevisionOpened():
            yield Ground("state", body.state)
            yield Ground("template", body.template)
            yield from _mapping(record, body)
        case CellAssessed() | CellCorrected():
            yield from _documents(*(source.document_id for source in body.sources))
        case MatrixApproved():
            yield from _items(record, body)
        case MemberSeated():
            yield Ground("state", body.state)
        case OfficeHeld():
            yield Ground("state", body.state)
            yield from () if body.group is None else (Ground("group", body.group),)
        case OfficeLeft():
            yield Ground("office", _office(body))
        case GroupEstablished() if body.decision_id is not None:
            yield Ground("adoption", body.decision_id)
        case GroupClosed():
            yield Ground("group", body.group)
        case ExpertAppointed():
            yield Ground("actor", body.expert)
        case ExpertReleased():
            yield Ground("expert", body.expert)
        case HolidaysListed():
            yield from _documents(body.document_id)
        case ClosureDeclared():
            yield from _documents(body.document_id)
        case ClosureLifted():
            yield Ground("closure", f"{body.station} on {body.day}")
        case ContactProposed():
            yield from () if body.state is None else (Ground("state", body.state),)
            yield from _documents(body.document_id)
        case ContactConfirmed():
            yield Ground("contact", body.contact)
            yield from _confirmed(record, body)
        case NoChangeOfContact() | ContactEnded():
            yield Ground("contact", body.contact)
            yield from _documents(body.document_id)
        case ContactBounced():
            yield Ground("contact", body.contact)
        case ContactErased():
            yield Ground("contact", body.contact)
            yield from _authority(body)
        case HoldPlaced() | HoldLifted():
            yield from _authority(body)
        case _:
            pass


def laid_in(ground: Ground, year: int) -> Iterable[str]:
    """Return the streams in which those who lay a ground are found, programmes up to those of a year."""
    match ground.kind:
        case "mandate" | "resolution" | "rule":
            return (mandate.STREAM,)
        case "duty" | "step":
            return _programmes(year)
        case "adoption":
            return (decision.stream(ground.name),)
        case "item":
            return (decision.stream(ground.name.rpartition(" ")[2]),)
        case "closure":
            return (f"calendar/{ground.name.partition(' ')[0]}",)
        case "details":
            return (f"contact/{ground.name.partition(' ')[0]}",)
        case "expert":
            return (experts.STREAM,)
        case "group":
            return (groups.STREAM,)
        case "office":
            return (offices.STREAM,)
        case "proposal":
            return (decision.stream(ground.name.split(" ")[2]),)
        case "text":
            return (f"document/{ground.name.partition(' ')[0]}",)
        case kind:
            return (f"{kind}/{ground.name}",)


def rested_on_in(ground: Ground, year: int) -> Iterable[str] | None:
    """Return the streams in which all who rest on a ground are found, or None where that may be any."""
    match ground.kind:
        case "mandate" | "resolution":
            return _programmes(year)
        case "duty":
            return (deadline.stream(deadline_of(ground.name)),)
        case "step":
            return (deadline.stream(deadline_of(ground.name.rpartition(" ")[2])),)
        case "actor":
            return (*laid_in(ground, year), experts.STREAM)
        case "group":
            return groups.STREAM, offices.STREAM
        case (
            "closure"
            | "contact"
            | "decision"
            | "details"
            | "expert"
            | "office"
            | "programme"
            | "proposal"
            | "submission"
        ):
            return laid_in(ground, year)
        case _:
            return None


def _details(body: ContactProposed) -> Ground:
    """Return what was proposed of a contact, word for word: what a second person confirmed does not change."""
    return Ground("details", f"{body.contact} in proposal {body.proposal} with hash {sha256(encode(body))}")


def _confirmed(record: RecordView, body: ContactConfirmed) -> Iterator[Ground]:
    for event in record.history(f"contact/{body.contact}").standing():
        if isinstance(event.body, ContactProposed) and event.body.proposal == body.proposal:
            yield _details(event.body)


def _authority(body: ContactErased | HoldPlaced | HoldLifted) -> Iterator[Ground]:
    yield from _documents(body.document_id)
    yield from () if body.decision_id is None else (Ground("adoption", body.decision_id),)


def _office(body: OfficeHeld | OfficeLeft) -> str:
    return " ".join(each for each in (body.office, body.group, "held by", body.state) if each)


def _resolutions(record: RecordView) -> tuple[MandateAdopted, ...]:
    return mandate.mandates(record.history(mandate.STREAM).standing())


def _rule(record: RecordView, duty: str) -> Iterator[Ground]:
    """Yield the rule by which a yearly duty falls due; the other duties are their programmes' own."""
    yearly = mandate.occurrence(duty)
    ruled = None if yearly is None else mandate.in_force(_resolutions(record), *yearly)
    if ruled is not None:
        yield Ground("rule", f"{ruled.rule.duty} by {ruled.mandate.mandate}")


def _programmes(year: int) -> Iterable[str]:
    return tuple(programme.stream(number) for number in range(1, year - mandate.FIRST_PROGRAMME + 2))


def _documents(*named: str | None) -> Iterator[Ground]:
    return (Ground("document", name) for name in named if name is not None)


def _months(body: MandateAdopted) -> Iterator[str]:
    """Yield the months in which a mandate runs; one without an end changes another that does."""
    if body.valid_to is not None:
        first, last = date.fromisoformat(body.valid_from), date.fromisoformat(body.valid_to)
        for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
            yield f"{month // 12:04}-{month % 12 + 1:02}"


def _text(record: RecordView, document: str) -> Iterator[Ground]:
    """Yield the text of a document as it is registered: offsets and quotations refer to it."""
    for event in record.history(f"document/{document}").standing():
        yield from (ground for ground in bears(event.body) if ground.kind == "text")


def _put(item: Item, decision: str) -> Ground:
    """Return an item as it was put before the Committee, with all that it would adopt."""
    return Ground("proposal", " ".join((f"{item.number} of {decision}", *item.rests_on)))


def _proposed(record: RecordView, decision_id: str, numbers: Iterable[int]) -> Iterator[Item]:
    for event in record.history(decision.stream(decision_id)).standing():
        if isinstance(event.body, DecisionProposed):
            yield from (item for item in event.body.items if item.number in numbers)


def _mapping(record: RecordView, body: RevisionOpened) -> Iterator[Ground]:
    """Yield the mapping by which a revision was seeded on another template than its source's."""
    for event in record.history(ids.matrix(body.state)).events:
        source = event.body
        if isinstance(source, RevisionOpened) and source.revision == body.seeded_from:
            if source.template != body.template:
                yield Ground("mapping", f"{source.template}-{body.template}")
            return


def _items(record: RecordView, body: MatrixApproved) -> Iterator[Ground]:
    """Yield the items that proposed an approved manifest; those of them that were adopted bear the approval."""
    for event in record.history(decision.stream(body.decision_id)).standing():
        if isinstance(event.body, DecisionProposed):
            for item in event.body.items:
                if body.manifest in item.rests_on:
                    yield Ground("item", f"{item.number} of {body.decision_id}")
