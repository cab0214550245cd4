"""`ledger1540 contacts`: the directory of contacts of States, Missions and organizations."""

from typing import Annotated

import typer

from interfaces.cli.reading import OF_A_LIST, Answer, Request, reading
from projections.states import find


@reading(OF_A_LIST)
def contacts(
    request: Request,
    state: Annotated[str | None, typer.Argument(metavar="STATE", help="Of one State: its code or its name.")] = None,
) -> Answer:
    """List contacts, when each was last confirmed, and what came back; persons who were erased are shown as erased."""
    from interfaces.cli.screens.contacts import write_contacts
    from projections.contacts import contacts as listed

    code = None if state is None else find(request.record, state)
    found = listed(request.contacts, state=code)
    return Answer(found, lambda: write_contacts(found))
