"""`ledger1540 plan DUTY --back`: until when each step of a duty has to be begun."""

from typing import Annotated

import typer
from msgspec.structs import replace

from domain.refusals import MalformedInput
from interfaces.cli.reading import OF_THE_RECORD, Answer, Request, reading


@reading(OF_THE_RECORD)
def plan(
    request: Request,
    duty: Annotated[str, typer.Argument(metavar="DUTY", help="The duty, as REV-2013; `ledger1540 due` names them.")],
    back: Annotated[bool, typer.Option("--back", help="Back from its last day.")] = False,
    days: Annotated[
        int | None, typer.Option("--days", metavar="N", help="Full working days of a no-objection procedure.")
    ] = None,
    extension: Annotated[
        int | None, typer.Option("--extension", metavar="N", help="Full working days that one extension may give.")
    ] = None,
    translation: Annotated[
        int | None, typer.Option("--translation", metavar="N", help="Full working days that translation takes.")
    ] = None,
) -> Answer:
    """Plan a duty back from its last day: the last day for each step, and which of them is lost first.

    Counted are working days of the duty station. Only the date of the duty itself is a mandate's.
    """
    from domain.calendar.planning_back import Intervals
    from interfaces.cli.screens.planning import write_plan
    from projections.bearing import VIEWS
    from projections.planning import plan_back

    if not back:
        raise MalformedInput("a duty is planned back from its last day", where="--back", remedy="add --back")
    given = {"silence": days, "extension": extension, "translation": translation}
    takes = replace(Intervals(), **{name: each for name, each in given.items() if each is not None})
    with request.asking(*VIEWS) as asking:
        found = plan_back(replace(asking, axes=request.today), duty, takes)
    return Answer(found, lambda: write_plan(found))
