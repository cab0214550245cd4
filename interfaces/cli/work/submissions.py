"""Verbs on what arrives: receive a submission, read it and find nothing new."""

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from domain.deciding import Command
from domain.refusals import MalformedInput
from domain.submission import DeclareNoChange, ReadSubmission, ReceiveSubmission
from interfaces.cli import options as o
from interfaces.cli.work.checking import begins
from interfaces.cli.work.doing import Session, working
from projections.states import find


@working
def receive(
    session: Session,
    state: o.State,
    submission: Annotated[str, typer.Option("--as", metavar="ID", help="The id it gets, as ken-2013-12.")],
    received: Annotated[
        str, typer.Option("--received", metavar="DATE", help="When the Secretariat received it for the Committee.")
    ],
    kind: Annotated[
        str,
        typer.Option("--kind", help="first-report, additional-information, comment, action-plan or other."),
    ] = "additional-information",
    documents: Annotated[
        list[str] | None, typer.Option("--document", metavar="ID", help="Its documents, registered before.")
    ] = None,
    no_change_since: Annotated[
        str | None,
        typer.Option("--no-change-since", metavar="SINCE", help="The State says nothing has changed since then."),
    ] = None,
    note: Annotated[str, typer.Option("--note", help="A note.")] = "",
) -> Command:
    """Record what a State submitted; without --known it was known when it was received."""
    if begins(received, "--received") > session.now:
        raise MalformedInput(f"{received} lies in the future", where="--received", remedy="say when it was received")
    said = session.said if session.known is not None else session.known_since(received)
    code, listed = find(session.record, state), tuple(documents or ())
    if no_change_since is not None:
        return DeclareNoChange(
            **said, submission=submission, state=code, since=no_change_since, received=received, documents=listed
        )
    return ReceiveSubmission(
        **said, submission=submission, state=code, kind=kind, documents=listed, received=received, note=note
    )


@working
def read(
    session: Session,
    submission: Annotated[str, typer.Argument(metavar="SUBMISSION", help="The submission that was read.")],
    note: Annotated[str, typer.Option("--note", help="A note.")] = "",
) -> ReadSubmission:
    """Record that a submission was read and holds nothing new for the matrix."""
    return ReadSubmission(**session.said, submission=submission, note=note)


VERBS: Mapping[str, Callable[..., None]] = {"receive": receive, "submit": receive, "read": read}
"""What a State submits, the Secretariat receives: one verb under both names."""
