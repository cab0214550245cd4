"""The event that voids another: each kind of stream has a type of its own for it."""

from domain import (
    actor,
    consent,
    deadline,
    decision,
    document,
    duty_station,
    mandate,
    mapping,
    programme,
    records,
    state,
    submission,
    template,
    treaty,
)
from domain.activity.records import ActivityRecordedInError
from domain.assistance.records import AssistanceRecordedInError
from domain.committee.records import CommitteeRecordedInError
from domain.contact.events import ContactRecordedInError
from domain.correspondence.records import CorrespondenceRecordedInError
from domain.exchange.records import ExchangeRecordedInError
from domain.ids import prefix
from domain.law.records import LawRecordedInError
from domain.matrix.events import MatrixRecordedInError
from domain.meetings.records import MeetingRecordedInError
from domain.messages.events import MessageRecordedInError
from domain.organization.records import OrganizationRecordedInError
from domain.practice.records import CompilationRecordedInError, PlanRecordedInError, PracticeRecordedInError
from domain.recorded import Draft, Recorded, RecordedInError
from domain.review.records import ReviewRecordedInError
from domain.values import Instant, Precision
from domain.visits.events import VisitRecordedInError

IN_ERROR: dict[str, type[RecordedInError]] = {
    "activity": ActivityRecordedInError,
    "actor": actor.ActorRecordedInError,
    "assistance": AssistanceRecordedInError,
    "calendar": duty_station.CalendarRecordedInError,
    "committee": CommitteeRecordedInError,
    "compilation": CompilationRecordedInError,
    "consent": consent.ConsentRecordedInError,
    "correspondence": CorrespondenceRecordedInError,
    "contact": ContactRecordedInError,
    "deadline": deadline.DeadlineRecordedInError,
    "decision": decision.DecisionRecordedInError,
    "document": document.DocumentRecordedInError,
    "exchange": ExchangeRecordedInError,
    "law": LawRecordedInError,
    "mandate": mandate.MandateRecordedInError,
    "mapping": mapping.MappingRecordedInError,
    "matrix": MatrixRecordedInError,
    "meeting": MeetingRecordedInError,
    "message": MessageRecordedInError,
    "organization": OrganizationRecordedInError,
    "plan": PlanRecordedInError,
    "practice": PracticeRecordedInError,
    "programme": programme.ProgrammeRecordedInError,
    "record": records.RecordRecordedInError,
    "review": ReviewRecordedInError,
    "state": state.StateRecordedInError,
    "submission": submission.SubmissionRecordedInError,
    "template": template.TemplateRecordedInError,
    "treaty": treaty.TreatyRecordedInError,
    "visit": VisitRecordedInError,
}


def in_error(
    target: Recorded, reason: str, known: tuple[Instant, Precision], noticed_at: Instant | None = None
) -> Draft:
    """Return the draft that voids an event, in its stream and with its subject."""
    return Draft(
        stream=target.header.stream,
        event=IN_ERROR[prefix(target.header.stream)](reason=reason),
        audience=target.header.audience,
        subject=target.header.subject,
        strikes=target.id,
        noticed_at=noticed_at,
        known_at=known[0],
        known_precision=known[1],
    )
