"""Visits that a State invited and that are not decided, made or reported, and what other committees were asked."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from domain.recorded import Recorded
from domain.visits.events import (
    CoordinationAnswered,
    CoordinationAsked,
    VisitCancelled,
    VisitCarriedOut,
    VisitDecided,
    VisitInvited,
    VisitReported,
)
from projections.engine.answering import Asking
from projections.engine.view import Row
from projections.views import references
from projections.views.references import ReferenceColumns
from projections.worklist.item import Found, found

NEXT = (
    (VisitDecided, "propose, adopt, then record decide-visit --visit {}"),
    (VisitCarriedOut, "record carry-out-visit --visit {}"),
    (VisitReported, "record report-visit --visit {}"),
)
"""The acts in their order, each by what records it."""
Said = tuple[Row[ReferenceColumns], Recorded]


def items(asking: Asking, states: Collection[str] | None) -> Iterator[Found]:
    """Yield the next act of each visit to some States or to whichever."""
    by_visit: dict[str, list[Said]] = defaultdict(list)
    for row, event in asking.read(asking.rows.at(references.VIEW, asking.axes.cut, {"kind": "visits"})):
        by_visit[row.of.name].append((row, event))
    for visit, said in sorted(by_visit.items()):
        invited = [(row, event.body) for row, event in said if isinstance(event.body, VisitInvited)]
        if not invited or (states is not None and invited[-1][1].state not in states):
            continue
        row, body = invited[-1]
        done = {type(event.body) for _, event in said}
        left = [do for kind, do in NEXT if kind not in done]
        if left and VisitCancelled not in done:
            yield found(row, body.state, "visit, next act", visit, left[0].format(visit), _note(body, said))


def _note(invited: VisitInvited, said: Sequence[Said]) -> str:
    asked = {event.body.committee for _, event in said if isinstance(event.body, CoordinationAsked)}
    answered = {event.body.committee for _, event in said if isinstance(event.body, CoordinationAnswered)}
    silent = (f"{each} was asked, no answer yet" for each in sorted(asked - answered))
    return "; ".join((invited.purpose, *silent))
