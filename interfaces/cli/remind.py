"""`ledger1540 remind`: who is to be reminded of what falls due."""

from typing import Annotated

import typer

from interfaces.cli.reading import Answer, Request, reading


@reading(("home", "actor", "json"))
def remind(
    request: Request,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="The day, which may lie ahead with --dry-run; by default today."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go out, and record nothing.")] = False,
) -> Answer:
    """Intend the reminders that are due: to whom by role, why, from which paragraph; `send-mail` sends them.

    With --dry-run also all else that `work` would do by that day: notes, letters, procedures that close. Intervals
    between reminders are internal: the programme sets none. Where several rungs of a duty have come, only the last is
    worth sending; the others are told as passed over.
    """
    from domain.refusals import MalformedInput, NotPermitted
    from domain.times import parse
    from interfaces.cli.screens.reminders import Reminded, write_reminders
    from interfaces.mailing import letterhead
    from projections.duties import reads_progress
    from workflows.catalogue import kinds, nothing
    from workflows.foresight import Foresight, foresee
    from workflows.mail import reminding

    if not reads_progress(request.reader, request.now):
        raise NotPermitted("what waits is the Committee's to read", where="actor", remedy="name an actor who may")
    at = request.now if on is None else parse(on)[0]
    if not dry_run:
        if on is not None and at[:10] > request.now[:10]:
            raise MalformedInput(f"{on} lies ahead", where="--on", remedy="--dry-run tells what would go out")
        at = min(at, request.now)
    with request.recording() as record:
        found = reminding.foresee(record, at)
        actor, head = request.reader.actor, letterhead()
        others = foresee(record, at, kinds(head, nothing), actor=actor) if dry_run else Foresight()
        made = () if dry_run else reminding.remind(record, at, actor=actor, head=head)
    told = Reminded(
        at=at,
        dry_run=dry_run,
        synthetic=record.simulation,
        reminders=found,
        intended=tuple(made),
        others=others.without({each.message for each in found}),
    )
    return Answer(told, lambda: write_reminders(told))
