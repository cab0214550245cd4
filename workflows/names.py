"""The names by which workflows are found: the queue, the ids, what they can be searched by."""

from temporalio.common import SearchAttributeKey

QUEUE = "ledger1540"
NAMESPACE = "ledger1540"
CYCLE = "cycle"
"""The workflow of everything that falls due: a deadline, a silence procedure, a request for assistance."""

KIND = SearchAttributeKey.for_keyword("CycleKind")
NEXT = SearchAttributeKey.for_datetime("NextWakeAt")
SEARCHED_BY = (KIND, NEXT)
"""Nothing of a person: search attributes are never encrypted."""

DAILY = "reconcile-daily"
"""The schedule that compares the record with what is running, and the workflow that it starts."""
RECONCILE = "reconcile"


def cycle_id(kind: str, name: str) -> str:
    """Return the id of the one workflow that waits for a thing: `deadline/annual-review/2027`."""
    return f"{kind}/{name}"
