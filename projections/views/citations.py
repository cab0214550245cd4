"""What on record rests on a document: cells, submissions, duties, decisions, consents, laws, meetings and the like."""

from collections.abc import Iterable, Mapping
from typing import Literal

from domain import disposed, filing, holds, programme_papers
from domain.activity.records import ActivityFollowedUp, ActivityLogged
from domain.assistance import records as assistance
from domain.committee.directories import DirectoryConfirmed
from domain.consent import ConsentAsked, ConsentGiven, ConsentRefused, ConsentWithdrawn
from domain.contact import events as contact
from domain.content import name_of
from domain.corrected_reading import DocumentReadAgain
from domain.correspondence import records as correspondence
from domain.deadline import StepDone
from domain.decision import DecisionCirculated, DecisionProposed
from domain.document import DocumentRegistered, DocumentWithdrawn
from domain.duty_station import ClosureDeclared, HolidaysListed
from domain.exchange import records as exchange
from domain.law.records import LawAmended, LawEntered, LawRepealed
from domain.matrix.events import CellAssessed, CellCorrected
from domain.meetings.conclusions import ConclusionsDrawn
from domain.meetings.holding import MeetingRecorded
from domain.meetings.notice import MeetingAnnounced, PapersDistributed
from domain.meetings.reports import CalendarCirculated, ReportTabled
from domain.naming import named
from domain.organization import records as organization
from domain.outreach_calendar import EventsPublished
from domain.practice.compilation import CompilationDrafted, CompilationShared
from domain.practice.practices import PracticeRecommended, PracticeReported
from domain.programme import ProgrammeAdopted, ProgrammeTransmitted
from domain.recorded import Event, Recorded
from domain.review import records as review
from domain.submission import NoChangeDeclared, SubmissionReceived
from domain.treaty import TreatyActionTaken, TreatyRegistered
from domain.visits import events as visits
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
    "assistance",
    "visit",
    "activity",
    "practice",
    "compilation",
    "directory",
    "treaty",
    "law",
    "repeal",
    "meeting",
    "conclusions",
    "calendar",
    "report",
    "event",
    "letter",
    "organization",
    "exchange",
    "contact",
    "hold",
    "disposal",
    "review",
    "cell",
]


def _naming_documents(events: Iterable[type[Event]]) -> tuple[type[Event], ...]:
    return tuple(kind for kind in events if {"document_id", "documents"} & set(kind.__struct_fields__))


NAMING: Mapping[What, tuple[type[Event], ...]] = {
    "assistance": _naming_documents(assistance.EVENTS),
    "visit": _naming_documents(visits.EVENTS),
    "letter": _naming_documents(correspondence.EVENTS),
    "organization": _naming_documents(organization.EVENTS),
    "exchange": _naming_documents(exchange.EVENTS),
    "contact": _naming_documents(contact.EVENTS),
    "hold": _naming_documents(holds.EVENTS),
    "disposal": _naming_documents((*filing.EVENTS, *disposed.EVENTS)),
    "programme": _naming_documents(programme_papers.EVENTS),
    "review": _naming_documents(review.EVENTS),
}
"""Events that may name documents, by the kind of thing whose stream they are in."""


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
        case (
            ConsentAsked(document_id=str(document))
            | ConsentGiven(document_id=str(document))
            | ConsentRefused(document_id=str(document))
            | ConsentWithdrawn(document_id=str(document)) as body
        ):
            yield CitationColumns(what="consent", name=body.scope, document=document, state=body.state)
        case HolidaysListed(document_id=str(document)) as body:
            yield CitationColumns(what="holidays", name=f"{body.station} {body.year}", document=document)
        case ClosureDeclared(document_id=str(document)) as body:
            yield CitationColumns(what="closure", name=f"{body.station} {body.day}", document=document)
        case _:
            yield from _of_the_programme(event)
            yield from _of_documents(event)
            yield from _by_stream(event)
            yield from _of_laws(event.body)
            yield from _of_knowledge(event.body)
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
                what="registered", name=body.document, document=body.document, sha256=name_of(body.content)
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


def _by_stream(event: Recorded) -> Iterable[CitationColumns]:
    """Yield documents by the thing that names them: `request/ken-2013-border`, a letter by year and number."""
    _, _, name = event.header.stream.partition("/")
    for what, types in NAMING.items():
        if isinstance(event.body, types):
            documents = dict.fromkeys(ground for kind, ground in named(event.body) if kind == "document")
            yield from (CitationColumns(what=what, name=name, document=document) for document in documents)


def _of_laws(body: Event) -> Iterable[CitationColumns]:
    """Yield where a law and its articles stand, an article in the words of its law; of a repeal, at least its law."""
    match body:
        case LawEntered() | LawAmended():
            for document in body.documents:
                yield CitationColumns(what="law", name=body.law, document=document)
            for article in body.articles:
                yield CitationColumns(
                    what="law",
                    name=body.law,
                    document=article.document_id,
                    locator=article.locator,
                    quotation=article.article,
                )
        case LawRepealed():
            for proof in body.documents or (None,):
                yield CitationColumns(what="repeal", name=body.law, document=proof)
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


KNOWLEDGE: Mapping[type[Event], tuple[What, str]] = {
    ActivityLogged: ("activity", "activity"),
    ActivityFollowedUp: ("activity", "activity"),
    CompilationDrafted: ("compilation", "compilation"),
    CompilationShared: ("compilation", "compilation"),
    DirectoryConfirmed: ("directory", "directory"),
    PracticeRecommended: ("practice", "practice"),
    PracticeReported: ("practice", "practice"),
    TreatyActionTaken: ("treaty", "treaty"),
    TreatyRegistered: ("treaty", "treaty"),
}
"""What names documents as its grounds, and the member that is its name."""


def _of_knowledge(body: Event) -> Iterable[CitationColumns]:
    if type(body) in KNOWLEDGE:
        what, member = KNOWLEDGE[type(body)]
        for kind, document in named(body):
            if kind == "document":
                yield CitationColumns(what=what, name=getattr(body, member), document=document)


VIEW = View(
    name="citations",
    version=5,
    columns=CitationColumns,
    follows=(
        CalendarCirculated,
        CellAssessed,
        CellCorrected,
        ClosureDeclared,
        ConclusionsDrawn,
        ConsentAsked,
        ConsentGiven,
        ConsentRefused,
        ConsentWithdrawn,
        DecisionCirculated,
        DecisionProposed,
        DocumentReadAgain,
        DocumentRegistered,
        DocumentWithdrawn,
        EventsPublished,
        HolidaysListed,
        LawAmended,
        LawEntered,
        LawRepealed,
        MeetingAnnounced,
        MeetingRecorded,
        NoChangeDeclared,
        PapersDistributed,
        ProgrammeAdopted,
        ProgrammeTransmitted,
        ReportTabled,
        StepDone,
        SubmissionReceived,
        *(kind for types in NAMING.values() for kind in types),
        *KNOWLEDGE,
    ),
    rows=rows,
    indexes=(("document",), ("sha256",), ("what",)),
)
