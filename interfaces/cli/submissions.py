"""`ledger1540 submissions`: what States submitted."""

from typing import Annotated

import typer

from interfaces.bootstrap import opened, settings
from interfaces.cli import options as o
from interfaces.cli.output import write_json
from interfaces.views import asking_of
from projections.axes import Asked


def submissions(
    state: Annotated[str | None, typer.Argument(metavar="STATE", help="Of one State: its code or its name.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Of one kind, such as first-report or no-change.")] = None,
    home: o.Home = None,
    actor: o.Actor = None,
    as_of: o.AsOf = None,
    recorded_by: o.RecordedBy = None,
    reading: o.ReadingOption = "corrected",
    json: o.Json = False,
    replay: o.Replay = False,
) -> None:
    """List what States submitted, by date of receipt: which kind, read with nothing new, or taken back."""
    from projections.states import find
    from projections.views.submissions import VIEW
    from projections.views.submissions import submissions as listed

    chosen = settings(home, actor)
    if state is not None:
        with opened(chosen) as record:
            state = find(record, state)
    asked = Asked(as_of=as_of, recorded_by=recorded_by, reading=reading)
    with asking_of(chosen, asked, VIEW, replay=replay) as asking:
        found = listed(asking, state=state, kind=kind)
    if json:
        write_json(found)
        return
    from interfaces.cli.screens.lists import write_submissions

    write_submissions(found)
