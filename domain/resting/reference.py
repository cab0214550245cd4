"""What States, templates, documents, submissions and actors lay and rest on."""

from collections.abc import Iterator

from domain.actor import ActorRegistered, RoleDelegated, RoleGranted, RoleWithdrawn
from domain.committee import experts, roster
from domain.content import name_of
from domain.corrected_reading import DocumentReadAgain
from domain.deciding import RecordView
from domain.disposed import RecordDisposed
from domain.document import DocumentRegistered, DocumentWithdrawn
from domain.duty_station import ClosureDeclared, ClosureLifted, HolidaysListed
from domain.filing import FilePlanAdopted
from domain.holds import HoldLifted, HoldPlaced
from domain.mapping import MappingAdopted
from domain.outreach_calendar import EventsPublished
from domain.recorded import Event
from domain.resting.ground import Ground, Grounds, Streams, adoptions, documents, first_word, states
from domain.state import StateRegistered, StateRenamed
from domain.submission import NoChangeDeclared, SubmissionRead, SubmissionReceived, SubmissionWithdrawn
from domain.template import TemplateAdopted


def bears(body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact of reference lays while it stands."""
    match body:
        case StateRegistered():
            yield Ground("state", body.state)
        case TemplateAdopted():
            yield Ground("template", body.template)
        case MappingAdopted():
            yield Ground("mapping", f"{body.from_template}-{body.to_template}")
        case DocumentRegistered():
            yield Ground("document", body.document)
            yield Ground("text", f"{body.document} with hash {name_of(body.content)}")
        case SubmissionReceived() | NoChangeDeclared():
            yield Ground("submission", body.submission)
        case ActorRegistered():
            yield Ground("actor", body.actor)
        case ClosureDeclared():
            yield Ground("closure", f"{body.station} on {body.day}")
        case _:
            pass


def rests(record: RecordView, body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact of reference stands on."""
    match body:
        case StateRenamed():
            yield Ground("state", body.state)
        case RoleGranted() | RoleDelegated() | RoleWithdrawn():
            yield Ground("actor", body.actor)
        case MappingAdopted():
            yield Ground("template", body.from_template)
            yield Ground("template", body.to_template)
        case DocumentRegistered():
            yield from documents(body.translation_of)
        case DocumentReadAgain():
            yield Ground("document", body.document)
            yield from text(record, body.document)
        case DocumentWithdrawn():
            yield from documents(body.document, body.replaced_by)
        case SubmissionReceived() | NoChangeDeclared():
            yield from states(body.state)
            yield from documents(*body.documents)
        case SubmissionRead() | SubmissionWithdrawn():
            yield Ground("submission", body.submission)
        case HolidaysListed() | ClosureDeclared():
            yield from documents(body.document_id)
        case ClosureLifted():
            yield Ground("closure", f"{body.station} on {body.day}")
        case EventsPublished():
            yield from documents(*(entry.document_id for entry in body.entries))
        case HoldPlaced() | HoldLifted() | FilePlanAdopted() | RecordDisposed():
            yield from documents(body.document_id)
            yield from adoptions(body.decision_id)
        case _:
            pass


def text(record: RecordView, document: str) -> Iterator[Ground]:
    """Yield the text of a document as it is registered: offsets and quotations refer to it."""
    for event in record.history(f"document/{document}").standing():
        yield from (ground for ground in bears(event.body) if ground.kind == "text")


def _of_actor(name: str, _year: int) -> Streams:
    return f"actor/{name}", experts.STREAM, roster.STREAM


GROUNDS = Grounds(
    bears,
    rests,
    laid_in={
        "closure": first_word("calendar"),
        "text": first_word("document"),
    },
    rested_on_in={
        "actor": _of_actor,
        "closure": first_word("calendar"),
    },
)
