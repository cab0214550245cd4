"""`ledger1540 matrices`: where the matrix of each State is."""

from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading


@reading(OF_A_VIEW)
def matrices(request: Request) -> Answer:
    """List all States by code: last revision and template, when opened, sealed, approved, sent and published."""
    from interfaces.cli.screens.current import write_matrices
    from projections.current import matrices as listed
    from projections.views.matrices import VIEW

    with request.asking(VIEW) as asking:
        found = listed(asking)
    return Answer(found, lambda: write_matrices(found))
