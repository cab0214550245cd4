"""Verbs that put the record itself right: correct, in-error."""

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from domain.correcting import Change, Correct, MarkInError
from domain.deciding import Command
from domain.records import ReverseBatch
from domain.refusals import MalformedInput
from interfaces.cli.work import meaning
from interfaces.cli.work.doing import Session, working

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
    return Correct(**session.said, target=session.event(event), reason=reason, changes=said)


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
        return ReverseBatch(**session.said, batch=batch, reason=reason)
    return MarkInError(**session.said, target=session.event(event or ""), reason=reason)


VERBS: Mapping[str, Callable[..., None]] = {"correct": correct, "in-error": in_error}
