"""The event that voids another: each kind of stream has a type of its own for it."""

from domain import (
    actor,
    consent,
    deadline,
    decision,
    document,
    duty_station,
    exchange,
    mandate,
    mapping,
    programme,
    records,
    state,
    submission,
    template,
)
from domain.committee.records import CommitteeRecordedInError
from domain.contact.events import ContactRecordedInError
from domain.ids import prefix
from domain.matrix.events import MatrixRecordedInError
from domain.recorded import Draft, Recorded, RecordedInError
from domain.values import Instant, Precision

IN_ERROR: dict[str, type[RecordedInError]] = {
    "actor": actor.ActorRecordedInError,
    "calendar": duty_station.CalendarRecordedInError,
    "committee": CommitteeRecordedInError,
    "consent": consent.ConsentRecordedInError,
    "contact": ContactRecordedInError,
    "deadline": deadline.DeadlineRecordedInError,
    "decision": decision.DecisionRecordedInError,
    "document": document.DocumentRecordedInError,
    "exchange": exchange.ExchangeRecordedInError,
    "mandate": mandate.MandateRecordedInError,
    "mapping": mapping.MappingRecordedInError,
    "matrix": MatrixRecordedInError,
    "programme": programme.ProgrammeRecordedInError,
    "record": records.RecordRecordedInError,
    "state": state.StateRecordedInError,
    "submission": submission.SubmissionRecordedInError,
    "template": template.TemplateRecordedInError,
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
