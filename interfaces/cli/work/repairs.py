"""Verbs that put the record itself right: correct, in-error."""

from collections.abc import Callable, Mapping
from typing import Annotated

import msgspec
import typer

from domain.correcting import Change, Correct, MarkInError
from domain.deciding import Command
from domain.decision import CorrectionAuthorised
from domain.ids import command_id
from domain.recorded import Recorded
from domain.records import BatchImported, BatchReversed, ReverseBatch, batch_stream
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.times import new_york_date
from interfaces.cli.work import meaning
from interfaces.cli.work.doing import Session, working
from projections.close import did_you_mean, near

Reason = Annotated[str, typer.Option("--reason", help="What was wrong.")]


@working
def correct(
    session: Session,
    event: Annotated[
        str, typer.Argument(metavar="EVENT", help="What was recorded wrongly: its id, KEY#INDEX or position.")
    ],
    reason: Reason,
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="MEMBER=TEXT", help="A member and what it should say; MEMBER:=JSON where it is no text."
        ),
    ] = None,
) -> Correct:
    """Correct what was recorded wrongly: our typo, a wrong page, a misread article. A new fact is no correction."""
    said: dict[str, Change] = dict(meaning.change(each) for each in changes or ())
    if not said and session.known is None:
        raise MalformedInput("nothing is changed", where="--set", remedy="give --set MEMBER=TEXT, or --known DATE")
    target = session.event(event)
    says: dict[str, object] = msgspec.to_builtins(target.body)
    if session.known is None and all(name in says and says[name] == value for name, value in said.items()):
        raise MalformedInput(
            f"event {target.id} says so already", where="--set", remedy="say what it should say instead"
        )
    _check_authority(session, target)
    return Correct(**session.said, target=target.id, reason=reason, changes=said)


def _check_authority(session: Session, target: Recorded) -> None:
    """Refuse an authority that allows the correction of another event: it is for that one alone."""
    cause = None if session.said["causation"] is None else session.record.event(session.said["causation"])
    if cause is None or not isinstance(cause.body, CorrectionAuthorised) or cause.body.target == target.id:
        return
    allowed = session.record.event(cause.body.target)
    place = (
        "" if allowed is None else f" (position {allowed.position}, {allowed.header.subject or allowed.header.stream})"
    )
    raise MalformedInput(
        f"the authority {cause.id} allows that event {cause.body.target}{place} be corrected, and no other",
        where="--cause",
        remedy=f"a second person gives one for this: ledger1540 authorise {target.id} --decision ID --reason WHY",
    )


@working
def in_error(
    session: Session,
    reason: Reason,
    event: Annotated[
        str | None,
        typer.Argument(metavar="[EVENT]", help="What should never have been recorded: its id, KEY#INDEX or position."),
    ] = None,
    batch: Annotated[str | None, typer.Option("--batch", metavar="NAME", help="Reverse a whole batch instead.")] = None,
) -> Command:
    """Void what should never have been recorded, or undo a void; with --batch, all of an imported file."""
    if (event is None) == (batch is None):
        raise MalformedInput("say what was recorded in error", where="EVENT", remedy="either an event or --batch NAME")
    if batch is not None:
        _check_batch(session, batch)
        return ReverseBatch(**session.said, batch=batch, reason=reason)
    target = session.event(event or "")
    if isinstance(target.body, BatchImported):
        raise MalformedInput(
            f"event {target.id} begins import batch {target.body.batch}, which is reversed as one",
            where="EVENT",
            remedy=f"`ledger1540 in-error --batch {target.body.batch} --reason WHY`",
        )
    _check_authority(session, target)
    return MarkInError(**session.said, target=target.id, reason=reason)


def _check_batch(session: Session, batch: str) -> None:
    """Refuse a batch that is not on record, with those that may be meant, and one that was reversed before."""
    events = session.record.history(batch_stream(batch)).events
    if not events:
        names = [name.removeprefix(batch_stream("")) for name in session.record.stream_names(batch_stream(""))]
        begun = [name for name in names if name.startswith(batch)]
        raise NotFound(
            f"no batch {batch} is on record",
            where="--batch",
            remedy=did_you_mean(begun or near(batch, names)) or "`ledger1540 import FILE` names the batch of a file",
        )
    reversal = next((event for event in events if isinstance(event.body, BatchReversed)), None)
    if reversal is not None and reversal.header.command_id != command_id(session.said["id"]):
        day = new_york_date(reversal.header.recorded_at).isoformat()
        raise Conflict(
            f"batch {batch} was reversed already, on {day} at position {reversal.position}",
            where="--batch",
            remedy="nothing of it is left to reverse",
        )


VERBS: Mapping[str, Callable[..., None]] = {"correct": correct, "in-error": in_error}
