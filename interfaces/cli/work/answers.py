"""Verbs on what delegations and the Chair answer: object, hold, extend, certify."""

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from domain.deadline import ExtendDeadline
from domain.deciding import Command
from domain.duty import deadline_of
from domain.no_objection.commands import AnswerTime, CloseProcedure, Object, PlaceOnHold, ReleaseHold
from domain.refusals import MalformedInput
from interfaces.cli.work.decisions import DecisionName, Items
from interfaces.cli.work.doing import Session, working
from projections.states import find

From = Annotated[str, typer.Option("--from", metavar="STATE", help="The delegation that says so.")]
Received = Annotated[
    str | None, typer.Option("--received", metavar="INSTANT", help="When the Secretariat received it; else now.")
]
Letter = Annotated[str | None, typer.Option("--letter", metavar="YEAR/NUMBER", help="The letter that says it.")]


@working
def object_(
    session: Session,
    decision: DecisionName,
    state: From,
    received: Received = None,
    items: Items = None,
    letter: Letter = None,
    reason: Annotated[str, typer.Option("--reason", help="The reason it gives.")] = "",
) -> Object:
    """Record that a member objects to items under a no-objection procedure; the others go through."""
    return Object(
        **session.said,
        decision=decision,
        state=find(session.record, state),
        received=received,
        items=tuple(items or ()),
        letter=letter,
        reason=reason,
    )


@working
def hold(
    session: Session,
    decision: DecisionName,
    state: From,
    received: Received = None,
    items: Items = None,
    letter: Letter = None,
    reason: Annotated[str | None, typer.Option("--reason", help="The reason it gives.")] = None,
    lift: Annotated[bool, typer.Option("--lift", help="It lifts its hold.")] = False,
) -> PlaceOnHold | ReleaseHold:
    """Record that a member places items on hold, or with --lift that it lifts its hold."""
    code, listed = find(session.record, state), tuple(items or ())
    if not lift:
        return PlaceOnHold(
            **session.said,
            decision=decision,
            state=code,
            received=received,
            items=listed,
            letter=letter,
            reason=reason or "",
        )
    if reason is not None:
        raise MalformedInput("no reason is kept of a hold that is lifted", where="--reason", remedy="leave it out")
    return ReleaseHold(**session.said, decision=decision, state=code, received=received, items=listed, letter=letter)


@working
def extend(
    session: Session,
    what: Annotated[
        str, typer.Argument(metavar="DUTY|DECISION", help="The duty, as REV-2013; with --days a decision.")
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The date to which the duty is moved.")] = None,
    decision: Annotated[
        str | None, typer.Option("--decision", metavar="ID", help="The decision that moves the duty.")
    ] = None,
    days: Annotated[
        int | None,
        typer.Option("--days", metavar="N", help="Full working days that the Chair gives on request; 0 gives none."),
    ] = None,
    items: Items = None,
) -> Command:
    """Move the date of a duty by a decision, or with --days answer a request for time under a procedure."""
    if days is not None:
        if to is not None or decision is not None:
            raise MalformedInput(
                "days are given to a procedure, a date to a duty", where="--days", remedy="one of both"
            )
        return AnswerTime(**session.said, decision=what, days=days, reason=reason, items=tuple(items or ()))
    if to is None or decision is None or items:
        raise MalformedInput(
            "a duty is moved to a date by a decision", where="--to", remedy="extend DUTY --to DATE --decision ID"
        )
    return ExtendDeadline(
        **session.said, deadline=deadline_of(what), duty=what, due=to, decision=decision, reason=reason
    )


@working
def certify(session: Session, decision: DecisionName) -> CloseProcedure:
    """Close a no-objection procedure: adopted are the items whose time is over with nothing against them."""
    return CloseProcedure(**session.said, decision=decision)


VERBS: Mapping[str, Callable[..., None]] = {"object": object_, "hold": hold, "extend": extend, "certify": certify}
