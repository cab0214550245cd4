"""What came from States and is not yet reflected in any cell."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set

from projections import waiting
from projections.engine.answering import Asking
from projections.engine.view import Columns, Row
from projections.views import citations
from projections.views.matrices import File
from projections.views.submissions import Submission
from projections.waiting import Waiting, no_change
from projections.worklist.item import Found, found


def not_reflected(
    asking: Asking, files: Mapping[str, File], came: Iterable[Submission], receipts: Mapping[str, Row[Columns]]
) -> Iterator[Found]:
    """Yield submissions that wait to be worked into a matrix, by the rule of what stands beside it."""
    by_state: dict[str, list[Waiting]] = defaultdict(list)
    for each in came:
        if each.state is not None and each.read is None and each.withdrawn is None:
            waits = Waiting(
                submission=each.submission,
                kind=no_change(each.since) if each.since is not None else each.kind or "",
                received_at=each.received_at or each.known_at,
                documents=each.documents,
                event_id=each.event_id,
                position=each.position,
            )
            by_state[each.state].append(waits)
    cited = _cited(asking, files, by_state)
    for state, of_state in by_state.items():
        for waits in waiting.not_reflected(of_state, cited[state]):
            do = f"assess {state}, or read {waits.submission}"
            receipt = receipts[waits.event_id]
            yield found(receipt, state, "received, not yet reflected", waits.submission, do, waits.kind)


def _cited(
    asking: Asking, files: Mapping[str, File], by_state: Mapping[str, Iterable[Waiting]]
) -> Mapping[str, Set[str]]:
    """Return those documents of submissions that cells of the State cite, of revisions whose opening stands."""
    cited: dict[str, set[str]] = defaultdict(set)
    documents = sorted({each for of_state in by_state.values() for waits in of_state for each in waits.documents})
    of_them = {"what": "cell", "document": documents}
    for row in asking.rows.at(citations.VIEW, asking.axes.cut, of_them) if documents else ():
        file = files.get(row.of.state or "")
        if file is not None and any(act.of.revision == row.of.revision for act in file.of("opened")):
            cited[row.of.state or ""].add(row.of.document or "")
    return cited
