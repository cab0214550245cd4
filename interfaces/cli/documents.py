"""`ledger1540 documents`: every registered document."""

from interfaces.cli.reading import OF_A_VIEW, Answer, Request, reading


@reading(OF_A_VIEW)
def documents(request: Request) -> Answer:
    """List the documents that are registered, with symbol, dates, language, sender and size."""
    from interfaces.cli.screens.lists import write_documents
    from projections.views.documents import VIEW
    from projections.views.documents import documents as listed

    with request.asking(VIEW) as asking:
        found = listed(asking)
    return Answer(found, lambda: write_documents(found))
