"""Verbs on what arrives: receive a submission, read it and find nothing new."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from domain.canonical import sha256
from domain.deciding import Command
from domain.document import RegisterDocument, RegisterSealedDocument
from domain.refusals import MalformedInput
from domain.submission import DeclareNoChange, ReadSubmission, ReceiveSubmission
from interfaces.cli import options as o
from interfaces.cli.work.bringing import bytes_of, media_type_of
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
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE", help="What came, to put on record too, sealed, under the same id."),
    ] = None,
    language: Annotated[str, typer.Option("--language", help="The language of the file, as en or fr.")] = "en",
) -> Command | Sequence[Command]:
    """Record what a State submitted; without --known it was known when it was received.

    With --file its acknowledgement to the Mission is drafted at once, and held until `outbox approve`; else `work`
    drafts it, where it came within the last 30 days.
    """
    if begins(received, "--received") > session.now:
        raise MalformedInput(f"{received} lies in the future", where="--received", remedy="say when it was received")
    said = session.said if session.known is not None else session.known_since(received)
    code, listed = find(session.record, state), tuple(documents or ())
    paper = None
    if file is not None:
        paper = _registration(session, file, submission, code, language, received)
        listed = (submission, *listed)
        session.afterwards(_acknowledging(session, submission))
    command: Command
    if no_change_since is not None:
        command = DeclareNoChange(
            **said, submission=submission, state=code, since=no_change_since, received=received, documents=listed
        )
    else:
        command = ReceiveSubmission(
            **said, submission=submission, state=code, kind=kind, documents=listed, received=received, note=note
        )
    return command if paper is None else [paper, command]


def _registration(
    session: Session, file: Path, submission: str, state: str, language: str, received: str
) -> RegisterDocument | RegisterSealedDocument:
    """Return what puts the file of a submission on record under its id."""
    content = bytes_of(file)
    command = RegisterDocument(
        **session.step("file"),
        document=submission,
        title=file.name,
        sha256=sha256(content),
        size=len(content),
        media_type=media_type_of(file),
        language=language,
        received_at=received,
        sender=f"state:{state}",
        distribution="restricted",
    )
    return session.bring(command, content)


def _acknowledging(session: Session, submission: str) -> Callable[[], None]:
    """Return what drafts the acknowledgement of a submission once it is on record."""
    from domain.submission import stream
    from interfaces.bootstrap import now_of
    from interfaces.mailing import letterhead
    from workflows.kinds import At
    from workflows.letters.kind import Letters
    from workflows.letters.occasions import OCCASIONS

    letters = Letters(OCCASIONS, letterhead())
    return lambda: letters.act(stream(submission), "", At(session.record, now_of(session.record), session.actor))


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
