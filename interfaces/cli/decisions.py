"""`ledger1540 decisions [DECISION]`: what the Committee decided, and what rests on it."""

from typing import Annotated

import typer

from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading


@reading(OF_A_VIEW)
def decisions(
    request: Request,
    name: Annotated[str | None, typer.Argument(metavar="DECISION", help="One decision, in full.")] = None,
) -> Answer:
    """List decisions, or show one: items, what was circulated to whom, how it was taken, and what rests on it."""
    from interfaces.cli.screens.decisions import write_decision, write_decisions
    from projections.decision import decision
    from projections.views.citations import VIEW as CITATIONS
    from projections.views.decisions import VIEW
    from projections.views.decisions import decisions as listed

    with request.asking(VIEW, CITATIONS) as asking:
        if name is not None:
            one = decision(asking, request.facts, name)
            return Answer(one, lambda: write_decision(one))
        found = listed(asking)
    return Answer(found, lambda: write_decisions(found))
