"""Decisions of the Committee: which events made one, and which approvals, steps and deadlines rest on it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import get_args

import msgspec

from domain.deadline import Moved, StepDone
from domain.decision import (
    CorrectionAuthorised,
    DecisionAdopted,
    DecisionCirculated,
    DecisionNotAdopted,
    DecisionProposed,
)
from domain.matrix.events import MatrixApproved
from domain.recorded import Recorded
from domain.values import Instant, Precision
from projections.engine.answering import Answered, Asking, answer, over
from projections.engine.view import Columns, Lookup, View

Own = DecisionProposed | DecisionCirculated | DecisionAdopted | DecisionNotAdopted | CorrectionAuthorised
Resting = MatrixApproved | StepDone | Moved


class DecisionColumns(Columns, frozen=True, kw_only=True):
    """The decision that an event is of, or rests on; what the event says is read from the record."""

    decision: str


class DecisionLine(msgspec.Struct, frozen=True, kw_only=True):
    """A decision in short: how many items it has, which were adopted or not, and in which meetings.

    Without title and `proposed` where only what rests on it is on record, as of late history.
    """

    decision: str
    title: str | None
    proposed: Instant | None
    proposed_precision: Precision | None
    items: int
    adopted: tuple[int, ...]
    not_adopted: tuple[int, ...]
    meetings: tuple[str, ...]
    corrections_authorised: int
    synthetic: bool


class Decisions(Answered, frozen=True, kw_only=True):
    """All decisions, the first proposed first."""

    decisions: tuple[DecisionLine, ...]


def rows(event: Recorded, lookup: Lookup) -> Iterable[DecisionColumns]:
    """Yield the row of an event that is of a decision, or rests on one."""
    del lookup
    body = event.body
    if isinstance(body, Own):
        yield DecisionColumns(decision=body.decision)
    elif isinstance(body, Resting) and body.decision_id is not None:
        yield DecisionColumns(decision=body.decision_id)


VIEW = View(
    name="decisions",
    version=1,
    columns=DecisionColumns,
    follows=(*get_args(Own), *get_args(Resting)),
    rows=rows,
    indexes=(("decision",),),
)


def decisions(asking: Asking) -> Decisions:
    """Return all decisions in short, as the reader may see them."""
    shown, withheld = asking.see(VIEW)
    by_name: dict[str, list[Recorded]] = defaultdict(list)
    for row, event in asking.read(shown):
        by_name[row.of.decision].append(event)
    return answer(
        Decisions,
        over(asking, withheld, any(row.synthetic for row in shown)),
        decisions=tuple(_line(name, events) for name, events in by_name.items()),
    )


def _line(decision: str, events: Sequence[Recorded]) -> DecisionLine:
    proposed = next((event for event in reversed(events) if isinstance(event.body, DecisionProposed)), None)
    proposal = None if proposed is None or not isinstance(proposed.body, DecisionProposed) else proposed.body
    adopted = [event.body for event in events if isinstance(event.body, DecisionAdopted)]
    refused = [event.body for event in events if isinstance(event.body, DecisionNotAdopted)]
    return DecisionLine(
        decision=decision,
        title=None if proposal is None else proposal.title,
        proposed=None if proposed is None else proposed.header.known_at,
        proposed_precision=None if proposed is None else proposed.header.known_precision,
        items=0 if proposal is None else len(proposal.items),
        adopted=tuple(number for body in adopted for number in body.items),
        not_adopted=tuple(number for body in refused for number in body.items),
        meetings=tuple(dict.fromkeys([*(body.meeting for body in adopted), *(body.meeting for body in refused)])),
        corrections_authorised=sum(isinstance(event.body, CorrectionAuthorised) for event in events),
        synthetic=any(event.header.synthetic for event in events),
    )
