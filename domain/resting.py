"""What rests on what: a fact is not struck while another that stands rests on it.

Two tables say all of it. `bears` tells which grounds a fact lays while it stands: the State, the document, the duty.
`rests` tells which grounds a fact stands on. Openings and seals, whose dates matter too, are in `matrix.guards`.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from domain import deadline, decision, ids, knowledge, mandate, programme
from domain.actor import ActorRegistered, RoleDelegated, RoleGranted, RoleWithdrawn
from domain.assistance import grounds as assistance
from domain.canonical import encode, sha256
from domain.committee import experts, groups, offices, roster
from domain.committee.experts import ExpertAppointed, ExpertReleased
from domain.committee.groups import GroupClosed, GroupEstablished
from domain.committee.members import MemberSeated
from domain.committee.offices import OfficeHeld, OfficeLeft
from domain.consent import ConsentAsked, ConsentGiven, ConsentRefused, ConsentWithdrawn
from domain.contact.events import (
    ContactBounced,
    ContactConfirmed,
    ContactEnded,
    ContactErased,
    ContactProposed,
    NoChangeOfContact,
)
from domain.correspondence import handling, letters
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
from domain.exchange import clarification, comments, non_reporting, replying
from domain.exchange.sending import MatrixSent
from domain.holds import HoldLifted, HoldPlaced
from domain.mandate import MandateAdopted
from domain.mapping import MappingAdopted
from domain.matrix.events import CellAssessed, CellCorrected, MatrixApproved, RevisionOpened
from domain.meetings import holding, reports, schedule
from domain.meetings.concluding import content_hash
from domain.meetings.conclusions import (
    ConclusionsApproved,
    ConclusionsDiscussed,
    ConclusionsDispatched,
    ConclusionsDrawn,
    OpenMeetingNotAppropriate,
)
from domain.meetings.holding import MeetingHeld, MeetingRecorded
from domain.meetings.notice import MeetingAnnounced, PapersDistributed
from domain.meetings.reports import CalendarCirculated, ReportTabled
from domain.meetings.schedule import MeetingCancelled, MeetingMoved, MeetingPlanned
from domain.organization import contact_point, dialogue, objectives, registering
from domain.outreach_calendar import EventsPublished
from domain.programme import ProgrammeAdopted, ProgrammeTransmitted
from domain.recorded import Event
from domain.state import StateRegistered, StateRenamed
from domain.submission import NoChangeDeclared, SubmissionRead, SubmissionReceived, SubmissionWithdrawn
from domain.template import TemplateAdopted
from domain.visits import grounds as visits


class Ground(NamedTuple):
    """Something that facts rest on, by kind and name: `document` and `report-1`."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{_WORDS.get(self.kind, self.kind)} {self.name}"


_WORDS = {
    "adoption": "the adoption of decision",
    "authentication": "the authentication of request",
    "closure": "the closure of",
    "coordination": "the coordination of",
    "approved": "the approval of compilation",
    "bond": "what binds",
    "expertise": "the listing of",
    "details": "the details of contact",
    "group": "working group",
    "listing": "the official list's entry of",
    "match": "the proposed match of",
    "approval": "the approval of the conclusions of meeting",
    "conclusions": "the conclusions of meeting",
    "held": "the holding of meeting",
    "objective": "the objective",
    "office": "the office of",
    "provider-programme": "the assistance programme",
    "question": "the question whether it has been met, of request",
    "duty": "the duty",
    "item": "the adoption of item",
    "mandate": "a mandate that runs in",
    "resolution": "the resolution",
    "report": "the date of a report of",
    "rule": "the rule of",
    "signature": "the signature of",
    "proposal": "the proposal of item",
    "sending": "the sending to",
    "state": "State",
    "step": "the step",
    "text": "the text of document",
    "visit-decision": "the decision on visit",
    "visit-made": "the carrying out of visit",
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
        case _ if body.TYPE.startswith("assistance."):
            yield from (Ground(*each) for each in assistance.bears(body))
        case _ if body.TYPE.startswith("visit."):
            yield from (Ground(*each) for each in visits.bears(body))
        case MeetingPlanned():
            yield Ground("meeting", body.meeting)
        case MeetingHeld():
            yield Ground("held", body.meeting)
        case ConclusionsDrawn():
            yield Ground("conclusions", f"{body.meeting} in {body.document_id}")
        case ConclusionsApproved():
            yield Ground("approval", body.meeting)
        case CalendarCirculated():
            yield from (Ground("report", f"{each.group} by {each.due}") for each in body.reports)
        case registering.OrganizationRegistered():
            yield Ground("organization", body.organization)
        case objectives.ObjectiveSet():
            yield Ground("objective", body.objective)
        case MatrixSent():
            yield _sending(body)
        case clarification.ClarificationAsked():
            yield Ground("clarification", f"{body.clarification} of {body.state}")
        case letters.LetterReceived() | letters.LetterSent():
            yield Ground("letter", body.letter)
        case ContactProposed():
            yield Ground("contact", body.contact)
            yield _details(body)
        case _:
            yield from (Ground(*each) for each in knowledge.bears(body))


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
        case ConsentAsked() | ConsentGiven() | ConsentRefused():
            yield Ground("state", body.state)
            yield from _parties(*body.partners)
            yield from _letters(body.letter)
            yield from _documents(body.document_id)
        case ConsentWithdrawn():
            yield Ground("state", body.state)
            yield from _documents(body.document_id)
        case RevisionOpened():
            yield Ground("state", body.state)
            yield Ground("template", body.template)
            yield from _mapping(record, body)
        case CellAssessed() | CellCorrected():
            yield from _documents(*(source.document_id for source in body.sources))
        case MatrixApproved():
            yield from _items(record, body.decision_id, body.manifest)
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
        case _ if body.TYPE.startswith("assistance."):
            yield from (Ground(*each) for each in assistance.rests(body))
        case _ if body.TYPE.startswith("visit."):
            yield from (Ground(*each) for each in visits.rests(body))
        case MeetingPlanned() if body.group is not None:
            yield Ground("group", body.group)
        case MeetingMoved() | MeetingCancelled():
            yield Ground("meeting", body.meeting)
        case MeetingAnnounced() | PapersDistributed():
            yield Ground("meeting", body.meeting)
            yield from (Ground("state", each) for each in body.delegations)
            yield from _documents(*(body.documents if isinstance(body, PapersDistributed) else (body.document_id,)))
        case MeetingHeld():
            yield Ground("meeting", body.meeting)
            yield from (Ground("state", each) for each in body.attendance)
        case MeetingRecorded():
            yield Ground("held", body.meeting)
            yield from _documents(body.document_id)
        case ConclusionsDrawn():
            yield Ground("held", body.meeting)
            yield from _documents(body.document_id)
        case ConclusionsApproved():
            yield Ground("adoption", body.decision_id)
            yield from _approved(record, body)
        case ConclusionsDispatched():
            yield Ground("approval", body.meeting)
            yield from (Ground("state", each) for each in body.states)
        case ConclusionsDiscussed():
            yield Ground("approval", body.meeting)
            yield Ground("held", body.open_meeting)
        case OpenMeetingNotAppropriate():
            yield Ground("approval", body.meeting)
        case CalendarCirculated():
            yield from _documents(body.document_id)
            yield from (Ground("state", each) for each in body.delegations)
            yield from (Ground("group", each.group) for each in body.reports)
        case ReportTabled():
            yield Ground("held", body.meeting)
            yield Ground("report", f"{body.group} by {body.due}")
            yield from _documents(body.document_id)
        case EventsPublished():
            yield from _documents(*(entry.document_id for entry in body.entries))
        case (
            contact_point.ContactPointAsked()
            | contact_point.ContactPointDesignated()
            | contact_point.ContactPointConfirmed()
        ):
            yield Ground("organization", body.organization)
            yield from _documents(body.document_id)
        case dialogue.DialogueLogged():
            yield Ground("organization", body.organization)
            yield from _documents(*body.documents)
        case comments.CellCommented():
            yield _sending(body)
            yield from _letters(body.letter)
            yield from _documents(body.document_id)
        case clarification.ClarificationAsked() | non_reporting.NonReportingExplained():
            yield Ground("state", body.state)
            yield from _letters(body.letter)
            yield from _documents(body.document_id)
        case clarification.ClarificationAnswered():
            yield Ground("clarification", f"{body.clarification} of {body.state}")
            yield from _letters(body.letter)
            yield from _documents(body.document_id)
        case replying.ReplyAsked():
            yield _sending(body)
            yield from _letters(body.letter)
        case replying.ReplyReceived():
            yield _sending(body)
            yield Ground("submission", body.submission)
        case non_reporting.MatrixPrefilled():
            yield _sending(body)
        case letters.LetterReceived() | letters.LetterSent():
            named = (body.sender,) if isinstance(body, letters.LetterReceived) else body.addressees
            yield from _parties(*named)
            yield from _documents(*body.documents)
            yield from _letters(body.answers)
        case handling.LetterCirculated() | handling.LetterHandedOn() | handling.LetterClosed():
            yield Ground("letter", body.letter)
        case objectives.ObjectiveSet():
            yield Ground("adoption", body.decision_id)
            yield from _documents(body.document_id)
        case objectives.ObjectiveAppraised():
            yield Ground("objective", body.objective)
            yield Ground("programme", str(body.programme))
            yield from _documents(body.document_id)
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
            yield from (Ground(*each) for each in knowledge.rests(body))


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
        case "approved":
            return (f"compilation/{ground.name}",)
        case "details":
            return (f"contact/{ground.name.partition(' ')[0]}",)
        case "expert":
            return (experts.STREAM,)
        case "expertise":
            return (roster.STREAM,)
        case "bond" | "signature":
            return (f"treaty/{ground.name.rpartition(' ')[2]}",)
        case "group":
            return (groups.STREAM,)
        case "meeting":
            return (schedule.STREAM,)
        case "held" | "approval" | "conclusions":
            return (holding.stream(ground.name.partition(" ")[0]),)
        case "report":
            return (reports.STREAM,)
        case "clarification":
            return (ids.exchange(ground.name.rpartition(" ")[2]),)
        case "sending":
            return (ids.exchange(ground.name.partition(" ")[0]),)
        case "letter":
            return (letters.stream(ground.name),)
        case "office":
            return (offices.STREAM,)
        case "objective":
            return (objectives.stream(ground.name),)
        case "proposal":
            return (decision.stream(ground.name.split(" ")[2]),)
        case "text":
            return (f"document/{ground.name.partition(' ')[0]}",)
        case kind:
            laid = assistance.laid_in(*ground) or visits.laid_in(*ground)
            return (f"{kind}/{ground.name}",) if laid is None else laid


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
            return (*laid_in(ground, year), experts.STREAM, roster.STREAM)
        case "meeting":
            return schedule.STREAM, holding.stream(ground.name)
        case "report":
            return (reports.STREAM,)
        case "approved" | "bond" | "expertise" | "signature" | "treaty" | "approval" | "conclusions":
            return laid_in(ground, year)
        case "clarification" | "sending" | "closure" | "decision" | "expert" | "objective" | "office" | "proposal":
            return laid_in(ground, year)
        case "contact" | "details":
            return laid_in(ground, year)
        case _:
            return assistance.rested_on_in(*ground) or visits.laid_in(*ground)


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


def _sending(
    body: MatrixSent
    | comments.CellCommented
    | replying.ReplyAsked
    | replying.ReplyReceived
    | non_reporting.MatrixPrefilled,
) -> Ground:
    return Ground("sending", f"{body.state} of manifest {body.manifest}")


def _letters(*named: str | None) -> Iterator[Ground]:
    return (Ground("letter", name) for name in named if name is not None)


def _parties(*named: str) -> Iterator[Ground]:
    for party in named:
        kind, _, name = party.partition(":")
        if kind in ("state", "organization"):
            yield Ground(kind, name)


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


def _items(record: RecordView, decision_id: str, sha256: str) -> Iterator[Ground]:
    """Yield the items that proposed what has this hash; those of them that were adopted bear its approval."""
    for event in record.history(decision.stream(decision_id)).standing():
        if isinstance(event.body, DecisionProposed):
            for item in event.body.items:
                if sha256 in item.rests_on:
                    yield Ground("item", f"{item.number} of {decision_id}")


def _approved(record: RecordView, body: ConclusionsApproved) -> Iterator[Ground]:
    """Yield the conclusions that were approved, the text of their document, and the items that adopted it."""
    for event in record.history(holding.stream(body.meeting)).standing():
        if isinstance(event.body, ConclusionsDrawn):
            yield from bears(event.body)
            yield from _text(record, event.body.document_id)
            for registered in record.history(f"document/{event.body.document_id}").standing():
                if isinstance(registered.body, DocumentRegistered):
                    yield from _items(record, body.decision_id, content_hash(registered.body))
