"""Correcting the record itself: replacing what was recorded wrongly, voiding what never should have been."""

from collections.abc import Mapping, Set

import msgspec

from domain import document
from domain.activity.records import ActivityLogged
from domain.assistance.interests import InterestExpressed
from domain.assistance.offers import OfferReceived
from domain.assistance.request_events import RequestReceived
from domain.canonical import check_profile
from domain.checking import check_strikes
from domain.consent import Published, Unpublished
from domain.correspondence.letters import LetterReceived
from domain.deciding import Command, Context, received_date
from domain.document import DocumentRegistered
from domain.exchange.clarification import ClarificationAnswered
from domain.exchange.comments import CellCommented
from domain.foreseen import Foreseen
from domain.forms import in_words
from domain.matrix.authority import authorised
from domain.matrix.events import CellAssessed, CellCorrected, MatrixApproved
from domain.matrix.guards import may_undo, may_void
from domain.matrix.replacing import check_correction
from domain.meetings import records as meetings
from domain.meetings.conclusions import ConclusionsDispatched
from domain.meetings.holding import MeetingHeld
from domain.meetings.notice import MeetingAnnounced, PapersDistributed
from domain.meetings.reports import CalendarCirculated
from domain.no_objection.events import (
    HoldReceived,
    HoldReleased,
    IncomingInformed,
    ObjectionReceived,
    ProcedureClosed,
    ProcedureOpened,
    TimeAsked,
)
from domain.outreach_calendar import EventsPublished
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Refusal
from domain.striking import CannotBeStruck, standing_target
from domain.submission import NoChangeDeclared, SubmissionReceived
from domain.template import TemplateAdopted
from domain.values import Instant, Precision
from domain.visits.events import VisitInvited
from domain.voiding import in_error

FIXED = frozenset(
    (
        "activity",
        "actor",
        "about",
        "addressee",
        "attempt",
        "carried",
        "cell",
        "committee",
        "compilation",
        "clarification",
        "contact",
        "deadline",
        "decision",
        "directory",
        "document",
        "duty",
        "expert",
        "from_template",
        "granted_by",
        "group",
        "interest",
        "law",
        "hold",
        "mandate",
        "manifest",
        "message",
        "message_id",
        "offer",
        "office",
        "plan",
        "priority",
        "practice",
        "letter",
        "mandate",
        "manifest",
        "objective",
        "office",
        "organization",
        "programme",
        "request",
        "requesters",
        "proposal",
        "revision",
        "seeded_from",
        "standing_programme",
        "state",
        "station",
        "submission",
        "target",
        "template",
        "to_template",
        "visit",
        "treaty",
        "year",
    )
)
"""What a replacement has in common with what it replaces: what the event is about."""
FIXED_BESIDES: Mapping[type[Event], frozenset[str]] = {
    ActivityLogged: frozenset(("kind",)),
    MatrixApproved: frozenset(("basis", "decision_id")),
    ProcedureClosed: frozenset(("basis",)),
    Published: frozenset(("basis",)),
    Unpublished: frozenset(("basis",)),
    **dict.fromkeys((*meetings.SCHEDULED, *meetings.OF_A_MEETING), frozenset(("meeting", "kind"))),
}
"""An approval under another decision is another approval; what an act rests on is found by its rules, not stated."""

RECEIVED: tuple[type[Event], ...] = (
    DocumentRegistered,
    SubmissionReceived,
    NoChangeDeclared,
    RequestReceived,
    OfferReceived,
    InterestExpressed,
    VisitInvited,
    LetterReceived,
    CellCommented,
    ClarificationAnswered,
    ObjectionReceived,
    HoldReceived,
    HoldReleased,
    TimeAsked,
)
"""What is known when the Secretariat receives it."""
KNOWN_WHEN: Mapping[type[Event], str] = {
    **dict.fromkeys(RECEIVED, "received_at"),
    **dict.fromkeys((MeetingAnnounced, PapersDistributed, ConclusionsDispatched, CalendarCirculated), "sent_at"),
    **dict.fromkeys((ProcedureOpened, IncomingInformed), "sent_at"),
    MeetingHeld: "started_at",
    EventsPublished: "published_at",
}
"""What is known when it is received, sent, begun or published, and the member that says when."""

Change = str | int | bool | list[object] | dict[str, object] | None


class Correct(Command, frozen=True, kw_only=True, tag="correct"):
    """Replace a standing event: `changes` are members of its body; without `known` its known date stays.

    `target` is an event id, or `KEY#INDEX` of an earlier command.
    """

    target: str
    reason: str
    changes: dict[str, Change] = msgspec.field(default_factory=dict)


class MarkInError(Command, frozen=True, kw_only=True, tag="in-error"):
    """Void a standing event, or undo a void: it should never have been recorded."""

    target: str
    reason: str


class FixedMember(Refusal):
    """A replacement is about the same thing as what it replaces: State, revision, cell, document, decision."""


class WrongMember(Refusal):
    """A change does not fit the type it would change."""


def correct(command: Correct, context: Context) -> Decided:
    """Replace a standing event by one of the same type (a cell's by `cell-corrected`)."""
    target = standing_target(context, command.target)
    if target.header.voids:
        raise CannotBeStruck("what voids is undone with `in-error`, not replaced")
    check_profile(command.changes, where="changes")
    _check_fixed(target.body, set(command.changes))
    body = _changed(target.body, command)
    known_at, precision = _known_of(body, command, target, context)
    check_correction(context, target, body, known_at)
    authorised(context, target, target)
    draft = Draft(
        stream=target.header.stream,
        event=body,
        audience=document.audience(body) if isinstance(body, DocumentRegistered) else target.header.audience,
        subject=target.header.subject,
        strikes=target.id,
        known_at=known_at,
        known_precision=precision,
    )
    check_strikes(context, Foreseen(context, (draft,)))
    return Decided((draft,))


def _check_fixed(body: Event, changed: Set[str]) -> None:
    """Refuse to change a member that says what an event is about."""
    for name in sorted(changed & (FIXED | FIXED_BESIDES.get(type(body), frozenset()))):
        raise _fixed(name)


def _fixed(what: str) -> FixedMember:
    return FixedMember(f"{what} cannot be corrected", where="changes", remedy="void it and record it anew")


def _cells(body: Event) -> list[str]:
    return [field.cell for field in body.fields] if isinstance(body, TemplateAdopted) else []


def _known_of(body: Event, command: Correct, target: Recorded, context: Context) -> tuple[Instant, Precision]:
    """Return the known date of a replacement: of what is received or sent, when it was, if that is put right."""
    known = _known(command, target, context)
    member = KNOWN_WHEN.get(type(body), "")
    at: Instant | None = getattr(body, member) if member in command.changes else None
    if at is None:
        return known
    received = received_date(command, at, context, where=member)
    return received if command.known is None else known


def _known(command: Command, target: Recorded, context: Context) -> tuple[Instant, Precision]:
    """Return the known date of what strikes `target`: the same, unless the command states another."""
    if command.known is None:
        return target.header.known_at, target.header.known_precision
    return context.known_at, context.known_precision


def _changed(body: Event, command: Correct) -> Event:
    members = {name: getattr(body, name) for name in body.__struct_fields__}
    unknown = sorted(set(command.changes) - set(members) - {"reason"})
    if unknown:
        raise WrongMember(f"{body.TYPE} has no member {unknown[0]!r}", where="changes")
    kind: type[Event] = type(body)
    if isinstance(body, CellAssessed | CellCorrected):
        kind = CellCorrected
        members |= {"reason": command.reason}
    try:
        changed = msgspec.convert(msgspec.to_builtins(members) | command.changes, kind)
    except msgspec.ValidationError as error:
        raise WrongMember(in_words(str(error)), where="changes") from None
    if isinstance(changed, TemplateAdopted) and _cells(body) != _cells(changed):
        raise _fixed("which cells a template has")
    return changed


def mark_in_error(command: MarkInError, context: Context) -> Decided:
    """Void a standing event on which nothing rests; a void is undone where what then stands again has its source."""
    target = standing_target(context, command.target)
    draft = in_error(target, command.reason, _known(command, target, context))
    then = Foreseen(context, (draft,))
    check_strikes(context, then)
    if target.header.voids:
        may_undo(context, target)
    else:
        may_void(context, target, then)
    return Decided((draft,))
