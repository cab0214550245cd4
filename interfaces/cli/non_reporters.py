"""`ledger1540 non-reporters`: which States had not submitted a first report."""

from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading


@reading(OF_A_VIEW)
def non_reporters(request: Request) -> Answer:
    """List the States that had not submitted a first report, by name, under an id by which the list can be cited."""
    from interfaces.cli.screens.non_reporters import write_non_reporters
    from projections.non_reporters import non_reporters as listed
    from projections.views.submissions import VIEW

    with request.asking(VIEW) as asking:
        found = listed(asking, request.record)
    return Answer(found, lambda: write_non_reporters(found))
