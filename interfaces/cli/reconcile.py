"""`ledger1540 reconcile`: compare the record with what is running, and mend what differs."""

from typing import Annotated

import typer

from interfaces.bootstrap import settings
from interfaces.cli import options as o
from interfaces.cli.output import line, table, talk, write_json
from interfaces.text import _, some


def reconcile(
    home: o.Home = None,
    actor: o.Actor = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what differs and change nothing.")] = False,
    json: o.Json = False,
) -> None:
    """Make the workflows that run agree with what falls due on record.

    With --dry-run, tell what differs, what should have been done by now and was not, and which messages should have
    been sent and were not; end with 1 where there is any. Without a server nothing runs, and the record alone tells it.
    """
    from interfaces.cli.screens.reminders import write_foresight
    from interfaces.run.worker import compared, reconciled, server_if_any, server_of

    chosen = settings(home, actor)
    if not dry_run:
        mended = reconciled(chosen, server_of(chosen))
        if json:
            write_json({"mended": mended})
        else:
            line(some("{} workflow was mended", "{} workflows were mended", mended))
        return
    place = server_if_any(chosen)
    if place is None:
        talk(_("No Temporal server runs for this home, so nothing is running; the rest is from the record alone."))
    found = compared(chosen, place)
    if json:
        write_json(found)
    else:
        table(
            (_("What"), _("Workflow"), _("Next")),
            ((each.what, each.id, _next(each.cycle)) for each in found.differs),
        )
        write_foresight(found.undone)
        for each in found.unsent:
            line(_("Not sent, though it may go out since {}: {}").format(each.since, each.message))
    raise typer.Exit(1 if found.anything else 0)


def _next(cycle: object) -> str:
    from workflows.cycle.messages import Cycle

    rung = cycle.next if isinstance(cycle, Cycle) else None
    return f"{rung.name} {rung.at}" if rung else "-"
