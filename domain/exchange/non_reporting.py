"""States that have not reported: why, as far as it was learnt, and the matrix filled in from public sources."""

from collections.abc import Iterable
from typing import ClassVar

from domain import document, ids, state
from domain.audiences import with_state
from domain.deciding import Command, Context
from domain.document import DocumentRegistered
from domain.exchange.comments import check_letter
from domain.matrix import commands as c
from domain.matrix.cells import cell_body
from domain.matrix.decide import send
from domain.matrix.documents import read_manifest
from domain.matrix.file import StateFile
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import MalformedInput, NotFound, Refusal
from domain.values import LetterId, Name, Revision, Sha256, StateCode


class ExplainNonReporting(Command, frozen=True, kw_only=True, tag="explain-non-reporting"):
    """Record why a State has not reported, as far as it was learnt, and from whom: a letter, a document or in words."""

    state: StateCode
    reason: str
    source: str = ""
    letter: LetterId | None = None
    document: Name | None = None


class SendPrefilled(Command, frozen=True, kw_only=True, tag="send-prefilled"):
    """Send a State that has not reported a sealed matrix that was filled in from public sources alone."""

    state: StateCode
    revision: Revision


class NonReportingExplained(Event, frozen=True, kw_only=True):
    """It was learnt why a State has not reported."""

    TYPE: ClassVar[str] = "exchange.non-reporting-explained"
    state: StateCode
    reason: str
    source: str
    letter: LetterId | None
    document_id: Name | None


class MatrixPrefilled(Event, frozen=True, kw_only=True):
    """What was sent had been filled in from public sources, as the State had not reported."""

    TYPE: ClassVar[str] = "exchange.matrix-prefilled"
    state: StateCode
    manifest: Sha256


class NotPublic(Refusal):
    """A matrix is filled in for a State from public sources alone."""


def explain(command: ExplainNonReporting, context: Context) -> Decided:
    """Record a reason."""
    event = NonReportingExplained(
        state=command.state,
        reason=command.reason,
        source=command.source,
        letter=command.letter,
        document_id=command.document,
    )
    check(event, context)
    return Decided((_draft(event),))


def send_prefilled(command: SendPrefilled, context: Context) -> Decided:
    """Send a matrix like any other, and record beside it what it was made of."""
    sending = send(
        c.SendMatrix(id=command.id, actor=command.actor, state=command.state, revision=command.revision), context
    )
    event = MatrixPrefilled(state=command.state, manifest=StateFile(context, command.state).manifest(command.revision))
    check(event, context)
    return Decided((*sending.drafts, _draft(event)))


def _draft(event: NonReportingExplained | MatrixPrefilled) -> Draft:
    return Draft(stream=ids.exchange(event.state), event=event, audience=with_state(event.state))


def check(event: NonReportingExplained | MatrixPrefilled, context: Context) -> None:
    """Refuse a reason without a source, and a matrix with a cell that does not come from public ones."""
    state.registered(context, event.state)
    match event:
        case NonReportingExplained():
            if not (event.source or event.letter or event.document_id):
                raise MalformedInput("a reason has a source", where="source", remedy="a letter, a document or words")
            check_letter(context, event.letter, event.document_id)
        case MatrixPrefilled():
            _check_public(context, event.manifest)


def _check_public(context: Context, manifest: str) -> None:
    stored = context.record.document(manifest)
    if stored is None:
        raise NotFound(f"manifest {manifest} is not in the store", where="revision")
    for row in read_manifest(stored).cells:
        said = None if row.event_id is None else context.record.event(row.event_id)
        if said is None or not cell_body(said).value:
            continue
        sources = cell_body(said).sources
        if not sources or not all(_is_public(context, source.document_id) for source in sources):
            raise NotPublic(
                f"{row.cell} does not come from public sources alone",
                where="revision",
                remedy="cite documents of general distribution, or leave the cell blank",
            )


def _is_public(context: Context, name: str) -> bool:
    registration = document.registered(context, name).body
    return isinstance(registration, DocumentRegistered) and registration.distribution == "general"


def reason(standing: Iterable[Recorded]) -> NonReportingExplained | None:
    """Return what was learnt last of why a State has not reported."""
    found = [event.body for event in standing if isinstance(event.body, NonReportingExplained)]
    return found[-1] if found else None
