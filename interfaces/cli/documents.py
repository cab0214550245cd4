"""`ledger1540 documents`: every registered document."""

from interfaces.bootstrap import settings
from interfaces.cli import options as o
from interfaces.cli.output import write_json
from interfaces.views import asking_of
from projections.axes import Asked


def documents(
    home: o.Home = None,
    actor: o.Actor = None,
    as_of: o.AsOf = None,
    recorded_by: o.RecordedBy = None,
    reading: o.ReadingOption = "corrected",
    json: o.Json = False,
    replay: o.Replay = False,
) -> None:
    """List the documents that are registered, with symbol, dates, language, sender and size."""
    from projections.views.documents import VIEW
    from projections.views.documents import documents as listed

    asked = Asked(as_of=as_of, recorded_by=recorded_by, reading=reading)
    with asking_of(settings(home, actor), asked, VIEW, replay=replay) as asking:
        found = listed(asking)
    if json:
        write_json(found)
        return
    from interfaces.cli.screens.lists import write_documents

    write_documents(found)
