"""`ledger1540 corrections`: what was corrected, voided and entered late."""

from typing import Annotated

import typer

from interfaces.bootstrap import settings
from interfaces.cli import options as o
from interfaces.cli.output import write_json
from interfaces.views import asking_of
from projections.axes import Asked


def corrections(
    month: Annotated[
        str | None, typer.Option("--month", metavar="YYYY-MM", help="One month of recording, act by act.")
    ] = None,
    home: o.Home = None,
    actor: o.Actor = None,
    as_of: o.AsOf = None,
    recorded_by: o.RecordedBy = None,
    json: o.Json = False,
    replay: o.Replay = False,
) -> None:
    """Say what was corrected, voided and entered late, by month and role, and how long after it was known."""
    from projections.views.corrections import VIEW
    from projections.views.corrections import corrections as listed

    asked = Asked(as_of=as_of, recorded_by=recorded_by)
    with asking_of(settings(home, actor), asked, VIEW, replay=replay) as asking:
        found = listed(asking, month=month)
    if json:
        write_json(found)
        return
    from interfaces.cli.screens.lists import write_corrections

    write_corrections(found)
