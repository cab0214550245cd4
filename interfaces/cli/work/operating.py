"""Verbs for those who run the record: accept-clock, upgrade, and any command as it is written in files."""

import sys
from collections.abc import Callable, Mapping
from typing import Annotated

import typer
from msgspec.structs import replace

from domain.deciding import Command
from domain.records import AcceptClock
from domain.refusals import MalformedInput
from interfaces.cli.work.doing import Session, working
from interfaces.importing import strict
from interfaces.importing.commands import OUT_OF_PLACE, command_from

LONGEST = 8 * 1024 * 1024


@working
def accept_clock(
    session: Session, reason: Annotated[str, typer.Option("--reason", help="Why the clock is right as it is.")]
) -> AcceptClock:
    """As an operator, accept the clock as it is after it was refused."""
    return AcceptClock(**session.said, reason=reason)


@working
def command(
    session: Session,
    line: Annotated[
        str, typer.Argument(metavar="JSON", help="One command as in docs/reference/commands.md; - is stdin.")
    ],
) -> Command:
    """Give any command as it is written in files, but now and under the full rules; actor and id need not be in it."""
    try:
        found = strict.read(sys.stdin.read(LONGEST) if line == "-" else line)
    except MalformedInput as refusal:
        place = f"JSON, {refusal.where}" if refusal.where else "JSON"
        raise MalformedInput(refusal.what, where=place, remedy=refusal.remedy) from None
    if not isinstance(found, dict):
        raise MalformedInput("not a command: a JSON object", where="JSON", remedy='begin with {"command": …')
    members: dict[str, object] = {**session.said, **found, "actor": session.actor}
    if members.get("command") in OUT_OF_PLACE:
        raise MalformedInput(f"`{members['command']}` is not given this way", where="command")
    return command_from(members)


@working
def upgrade(session: Session) -> list[Command]:
    """Register on record the event types that this program knows and the record, made by an earlier one, does not."""
    from interfaces.initialise import missing, types

    registrations = types(session.actor, missing(session.record))
    return [replace(each, known=session.known, synthetic=session.said["synthetic"]) for each in registrations]


VERBS: Mapping[str, Callable[..., None]] = {"accept-clock": accept_clock, "command": command, "upgrade": upgrade}
