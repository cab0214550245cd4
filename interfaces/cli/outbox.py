"""`ledger1540 outbox`: messages that wait or were sent; held, approved or cancelled here."""

from collections.abc import Sequence
from typing import Annotated

import typer

from domain.deciding import Command
from domain.messages.commands import ApproveMessage, CancelMessage, HoldMessage
from domain.refusals import MalformedInput
from interfaces.cli.reading import OF_THE_RECORD, Answer, Request, reading
from interfaces.cli.words_of import add_words
from interfaces.cli.work.doing import Session, working

Message = Annotated[str, typer.Argument(metavar="ID", help="The message, by its name.")]
Messages = Annotated[list[str], typer.Argument(metavar="ID...", help="Messages, by their names.")]
Reason = Annotated[str, typer.Option("--reason", help="Why.")]


@reading(OF_THE_RECORD)
def list_(
    request: Request,
    stage: Annotated[
        str | None,
        typer.Option("--stage", metavar="STAGE", help="Only those that stand so: to-approve, held, ready, to-ask, …"),
    ] = None,
    wave: Annotated[str | None, typer.Option("--wave", metavar="WAVE", help="Only those of one wave.")] = None,
) -> Answer:
    """List messages, to whom by role or contact, about what, and where they stand; no address is shown.

    A wave is what is read and approved together: the letters of one kind that a campaign writes on one day.
    """
    from interfaces.cli.screens.outbox import write_outbox
    from projections.outbox import outbox

    found = outbox(request.of_record, stage=stage, wave=wave)
    return Answer(found, lambda: write_outbox(found))


@reading(OF_THE_RECORD)
def show(request: Request, message: Message) -> Answer:
    """Show a message: what is on record of it, and the letter as it goes out."""
    from email import message_from_bytes, policy

    from interfaces.cli.screens.outbox import write_message
    from projections.outbox import one

    found = one(request.of_record, message)
    data = None if found.sha256 is None else request.record.document(found.sha256)
    letter = message_from_bytes(data or b"", policy=policy.default)
    text = f"{letter['Subject']}\n\n{letter.get_content()}"
    return Answer({"message": found, "letter": text}, lambda: write_message(found, text))


@working
def approve(
    session: Session,
    messages: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Messages, by their names; or all that a wave holds.")
    ] = None,
    wave: Annotated[
        str | None,
        typer.Option("--wave", metavar="WAVE", help="The wave; with messages, any name to approve them under."),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why; a wave has a reason.")] = "",
) -> Sequence[Command]:
    """Approve that messages be sent, or sent again after an uncertain attempt; all or none.

    Without messages, all of a wave that waited at --seen POSITION are approved, which `outbox list --wave` tells: what
    was held or cancelled meanwhile, or written later, is left.
    """
    from projections.outbox import to_approve

    if messages:
        chosen: Sequence[str] = messages
    else:
        seen = session.said["seen_position"]
        if wave is None or seen is None or not reason.strip():
            raise MalformedInput(
                "a wave is read before it is approved, for a reason",
                where="--wave",
                remedy="`outbox list --wave WAVE` tells the position; then --wave WAVE --seen POSITION --reason WHY",
            )
        chosen = to_approve(session.record, wave, seen)
    return [ApproveMessage(**session.step(each), message=each, wave=wave, reason=reason) for each in chosen]


@working
def hold(session: Session, messages: Messages, reason: Reason) -> Sequence[Command]:
    """Hold messages that have not been sent; they wait until they are approved."""
    return [HoldMessage(**session.step(each), message=each, reason=reason) for each in messages]


@working
def cancel(session: Session, messages: Messages, reason: Reason) -> Sequence[Command]:
    """Cancel messages that have not been sent."""
    return [CancelMessage(**session.step(each), message=each, reason=reason) for each in messages]


def register(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    words = {"list": list_, "show": show, "approve": approve, "hold": hold, "cancel": cancel}
    add_words(app, "outbox", "Messages that wait or were sent: list, show, approve, hold, cancel.", words)
