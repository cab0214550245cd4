"""What on record rests on a document: cells, submissions, duties, decisions, consents, translations, meetings."""

from collections.abc import Iterable
from typing import Literal

from domain.consent import ConsentGiven, ConsentWithdrawn
from domain.deadline import StepDone
from domain.decision import DecisionCirculated, DecisionProposed
from domain.document import DocumentReadAgain, DocumentRegistered, DocumentWithdrawn
from domain.duty_station import ClosureDeclared, HolidaysListed
from domain.matrix.events import CellAssessed, CellCorrected
from domain.meetings.conclusions import ConclusionsDrawn
from domain.meetings.holding import MeetingRecorded
from domain.meetings.notice import MeetingAnnounced, PapersDistributed
from domain.meetings.reports import CalendarCirculated, ReportTabled
from domain.outreach_calendar import EventsPublished
from domain.programme import ProgrammeAdopted, ProgrammeTransmitted
from domain.recorded import Recorded
from domain.submission import NoChangeDeclared, SubmissionReceived
from projections.engine.view import Columns, Lookup, View

What = Literal[
    "registered",
    "withdrawn",
    "replaces",
    "translation",
    "reading",
    "submission",
    "programme",
    "duty",
    "step",
    "decision",
    "circulation",
    "consent",
    "holidays",
    "closure",
    "meeting",
    "conclusions",
    "calendar",
    "report",
    "event",
    "cell",
]


class CitationColumns(Columns, frozen=True, kw_only=True):
    """What rests on a document: `what` it is and its `name`, and where in the document, in which words.

    A decision names documents by hash, and a registration says which hash is a document's. Of a registration the name
    is nothing more than the document's; of a withdrawal it is what replaces the document, if anything.
    """

    what: What
    name: str
    document: str | None = None
    sha256: str | None = None
    state: str | None = None
    revision: int | None = None
    value: str | None = None
    locator: str = ""
    quotation: str = ""


def rows(event: Recorded, lookup: Lookup) -> Iterable[CitationColumns]:
    """Yield a row for each document that an event names, or for each place in it."""
    del lookup
    match event.body:
        case CellAssessed() | CellCorrected() as body:
            for source in body.sources:
                yield CitationColumns(
                    what="cell",
                    name=body.cell,
                    document=source.document_id,
                    state=body.state,
                    revision=body.revision,
                    value=body.value,
                    locator=source.locator,
                    quotation=source.quotation,
                )
        case SubmissionReceived() | NoChangeDeclared() as body:
            for document in body.documents:
                yield CitationColumns(what="submission", name=body.submission, document=document, state=body.state)
        case DecisionProposed() as body:
            for item in body.items:
                for sha256 in item.rests_on:
                    yield CitationColumns(
                        what="decision", name=body.decision, sha256=sha256, locator=f"item {item.number}"
                    )
        case DecisionCirculated() as body:
            for sha256 in body.documents:
                yield CitationColumns(what="circulation", name=body.decision, sha256=sha256)
        case ConsentGiven(document_id=str(document)) | ConsentWithdrawn(document_id=str(document)) as body:
            yield CitationColumns(what="consent", name=body.scope, document=document, state=body.state)
        case HolidaysListed(document_id=str(document)) as body:
            yield CitationColumns(what="holidays", name=f"{body.station} {body.year}", document=document)
        case ClosureDeclared(document_id=str(document)) as body:
            yield CitationColumns(what="closure", name=f"{body.station} {body.day}", document=document)
        case _:
            yield from _of_the_programme(event)
            yield from _of_documents(event)
            yield from _of_meetings(event)


def _of_the_programme(event: Recorded) -> Iterable[CitationColumns]:
    match event.body:
        case ProgrammeAdopted() as body:
            yield CitationColumns(what="programme", name=str(body.programme), document=body.document_id)
            for duty in body.duties:
                for passage in duty.passages:
                    yield CitationColumns(
                        what="duty",
                        name=duty.duty,
                        document=body.document_id,
                        locator=f"paragraph {passage.paragraph}, {passage.start}-{passage.end}",
                        quotation=passage.quotation,
                    )
        case ProgrammeTransmitted(document_id=str(document)) as body:
            yield CitationColumns(what="programme", name=str(body.programme), document=document)
        case StepDone(document_id=str(document)) as body:
            yield CitationColumns(what="step", name=f"{body.duty} {body.step}", document=document)
        case _:
            pass


def _of_documents(event: Recorded) -> Iterable[CitationColumns]:
    match event.body:
        case DocumentRegistered() as body:
            yield CitationColumns(
                what="registered", name=body.document, document=body.document, sha256=body.content.sha256
            )
            if body.translation_of is not None:
                yield CitationColumns(what="translation", name=body.document, document=body.translation_of)
        case DocumentReadAgain() as body:
            yield CitationColumns(what="reading", name=event.id, document=body.document)
        case DocumentWithdrawn() as body:
            yield CitationColumns(
                what="withdrawn", name=body.replaced_by or "", document=body.document, quotation=body.reason
            )
            if body.replaced_by is not None:
                yield CitationColumns(what="replaces", name=body.document, document=body.replaced_by)
        case _:
            pass


def _of_meetings(event: Recorded) -> Iterable[CitationColumns]:
    match event.body:
        case MeetingAnnounced(document_id=str(document)) | MeetingRecorded(document_id=str(document)) as body:
            yield CitationColumns(what="meeting", name=body.meeting, document=document)
        case PapersDistributed() as body:
            for document in body.documents:
                yield CitationColumns(what="meeting", name=body.meeting, document=document)
        case ConclusionsDrawn() as body:
            yield CitationColumns(what="conclusions", name=body.meeting, document=body.document_id)
        case CalendarCirculated() as body:
            yield CitationColumns(what="calendar", name=body.sent_at, document=body.document_id)
        case ReportTabled() as body:
            yield CitationColumns(what="report", name=f"{body.group} by {body.due}", document=body.document_id)
        case EventsPublished() as body:
            for entry in body.entries:
                if entry.document_id is not None:
                    yield CitationColumns(what="event", name=entry.title, document=entry.document_id)
        case _:
            pass


VIEW = View(
    name="citations",
    version=1,
    columns=CitationColumns,
    follows=(
        CalendarCirculated,
        CellAssessed,
        CellCorrected,
        ClosureDeclared,
        ConclusionsDrawn,
        ConsentGiven,
        ConsentWithdrawn,
        DecisionCirculated,
        DecisionProposed,
        DocumentReadAgain,
        DocumentRegistered,
        DocumentWithdrawn,
        EventsPublished,
        HolidaysListed,
        MeetingAnnounced,
        MeetingRecorded,
        NoChangeDeclared,
        PapersDistributed,
        ProgrammeAdopted,
        ProgrammeTransmitted,
        ReportTabled,
        StepDone,
        SubmissionReceived,
    ),
    rows=rows,
    indexes=(("document",), ("sha256",), ("what",)),
)
