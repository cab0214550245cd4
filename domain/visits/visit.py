"""How a visit goes: at the invitation of a State and by decision; each step is recorded once it is taken."""

from typing import cast

from domain import decision, document, period, state
from domain.audiences import with_state
from domain.deciding import Command, Context, fold_of, received_date
from domain.mandate import Decide
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.times import new_york_date
from domain.visits.commands import (
    AnswerCoordination,
    AskCoordination,
    CancelVisit,
    CarryOutVisit,
    DecideVisit,
    InviteVisit,
    ReportVisit,
)
from domain.visits.events import (
    CoordinationAnswered,
    CoordinationAsked,
    Followed,
    VisitCancelled,
    VisitCarriedOut,
    VisitDecided,
    VisitInvited,
    VisitReported,
)

COMMITTEES = ("1267", "1373")
"""Committees of the Council with which a visit is coordinated."""
CAPACITIES = ("chair", "member", "expert", "secretariat", "1267", "1373", "organization")
"""In which capacities people take part in a visit; their names are not on record."""


class NotInOrder(Refusal):
    """A visit is decided before it is carried out, and carried out before it is reported; each is said once."""


class VisitOver(Refusal):
    """A visit that was cancelled goes no further."""


def stream(visit: str) -> str:
    """Return the stream of a visit."""
    return f"visit/{visit}"


def invite(command: InviteVisit, context: Context) -> Decided:
    """Record an invitation; it is known when it was received."""
    received_at, precision = received_date(command, command.received, context, where="received")
    event = VisitInvited(
        visit=command.visit,
        state=command.state,
        purpose=command.purpose,
        documents=command.documents,
        received_at=received_at,
    )
    check(event, context)
    return Decided(
        (
            Draft(
                stream=stream(event.visit),
                event=event,
                audience=with_state(event.state),
                known_at=received_at,
                known_precision=precision,
            ),
        )
    )


def decide(command: DecideVisit, context: Context) -> Decided:
    """Accept an invitation."""
    return _followed(VisitDecided(visit=command.visit, decision_id=command.decision), context)


def ask_coordination(command: AskCoordination, context: Context) -> Decided:
    """Ask another committee."""
    event = CoordinationAsked(visit=command.visit, committee=command.committee, document_id=command.document)
    return _followed(event, context)


def answer_coordination(command: AnswerCoordination, context: Context) -> Decided:
    """Record the answer of another committee."""
    event = CoordinationAnswered(
        visit=command.visit, committee=command.committee, text=command.text, document_id=command.document
    )
    return _followed(event, context)


def carry_out(command: CarryOutVisit, context: Context) -> Decided:
    """Record a visit that took place."""
    event = VisitCarriedOut(
        visit=command.visit,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        participants=command.participants,
    )
    return _followed(event, context)


def report(command: ReportVisit, context: Context) -> Decided:
    """Record the report of a visit."""
    return _followed(VisitReported(visit=command.visit, document_id=command.document), context)


def cancel(command: CancelVisit, context: Context) -> Decided:
    """Cancel a visit."""
    return _followed(VisitCancelled(visit=command.visit, reason=command.reason), context)


def _followed(event: Followed, context: Context) -> Decided:
    check(event, context)
    audience = invitation(context, event.visit).header.audience
    return Decided((Draft(stream=stream(event.visit), event=event, audience=audience),))


def check(event: VisitInvited | Followed, context: Context) -> None:
    """Refuse a visit invited twice, and what is said of one that is not there, over, out of order or said already."""
    if isinstance(event, VisitInvited):
        if fold_of(context.standing(stream(event.visit)), VisitInvited):
            raise Conflict(f"visit {event.visit} is on record already", where="visit", remedy="use another id")
        state.registered(context, event.state)
        for name in event.documents:
            document.registered(context, name, where="documents")
        return
    invitation(context, event.visit)
    said = context.standing(stream(event.visit))
    if not context.importing:
        for over in fold_of(said, VisitCancelled):
            if isinstance(event, VisitCancelled) or over.header.known_at <= context.known_at:
                raise VisitOver(f"visit {event.visit} was cancelled, by event {over.id}", where="visit")
    match event:
        case VisitDecided():
            _once(event, said)
            if not context.importing:
                decision.require_adopted(context, event.decision_id)
        case CoordinationAsked() | CoordinationAnswered():
            _check_coordination(event, said, context)
        case VisitCarriedOut():
            _once(event, said)
            _check_days(event, said, context)
        case VisitReported():
            document.registered(context, event.document_id)
            if not context.importing:
                _after(event, VisitCarriedOut, said, "carried out")
        case VisitCancelled():
            if fold_of(said, VisitCarriedOut):
                raise NotInOrder(f"visit {event.visit} was carried out", where="visit")


def _once(event: Followed, said: tuple[Recorded, ...]) -> None:
    found = fold_of(said, type(event))
    if found:
        raise NotInOrder(f"{found[-1].header.type} {found[-1].id} stands already", where="visit")


def _after(event: Followed, kind: type[Event], said: tuple[Recorded, ...], words: str) -> None:
    if not fold_of(said, kind):
        raise NotInOrder(f"visit {event.visit} is not {words}", where="visit", remedy="record that first")


def _check_coordination(
    event: CoordinationAsked | CoordinationAnswered, said: tuple[Recorded, ...], context: Context
) -> None:
    if event.committee not in COMMITTEES:
        raise MalformedInput(
            f"{event.committee!r} is no committee to coordinate with", where="committee", remedy=", ".join(COMMITTEES)
        )
    if event.document_id is not None:
        document.registered(context, event.document_id)
    asked = [body for body in (each.body for each in said) if isinstance(body, CoordinationAsked)]
    if isinstance(event, CoordinationAsked) or context.importing:
        return
    if event.committee not in {body.committee for body in asked}:
        raise NotInOrder(f"the committee under {event.committee} was not asked", where="committee")


def _check_days(event: VisitCarriedOut, said: tuple[Recorded, ...], context: Context) -> None:
    period.check(event.valid_from, event.valid_to)
    if event.valid_to > new_york_date(context.known_at).isoformat():
        raise MalformedInput(f"{event.valid_to} has not come yet", where="valid_to", remedy="record it after the visit")
    capacities = [each.capacity for each in event.participants]
    unknown = sorted(set(capacities) - set(CAPACITIES))
    if unknown or len(set(capacities)) != len(capacities):
        raise MalformedInput("each capacity is named once", where="participants", remedy=f"of: {', '.join(CAPACITIES)}")
    if not context.importing:
        _after(event, VisitDecided, said, "decided")


def invitation(context: Context, visit: str) -> Recorded:
    """Return the standing invitation to a visit.

    Raises:
        NotFound: none stands.
    """
    found = fold_of(context.standing(stream(visit)), VisitInvited)
    if not found:
        raise NotFound(f"visit {visit} is not on record", where="visit", remedy="record the invitation first")
    return found[-1]


DECISIONS: dict[type[Command], Decide] = {
    InviteVisit: cast("Decide", invite),
    DecideVisit: cast("Decide", decide),
    AskCoordination: cast("Decide", ask_coordination),
    AnswerCoordination: cast("Decide", answer_coordination),
    CarryOutVisit: cast("Decide", carry_out),
    ReportVisit: cast("Decide", report),
    CancelVisit: cast("Decide", cancel),
}
